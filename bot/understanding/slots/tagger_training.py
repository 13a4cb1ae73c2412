"""Trains the name tagger on our examples, with the names in them exchanged for others."""

import random
from collections.abc import Iterator, Sequence

import numpy as np

from bot.understanding.examples import Example, fingerprint
from bot.understanding.slots.tagger import BUCKETS, NAMES, Tagger, buckets, described
from bot.understanding.text import clean, fold, words

VARIANTS = 8
"""How often each message is used with other names."""
ROUNDS = 4
_HIDDEN_SHARE = 0.5
_LOWER_SHARE = 0.5

Sentence = tuple[list[str], frozenset[int]]
"""Words, and the places of those that are a name."""


def _pool(language: str) -> list[str]:
    """Names to put into messages of `language`: those in its script."""
    listed = [name for line in NAMES.read_text("utf-8").splitlines() if line[:1] != "#" for name in line.split()]
    scripts = {"ru": ("\u0400", "\u04ff"), "ar": ("\u0600", "\u06ff"), "hi": ("\u0900", "\u097f")}
    low, high = scripts.get(language, ("A", "\u024f"))
    return [name for name in listed if low <= name[0] <= high]


def _place(typed: Sequence[str], name: Sequence[str]) -> tuple[int, int] | None:
    """Where the words of `name` stand in `typed`, endings aside."""
    wanted = [fold(part) for part in name]
    for start in range(len(typed) - len(wanted) + 1):
        if all(fold(typed[start + at]).startswith(part) for at, part in enumerate(wanted)):
            return start, start + len(wanted)
    return None


def _varied(example: Example, chance: random.Random) -> Iterator[Sentence]:
    """The message as it is and with other names in place of its own, in several spellings."""
    typed = words(clean(example.text))
    place = _place(typed, words(str(example.slots["person"]))) if "person" in example.slots else None
    if place is None:
        yield typed, frozenset()
        return
    start, end = place
    yield typed, frozenset(range(start, end))
    pool = _pool(example.language)
    for _ in range(VARIANTS):
        name = chance.sample(pool, chance.choice((1, 1, 2)))
        name = [part.lower() for part in name] if chance.random() < _LOWER_SHARE else name
        yield [*typed[:start], *name, *typed[end:]], frozenset(range(start, start + len(name)))


def _rows(examples: Sequence[Example], chance: random.Random) -> list[tuple[list[int], float]]:
    """Buckets and truth of every word of every varied message."""
    rows: list[tuple[list[int], float]] = []
    for example in examples:
        for typed, named in _varied(example, chance):
            hidden = named if chance.random() < _HIDDEN_SHARE else frozenset()
            for at, facts in enumerate(described(typed, hidden)):
                rows.append((buckets(facts), float(at in named)))
    return rows


def train_tagger(examples: Sequence[Example]) -> Tagger:
    """A tagger for the four fifths of `examples` that are not set aside; the same examples give the same weights."""
    chance = random.Random(7)  # noqa: S311  variety, not secrecy
    rows = _rows([example for example in examples if not example.is_set_aside], chance)
    weights, spent = np.zeros(BUCKETS), np.full(BUCKETS, 1e-6)
    for _ in range(ROUNDS):
        chance.shuffle(rows)
        for places, truth in rows:
            slope = 1.0 / (1.0 + np.exp(-weights[places].sum())) - truth
            spent[places] += slope * slope
            weights[places] -= 0.3 * slope / np.sqrt(spent[places])
    return Tagger(weights.astype(np.float32), fingerprint(examples))
