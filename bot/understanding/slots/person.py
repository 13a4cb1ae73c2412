"""Whom a message names: the name as typed, without what the sentence hung on it."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.understanding.slots.endings import nominative
from bot.understanding.slots.tagger import tagger
from bot.understanding.slots.unspaced import unspaced_person
from bot.understanding.text import fold, is_unspaced, words

HONORIFICS = frozenset(
    fold(line)
    for listed in (Path(__file__).parent / "words" / "honorifics.txt").read_text("utf-8").splitlines()
    if not listed.startswith("#")
    for line in listed.split()
)
PARTICLES = frozenset("de da do dos das del la van von der den bin ibn al el abu y e di du le ter zu".split())
_WORDS_MAX = 4
_KNOWN_LIKENESS = 88
_LEAST = -2.5
"""A message of this kind nearly always names somebody: the best word is taken unless all speaks against it."""


def _spans(scores: Sequence[float], typed: Sequence[str]) -> Iterator[tuple[float, int, int]]:
    """Every run of words that might be a name, with how much speaks for it; a particle between two parts costs nothing."""
    for start in range(len(typed)):
        for end in range(start + 1, min(start + _WORDS_MAX, len(typed)) + 1):
            inner = range(start + 1, end - 1)
            total = sum(
                max(scores[at], 0.0) if at in inner and fold(typed[at]) in PARTICLES else scores[at]
                for at in range(start, end)
            )
            yield total, start, end


def _known(text: str, people: Sequence[str]) -> str | None:
    """The one known person whose name stands in the message nearly as it is written."""
    if not people:
        return None
    best = process.extractOne(
        fold(text), people, processor=fold, scorer=fuzz.partial_ratio, score_cutoff=_KNOWN_LIKENESS
    )
    return best[0] if best and len(best[0]) > 3 else None


def _without_honorifics(typed: list[str]) -> list[str]:
    bare = [fold(word).rstrip(".") for word in typed]
    while typed and bare[0] in HONORIFICS:
        typed, bare = typed[1:], bare[1:]
    while typed and bare[-1] in HONORIFICS:
        typed, bare = typed[:-1], bare[:-1]
    return typed


def person(text: str, language: str, people: Sequence[str] = ()) -> str | None:
    """The person that a cleaned message is about.

    Args:
        people: full names known to the asker; where one of them plainly stands in the message it is the answer.

    Returns:
        A name in the nominative, without title, possessive or preposition; None when nobody is named.
    """
    known = _known(text, people)
    if known is not None:
        return known
    if is_unspaced(text):
        return unspaced_person(text)
    typed = [word for word in words(re.sub(r"[.](?=\s|$)", " ", text))]
    if not typed:
        return None
    scores = [
        score - 20.0 * (fold(word).rstrip(".") in HONORIFICS)
        for score, word in zip(tagger().scores(typed), typed, strict=True)
    ]
    best, start, end = max(_spans(scores, typed))
    if best < _LEAST:
        return None
    name = _without_honorifics(typed[start:end])
    following = typed[end] if end < len(typed) else ""
    before = typed[start - 1] if start else ""
    return nominative(name, language=language, before=before, following=following) or None
