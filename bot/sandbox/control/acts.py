"""What people do in a messenger, as the updates that Telegram would send for it."""

import re
import time

from bot.sandbox.chat import Chat, Query, User
from bot.sandbox.entities.found import formatted
from bot.sandbox.media import image_size
from bot.sandbox.methods.content import CAPTION_MAX, TEXT_MAX, media_content
from bot.sandbox.model import Json, Upload
from bot.sandbox.refusals import refuse
from bot.sandbox.world import World


class ActImpossible(Exception):
    """No messenger would let a person do this; the sentence is for who wrote the test."""


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


def say(world: World, chat: Chat, text: str, *, user: User | None = None, reply_to: int | None = None) -> Json:
    """Send a text; in a private chat the first one starts the bot."""
    if not text.strip() or len(text) > TEXT_MAX:
        raise ActImpossible("a text has 1 to 4096 characters")
    found = formatted(text)
    content: Json = {"text": found.text, "entities": found.entities}
    if reply_to is not None:
        content["reply_to_message"] = _message(chat, reply_to)
    return _send(world, chat, user, content)


def share_contact(world: World, chat: Chat, contact: Json | None = None) -> Json:
    """Share a contact: one's own, as the contact button does, or a foreign one.

    Args:
        contact: `Contact` members of somebody else; None shares one's own.
    """
    if contact is None:
        user = _owner(chat)
        if not user.phone:
            raise ActImpossible("this person has no phone number to share")
        contact = {"phone_number": user.phone, "first_name": user.first_name, "user_id": user.id}
        contact |= {"last_name": user.last_name} if user.last_name else {}
    return _send(world, chat, None, {"contact": contact})


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


def send_file(world: World, chat: Chat, kind: str, upload: Upload, caption: str = "") -> Json:
    """Send a photo or a document."""
    if kind == "photo" and image_size(upload.content) is None:
        raise ActImpossible("this is no picture")
    if len(caption) > CAPTION_MAX:
        raise ActImpossible("a caption has at most 1024 characters")
    stored = world.files.add(kind, upload.name, upload.content)
    words = formatted(caption)
    content = {**media_content(kind, stored), "caption": words.text, "caption_entities": words.entities}
    return _send(world, chat, None, content)


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
    sender = user or _owner(chat)
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


def block(world: World, chat: Chat) -> None:
    """Stop the bot: it hears of it, and may no longer write."""
    if not chat.blocked:
        chat.blocked = True
        _tell_membership(world, chat, "member", "kicked")


def unblock(world: World, chat: Chat) -> None:
    """Let the bot write again."""
    if chat.blocked:
        chat.blocked = False
        _tell_membership(world, chat, "kicked", "member")


def deactivate(world: World, chat: Chat) -> None:
    """Give up the account: the bot may never write again."""
    _owner(chat)
    chat.deactivated = True
    world.bus.publish("person", chat_id=chat.id)


def migrate(world: World, chat: Chat, to: int) -> Chat:
    """Make a group a supergroup with another id, as Telegram does when it grows."""
    if chat.private or to >= 0:
        raise ActImpossible("only groups migrate, and to a negative id")
    chat.migrated_to = to
    grown = world.chats.setdefault(to, Chat(to, title=chat.title, members=list(chat.members), started=True))
    bot = world.bot.as_json()
    world.updates.put("message", world.new_message(chat, bot, migrate_to_chat_id=to))
    world.updates.put("message", world.new_message(grown, bot, migrate_from_chat_id=chat.id))
    return grown


def _rows(message: Json | None) -> list[list[Json]]:
    rows: list[list[Json]] = ((message or {}).get("reply_markup") or {}).get("inline_keyboard", [])
    return rows


def _owner(chat: Chat) -> User:
    if chat.user is None:
        raise ActImpossible("in a group it must be said who acts")
    return chat.user


def _message(chat: Chat, message_id: int) -> Json:
    if message_id not in chat.messages:
        raise ActImpossible("there is no such message in this chat")
    return chat.messages[message_id]


def _send(world: World, chat: Chat, user: User | None, content: Json) -> Json:
    if chat.blocked and chat.private:
        raise ActImpossible("this person has blocked the bot; unblock it first")
    chat.started = True
    message = world.new_message(chat, (user or _owner(chat)).as_json(), **content)
    world.updates.put("message", message)
    return message


def _tell_membership(world: World, chat: Chat, before: str, after: str) -> None:
    def member(status: str) -> Json:
        return {"user": world.bot.as_json(), "status": status} | ({"until_date": 0} if status == "kicked" else {})

    change = {"chat": chat.as_json(), "from": _owner(chat).as_json(), "date": int(time.time())}
    world.updates.put("my_chat_member", {**change, "old_chat_member": member(before), "new_chat_member": member(after)})
    world.bus.publish("person", chat_id=chat.id, blocked=chat.blocked)
