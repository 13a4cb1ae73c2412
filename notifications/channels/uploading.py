"""How a file goes to Telegram: as what is looked at or heard at once, else as a document. Pure."""

from typing import NamedTuple

from aiohttp import FormData

from notifications.message import File

PHOTOS = frozenset({"image/jpeg", "image/png", "image/webp"})
VOICES = frozenset({"audio/ogg", "audio/opus"})
PHOTO_BYTES_MAX = 10 * 2**20


class Way(NamedTuple):
    """One of the messenger's methods, and the field of it that holds the file."""

    method: str
    field: str


DOCUMENT = Way("sendDocument", "document")


def ways(file: File) -> tuple[Way, ...]:
    """The ways to try, one after the other.

    | file                        | ways            |
    | --------------------------- | --------------- |
    | a JPEG, PNG or WebP         | photo, document |
    | the same, larger than 10 MB | document        |
    | OGG with Opus               | voice, document |
    | anything else               | document        |

    Telegram takes no photo that is very long and thin, and no voice for people who want none: documents always go.
    """
    if file.media_type in PHOTOS and len(file.content) <= PHOTO_BYTES_MAX:
        return Way("sendPhoto", "photo"), DOCUMENT
    if file.media_type in VOICES:
        return Way("sendVoice", "voice"), DOCUMENT
    return (DOCUMENT,)


def form(way: Way, file: File, fields: dict[str, str]) -> FormData:
    """The call as a form with the file in it, under its own name and as it is."""
    found = FormData(fields, quote_fields=False)
    if way is DOCUMENT:
        found.add_field("disable_content_type_detection", "true")
    found.add_field(way.field, file.content, filename=file.name, content_type=file.media_type)
    return found
