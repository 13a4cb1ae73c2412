"""Files the bot or people have sent, by file_id; with a folder they outlive the process, as they do at Telegram."""

import base64
import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.sandbox.media import image_size, media_type
from bot.sandbox.model import Json

_MARKS = {"photo": "AgACAgI", "document": "BQACAgI"}


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
    known = {".pdf": "application/pdf", ".csv": "text/csv", ".png": "image/png", ".jpg": "image/jpeg"}
    return known.get(Path(name).suffix.lower(), "application/octet-stream")


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
        unique_id = base64.urlsafe_b64encode(digest[:9]).decode()
        file_id = _MARKS[kind] + base64.urlsafe_b64encode(digest[:30]).decode()
        width, height = image_size(content) or (0, 0)
        suffix = Path(name).suffix or "." + media_type(content).rpartition("/")[2]
        path = f"{kind}s/file_{digest.hex()[:12]}{suffix}"
        stored = StoredFile(file_id, unique_id, kind, name, path, len(content), width, height)
        self._files[file_id] = stored
        self._content[file_id] = content
        if self._folder:
            (self._folder / f"{digest.hex()}.bin").write_bytes(content)
            (self._folder / f"{digest.hex()}.json").write_text(json.dumps(asdict(stored)), encoding="utf-8")
        return stored

    def find(self, file_id: str) -> StoredFile | None:
        """The file of that id, if it was ever sent."""
        return self._files.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        """The file that `getFile` gave this path for."""
        return next((stored for stored in self._files.values() if stored.path == path), None)

    def content(self, stored: StoredFile) -> bytes:
        """Its bytes."""
        if stored.file_id not in self._content:
            assert self._folder is not None, "a file without content must have come from the folder"
            digest = next(p for p in self._folder.glob("*.json") if stored.file_id in p.read_text(encoding="utf-8"))
            self._content[stored.file_id] = digest.with_suffix(".bin").read_bytes()
        return self._content[stored.file_id]
