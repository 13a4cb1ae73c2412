"""Files that people send: one, an album, and one that is too large for a bot."""

from collections.abc import Sequence

from bot.sandbox.chat import Chat
from bot.sandbox.control.acts import PLAINLY, ActImpossible, Manner, send
from bot.sandbox.entities.found import formatted
from bot.sandbox.files import KINDS, StoredFile
from bot.sandbox.media import image_size
from bot.sandbox.methods.content import CAPTION_MAX
from bot.sandbox.model import Json, Upload
from bot.sandbox.world import World

_ALBUM = (2, 10)
_TOGETHER = {"photo": "seen", "video": "seen", "document": "document", "audio": "audio"}
"""Which kinds may stand in one album: those of one word here."""


def send_file(world: World, chat: Chat, kind: str, upload: Upload, caption: str = "", manner: Manner = PLAINLY) -> Json:
    """Send a file of one of `KINDS`."""
    return send(world, chat, {**_stored(world, kind, upload).members(), **_words(caption)}, manner)


def send_album(
    world: World, chat: Chat, kind: str, uploads: Sequence[Upload], caption: str = "", manner: Manner = PLAINLY
) -> list[Json]:
    """Send several files at once: a message each, of one group; the caption stands under the first."""
    if kind not in _TOGETHER or not _ALBUM[0] <= len(uploads) <= _ALBUM[1]:
        raise ActImpossible("an album has 2 to 10 photos, films, documents or sounds")
    stored = [_stored(world, kind, upload) for upload in uploads]
    group = {"media_group_id": str(next(world.query_ids))}
    return [
        send(world, chat, {**one.members(), **(_words(caption) if at == 0 else {}), **group}, manner)
        for at, one in enumerate(stored)
    ]


def send_large(
    world: World, chat: Chat, kind: str, name: str, size: int, caption: str = "", manner: Manner = PLAINLY
) -> Json:
    """Send a file of which only name and size are known here; it must be larger than a bot may fetch."""
    _require_kind(kind)
    if size <= world.options.download_bytes_max:
        raise ActImpossible(f"it must be larger than {world.options.download_bytes_max} bytes; others are sent whole")
    return send(world, chat, {**world.files.add_hollow(kind, name, size).members(), **_words(caption)}, manner)


def _stored(world: World, kind: str, upload: Upload) -> StoredFile:
    _require_kind(kind)
    if not upload.content:
        raise ActImpossible("this file is empty")
    if kind == "photo" and image_size(upload.content) is None:
        raise ActImpossible("this is no picture")
    return world.files.add(kind, upload.name, upload.content)


def _require_kind(kind: str) -> None:
    if kind not in KINDS:
        raise ActImpossible(f"the kind is one of {', '.join(KINDS)}")


def _words(caption: str) -> Json:
    if len(caption) > CAPTION_MAX:
        raise ActImpossible("a caption has at most 1024 characters")
    words = formatted(caption)
    return {"caption": words.text, "caption_entities": words.entities}
