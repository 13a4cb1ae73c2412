"""What sending, editing and copying share: texts, captions, files, keyboards and replies, each checked."""

from bot.sandbox.chat import Chat
from bot.sandbox.entities.found import formatted
from bot.sandbox.entities.model import Formatted
from bot.sandbox.files import StoredFile
from bot.sandbox.keyboards import check_markup
from bot.sandbox.media import is_sound
from bot.sandbox.model import Call, Json
from bot.sandbox.refusals import refuse
from bot.sandbox.world import World

TEXT_MAX = 4096
CAPTION_MAX = 1024
_SIDES_SUM_MAX = 10_000
_RATIO_MAX = 20


def text_of(params: Json) -> Formatted:
    """The text of sendMessage or editMessageText.

    Raises:
        Refusal: empty or too long after parsing, or its markup does not parse.
    """
    text = formatted(params.get("text") or "", params.get("parse_mode") or "", params.get("entities"))
    if not text.text:
        raise refuse("text_empty")
    if len(text.text) > TEXT_MAX:
        raise refuse("text_too_long")
    return text


def caption_of(params: Json) -> Formatted:
    """The caption of a photo or document; it may be empty."""
    caption = formatted(params.get("caption") or "", params.get("parse_mode") or "", params.get("caption_entities"))
    if len(caption.text) > CAPTION_MAX:
        raise refuse("caption_too_long")
    return caption


def file_of(world: World, call: Call, kind: str, reference: str) -> StoredFile:
    """The file that a parameter means: an upload, or one sent before.

    Args:
        kind: `photo`, `document` or `voice`; what is no voice is kept as a document, as Telegram does.

    Raises:
        Refusal: there is none, it is unknown, or it is not fit for its kind. Addresses are refused: the sandbox
            fetches nothing.
    """
    if reference.startswith("attach://"):
        upload = call.uploads.get(reference.removeprefix("attach://"))
        if upload is None:
            raise refuse(f"{kind}_missing")
        _check_upload(world, kind, upload.content)
        kind = "document" if kind == "voice" and not is_sound(upload.content) else kind
        stored = world.files.add(kind, upload.name, upload.content)
        if kind == "photo":
            _check_picture(stored)
        return stored
    if reference.startswith(("http://", "https://")):
        raise refuse("file_url_refused")
    found = world.files.find(reference)
    if found is None:
        raise refuse("file_id_wrong")
    if found.kind != kind:
        raise refuse("media_kind_wrong", actual=found.kind.title(), wanted=kind.title())
    return found


def _check_upload(world: World, kind: str, content: bytes) -> None:
    if not content:
        raise refuse("file_empty")
    if kind == "photo" and len(content) > world.options.photo_bytes_max:
        raise refuse("photo_too_big", size=len(content), limit=world.options.photo_bytes_max)


def _check_picture(stored: StoredFile) -> None:
    if not stored.width or not stored.height:
        raise refuse("image_broken")
    short, long = sorted((stored.width, stored.height))
    if short + long > _SIDES_SUM_MAX or long > _RATIO_MAX * short:
        raise refuse("photo_dimensions")


def inline_markup(markup: Json | None, chat: Chat) -> Json | None:
    """The inline keyboard to keep with the message; an empty one counts as none."""
    if markup is None:
        return None
    check_markup(markup, private=chat.private)
    rows = [row for row in markup.get("inline_keyboard", []) if row]
    return {"inline_keyboard": rows} if rows else None


def apply_keyboard(world: World, chat: Chat, markup: Json | None) -> None:
    """Show or remove the keyboard under the field, when the markup asks for that."""
    if markup is None or "inline_keyboard" in markup:
        return
    check_markup(markup, private=chat.private)
    chat.keyboard = None if markup.get("remove_keyboard") else markup
    world.bus.publish("keyboard", chat_id=chat.id, keyboard=chat.keyboard)


def reply_of(chat: Chat, params: Json) -> Json | None:
    """The message this one answers, without its own quotation.

    Raises:
        Refusal: it is gone, and the bot did not say to send without.
    """
    reply = params.get("reply_parameters")
    if reply is None:
        return None
    found = chat.messages.get(reply.get("message_id", 0))
    if found is None and not reply.get("allow_sending_without_reply"):
        raise refuse("reply_not_found")
    return quoted(found) if found else None


def quoted(message: Json) -> Json:
    """A message as the answer to it carries it: whole, but without its own quotation."""
    return {name: value for name, value in message.items() if name != "reply_to_message"}


def in_thread(chat: Chat, thread: int | None, reply: Json | None) -> Json:
    """What a message has because of the topic it stands in: that of what it answers, where none is named.

    One that answers nothing answers the message that opened the topic, as at Telegram.

    Raises:
        Refusal: there is no such topic.
    """
    if thread is None and reply is not None and reply.get("is_topic_message"):
        thread = reply["message_thread_id"]
    if thread is None:
        return {"reply_to_message": reply}
    if thread not in chat.topics:
        raise refuse("thread_not_found")
    opening = chat.messages.get(thread)
    reply = reply or (quoted(opening) if opening else None)
    return {"message_thread_id": thread, "is_topic_message": True, "reply_to_message": reply}
