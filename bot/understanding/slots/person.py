"""Whom a message names: the name as typed, without what the sentence hung on it."""

from collections.abc import Sequence
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.understanding.slots.endings import nominative
from bot.understanding.slots.tagger import spans, tagger, tokens
from bot.understanding.slots.unspaced import unspaced_person
from bot.understanding.text import fold, is_unspaced

HONORIFICS = frozenset(
    fold(title)
    for line in (Path(__file__).parent / "words" / "honorifics.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
    for title in line.split()
)
PARTICLES = frozenset(
    ["de", "da", "do", "dos", "das", "del", "la", "van", "von", "der", "den", "bin", "ibn", "al", "el", "le"]
)
_WORDS_MAX = 4
_KNOWN_LIKENESS = 88
_LEAST = -6.0
"""A message of this kind nearly always names somebody: the best word is taken unless all speaks against it."""
_LEAST_UNSURE = -1.0
"""The same where nobody may be named ("can I give points to someone")."""
_NEVER = 20.0


def _known(text: str, people: Sequence[str]) -> str | None:
    """The one known person whose name stands in the message nearly as it is written."""
    best = process.extractOne(
        fold(text), people, processor=fold, scorer=fuzz.partial_ratio, score_cutoff=_KNOWN_LIKENESS
    )
    return best[0] if best and len(best[0]) > 3 else None


def without_honorifics(typed: list[str]) -> list[str]:
    """The words of a name from which the titles at both ends are gone."""
    while typed and fold(typed[0]) in HONORIFICS:
        typed = typed[1:]
    while typed and fold(typed[-1]) in HONORIFICS:
        typed = typed[:-1]
    return typed


def _tagged(typed: list[str], language: str, least: float) -> str | None:
    """The run of words that most speaks for being a name, in the nominative."""
    scores = [
        score - _NEVER * (fold(word) in HONORIFICS)
        for score, word in zip(tagger("person").scores(typed), typed, strict=True)
    ]
    best, start, end = max(spans(scores, typed, longest=_WORDS_MAX, joints=PARTICLES))
    if best < least:
        return None
    following = typed[end] if end < len(typed) else ""
    before = typed[start - 1] if start else ""
    name = without_honorifics(typed[start:end])
    return nominative(name, language=language, before=before, following=following) or None


def person(text: str, language: str, people: Sequence[str] = (), *, is_certain: bool = True) -> str | None:
    """The person that a cleaned message is about.

    Args:
        people: full names known to the asker; where one of them plainly stands in the message it is the answer.
        is_certain: whether such a message names somebody in any case, so that the best word is taken for the name.

    Returns:
        A name in the nominative, without title, possessive or preposition; None when nobody is named.
    """
    known = _known(text, people) if people else None
    if known is not None or is_unspaced(text):
        return known or unspaced_person(text)
    typed = tokens(text)
    return _tagged(typed, language, _LEAST if is_certain else _LEAST_UNSURE) if typed else None
