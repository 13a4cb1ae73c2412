"""Files the bot or people have sent, by file_id; with a folder they outlive the process, as they do at Telegram."""

import base64
import hashlib
import json
import mimetypes
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.sandbox.media import image_size, media_type
from bot.sandbox.model import Json

_MARKS = {
    "photo": "AgACAgI", "document": "BQACAgI", "voice": "AwACAgI", "video": "BAACAgI", "audio": "CQACAgI",
    "animation": "CgACAgI", "video_note": "DQACAgI", "sticker": "CAACAgI",
}  # fmt: skip
KINDS = tuple(_MARKS)
_SIDE = 320
_SECONDS = 3
"""What the sandbox says of every film and sound: it plays none, so it does not measure them."""


@dataclass(frozen=True)
class StoredFile:
    """One file; `width` and `height` are 0 where it is no picture."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    path: str
    size: int
    width: int = 0
    height: int = 0
    hollow: bool = False
    """Nothing is kept of it but its size: it is larger than a bot may fetch."""

    def members(self) -> Json:
        """The members of `Message` that this file fills."""
        if self.kind == "photo":
            return {"photo": self.photo_sizes()}
        if self.kind == "animation":  # for those who know no animations
            return {"animation": self._body(), "document": self.document()}
        return {self.kind: self.document() if self.kind == "document" else self._body()}

    def _body(self) -> Json:
        side: Json = {"width": self.width or _SIDE, "height": self.height or _SIDE}
        named: Json = {"file_name": self.name} if self.name else {}
        lasting: Json = {"duration": _SECONDS}
        return (
            self._base()
            | {
                "voice": {**lasting, "mime_type": "audio/ogg"},
                "audio": {**lasting, **named, "mime_type": "audio/mpeg"},
                "video": {**side, **lasting, **named, "mime_type": "video/mp4"},
                "animation": {**side, **lasting, **named, "mime_type": "video/mp4"},
                "video_note": {"length": _SIDE, **lasting},
                "sticker": {**side, "type": "regular", "is_animated": self.name.endswith(".tgs"), "is_video": False},
            }[self.kind]
        )

    def photo_sizes(self) -> list[Json]:
        """As `Message.photo`: a thumbnail and the picture itself, which is last."""
        scale = min(1.0, 90 / max(self.width, self.height, 1))
        small = {
            "file_id": self.file_id,
            "file_unique_id": f"{self.unique_id}s",
            "width": max(1, round(self.width * scale)),
            "height": max(1, round(self.height * scale)),
            "file_size": max(1, round(self.size * scale * scale)),
        }
        return [small, {**self._base(), "width": self.width, "height": self.height}]

    def document(self) -> Json:
        """As `Message.document`."""
        return {**self._base(), "file_name": self.name, "mime_type": _mime(self.name)}

    def _base(self) -> Json:
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": self.size}


def _mime(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _stored(kind: str, name: str, digest: bytes, suffix: str, **more: Any) -> StoredFile:
    unique_id = base64.urlsafe_b64encode(digest[:9]).decode()
    file_id = _MARKS[kind] + base64.urlsafe_b64encode(digest[:30]).decode()
    return StoredFile(file_id, unique_id, kind, name, f"{kind}s/file_{digest.hex()[:12]}{suffix}", **more)


class Files:
    """Keeps content in memory, and in `folder` when there is one."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._files: dict[str, StoredFile] = {}
        self._content: dict[str, bytes] = {}
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            for card in folder.glob("*.json"):
                stored = StoredFile(**json.loads(card.read_text(encoding="utf-8")))
                self._files[stored.file_id] = stored

    def add(self, kind: str, name: str, content: bytes) -> StoredFile:
        """Keep a file; the same content of the same kind gets the same id."""
        digest = hashlib.sha256(kind.encode() + b":" + content).digest()
        width, height = image_size(content) or (0, 0)
        suffix = Path(name).suffix or "." + media_type(content).rpartition("/")[2]
        stored = _stored(kind, name, digest, suffix, size=len(content), width=width, height=height)
        self._content[stored.file_id] = content
        if self._folder:
            (self._folder / f"{digest.hex()}.bin").write_bytes(content)
        return self._keep(stored, digest)

    def add_hollow(self, kind: str, name: str, size: int) -> StoredFile:
        """Keep of a file that it was sent and how large it is."""
        digest = hashlib.sha256(f"{kind}:{name}:{size}".encode()).digest()
        return self._keep(_stored(kind, name, digest, Path(name).suffix, size=size, hollow=True), digest)

    def _keep(self, stored: StoredFile, digest: bytes) -> StoredFile:
        self._files[stored.file_id] = stored
        if self._folder:
            (self._folder / f"{digest.hex()}.json").write_text(json.dumps(asdict(stored)), encoding="utf-8")
        return stored

    def find(self, file_id: str) -> StoredFile | None:
        """The file of that id, if it was ever sent."""
        return self._files.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        """The file that `getFile` gave this path for."""
        return next((stored for stored in self._files.values() if stored.path == path), None)

    def content(self, stored: StoredFile) -> bytes:
        """Its bytes; nothing of one that is hollow."""
        if stored.hollow:
            return b""
        if stored.file_id not in self._content:
            assert self._folder is not None, "a file without content must have come from the folder"
            digest = next(p for p in self._folder.glob("*.json") if stored.file_id in p.read_text(encoding="utf-8"))
            self._content[stored.file_id] = digest.with_suffix(".bin").read_bytes()
        return self._content[stored.file_id]
