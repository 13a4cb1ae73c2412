"""What a message shows: text and buttons, before Telegram's forms are put on it. Pure."""

import hashlib
import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

TEXT_MAX = 4096
CAPTION_MAX = 1024
DATA_BYTES_MAX = 64
LABEL_MAX = 24
OPEN, SHUT = "\ue000", "\ue001"  # private-use marks: nobody's name can forge bold type, whatever it is made of
MARKS = re.compile(f"[{OPEN}{SHUT}]")


def bold(text: str) -> str:
    """`text` marked to stand out; the mark survives translation and escaping."""
    return f"{OPEN}{MARKS.sub('', text)}{SHUT}"


@dataclass(frozen=True, slots=True)
class Button:
    """Something to tap: it asks the bot (`data`) or opens a page (`url`)."""

    label: str
    data: str = ""
    url: str = ""
    danger: bool = False
    """What it does is not easily undone, so it is drawn as a warning."""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """One message's content.

    Attributes:
        on_photo: it may stay under the picture that the button was tapped on; otherwise it opens a message of its own.
        about: what a reply to the message belongs to, such as `ticket:1042`; empty for nothing.
    """

    text: str
    rows: Rows = ()
    on_photo: bool = False
    about: str = ""

    @property
    def html(self) -> str:
        """The text as Telegram's HTML: everything escaped but our own marks."""
        return html.escape(self.text, quote=False).replace(OPEN, "<b>").replace(SHUT, "</b>")

    @property
    def length(self) -> int:
        """How long Telegram finds the text, in UTF-16 units after the entities are parsed."""
        return len(MARKS.sub("", self.text).encode("utf-16-le")) // 2

    def fitting(self, length_max: int) -> "Screen":
        """The same with its last lines left out, where it would be longer than Telegram takes."""
        if self.length <= length_max:
            return self
        shorter = self.text.removesuffix("\n…").rpartition("\n")[0]
        text = f"{shorter or cut(MARKS.sub('', self.text), length_max // 2)}\n…"
        return replace(self, text=text).fitting(length_max)

    @property
    def fingerprint(self) -> str:
        """Changes when anything that the message shows changes."""
        return hashlib.blake2b(repr((self.text, self.rows)).encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is drawn only where it was never sent before."""

    key: str
    draw: Callable[[], bytes]

    @property
    def fingerprint(self) -> str:
        """Short and safe to store."""
        return hashlib.blake2b(self.key.encode(), digest_size=8).hexdigest()


def lines(*parts: str | None) -> str:
    """The parts that are there, each on a line; an empty text is an empty line."""
    return "\n".join(part for part in parts if part is not None)


def cut(text: str, length: int) -> str:
    """`text`, ended by "…" where it is longer."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def data(*parts: str | int) -> str:
    """A button's data: the screen's name and what it needs to know."""
    return ":".join(str(part) for part in parts)


def arguments(given: str, count: int) -> list[str]:
    """What `data` was made of, without the screen's name; the last one may hold colons. Missing ones are empty."""
    found = given.split(":", count)[1:]
    return found + [""] * (count - len(found))


def button(label: str, *parts: str | int, danger: bool = False) -> Button | None:
    """A button that leads to a screen, or None where its data would not fit (a company's codes can be long)."""
    asked = data(*parts)
    return Button(cut(label, LABEL_MAX), asked, danger=danger) if len(asked.encode()) <= DATA_BYTES_MAX else None


def grid(buttons: Sequence[Button | None], columns: int = 2) -> Rows:
    """Buttons in rows; those that are None are left out."""
    there = [one for one in buttons if one is not None]
    return tuple(tuple(there[start : start + columns]) for start in range(0, len(there), columns))
