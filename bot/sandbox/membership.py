"""Who is in a group, what the bot is there, and what it hears."""

import time

from bot.sandbox.chat import Chat, User
from bot.sandbox.model import Json
from bot.sandbox.world import World

_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories", "can_pin_messages", "can_manage_topics", "can_send_welcome_messages",
)  # fmt: skip
_HAS_NOT = {"can_be_edited", "is_anonymous", "can_promote_members"}


def bot_member(world: World, chat: Chat, status: str = "") -> Json:
    """As `ChatMember`: what the bot is in a chat now, or as it was with another `status`."""
    standing = "kicked" if chat.blocked else "administrator" if chat.administrator and not chat.private else "member"
    status = status or standing
    body: Json = {"user": world.bot.as_json(), "status": status}
    if status == "kicked":
        return body | {"until_date": 0}
    return body | ({right: right not in _HAS_NOT for right in _RIGHTS} if status == "administrator" else {})


def tell_membership(world: World, chat: Chat, actor: User, before: str, after: str) -> None:
    """Let the bot know that it is something else in a chat from now on."""
    change = {"chat": chat.as_json(), "from": actor.as_json(), "date": int(time.time())}
    old, new = bot_member(world, chat, before), bot_member(world, chat, after)
    world.updates.put("my_chat_member", {**change, "old_chat_member": old, "new_chat_member": new})
    world.bus.publish("person", chat_id=chat.id, blocked=chat.blocked)


def is_heard(world: World, chat: Chat, message: Json) -> bool:
    """Whether the bot is told of somebody's message.

    Outside private chats, a bot that is no administrator hears commands that are for it or for every bot, answers to
    its own messages, and what Telegram itself says.
    """
    if chat.private or chat.administrator:
        return True
    words = message.get("text") or message.get("caption") or ""
    command, _, addressee = words.split()[0].partition("@") if words.strip() else ("", "", "")
    is_command = command.startswith("/") and addressee.lower() in ("", world.bot.username.lower())
    answered = message.get("reply_to_message", {}).get("from", {}).get("id")
    is_said = any(name in message for name in ("text", "caption", "contact", "location", "photo", "document", "voice"))
    return is_command or answered == world.bot.id or not is_said
