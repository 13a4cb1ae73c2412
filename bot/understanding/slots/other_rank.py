"""Ranks that other companies have: asked about here, they are no person's name but a rank that the plan has not."""

from functools import cache
from pathlib import Path

from bot.understanding.model import Lexicon
from bot.understanding.slots.rank import named_ranks
from bot.understanding.text import fold, words

FILE = Path(__file__).parent / "words" / "other_ranks.txt"


@cache
def _usual() -> frozenset[str]:
    lines = FILE.read_text("utf-8").splitlines()
    return frozenset(fold(word) for line in lines if not line.startswith("#") for word in line.split())


def other_rank(text: str, language: str, lexicon: Lexicon) -> str | None:
    """The rank, as typed, that a cleaned message asks about and the plan has not.

    Returns:
        None when the message names none, or names one of the plan's own.
    """
    if named_ranks(text, language, lexicon):
        return None
    return next((_named(word) for word in words(text) if fold(_named(word)) in _usual()), None)


def _named(word: str) -> str:
    """Without what French elides before it: d'Émeraude."""
    return word[2:] if word[1:2] in "'’" and len(word) > 3 else word
