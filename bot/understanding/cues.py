"""What a message plainly holds, whatever its words: a rank, a name, a number, a period, a language."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import combinations
from pathlib import Path

from bot.understanding.model import Lexicon
from bot.understanding.slots.language_name import language_name
from bot.understanding.slots.level import level
from bot.understanding.slots.order import order
from bot.understanding.slots.periods import period
from bot.understanding.slots.rank import named_ranks
from bot.understanding.slots.tagger import is_known
from bot.understanding.text import fold, is_unspaced, words

FILE = Path(__file__).parent / "concepts.toml"
_CAPITALISING = "de"
"""Where every noun has a capital, one inside a sentence is no sign of a name."""


@cache
def _concepts() -> tuple[Mapping[str, Sequence[str]], Sequence[tuple[str, str]], re.Pattern[str]]:
    """Whole words → concepts; stems with their concept; a pattern for entries that may stand anywhere."""
    listed = [
        (fold(entry.replace("_", " ")), concept)
        for concept, line in tomllib.loads(FILE.read_text("utf-8")).items()
        for entry in line.split()
    ]
    whole: dict[str, list[str]] = {}
    for entry, concept in listed:
        whole.setdefault(entry, []).append(concept)
    stems = [(entry.removesuffix("*"), concept) for entry, concept in listed if entry.endswith("*")]
    glued = sorted({entry for entry, _ in listed if " " in entry or is_unspaced(entry)}, key=len, reverse=True)
    return whole, stems, re.compile("|".join(map(re.escape, glued)))


def concepts(text: str) -> set[str]:
    """What the words of a message are about, in whatever language they are."""
    return set().union(*(_about(word) for word in words(fold(text))), _glued(fold(text)))


@lru_cache(maxsize=4096)
def _about(word: str) -> frozenset[str]:
    """The concepts of one folded word."""
    whole, stems, _ = _concepts()
    found = {concept for stem, concept in stems if word.startswith(stem)}
    return frozenset(found.union(whole.get(word, ())))


def _glued(folded: str) -> set[str]:
    """The concepts of entries in scripts without spaces."""
    whole, _, pattern = _concepts()
    return {concept for entry in pattern.findall(folded) for concept in whole[entry]}


def cues(text: str, language: str, lexicon: Lexicon) -> Iterator[str]:
    """One mark per thing that a cleaned message holds; the head learns what each of them speaks for."""
    ranks = named_ranks(text, language, lexicon)
    if ranks:
        yield "rank"
    yield from ("two ranks" for _ in ranks[1:2])
    if any(is_known(word) for word in words(text)):
        yield "name"
    if language != _CAPITALISING and any(word[:1].isupper() and not word.isupper() for word in words(text)[1:]):
        yield "capital"
    if order(text) is not None:
        yield "code"
    if level(text, language) is not None:
        yield "level"
    said = period(text, language)
    if said is not None:
        yield "period" if said in ("this_month", "this_year") else "past period"
    if language_name(text) is not None:
        yield "language"
    yield f"length {min(len(words(text)), 6)}"
    about = sorted(concepts(text))
    yield from about
    yield from (f"{one} {other}" for one, other in combinations(about, 2))
