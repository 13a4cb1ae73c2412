"""Files that a person sends: fetched from Telegram, and kept by core."""

import mimetypes
from dataclasses import dataclass

from telegram import Message
from telegram.error import BadRequest

from bot.context import Context
from bot.transport import AiohttpRequest, FileGone, FileTooLarge
from core.attachments.model import AttachmentEmpty, AttachmentTooLarge, AttachmentTypeRefused, TooManyAttachments
from core.kernel.errors import Facts, Refused
from core.tickets.model import FileRefused

TELEGRAM_MB = 20
"""What Telegram hands out to bots at most."""
BYTES_MAX = TELEGRAM_MB * 1024 * 1024
TOO_BIG = "file is too big"
GONE = AttachmentEmpty.code
"""A file that Telegram no longer has holds nothing for us."""
REFUSALS = (
    AttachmentEmpty.code,
    AttachmentTooLarge.code,
    AttachmentTypeRefused.code,
    TooManyAttachments.code,
    "body_too_large",
)
"""What core says of a file; anything else is no matter of the file."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file in one of her messages, as Telegram announces it; `size` in bytes where that is told."""

    file_id: str
    name: str
    size: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """What one message of hers holds.

    Attributes:
        text: exactly as she wrote it.
        attachments: the numbers of the files that core keeps.
        refused: files that could not be taken, and `facts` of the last refusal.
    """

    text: str = ""
    attachments: tuple[int, ...] = ()
    refused: tuple[FileRefused, ...] = ()
    facts: Facts | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is left of it that could be passed on."""
        return not self.text.strip() and not self.attachments


def file_in(message: Message) -> Sent | None:
    """The file of a message: photo, document, voice, audio or video; None for stickers, places and the like."""
    if message.photo:
        best = message.photo[-1]
        return Sent(best.file_id, "photo.jpg", best.file_size)
    if message.voice:
        return Sent(message.voice.file_id, "voice.ogg", message.voice.file_size)
    if message.video_note:
        return Sent(message.video_note.file_id, "video.mp4", message.video_note.file_size)
    named = message.document or message.audio or message.video
    if named is None or message.sticker:
        return None
    return Sent(named.file_id, named.file_name or _unnamed(message, named.mime_type), named.file_size)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file with what is in it, as somebody sent it."""

    name: str
    content: bytes


async def fetch(context: Context, message: Message) -> Fetched | None:
    """The file of a message; None where it has none.

    Raises:
        Refused: as `attachment_too_large` or `attachment_empty` where Telegram does not hand it out (any more).
        NetworkError: Telegram is away; the update is tried again.
    """
    sent = file_in(message)
    if sent is None:
        return None
    if sent.size is not None and sent.size > BYTES_MAX:
        raise _too_large()
    try:
        found = await context.bot.get_file(sent.file_id)
    except BadRequest as error:
        raise _too_large() if TOO_BIG in str(error).lower() else Refused(GONE, {}) from error
    request = context.bot.request
    assert isinstance(request, AiohttpRequest), "the application is built with it"
    try:
        return Fetched(sent.name, await request.download(found.file_path or "", BYTES_MAX))
    except FileTooLarge as error:
        raise _too_large() from error
    except FileGone as error:
        raise Refused(GONE, {}) from error


async def said(context: Context) -> Said:
    """What her message holds, its file fetched and kept; a second try of the update keeps nothing twice."""
    message = context.flow.update.message
    if message is None:
        return Said()
    text = message.text or message.caption or ""
    try:
        fetched = await fetch(context, message)
        if fetched is None:
            return Said(text)
        kept = await context.core.my_attachment(fetched.name, fetched.content, idempotency_key=context.key("file"))
    except Refused as refusal:
        if refusal.code not in REFUSALS:
            raise
        sent = file_in(message)
        name = sent.name if sent else ""
        return Said(text, refused=(FileRefused(name=name, why=refusal.code),), facts=refusal.facts)
    return Said(text, (kept.id,))


def _too_large() -> Refused:
    return Refused(AttachmentTooLarge.code, {"most_mb": TELEGRAM_MB})


def _unnamed(message: Message, media_type: str | None) -> str:
    """A name for a file that has none: what it is, with the ending of its type."""
    kind = "audio" if message.audio else "video" if message.video else "document"
    return f"{kind}{mimetypes.guess_extension(media_type or '') or ''}"
