"""Legs of which each serves one condition only."""

from collections.abc import Collection, Hashable, Iterator, Sequence
from itertools import product

from core.settlement.second.plan import Condition


def ways(parts: Sequence[Condition]) -> Iterator[list[Condition]]:
    """Every choice of conditions that meets all parts."""
    for chosen in product(*(list(_choices(part)) for part in parts)):
        yield [condition for way in chosen for condition in way]


def _choices(part: Condition) -> Iterator[list[Condition]]:
    if "any" in part:
        for one in part["any"]:
            yield from _choices(one)
    elif "all" in part:
        yield from ways(part["all"])
    else:
        yield [part]


def matched(wanted: Sequence[Collection[Hashable]]) -> bool:
    """Whether each can be given one leg out of those that do for it, all of them different."""
    given: dict[Hashable, int] = {}

    def give(number: int, tried: set[Hashable]) -> bool:
        for leg in wanted[number]:
            if leg in tried:
                continue
            tried.add(leg)
            if leg not in given or give(given[leg], tried):
                given[leg] = number
                return True
        return False

    return all(give(number, set()) for number in range(len(wanted)))
