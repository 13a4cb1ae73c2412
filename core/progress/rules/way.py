"""The cheapest way to a rank: fewest people, then least volume, nobody above her usual order.

The search asks an `Engine` what would still be missing under supposed orders, so the answer is right for whatever the
plan asks. What it knows of the plan itself is only used to look at fewer possibilities.

Worked example: 130 GV and one active customer are missing; active means 50.

| candidate      | usual | needs to be active |
| -------------- | ----- | ------------------ |
| Ana, customer  | 80    | 50                 |
| Bea, customer  | 60    | 30                 |
| Cai, active    | 100   | -                  |

One person is never enough (100 < 130). Two are: Ana and Cai (180), Bea and Cai (160); either way 130 in all, so the one
with the greater usual orders is named: Ana 80, Cai 50.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Protocol

Orders = Mapping[int, int]
"""Supposed volume by candidate's index; absent means no order."""

EXHAUSTIVE_UP_TO = 12
MODES_UP_TO = 6
PERMUTE_UP_TO = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can be asked for an order.

    Args:
        usual: her usual order, volume at scale, above 0; she is never asked for more.
        activation: what she lacks to be active; 0 when she is, or cannot become it by an order.
        group: candidates of one group can stand in for each other but for their volumes.
    """

    index: int
    usual: int
    activation: int = 0
    group: tuple[int, ...] = ()


class Engine(Protocol):
    """Answers for one person and one target rank."""

    def missing(self, orders: Orders) -> Sequence[int]:
        """What each condition would still lack, in its unit; 0 where it holds. Always the same conditions in order."""

    def reaches(self, orders: Orders) -> bool:
        """Whether she would be at the target or above."""

    @property
    def additive(self) -> Sequence[bool]:
        """Per condition: must hold in any case, and two people's orders together do at most the sum of each alone."""

    @property
    def volume(self) -> Sequence[bool]:
        """Per condition: additive, and every unit of volume moves it by at most one unit."""


@dataclass(frozen=True, slots=True)
class Way:
    """Who orders how much. `exact` is False when a cheaper way may exist."""

    orders: dict[int, int]
    exact: bool


def cheapest_way(candidates: Sequence[Candidate], engine: Engine) -> Way | None:
    """The smallest set of people, then the least volume, whose orders reach the target.

    Ties go to the people with the greater usual orders, then to the earlier candidate.

    Args:
        candidates: each with her own index; any number.

    Returns:
        No orders at all when she is there already; None when all of them with their usual orders together do not
        reach it.
    """
    if engine.reaches({}):
        return Way({}, exact=True)
    ranked = sorted(candidates, key=lambda one: (-one.usual, one.index))
    if not engine.reaches(_usual(ranked)):
        return None
    search = _Search(ranked, engine)
    if len(ranked) <= EXHAUSTIVE_UP_TO:
        return search.exhaustive()
    return search.by_groups() or search.by_elimination()


class _Search:
    """One question's candidates, with what each alone would do."""

    def __init__(self, candidates: Sequence[Candidate], engine: Engine) -> None:
        self.candidates, self.engine = candidates, engine
        self.base = engine.missing({})
        alone = {one.index: engine.missing({one.index: one.usual}) for one in candidates}
        self.gain = {i: [had - has for had, has in zip(self.base, row, strict=True)] for i, row in alone.items()}
        self.least_possible = self._least_possible()

    def exhaustive(self) -> Way:
        """Every set, smallest first."""
        for size in range(1, len(self.candidates) + 1):
            found = self._best_of(combinations(self.candidates, size))
            if found is not None:
                return Way(found, exact=size <= MODES_UP_TO)
        raise AssertionError("everybody together was found to reach the target")

    def by_groups(self) -> Way | None:
        """Sets that take the greatest usual orders of each group of equals; None when there are too many groups."""
        groups = self._groups()
        if len(groups) > MODES_UP_TO:
            return None
        for size in range(1, 2 * EXHAUSTIVE_UP_TO):
            found = self._best_of(_heads(groups, size))
            if found is not None:
                return self._improved(found)
        return None

    def by_elimination(self) -> Way:
        """Everybody, less whoever is not needed, the smallest usual orders first."""
        kept = list(self.candidates[: self._enough()])
        for one in reversed(kept):
            fewer = [other for other in kept if other is not one]
            if self._may_suffice(fewer) and self.engine.reaches(_usual(fewer)):
                kept = fewer
        return Way(self._least_volume(kept), exact=False)

    def _enough(self) -> int:
        """How many of those with the greatest usual orders reach the target; found by halving, for each try costs."""
        low, high = 0, len(self.candidates)
        while low + 1 < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self.engine.reaches(_usual(self.candidates[:middle])) else (middle, high)
        return high

    def _groups(self) -> list[list[Candidate]]:
        groups: dict[tuple[object, ...], list[Candidate]] = {}
        for one in self.candidates:
            moved = tuple(gain > 0 for gain in self.gain[one.index])
            groups.setdefault((one.group, moved), []).append(one)
        return list(groups.values())

    def _best_of(self, sets: Iterable[Sequence[Candidate]]) -> dict[int, int] | None:
        """The least volume over all sets that can reach the target."""
        best: dict[int, int] | None = None
        for chosen in sets:
            if not self._may_suffice(chosen) or not self.engine.reaches(_usual(chosen)):
                continue
            orders = self._least_volume(chosen)
            if best is None or sum(orders.values()) < sum(best.values()):
                best = orders
            if sum(best.values()) <= self.least_possible:
                break
        return best

    def _may_suffice(self, chosen: Sequence[Candidate]) -> bool:
        """A cheap look before the engine is asked: on additive conditions, gains alone must add up."""
        return all(
            lack <= sum(self.gain[one.index][k] for one in chosen)
            for k, lack in enumerate(self.base)
            if lack and self.engine.additive[k]
        )

    def _least_volume(self, chosen: Sequence[Candidate]) -> dict[int, int]:
        """The least volume with which exactly these people reach the target.

        Once it is fixed who becomes active, what is left are sums, for which lowering one person after the other ends
        at the same total in any order; who becomes active is tried through, and for few people the order as well.
        """
        best = _usual(chosen)
        for lower, upper in _modes(chosen):
            if not self.engine.reaches(upper):
                continue
            for order in _orders_of_lowering(chosen):
                lowered = self._lowered(order, lower, dict(upper))
                if sum(lowered.values()) < sum(best.values()):
                    best = lowered
                if sum(best.values()) <= self.least_possible:
                    return best
        return best

    def _lowered(self, order: Sequence[Candidate], lower: Orders, volumes: dict[int, int]) -> dict[int, int]:
        for one in order:
            volumes[one.index] = self._lowest(one.index, lower[one.index], volumes)
        return volumes

    def _lowest(self, index: int, low: int, volumes: dict[int, int]) -> int:
        """The least volume of one person, all others fixed; the greatest, `volumes[index]`, is known to be enough."""
        high = volumes[index]
        trial = dict(volumes)
        trial[index] = low
        if low >= high or self.engine.reaches(trial):
            return min(low, high)
        guess = low + max(
            (lack for k, lack in enumerate(self.engine.missing(trial)) if self.engine.volume[k]), default=0
        )
        if low < guess <= high:
            trial[index] = guess
            if self.engine.reaches(trial):
                high = guess
            trial[index] = guess - 1
            if guess == high and not self.engine.reaches(trial):
                return guess
        while low + 1 < high:
            middle = (low + high) // 2
            trial[index] = middle
            low, high = (low, middle) if self.engine.reaches(trial) else (middle, high)
        return high

    def _least_possible(self) -> int:
        """No way can take less volume than this: the most that one condition takes, or several that share nobody."""
        bounds = sorted((self._bound(k) for k in range(len(self.base))), key=lambda bound: -bound[0])
        apart, taken = 0, set[int]()
        for least, movers in bounds:
            if taken.isdisjoint(movers):
                apart, taken = apart + least, taken | movers
        return max(bounds[0][0], apart) if bounds else 0

    def _bound(self, k: int) -> tuple[int, frozenset[int]]:
        """The least volume that condition `k` takes by itself, and whose orders move it."""
        lack = self.base[k]
        movers = [one for one in self.candidates if self.gain[one.index][k] > 0]
        known = frozenset(one.index for one in movers)
        if self.engine.volume[k]:
            return lack, known
        steps = sorted(one.activation for one in movers if self.gain[one.index][k] == 1)
        counts_heads = self.engine.additive[k] and len(steps) == len(movers)
        return (sum(steps[:lack]), known) if lack and counts_heads else (0, known)

    def _improved(self, orders: dict[int, int]) -> Way:
        """Swap one chosen person for another while that lowers the volume."""
        by_index = {one.index: one for one in self.candidates}
        improving = sum(orders.values()) > self.least_possible
        while improving:
            improving = False
            chosen = [by_index[index] for index in orders]
            for swapped in self._swaps(chosen):
                better = self._best_of([swapped])
                if better is not None and sum(better.values()) < sum(orders.values()):
                    orders, improving = better, sum(better.values()) > self.least_possible
                    break
        alike = all(self.engine.additive[k] for k, lack in enumerate(self.base) if lack)
        return Way(orders, exact=alike and sum(orders.values()) <= self.least_possible)

    def _swaps(self, chosen: Sequence[Candidate]) -> Iterator[Sequence[Candidate]]:
        inside = {one.index for one in chosen}
        spare = sorted((one for one in self.candidates if one.index not in inside), key=lambda one: one.activation)
        for place, gone in enumerate(chosen):
            for other in [one for one in spare if one.group == gone.group][:EXHAUSTIVE_UP_TO]:
                yield [*chosen[:place], other, *chosen[place + 1 :]]


def _usual(chosen: Iterable[Candidate]) -> dict[int, int]:
    return {one.index: one.usual for one in chosen}


def _modes(chosen: Sequence[Candidate]) -> Iterator[tuple[dict[int, int], dict[int, int]]]:
    """Bounds for every choice of who becomes active: the greatest number first, for that is what plans ask for."""
    could = [one for one in chosen if 0 < one.activation <= one.usual]
    fixed_lower = {one.index: 0 for one in chosen}
    if len(could) > MODES_UP_TO:
        yield fixed_lower | {one.index: one.activation for one in could}, _usual(chosen)
        return
    for size in range(len(could), -1, -1):
        for active in combinations(could, size):
            rest = [one for one in could if one not in active]
            lower = fixed_lower | {one.index: one.activation for one in active}
            yield lower, _usual(chosen) | {one.index: one.activation - 1 for one in rest}


def _orders_of_lowering(chosen: Sequence[Candidate]) -> Iterator[Sequence[Candidate]]:
    if len(chosen) <= PERMUTE_UP_TO:
        yield from permutations(reversed(chosen))
    else:
        yield list(reversed(chosen))
        yield list(chosen)


def _heads(groups: Sequence[Sequence[Candidate]], size: int) -> Iterator[Sequence[Candidate]]:
    """Every way to take `size` people in all, from each group those with the greatest usual orders."""
    first, *others = groups
    for taken in range(min(size, len(first)), -1, -1):
        if not others:
            if taken == size:
                yield list(first[:taken])
            continue
        for rest in _heads(others, size - taken):
            yield [*first[:taken], *rest]
