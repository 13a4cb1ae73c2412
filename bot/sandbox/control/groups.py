"""Groups: making one, letting people in and out, topics, and growing into a supergroup."""

from collections.abc import Sequence

from bot.sandbox.chat import Chat, User
from bot.sandbox.control.acts import ActImpossible
from bot.sandbox.membership import bot_member, tell_membership
from bot.sandbox.methods.topics import open_topic
from bot.sandbox.model import Json
from bot.sandbox.world import World

SUPERGROUPS = -1_000_000_000_000
"""Telegram's ids of supergroups lie below this one."""


def make(
    world: World,
    group_id: int,
    title: str,
    members: Sequence[int],
    *,
    forum: bool = False,
    supergroup: bool = False,
    administrator: bool = True,
    user: User | None = None,
) -> Chat:
    """Make a group with the bot in it, or change what is known of one.

    Args:
        administrator: what the bot is there; a plain member hears little, and makes no topics.
        user: who takes the bot in; with one, the bot is told.
    """
    if group_id >= 0:
        raise ActImpossible("the id of a group is negative")
    chat = world.chats.setdefault(group_id, Chat(group_id, started=True))
    chat.title, chat.members = title, list(dict.fromkeys(members))
    chat.forum, chat.administrator = forum, administrator
    chat.supergroup = supergroup or forum or group_id < SUPERGROUPS
    world.bus.publish("person", chat_id=chat.id)
    if user is not None:
        tell_membership(world, chat, user, "left", bot_member(world, chat)["status"])
    return chat


def change_members(world: World, chat: Chat, add: Sequence[int], remove: Sequence[int], user: User | None) -> Chat:
    """Let people in and out; the group and the bot are told."""
    if chat.private:
        raise ActImpossible("only groups have members")
    for person in [world.users[one] for one in add if one not in chat.members]:
        chat.members.append(person.id)
        _tell(world, chat, user or person, new_chat_members=[person.as_json()])
    for person in [world.users[one] for one in remove if one in chat.members]:
        chat.members.remove(person.id)
        _tell(world, chat, user or person, left_chat_member=person.as_json())
    return chat


def begin_topic(world: World, chat: Chat, name: str, user: User) -> Json:
    """Open a topic as a person does."""
    if not chat.forum:
        raise ActImpossible("only forums have topics")
    topic = open_topic(world, chat, user.as_json(), name)
    world.updates.put("message", chat.messages[topic["message_thread_id"]])
    return topic


def migrate(world: World, chat: Chat, to: int) -> Chat:
    """Make a group a supergroup with another id, as Telegram does when it grows."""
    if chat.private or to >= 0:
        raise ActImpossible("only groups migrate, and to a negative id")
    chat.migrated_to = to
    grown = make(world, to, chat.title, chat.members, supergroup=True, administrator=chat.administrator)
    bot = world.bot.as_json()
    world.updates.put("message", world.new_message(chat, bot, migrate_to_chat_id=to))
    world.updates.put("message", world.new_message(grown, bot, migrate_from_chat_id=chat.id))
    return grown


def _tell(world: World, chat: Chat, user: User, **told: object) -> None:
    world.updates.put("message", world.new_message(chat, user.as_json(), **told))
    world.bus.publish("person", chat_id=chat.id)
