"""Sending, copying and forwarding."""

from bot.sandbox.chat import Chat
from bot.sandbox.files import KINDS
from bot.sandbox.methods.content import (
    apply_keyboard,
    caption_of,
    file_of,
    in_thread,
    inline_markup,
    reply_of,
    text_of,
)
from bot.sandbox.model import Call, Json
from bot.sandbox.refusals import refuse
from bot.sandbox.world import World

_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip
_COPIED = ("text", "entities", *KINDS, "caption", "caption_entities", "contact")


def _send(world: World, chat: Chat, call: Call, content: Json) -> Json:
    """Store what the bot says, with reply, keyboard and protection as the call asks."""
    params = dict(call.params)
    markup = params.get("reply_markup")
    inline = inline_markup(markup, chat)
    message = world.new_message(
        chat,
        world.bot.as_json(),
        **content,
        **in_thread(chat, params.get("message_thread_id"), reply_of(chat, params)),
        reply_markup=inline,
        has_protected_content=call.flag("protect_content") or None,
    )
    apply_keyboard(world, chat, markup)
    return message


async def send_message(world: World, call: Call) -> Json:
    """`sendMessage`."""
    text = text_of(dict(call.params))
    chat = world.reachable_chat(call.params["chat_id"])
    return _send(world, chat, call, {"text": text.text, "entities": text.entities})


async def _send_file(world: World, call: Call, kind: str) -> Json:
    caption = caption_of(dict(call.params))
    chat = world.reachable_chat(call.params["chat_id"])
    stored = file_of(world, call, kind, call.text(kind))
    above = call.flag("show_caption_above_media") or None
    words = {"caption": caption.text, "caption_entities": caption.entities, "show_caption_above_media": above}
    return _send(world, chat, call, {**stored.members(), **words})


async def send_photo(world: World, call: Call) -> Json:
    """`sendPhoto`."""
    return await _send_file(world, call, "photo")


async def send_document(world: World, call: Call) -> Json:
    """`sendDocument`."""
    return await _send_file(world, call, "document")


async def send_voice(world: World, call: Call) -> Json:
    """`sendVoice`."""
    return await _send_file(world, call, "voice")


async def send_chat_action(world: World, call: Call) -> bool:
    """`sendChatAction`: the page shows it for five seconds."""
    if call.text("action") not in _ACTIONS:
        raise refuse("action_unknown")
    chat = world.reachable_chat(call.params["chat_id"])
    world.bus.publish("action", chat_id=chat.id, action=call.text("action"))
    return True


def _original(world: World, call: Call, rule: str) -> Json:
    source = world.chats.get(call.params["from_chat_id"])
    if source is None:
        raise refuse("chat_not_found")
    found = source.messages.get(call.integer("message_id"))
    if found is None:
        raise refuse(rule)
    return found


async def copy_message(world: World, call: Call) -> Json:
    """`copyMessage`: the content without its origin, a new caption if one is given."""
    original = _original(world, call, "copy_not_found")
    chat = world.reachable_chat(call.params["chat_id"])
    content = {name: original[name] for name in _COPIED if name in original}
    if "caption" in call.params:
        caption = caption_of(dict(call.params))
        content |= {"caption": caption.text, "caption_entities": caption.entities}
    return {"message_id": _send(world, chat, call, content)["message_id"]}


async def forward_message(world: World, call: Call) -> Json:
    """`forwardMessage`."""
    original = _original(world, call, "forward_not_found")
    chat = world.reachable_chat(call.params["chat_id"])
    origin = {"type": "user", "date": original["date"], "sender_user": original["from"]}
    content = {name: original[name] for name in _COPIED if name in original}
    return _send(world, chat, call, {**content, "forward_origin": origin})


METHODS = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendVoice": send_voice,
    "sendChatAction": send_chat_action,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
}
