"""Reads our own example messages: plain text, one a line under its intent, slots behind a bar."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.understanding.model import Intent, SlotValue

FOLDER = Path(__file__).parent / "examples"
NUMBERS = frozenset({"level", "points", "quantity"})
CODES = frozenset({"order", "ticket"})


@dataclass(frozen=True)
class Example:
    """One message that a person might type, and how it has to be read."""

    language: str
    intent: Intent
    text: str
    slots: dict[str, SlotValue]

    @property
    def is_set_aside(self) -> bool:
        """Whether the message belongs to the fifth that is never trained on; its text alone decides."""
        return hashlib.sha256(self.text.encode()).digest()[0] % 5 == 0


def slot_value(name: str, typed: str) -> SlotValue:
    """A slot as the example files write it → as it is answered."""
    if name in NUMBERS or (name in CODES and typed.isdigit()):
        return int(typed)
    return typed == "true" if name == "enabled" else typed


def parse(lines: Iterable[str], language: str) -> Iterator[Example]:
    """Examples in the order of the file.

    Raises:
        ValueError: a heading that is no intent, a line before any heading, or a slot without a value.
    """
    intent: Intent | None = None
    for line in (raw.strip() for raw in lines):
        if line.startswith("[") and line.endswith("]"):
            intent = Intent(line[1:-1])
        elif line and not line.startswith("#"):
            if intent is None:
                raise ValueError(f"{language}: no intent above {line!r}")
            text, _, noted = line.partition(" | ")
            pairs = (pair.split("=", 1) for pair in noted.split("; ") if pair)
            yield Example(language, intent, text.strip(), {name: slot_value(name, typed) for name, typed in pairs})


def read(folder: Path = FOLDER) -> list[Example]:
    """All examples of all languages, by file name; a text that occurs twice in a language counts once."""
    found: dict[tuple[str, str], Example] = {}
    for path in sorted(folder.glob("*.txt")):
        for example in parse(path.read_text("utf-8").splitlines(), path.stem):
            found.setdefault((example.language, example.text), example)
    return list(found.values())


def fingerprint(examples: Iterable[Example]) -> str:
    """A short name for exactly these examples, so that weights can tell what they were trained on."""
    lines = sorted(f"{e.language}\t{e.intent}\t{e.text}\t{sorted(e.slots.items())}" for e in examples)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
