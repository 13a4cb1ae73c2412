"""A line of text cut into runs of one font and one direction, in the order in which they stand on paper.

A short form of Unicode's bidirectional algorithm: words of two directions and the numbers between them, which is what
names and labels hold. Explicit embeddings are dropped.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.pictures.fonts import BASE, face_of

STAND_IN = "·"
"""Takes the place of a character that no font has."""
BRACKETS = {"(": ")", "[": "]", "{": "}", "«": "»"}
JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in reading order that one font draws in one go."""

    text: str
    face: str
    level: int
    """Even runs from left to right, odd from right to left."""

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """As Pillow calls it."""
        return "rtl" if self.level % 2 else "ltr"


def clean(text: str) -> str:
    """One line without control characters; a character that cannot be drawn is replaced by a dot."""
    flat = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(_drawable(char) for char in flat)


def runs(text: str, *, rtl: bool | None = None) -> list[Run]:
    """The runs of a clean line, from left to right on paper.

    Args:
        rtl: direction of the line; by default that of its first letter.
    """
    base = _base_level(text) if rtl is None else int(rtl)
    return _on_paper(list(_cut(text, _levels(text, base))))


def _drawable(char: str) -> str:
    if char in JOINERS:
        return char
    if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"}:
        return ""
    if face_of(char):
        return char
    plainer = unicodedata.normalize("NFKC", char)  # letters dressed up as mathematics have a plain self
    return plainer if all(map(face_of, plainer)) else STAND_IN


def _base_level(text: str) -> int:
    strong = next((kind for char in text if (kind := unicodedata.bidirectional(char)) in {"L", "R", "AL"}), "L")
    return int(strong != "L")


def _levels(text: str, base: int) -> list[int]:
    """The embedding level of each character; neutral ones between two of one level share it."""
    known: list[int | None] = []
    last = base
    for char in text:
        kind = unicodedata.bidirectional(char)
        sticks = kind in {"NSM", "BN"} and bool(known)
        level = known[-1] if sticks else _strong_level(kind, base, last)
        known.append(level)
        if kind in {"L", "R", "AL"} and level is not None:
            last = level
    _pair_brackets(text, known, base)
    return [_neutral(known, index, base) if level is None else level for index, level in enumerate(known)]


def _pair_brackets(text: str, known: list[int | None], base: int) -> None:
    """Gives both brackets of a pair the level that the opening one takes from its neighbours."""
    opened: list[tuple[str, int]] = []
    for index, char in enumerate(text):
        if char in BRACKETS:
            opened.append((BRACKETS[char], index))
        elif opened and char == opened[-1][0]:
            _, start = opened.pop()
            known[start] = known[index] = _neutral(known, start, base)


def _strong_level(kind: str, base: int, last: int) -> int | None:
    """The level of a letter or digit; `last` is that of the letter before it."""
    if kind in {"R", "AL"}:
        return 1
    if kind == "L":
        return 2 * base
    if kind in {"EN", "AN"}:
        return 2 if base or last == 1 else 0
    return None


def _neutral(known: list[int | None], index: int, base: int) -> int:
    before = next((level for level in reversed(known[:index]) if level is not None), base)
    after = next((level for level in known[index:] if level is not None), base)
    if before == after:
        return before
    return 1 if 0 not in {before, after} else base


def _cut(text: str, levels: list[int]) -> Iterator[Run]:
    start, face = 0, BASE
    for index, char in enumerate(text):
        wanted = face if char in JOINERS else face_of(char, face if index > start else None) or face
        if index > start and (wanted != face or levels[index] != levels[start]):
            yield Run(text[start:index], face, levels[start])
            start = index
        face = wanted
    if text:
        yield Run(text[start:], face, levels[start])


def _on_paper(logical: list[Run]) -> list[Run]:
    """Turns round, from the deepest level up, every stretch of at least that level."""
    order = logical
    for level in range(max((run.level for run in order), default=0), 0, -1):
        turned: list[Run] = []
        stretch: list[Run] = []
        for run in order:
            if run.level >= level:
                stretch.insert(0, run)
                continue
            turned += [*stretch, run]
            stretch = []
        order = turned + stretch
    return order
