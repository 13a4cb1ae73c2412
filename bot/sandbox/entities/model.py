"""Words of formatted text."""

from dataclasses import dataclass, field

from bot.sandbox.model import Json
from bot.sandbox.refusals import Refusal, refuse


@dataclass
class Formatted:
    """Plain text and what is marked in it."""

    text: str = ""
    entities: list[Json] = field(default_factory=list)


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def byte_offset(text: str, index: int) -> int:
    """Where character `index` starts in UTF-8 bytes."""
    return len(text[:index].encode("utf-8"))


def broken(reason: str) -> Refusal:
    """The refusal for markup that does not parse."""
    return refuse("entities_broken", reason=reason)


class Builder:
    """Collects text and entities; an entity is opened, then closed with what it turned out to be."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.length = 0
        self._entities: list[Json] = []

    def add(self, text: str) -> None:
        """Append plain text."""
        self._parts.append(text)
        self.length += units(text)

    def since(self, offset: int) -> str:
        """The text from `offset` (in UTF-16 code units) on."""
        return "".join(self._parts).encode("utf-16-le")[offset * 2 :].decode("utf-16-le")

    def close(self, offset: int, kind: str, **extra: str) -> None:
        """Mark the text from `offset` to here; nothing is marked when it is empty."""
        if self.length > offset:
            self._entities.append({"type": kind, "offset": offset, "length": self.length - offset, **extra})

    def done(self) -> Formatted:
        """Text and entities, outer ones first."""
        ordered = sorted(self._entities, key=lambda entity: (entity["offset"], -entity["length"]))
        return Formatted("".join(self._parts), ordered)


def trimmed(formatted: Formatted) -> Formatted:
    """Without white space around it, as Telegram stores a message."""
    text = formatted.text.strip()
    before = units(formatted.text) - units(formatted.text.lstrip())
    length = units(text)
    entities = []
    for entity in formatted.entities:
        start = max(0, entity["offset"] - before)
        end = min(length, entity["offset"] + entity["length"] - before)
        if end > start:
            entities.append({**entity, "offset": start, "length": end - start})
    return Formatted(text, entities)
