"""The month of the benchmark written out by hand for numba: its ranks, its stairstep, its unilevel and nothing else.

It makes the same award lines in the same order as settlement does: by payee, then by order or leg.
"""

from dataclasses import dataclass
from typing import Any

import numba
import numpy as np

from benchmarks.support.by_hand import WHOLE, depth_first, laid_out, own_volumes
from benchmarks.support.shapes import Company
from core.forest.kernel import Flags, Grades, Indices, Ints

# Of each rank: own volume, group volume, active people in the line.
LADDER = np.array([(50, 200, 1), (100, 500, 3), (100, 1_500, 6), (150, 4_000, 12)], np.int64) * np.array(
    [WHOLE, WHOLE, 1]
)
STARTS = np.array([200, 600, 1_200, 2_400, 4_000, 7_000, 10_000], np.int64) * WHOLE
STEPS = np.array([0, 3, 6, 9, 12, 15, 18, 21], np.int64)
LEVELS = np.array([5, 4, 3, 2, 1], np.int64)
DEPTHS = np.array([0, 2, 3, 4, 5], np.int64)
PLACED_FROM = 50 * WHOLE
PARTS = 10_000
"""Of volume times percent that are a minor unit."""


@dataclass
class Lines:
    """Award lines; `source` is whose order or leg it was, `order` -1 for legs."""

    payee: Indices
    source: Indices
    order: Indices
    level: Indices
    base: Ints
    rate: Ints
    amount: Ints

    @classmethod
    def of(cls, count: int) -> "Lines":
        """Room for so many."""
        small, large = (np.empty((4, count), np.int32), np.empty((3, count), np.int64))
        return cls(small[0], small[1], small[2], small[3], large[0], large[1], large[2])


@numba.njit(cache=True)
def _figures(
    above: Indices, own: Ints, distributor: Flags, group: Ints, heads: Ints, rank: Grades, step: Grades
) -> None:
    """Customers have neither rank nor step: their orders are paid above them in full."""
    group[:] = own
    for at in range(above.size - 1, -1, -1):
        if distributor[at]:
            while rank[at] < LADDER.shape[0] and (
                own[at] >= LADDER[rank[at], 0] and group[at] >= LADDER[rank[at], 1] and heads[at] >= LADDER[rank[at], 2]
            ):
                rank[at] += 1
            while step[at] < STARTS.size and group[at] >= STARTS[step[at]]:
                step[at] += 1
        boss = above[at]
        if boss >= 0:
            group[boss] += group[at]
            heads[boss] += heads[at] + (own[at] >= PLACED_FROM)


@numba.njit(cache=True)
def _nearest(above: Indices, own: Ints, up: Indices) -> None:
    for at in range(above.size):
        boss = above[at]
        if boss >= 0 and own[boss] < PLACED_FROM:
            boss = up[boss]
        up[at] = boss


@numba.njit(cache=True)
def _walked(above: Indices, own: Ints, step: Grades, seen: Ints) -> None:
    """Volume by the highest step that it has met, each node's own included."""
    for at in range(above.size - 1, -1, -1):
        seen[at, step[at]] += own[at]
        for lower in range(step[at]):
            seen[at, step[at]] += seen[at, lower]
            seen[at, lower] = 0
        boss = above[at]
        if boss >= 0:
            for state in range(seen.shape[1]):
                seen[boss, state] += seen[at, state]


@numba.njit(cache=True)
def _rounded(units: int) -> int:
    size = abs(units)
    whole = size // PARTS
    if 2 * (size - whole * PARTS) >= PARTS:
        whole += 1
    return whole if units >= 0 else -whole


@numba.njit(cache=True)
def _stairs(
    order: Indices, above: Indices, place: Indices, own: Ints, step: Grades, seen: Ints, start: Ints, fill: bool,
    lines: Any,
) -> None:  # fmt: skip
    payees, sources, numbers, levels, bases, rates, amounts = lines
    for person in range(place.size):
        at = place[person]
        if own[at] != 0 and step[at] > 0:
            to = start[person]
            start[person] += 1
            if fill:
                payees[to], sources[to], numbers[to], levels[to] = person, person, -1, 0
                bases[to], rates[to], amounts[to] = own[at], STEPS[step[at]], _rounded(own[at] * STEPS[step[at]])
        boss = above[at]
        if boss < 0:
            continue
        for state in range(step[boss] - 1, -1, -1):
            if seen[at, state] == 0:
                continue
            to = start[order[boss]]
            start[order[boss]] += 1
            if fill:
                rate = STEPS[step[boss]] - STEPS[state]
                payees[to], sources[to], numbers[to], levels[to] = order[boss], person, -1, 1
                bases[to], rates[to], amounts[to] = seen[at, state], rate, _rounded(seen[at, state] * rate)


@numba.njit(cache=True)
def _levels(
    order: Indices, up: Indices, place: Indices, distributor: Flags, rank: Grades, buyer: Indices, volume: Ints,
    start: Ints, fill: bool, lines: Any,
) -> None:  # fmt: skip
    payees, sources, numbers, levels, bases, rates, amounts = lines
    for number in range(buyer.size):
        if volume[number] == 0:
            continue
        at = up[place[buyer[number] - 1]]
        for level in range(LEVELS.size):
            if at < 0:
                break
            if distributor[at] and DEPTHS[rank[at]] > level:
                to = start[order[at]]
                start[order[at]] += 1
                if fill:
                    payees[to], sources[to], numbers[to], levels[to] = order[at], buyer[number] - 1, number, level + 1
                    bases[to], rates[to] = volume[number], LEVELS[level]
                    amounts[to] = _rounded(volume[number] * LEVELS[level])
            at = up[at]


def month_by_hand(whose: Company) -> tuple[Lines, Lines, Ints]:
    """Stairstep lines, level lines, and what everybody earns; people by their places, the first is 0."""
    order = depth_first(whose.sponsor)
    count = len(order)
    above = laid_out(whose.sponsor, order)
    place = np.empty(count, np.int32)
    place[order] = np.arange(count, dtype=np.int32)
    own = own_volumes(whose.buyer, whose.qv, count)[order]
    kinds = whose.distributor[order].astype(np.uint8)
    group, heads = np.zeros(count, np.int64), np.zeros(count, np.int64)
    rank, step = np.zeros(count, np.int8), np.zeros(count, np.int8)
    _figures(above, own, kinds, group, heads, rank, step)
    up, seen = np.empty(count, np.int32), np.zeros((count, len(STEPS)), np.int64)
    _nearest(above, own, up)
    _walked(above, own, step, seen)
    stairs = _filled(_stairs, count, (order, above, place, own, step, seen))
    levels = _filled(_levels, count, (order, up, place, kinds, rank, whose.buyer, whose.qv))
    earned = np.zeros(count, np.int64)
    for lines in (stairs, levels):
        _added(lines.payee, lines.amount, earned)
    return stairs, levels, earned


@numba.njit(cache=True)
def _added(payee: Indices, amount: Ints, earned: Ints) -> None:
    for at in range(payee.size):
        earned[payee[at]] += amount[at]


def _filled(pass_over: Any, count: int, given: tuple[Any, ...]) -> Lines:
    """One pass counts each payee's lines, the next puts them where they belong."""
    start = np.zeros(count + 1, np.int64)
    pass_over(*given, start[1:], False, _columns(Lines.of(1)))
    lines = Lines.of(int(start.sum()))
    pass_over(*given, np.cumsum(start)[:-1].copy(), True, _columns(lines))
    return lines


def _columns(lines: Lines) -> tuple[Any, ...]:
    return (lines.payee, lines.source, lines.order, lines.level, lines.base, lines.rate, lines.amount)
