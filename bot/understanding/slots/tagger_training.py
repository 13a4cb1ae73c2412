"""Trains a tagger on our examples, with the names in them exchanged for others."""

import random
from collections.abc import Iterator, Sequence

import numpy as np

from bot.understanding.examples import Example, fingerprint
from bot.understanding.model import Intent
from bot.understanding.slots.tagger import BUCKETS, NAMES, Tagger, buckets, described, tokens
from bot.understanding.text import clean, fold

VARIANTS = 8
"""How often each message is used with other names."""
ROUNDS = 4
_HIDDEN_SHARE = 0.5
_LOWER_SHARE = 0.5
_UNSEEN_SHARE = 0.06
"""How many ordinary words are treated as unseen: people will use words that no example has."""
_ENDING_MAX = 3
_SCRIPTS = {"ru": ("\u0400", "\u04ff"), "ar": ("\u0600", "\u06ff"), "hi": ("\u0900", "\u097f")}

Sentence = tuple[list[str], frozenset[int]]
"""Words, and the places of those that are a name."""


def people_for(language: str) -> list[list[str]]:
    """Names of people to put into messages of `language`: those in its script."""
    listed = [name for line in NAMES.read_text("utf-8").splitlines() if line[:1] != "#" for name in line.split()]
    low, high = _SCRIPTS.get(language, ("A", "\u024f"))
    return [[name] for name in listed if low <= name[0] <= high]


def _is_form(typed: str, name: str) -> bool:
    """Whether `typed` is `name` with another ending."""
    stem = name[: max(len(name) - 2, min(3, len(name)))] if name[0] > "\u0400" else name
    return typed.startswith(stem) and len(typed) <= len(name) + _ENDING_MAX


def _place(typed: Sequence[str], name: Sequence[str]) -> tuple[int, int] | None:
    """Where the words of `name` stand in `typed`, endings aside."""
    wanted = [fold(part) for part in name]
    for start in range(len(typed) - len(wanted) + 1):
        if all(_is_form(fold(typed[start + at]), part) for at, part in enumerate(wanted)):
            return start, start + len(wanted)
    return None


def _varied(example: Example, slot: str, pool: Sequence[Sequence[str]], chance: random.Random) -> Iterator[Sentence]:
    """The message as it is and with other names in place of its own, in several spellings.

    A complaint names people and products although it has no slot for them, so it says nothing about names.
    """
    typed = tokens(clean(example.text))
    place = _place(typed, tokens(str(example.slots[slot]))) if slot in example.slots else None
    if place is None:
        if slot not in example.slots and example.intent is not Intent.OPEN_TICKET:
            yield typed, frozenset()
        return
    start, end = place
    yield typed, frozenset(range(start, end))
    for _ in range(VARIANTS if pool else 0):
        name = [part for other in chance.sample(list(pool), chance.choice((1, 1, 2))) for part in other]
        name = [part.lower() for part in name] if chance.random() < _LOWER_SHARE else name
        yield [*typed[:start], *name, *typed[end:]], frozenset(range(start, start + len(name)))


def _rows(examples: Sequence[Example], slot: str, chance: random.Random) -> list[tuple[list[int], float]]:
    """Buckets and truth of every word of every varied message."""
    pools = {language: people_for(language) for language in sorted({example.language for example in examples})}
    rows: list[tuple[list[int], float]] = []
    for example in examples:
        for typed, named in _varied(example, slot, pools[example.language], chance):
            hidden = named if chance.random() < _HIDDEN_SHARE else frozenset[int]()
            if named:
                hidden |= {at for at in range(len(typed)) if at not in named and chance.random() < _UNSEEN_SHARE}
            for at, facts in enumerate(described(typed, hidden)):
                rows.append((buckets(facts), float(at in named)))
    return rows


def train_tagger(examples: Sequence[Example], slot: str) -> Tagger:
    """A tagger for what `slot` holds, from the four fifths that are not set aside; equal examples, equal weights."""
    chance = random.Random(7)  # noqa: S311  variety, not secrecy
    rows = _rows([example for example in examples if not example.is_set_aside], slot, chance)
    weights, spent = np.zeros(BUCKETS), np.full(BUCKETS, 1e-6)
    for _ in range(ROUNDS):
        chance.shuffle(rows)
        for places, truth in rows:
            slope = 1.0 / (1.0 + np.exp(-weights[places].sum())) - truth
            spent[places] += slope * slope
            weights[places] -= 0.3 * slope / np.sqrt(spent[places])
    return Tagger(weights.astype(np.float32), fingerprint(examples))
