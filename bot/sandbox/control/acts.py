"""What people do in a messenger, as the updates that Telegram would send for it."""

import re
import time
from dataclasses import dataclass

from bot.sandbox.chat import Chat, Query, User
from bot.sandbox.entities.found import formatted
from bot.sandbox.membership import is_heard, tell_membership
from bot.sandbox.methods.content import TEXT_MAX, in_thread, quoted
from bot.sandbox.model import Json
from bot.sandbox.refusals import refuse
from bot.sandbox.world import World


class ActImpossible(Exception):
    """No messenger would let a person do this; the sentence is for who wrote the test."""


@dataclass(frozen=True)
class Manner:
    """How something is said, beside what is said.

    Args:
        user: who; None is the person whose private chat it is.
        reply_to: the message that it answers; one that is gone by now cannot be quoted any more.
        topic: the thread of a forum; None is the general one.
        forwarded: from whom: a user's id, or the name of one who hides hers.
    """

    user: User | None = None
    reply_to: int | None = None
    topic: int | None = None
    forwarded: int | str | None = None


PLAINLY = Manner()


def start(world: World, chat: Chat, payload: str = "") -> Json:
    """Open the bot by its link.

    Raises:
        Refusal: the payload is longer than 64 characters or has others than A-Z, a-z, 0-9, _ and -.
    """
    if not re.fullmatch("[A-Za-z0-9_-]{0,64}", payload):
        raise refuse("start_too_long")
    if chat.blocked:
        unblock(world, chat)
    return say(world, chat, f"/start {payload}".strip())


def say(world: World, chat: Chat, text: str, manner: Manner = PLAINLY) -> Json:
    """Send a text; in a private chat the first one starts the bot."""
    if not text.strip() or len(text) > TEXT_MAX:
        raise ActImpossible("a text has 1 to 4096 characters")
    found = formatted(text)
    return send(world, chat, {"text": found.text, "entities": found.entities}, manner)


def share_contact(world: World, chat: Chat, contact: Json | None = None, manner: Manner = PLAINLY) -> Json:
    """Share a contact: one's own, as the contact button does, or a foreign one.

    Args:
        contact: `Contact` members of somebody else; None shares one's own.
    """
    if contact is None:
        user = manner.user or owner(chat)
        if not user.phone:
            raise ActImpossible("this person has no phone number to share")
        contact = {"phone_number": user.phone, "first_name": user.first_name, "user_id": user.id}
        contact |= {"last_name": user.last_name} if user.last_name else {}
    return send(world, chat, {"contact": contact}, manner)


def press_key(world: World, chat: Chat, text: str) -> Json:
    """Tap a key of the keyboard under the field."""
    rows = (chat.keyboard or {}).get("keyboard", [])
    key = next((key for row in rows for key in row if key["text"] == text), None)
    if key is None:
        raise ActImpossible("no key with this text is shown")
    if chat.keyboard and chat.keyboard.get("one_time_keyboard"):
        chat.keyboard = None
        world.bus.publish("keyboard", chat_id=chat.id, keyboard=None)
    return share_contact(world, chat) if key.get("request_contact") else say(world, chat, text)


def edit(world: World, chat: Chat, message_id: int, text: str) -> Json:
    """Change an own message that was sent before."""
    message = _message(chat, message_id)
    if message["from"]["is_bot"] or "text" not in message:
        raise ActImpossible("only own texts can be edited")
    found = formatted(text)
    message |= {"text": found.text, "edit_date": int(time.time())}
    message.pop("entities", None)
    if found.entities:
        message["entities"] = found.entities
    world.changed_message(chat, message)
    world.updates.put("edited_message", message)
    return message


def delete(world: World, chat: Chat, message_id: int) -> None:
    """Take a message away for everybody; the bot does not hear of it."""
    _message(chat, message_id)
    world.delete_message(chat, message_id)


def tap(world: World, chat: Chat, message_id: int, data: str, *, user: User | None = None, forged: bool = False) -> str:
    """Tap an inline button.

    Args:
        forged: send `data` although no such button is shown, as a modified client could.

    Returns:
        The id of the callback query.
    """
    message = chat.messages.get(message_id)
    shown = [button.get("callback_data") for row in _rows(message) for button in row]
    if not forged and data not in shown:
        raise ActImpossible("no such button is shown under this message")
    sender = user or owner(chat)
    if not forged:
        _require_member(chat, sender)
    query = Query(str(next(world.query_ids)), chat.id, message_id, sender.id, time.monotonic())
    world.queries[query.id] = query
    shown_message = message or {"chat": chat.as_json(), "message_id": message_id, "date": 0}
    world.updates.put(
        "callback_query",
        {
            "id": query.id,
            "from": sender.as_json(),
            "message": dict(shown_message),
            "chat_instance": str(abs(hash(("chat", chat.id)))),
            "data": data,
        },
    )
    return query.id


def block(world: World, chat: Chat, user: User | None = None) -> None:
    """Stop the bot, or remove it from a group: it hears of it, and may no longer write."""
    if not chat.blocked:
        before = "member" if chat.private or not chat.administrator else "administrator"
        chat.blocked = True
        tell_membership(world, chat, user or owner(chat), before, "kicked")


def unblock(world: World, chat: Chat, user: User | None = None) -> None:
    """Let the bot write again, or take it into the group again as a plain member."""
    if chat.blocked:
        chat.blocked = False
        chat.administrator = chat.private
        tell_membership(world, chat, user or owner(chat), "kicked", "member")


def deactivate(world: World, chat: Chat) -> None:
    """Give up the account: the bot may never write again."""
    owner(chat)
    chat.deactivated = True
    world.bus.publish("person", chat_id=chat.id)


def send(world: World, chat: Chat, content: Json, manner: Manner = PLAINLY) -> Json:
    """Send whatever it is, and let the bot know where it hears such messages."""
    sender = manner.user or owner(chat)
    if chat.blocked and chat.private:
        raise ActImpossible("this person has blocked the bot; unblock it first")
    _require_member(chat, sender)
    chat.started = True
    place = in_thread(chat, manner.topic, _answered(world, chat, manner.reply_to))
    message = world.new_message(chat, sender.as_json(), **content, **_origin(world, manner), **place)
    if is_heard(world, chat, message):
        world.updates.put("message", message)
    return message


def owner(chat: Chat) -> User:
    """Whose private chat it is."""
    if chat.user is None:
        raise ActImpossible("in a group it must be said who acts")
    return chat.user


def _answered(world: World, chat: Chat, message_id: int | None) -> Json | None:
    """What is answered, as the answer quotes it; one that was deleted in the meantime is not quoted."""
    if message_id is None or (message_id not in chat.messages and message_id <= world.last_message_id):
        return None
    return quoted(_message(chat, message_id))


def _origin(world: World, manner: Manner) -> Json:
    if manner.forwarded is None:
        return {}
    date = int(time.time())
    known = world.users.get(manner.forwarded) if isinstance(manner.forwarded, int) else None
    if known is not None:
        return {"forward_origin": {"type": "user", "date": date, "sender_user": known.as_json()}}
    return {"forward_origin": {"type": "hidden_user", "date": date, "sender_user_name": str(manner.forwarded)}}


def _require_member(chat: Chat, user: User) -> None:
    if not chat.private and user.id not in chat.members:
        raise ActImpossible("this person is not in the group; POST …/members lets her in")


def _rows(message: Json | None) -> list[list[Json]]:
    rows: list[list[Json]] = ((message or {}).get("reply_markup") or {}).get("inline_keyboard", [])
    return rows


def _message(chat: Chat, message_id: int) -> Json:
    if message_id not in chat.messages:
        raise ActImpossible("there is no such message in this chat")
    return chat.messages[message_id]
