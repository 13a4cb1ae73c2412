"""Making and joining the further reasons of lines."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from core.bonuses.arrays import NO_FACT, Fact, Lines, Ready
from core.forest.kernel import Ints
from core.kernel.words import text_in


def always(value: str, count: int) -> Fact:
    """The same text on every line."""
    return Fact(np.zeros(count, np.int64), "text", table=(value,))


def percentage(value: Fraction, count: int) -> Fact:
    """The same percentage on every line."""
    return Fact(np.zeros(count, np.int64), "rate", table=(value,))


def exactly(values: Sequence[Fraction]) -> Fact:
    """Exact numbers, in whole units."""
    table = tuple(dict.fromkeys(values))
    places = {value: place for place, value in enumerate(table)}
    return Fact(np.array([places[value] for value in values], np.int64), "exact", table=table)


def prize_fact(ready: Ready, count: int) -> dict[str, Fact]:
    """What is given, where the bonus gives a prize of that name."""
    name = text_in(ready.bonus.prize, ready.plan.language) if ready.bonus.prize else ""
    return {"prize": always(name, count)} if name else {}


def joined_facts(parts: Sequence[Lines]) -> dict[str, Fact]:
    """The facts of all parts, one part after the other; of parts without a word its lines have none.

    Where two parts tell a word in different ways, it is because a bonus says two things by one word.
    """
    words = dict.fromkeys(word for part in parts for word in part.facts)
    return {word: _one(word, parts) for word in words}


def _one(word: str, parts: Sequence[Lines]) -> Fact:
    told = [part.facts[word] for part in parts if word in part.facts]
    assert len({(one.how, one.decimals) for one in told}) == 1, "a word of a bonus means one thing"
    table = tuple(dict.fromkeys(entry for one in told for entry in one.table))
    places = {entry: place for place, entry in enumerate(table)}
    values = [_moved(part.facts.get(word), part, places) for part in parts]
    return replace(told[0], values=np.concatenate(values), table=table)


def _moved(fact: Fact | None, part: Lines, places: dict[object, int]) -> Ints:
    if fact is None:
        return np.full(part.size, NO_FACT, np.int64)
    if not fact.table:
        return fact.values
    moved = np.array([places[entry] for entry in fact.table], np.int64)
    there = fact.values != NO_FACT
    return np.where(there, moved[np.where(there, fact.values, 0)], NO_FACT)
