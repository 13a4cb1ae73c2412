"""Editing and deleting."""

import time

from bot.sandbox.chat import Chat
from bot.sandbox.methods.content import caption_of, file_of, inline_markup, text_of
from bot.sandbox.model import Call, Json
from bot.sandbox.refusals import refuse
from bot.sandbox.world import World

_DELETED_AT_ONCE_MAX = 100
_DELETE_SECONDS_MAX = 48 * 3600
_FILES = ("photo", "document")


def _target(world: World, call: Call) -> tuple[Chat, Json]:
    """The chat and the bot's own message to edit."""
    if not call.has("chat_id") or not call.has("message_id"):
        raise refuse("edit_id_missing")
    chat = world.reachable_chat(call.params["chat_id"])
    message = chat.messages.get(call.integer("message_id"))
    if message is None:
        raise refuse("edit_not_found")
    if message["from"]["id"] != world.bot.id:
        raise refuse("edit_impossible")
    return chat, message


def _change(world: World, chat: Chat, message: Json, members: Json) -> Json:
    """Put new members in place; empty ones go.

    Raises:
        Refusal: nothing would change.
    """
    members = {name: value or None for name, value in members.items()}
    if all(_same(message.get(name), value) for name, value in members.items()):
        raise refuse("not_modified")
    message["edit_date"] = int(time.time())
    for name, value in members.items():
        if value is None:
            message.pop(name, None)
        else:
            message[name] = value
    world.changed_message(chat, message)
    return message


def _same(old: object, new: object) -> bool:
    return (old or None) == (new or None)


async def edit_text(world: World, call: Call) -> Json:
    """`editMessageText`."""
    text = text_of(dict(call.params))
    chat, message = _target(world, call)
    if "text" not in message:
        raise refuse("edit_no_text")
    markup = inline_markup(call.params.get("reply_markup"), chat)
    return _change(world, chat, message, {"text": text.text, "entities": text.entities, "reply_markup": markup})


async def edit_caption(world: World, call: Call) -> Json:
    """`editMessageCaption`."""
    caption = caption_of(dict(call.params))
    chat, message = _target(world, call)
    if not any(kind in message for kind in _FILES):
        raise refuse("edit_no_caption")
    markup = inline_markup(call.params.get("reply_markup"), chat)
    words = {"caption": caption.text, "caption_entities": caption.entities}
    return _change(world, chat, message, {**words, "reply_markup": markup})


async def edit_media(world: World, call: Call) -> Json:
    """`editMessageMedia`: photos and documents, also from one kind to the other; a text may become a photo."""
    chat, message = _target(world, call)
    media: Json = call.params["media"]
    kind = media["type"]
    if kind not in _FILES:
        raise refuse("media_invalid")
    caption = caption_of(media)
    stored = file_of(world, call, kind, media["media"])
    members: Json = dict.fromkeys((*_FILES, "text", "entities"))
    members |= stored.members()
    members |= {"caption": caption.text, "caption_entities": caption.entities}
    members["reply_markup"] = inline_markup(call.params.get("reply_markup"), chat)
    return _change(world, chat, message, members)


async def edit_markup(world: World, call: Call) -> Json:
    """`editMessageReplyMarkup`."""
    chat, message = _target(world, call)
    return _change(world, chat, message, {"reply_markup": inline_markup(call.params.get("reply_markup"), chat)})


async def delete_message(world: World, call: Call) -> bool:
    """`deleteMessage`: any message for 48 hours where the bot may, in groups without being administrator its own."""
    chat = world.reachable_chat(call.params["chat_id"])
    message = chat.messages.get(call.integer("message_id"))
    if message is None:
        raise refuse("delete_not_found")
    foreign = message["from"]["id"] != world.bot.id and not chat.private and not chat.administrator
    if foreign or message["date"] < time.time() - _DELETE_SECONDS_MAX:
        raise refuse("delete_impossible")
    world.delete_message(chat, message["message_id"])
    return True


async def delete_messages(world: World, call: Call) -> bool:
    """`deleteMessages`: those that are not there are skipped."""
    chat = world.reachable_chat(call.params["chat_id"])
    wanted: list[int] = call.params["message_ids"]
    if not 1 <= len(wanted) <= _DELETED_AT_ONCE_MAX:
        raise refuse("delete_too_many")
    for message_id in wanted:
        if message_id in chat.messages:
            world.delete_message(chat, message_id)
    return True


METHODS = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
