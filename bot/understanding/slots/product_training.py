"""Trains what finds a product's name on our examples, with the names in them exchanged for others."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from bot.understanding.examples import Example, fingerprint
from bot.understanding.model import Intent
from bot.understanding.slots.product_span import Piece, facts, nothing_facts, pieces, runs
from bot.understanding.slots.tagger import BUCKETS, Tagger, buckets
from bot.understanding.text import clean, is_unspaced

VARIANTS = 5
"""How often each message is used with another product."""
ROUNDS = 4
_HIDDEN_SHARE = 0.6
_UNSEEN_SHARE = 0.06
"""How many ordinary words are treated as unseen: people will use words that no example has."""
_OTHERS_SHARE = 0.08
_STEP = 0.3
_ARABIC_PREFIX = re.compile(r"^(?:بال|لل|ال|ب)(?=\w{2})")

Run = tuple[int, int]
Sentence = tuple[list[Piece], Run | None]


def _is_form(typed: str, name: str) -> bool:
    """Whether `typed` is `name` with another ending, or with an Arabic preposition before it."""
    stem = name[:-2] if len(name) > 3 else name
    return _ARABIC_PREFIX.sub("", typed) == name or (typed.startswith(stem) and len(typed) <= len(name) + 2)


def _run_of(said: Sequence[Piece], name: Sequence[Piece]) -> Run | None:
    """Where the words of a name stand, endings aside."""
    for start in range(len(said) - len(name) + 1):
        if all(_is_form(said[start + at].word, part.word) for at, part in enumerate(name)):
            return start, start + len(name)
    return None


def _named(examples: Sequence[Example]) -> list[tuple[Example, list[Piece], list[Piece]]]:
    """Messages with a product, as words, and its words."""
    return [
        (example, pieces(clean(example.text), example.language), pieces(str(example.slots["product"]), ""))
        for example in examples
        if "product" in example.slots and not is_unspaced(example.text)
    ]


def _sentences(examples: Sequence[Example], chance: random.Random) -> Iterator[Sentence]:
    """Every message as it is and with other products."""
    named = _named(examples)
    pools: dict[str, list[list[Piece]]] = {}
    for example, _, name in named:
        pools.setdefault(example.language, []).append(name)
    for example, said, name in named:
        run = _run_of(said, name)
        if run is None:
            continue
        yield said, run
        for other in chance.sample(pools[example.language], min(VARIANTS, len(pools[example.language]))):
            put = [replace(piece, is_parted=False) for piece in other]
            put[0] = replace(put[0], is_parted=said[run[0]].is_parted)
            yield [*said[: run[0]], *put, *said[run[1] :]], (run[0], run[0] + len(put))
    for example in examples:
        names_unnoted = example.intent is Intent.OPEN_TICKET  # a complaint has no slot for the product that broke
        if "product" in example.slots or names_unnoted or is_unspaced(example.text):
            continue
        if example.intent is Intent.REDEEM or chance.random() < _OTHERS_SHARE:
            yield pieces(clean(example.text), example.language), None


def _hidden(said: Sequence[Piece], run: Run | None, chance: random.Random) -> frozenset[int]:
    named = set(range(*run)) if run else set()
    hidden = named if chance.random() < _HIDDEN_SHARE else set()
    return frozenset(hidden | {at for at in range(len(said)) if at not in named and chance.random() < _UNSEEN_SHARE})


class _Lesson:
    """One message ready to learn from: the buckets of every word in each role, and which run is right."""

    def __init__(self, said: Sequence[Piece], run: Run | None, hidden: frozenset[int]) -> None:
        rows = list(facts(said, hidden))
        self.places = [np.array([buckets(row[part]) for row in rows]) for part in range(3)]
        self.nothing = np.array(buckets(nothing_facts(said)))
        self.runs = np.array(runs(said))
        self.right = -1 if run is None else [tuple(one) for one in self.runs.tolist()].index(run)
        starts, ends = self.runs[:, 0], self.runs[:, 1]
        at = np.arange(len(said))
        self.covers = ((at >= starts[:, None]) & (at < ends[:, None])).astype(np.float64)

    def learn(self, weights: np.ndarray, spent: np.ndarray) -> None:
        """Move the weights towards the right run and away from what is taken for it."""
        inside, first, last = (weights[part].sum(axis=1) for part in self.places)
        starts, ends = self.runs[:, 0], self.runs[:, 1] - 1
        scores = np.append(self.covers @ inside + first[starts] + last[ends], weights[self.nothing].sum())
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        shares[self.right] -= 1.0
        words = len(inside)
        slopes = (
            shares[:-1] @ self.covers,
            np.bincount(starts, shares[:-1], words),
            np.bincount(ends, shares[:-1], words),
        )
        for part, slope in zip(self.places, slopes, strict=True):
            _move(weights, spent, part.ravel(), np.repeat(slope, part.shape[1]))
        _move(weights, spent, self.nothing, np.full(len(self.nothing), shares[-1]))


def _move(weights: np.ndarray, spent: np.ndarray, places: np.ndarray, slope: np.ndarray) -> None:
    np.add.at(spent, places, slope * slope)
    np.add.at(weights, places, -_STEP * slope / np.sqrt(spent[places]))


def train_product(examples: Sequence[Example]) -> Tagger:
    """What finds products, from the four fifths that are not set aside; equal examples, equal weights."""
    chance = random.Random(7)  # noqa: S311  variety, not secrecy
    used = [example for example in examples if not example.is_set_aside]
    lessons = [_Lesson(said, run, _hidden(said, run, chance)) for said, run in _sentences(used, chance) if said]
    weights, spent = np.zeros(BUCKETS), np.full(BUCKETS, 1e-6)
    for _ in range(ROUNDS):
        chance.shuffle(lessons)
        for lesson in lessons:
            lesson.learn(weights, spent)
    return Tagger(weights.astype(np.float32), fingerprint(examples))
