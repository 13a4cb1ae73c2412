"""Stairstep differential by blocks: each block of a figure has its own percentage.

| figure | blocks                       | together | of the figure |
| ------ | ---------------------------- | -------- | ------------- |
| 1,200  | 3 % from 200, 12 % from 1,000 | 48.00   | 4 %           |

So everybody has a percentage of her own, and there can be as many of them as people. Volume walks up in pieces, each
with the highest percentage that it has met; a piece is looked at again only where it meets a higher one, and the pieces
of two legs are put together by adding the fewer to the more, so that long chains cost little more than trees.
"""

from collections.abc import Sequence
from fractions import Fraction
from heapq import heappop, heappush
from math import lcm

import numpy as np

from core.bonuses.arrays import NOBODY, Lines, Ready
from core.bonuses.rules.amounts import ascending, share_lines
from core.bonuses.rules.lines import joined
from core.bonuses.rules.ranked import kpi_decimals, reaching
from core.forest.kernel import Indices, Ints
from core.plan.model.terms import Differential

Piece = tuple[int, int]
"""The place of the highest percentage met among all, and how much volume has met it."""


def marginal(ready: Ready, terms: Differential, own: Ints) -> Lines:
    """One line for one's own volume, and one a leg and percentage that is left of it."""
    assert terms.schedule_kpi is not None, "a schedule goes by a KPI"
    rates, place = _effective(ready, terms, ready.figures[terms.schedule_kpi])
    earner = np.flatnonzero(ready.qualified & (own != 0) & (terms.of != "below")).astype(np.int32)
    found = [_priced(ready, earner, earner, own[earner], [rates[at] for at in place[earner].tolist()], level=0)]
    if terms.of != "own":
        found.append(_legs(ready, own, rates, place, blocked=terms.unqualified_between == "block"))
    return joined(found, ready.basis)


def rising(ready: Ready, terms: Differential, own: Ints) -> Lines:
    """One line for one's own volume, which lies on top of what the figure came to without it.

    | figure | of it the base | 20 % from 0, 25 % from 1,000 |
    | ------ | -------------- | ---------------------------- |
    | 900    | 900            | 180.00                       |
    | 1,500  | 600            | 20.00 + 125.00               |
    | 1,600  | 100            | 25.00                        |
    """
    assert terms.schedule_kpi is not None, "a schedule goes by a KPI"
    units = 10 ** kpi_decimals(ready.plan, terms.schedule_kpi)
    steps = sorted((Fraction(step.start), Fraction(step.rate)) for step in terms.schedule)
    earner = np.flatnonzero(ready.qualified & (own != 0)).astype(np.int32)
    rates = []
    for figure, volume in zip(ready.figures[terms.schedule_kpi][earner].tolist(), own[earner].tolist(), strict=True):
        base, top = Fraction(volume, 10**ready.basis.decimals), Fraction(figure, units)
        rates.append((_together(top, steps) - _together(top - base, steps)) / base)
    return _priced(ready, earner, earner, own[earner], rates, level=0)


def _together(figure: Fraction, steps: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """What all blocks up to a figure come to, in hundredths."""
    ends = [*(start for start, _ in steps[1:]), max(figure, steps[-1][0])]
    parts = (max(Fraction(0), min(figure, end) - start) * rate for (start, rate), end in zip(steps, ends, strict=True))
    return sum(parts, Fraction(0))


def block_rate(figure: int, starts: Sequence[int], rates: Sequence[int], scale: int) -> Fraction:
    """What all blocks of a figure come to as one percentage of it, as in the table above.

    Args:
        rates: percentages as whole numbers of which `scale` are one.
    """
    if figure <= 0:
        return Fraction(0)
    ends = [*starts[1:], figure]
    parts = (max(0, min(figure, end) - start) * rate for start, end, rate in zip(starts, ends, rates, strict=True))
    return Fraction(sum(parts), figure * scale)


def _effective(ready: Ready, terms: Differential, figure: Ints) -> tuple[list[Fraction], Indices]:
    """All percentages rising from 0, and everybody's place among them."""
    assert terms.schedule_kpi is not None, "a schedule goes by a KPI"
    ordered = sorted(terms.schedule, key=lambda step: step.start)
    starts = [reaching(ready.plan, terms.schedule_kpi, step.start) for step in ordered]
    exact = [Fraction(step.rate) for step in ordered]
    scale = lcm(*(one.denominator for one in exact))
    whole = [int(one * scale) for one in exact]
    known, at = np.unique(np.where(ready.network.customer, 0, figure), return_inverse=True)
    found = [block_rate(one, starts, whole, scale) for one in known.tolist()]
    places = np.array(ascending([Fraction(0), *found]), np.int32)
    rates = [Fraction(0)] * (int(places.max()) + 1)
    for place, rate in zip(places[1:].tolist(), found, strict=True):
        rates[place] = rate
    return rates, places[1:][at]


def _legs(ready: Ready, own: Ints, rates: Sequence[Fraction], place: Indices, *, blocked: bool) -> Lines:
    parent, qualified = ready.network.parent.tolist(), ready.qualified.tolist()
    mine = np.where(ready.qualified | blocked, place, 0).tolist()
    volumes, pieces = own.tolist(), _Pieces(len(parent))
    lines: list[tuple[int, int, int, Fraction]] = []
    for node in range(len(parent) - 1, -1, -1):
        pieces.add(node, mine[node], volumes[node])
        above = parent[node]
        if above < 0:
            continue
        for met, volume in pieces.pass_up(node, above, mine[above]):
            if qualified[above]:
                lines.append((above, node, volume, rates[mine[above]] - rates[met]))
    payee, leg, base, left = zip(*lines, strict=True) if lines else ((), (), (), ())
    return _priced(
        ready, np.array(payee, np.int32), np.array(leg, np.int32), np.array(base, np.int64), list(left), level=1
    )


class _Pieces:
    """Volume on its way up by node; what met less than a node's percentage has met that from there on."""

    def __init__(self, size: int) -> None:
        self._heaps: list[list[Piece] | None] = [None] * size

    def add(self, node: int, place: int, volume: int) -> None:
        """Volume at a node that has met so much."""
        heap = self._heaps[node]
        if heap is None:
            heap = self._heaps[node] = []
        if volume:
            heappush(heap, (place, volume))

    def pass_up(self, node: int, above: int, place: int) -> list[Piece]:
        """Let the node's pieces go on; those that meet a higher percentage are given, the smallest first."""
        heap, found = self._heaps[node] or [], []
        while heap and heap[0][0] < place:
            met, volume = heappop(heap)
            while heap and heap[0][0] == met:
                volume += heappop(heap)[1]
            found.append((met, volume))
        fewer, more = sorted((heap, self._heaps[above] or []), key=len)
        for piece in fewer:
            heappush(more, piece)
        self._heaps[node], self._heaps[above] = None, more
        self.add(above, place, sum(volume for _, volume in found))
        return found


def _priced(
    ready: Ready, payee: Indices, source: Indices, base: Ints, rate: Sequence[Fraction], *, level: int
) -> Lines:
    return share_lines(
        payee=payee,
        source=source,
        order=np.full(len(payee), NOBODY, np.int32),
        level=np.full(len(payee), level, np.int32),
        base=base,
        rate=np.arange(len(rate), dtype=np.int32),
        rates=rate,
        basis=ready.basis,
        unit=ready.unit,
    )
