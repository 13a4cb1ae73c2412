"""Words of the sandbox: options, people, uploads and calls."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

DEFAULT_TOKEN = "7000000001:AAF-sandbox-token-for-local-use-only"  # noqa: S105 - opens nothing but a sandbox


@dataclass
class Options:
    """How strict the stand-in is; everything may be changed while it runs."""

    strict: bool = False  # refuse what Telegram would ignore in silence
    limits: bool = False  # answer 429 when a chat or the whole bot is flooded
    chat_burst: int = 8
    chat_per_second: float = 1.0
    group_per_minute: int = 20
    overall_per_second: int = 30
    callback_seconds_max: float = 30.0
    upload_bytes_max: int = 50 * 1024 * 1024
    photo_bytes_max: int = 10 * 1024 * 1024
    download_bytes_max: int = 20 * 1024 * 1024
    webhook_retry_seconds: float = 1.0


@dataclass(frozen=True)
class DemoPerson:
    """Somebody the chat page offers to chat as.

    Args:
        note: one short line under the name, such as rank and town.
        start: payload of a one-time link that makes the bot know this person, or None.
    """

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "en"
    phone: str = ""
    note: str = ""
    start: str | None = None


@dataclass(frozen=True)
class Upload:
    """A file part of a multipart call."""

    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True)
class Call:
    """One Bot API call whose parameters have been checked against the specification."""

    method: str
    params: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Whether the bot sent this parameter."""
        return self.params.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        """A String parameter."""
        value = self.params.get(name)
        return default if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """An Integer parameter."""
        value = self.params.get(name)
        return default if value is None else int(value)

    def flag(self, name: str) -> bool:
        """A Boolean parameter; absent means no."""
        return bool(self.params.get(name))
