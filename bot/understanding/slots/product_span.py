"""Which run of words is the wish: a small linear model over runs, each judged by its words and by both its ends."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bot.understanding.cues import concepts
from bot.understanding.features import Floats
from bot.understanding.slots.numbers import numbers
from bot.understanding.slots.tagger import Tagger, buckets
from bot.understanding.text import fold

LONGEST = 5
"""Words of the longest product name that is looked for."""
WORDS_LOOKED_AT = 60
_PIECE = re.compile(
    r"(?:[dl]|qu)['’](?=\w{2})|[^\W_][\w\u064b-\u065f\u0900-\u0903\u093a-\u094f]*(?:['’\-/][^\W_]\w*)*", re.IGNORECASE
)
_EDGE = ""
_UNSEEN = "<unseen>"
_BRIEF = 3
"""In so few words there is a verb and the product: "redeem blender"."""
_PART = 4
"""So many letters at a word's beginning and end tell what it is like where it was never seen."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One word: where it stands, folded, and whether a sign parts it from the word before."""

    start: int
    end: int
    word: str
    is_number: bool
    is_parted: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """Scores of one message: each word inside a name, first of it and last of it, and that nothing is named."""

    inside: Floats
    first: Floats
    last: Floats
    nothing: float


def pieces(text: str, language: str) -> list[Piece]:
    """The words of a cleaned message; a French "d'" or "l'" is a word of its own."""
    folded = fold(text)
    same = len(folded) == len(text)  # where folding moves letters the places of numbers are no use
    counted = [(n.start, n.end) for n in numbers(text, language)] if same else []
    found: list[Piece] = []
    for match in list(_PIECE.finditer(text))[:WORDS_LOOKED_AT]:
        between = text[found[-1].end : match.start()] if found else ""
        is_number = match[0][0].isdigit() or any(start <= match.start() < end for start, end in counted)
        parted = any(sign in between for sign in ",.;:!?-–()")
        found.append(Piece(match.start(), match.end(), fold(match[0]).replace("’", "'"), is_number, parted))
    return found


@lru_cache(maxsize=4096)
def _kind(word: str) -> str:
    """What a word is about, in whatever language: the same for points, puntos and Punkte."""
    return " ".join(sorted(concepts(word)))


def _named(piece: Piece, is_hidden: bool) -> str:
    if piece.is_number:
        return "<number>"
    return _UNSEEN if is_hidden else piece.word


def facts(said: Sequence[Piece], hidden: frozenset[int]) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """What is known of each word as one inside a name, as the first of it and as the last of it.

    Args:
        hidden: places of words never seen before, or treated so to learn from names that no example has.
    """
    named = [_EDGE, _EDGE, *(_named(piece, at in hidden) for at, piece in enumerate(said)), _EDGE, _EDGE]
    kinds = ["", "", *("" if at in hidden else _kind(piece.word) for at, piece in enumerate(said)), "", ""]
    for at, piece in enumerate(said):
        place = at + 2
        before, here, after = named[place - 1 : place + 2]
        parted = said[at + 1].is_parted if at + 1 < len(said) else False
        inside = ["i", f"i {here}", f"i kind {kinds[place]}", f"ib {before}", f"ia {after}"]
        inside += [f"i2 {before} {after}", f"i< {piece.word[:_PART]}", f"i> {piece.word[-_PART:]}"]
        first = ["f", f"f {here}", f"fb {before}", f"fb {named[place - 2]} {before}", f"fk {kinds[place - 1]}"]
        first += [
            f"f2 {before} {here}",
            f"fp {piece.is_parted} {at == 0}",
            f"fk2 {kinds[place - 2]} {kinds[place - 1]}",
        ]
        ends = at == len(said) - 1
        inside.append(f"ie {piece.word[-2:]} {ends} {len(said) > _BRIEF}")
        following = said[at + 1].word[-2:] if not ends else _EDGE
        last = [
            "l",
            f"l {here}",
            f"l> {piece.word[-2:]} {ends}",
            f"la> {following} {at + 2 == len(said)}",
            f"la {after}",
            f"la {after} {named[place + 2]}",
            f"lk {kinds[place + 1]}",
        ]
        last += [
            f"l2 {here} {after}",
            f"lp {parted} {ends}",
            f"lk2 {kinds[place + 1]} {kinds[place + 2]}",
        ]
        yield inside, first, last


def nothing_facts(said: Sequence[Piece]) -> list[str]:
    """What speaks for a message that names no product."""
    return ["n", f"n {min(len(said), 8)}", *(f"n {_kind(piece.word)}" for piece in said)]


def judged(weights: Floats, said: Sequence[Piece], hidden: frozenset[int]) -> Judged:
    """The scores of a message under `weights`."""
    rows = list(facts(said, hidden))
    inside, first, last = (
        np.array([weights[buckets(row[part])].sum() for row in rows], dtype=np.float32) for part in range(3)
    )
    return Judged(inside, first, last, float(weights[buckets(nothing_facts(said))].sum()))


def runs(said: Sequence[Piece]) -> list[tuple[int, int]]:
    """Every run of words that may be a name, by its first word and the word behind it; no sign stands inside."""
    return [
        (start, end)
        for start in range(len(said))
        for end in range(start + 1, min(start + LONGEST, len(said)) + 1)
        if not any(piece.is_parted for piece in said[start + 1 : end])
    ]


def best_run(model: Tagger, said: Sequence[Piece]) -> tuple[int, int] | None:
    """The likeliest name; None when it is likelier that nothing is named."""
    if not said:
        return None
    weights = model.weights
    unseen = frozenset(
        at for at, piece in enumerate(said) if not piece.is_number and not weights[buckets([f"i {piece.word}"])][0]
    )
    scores = judged(weights, said, unseen)
    total = np.concatenate([[0.0], np.cumsum(scores.inside)])
    worth = {
        (start, end): float(total[end] - total[start] + scores.first[start] + scores.last[end - 1])
        for start, end in runs(said)
    }
    best = max(worth, key=lambda run: worth[run])
    return best if worth[best] > scores.nothing else None
