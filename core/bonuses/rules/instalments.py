"""Paying a part now and the rest later: `paid_now` and `rest_in_cycles`.

1,320 with 75 % now and the rest in the cycles 10, 11 and 12 (the bonus's own is 1); of 0.10 the last part takes what
rounding left:

| earned   | now    | cycle 10 | cycle 11 | cycle 12 |
| -------- | ------ | -------- | -------- | -------- |
| 1,320.00 | 990.00 | 110.00   | 110.00   | 110.00   |
| 0.10     | 0.08   | 0.01     | 0.01     | -        |
"""

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from math import lcm

import numpy as np

from core.bonuses.arrays import CAP_LEVEL, NO_FACT, NOBODY, Due, Fact, Lines, Ready, Settled
from core.bonuses.rules.amounts import product
from core.bonuses.rules.lines import no_lines
from core.forest.above import Marks
from core.forest.kernel import Indices
from core.plan.model import Bonus

HUNDRED = 100


def paid_share(lines: Lines, bonus: Bonus) -> Lines:
    """The lines with so much of each as is paid in its own cycle."""
    if not bonus.rest_in_cycles:
        return lines
    share = Fraction(bonus.paid_now) / HUNDRED
    units = product(lines.units, np.array([share.numerator], object))
    return replace(lines, units=units, denominator=lines.denominator * share.denominator)


def due_lines(ready: Ready) -> Lines:
    """A line for each part of what was earned before that this cycle pays, in the order of people and origins."""
    due = ready.before.due
    if due is None:
        return no_lines(ready.basis)
    there = np.array([bool(one) for one in due.exact], np.bool_)
    if ready.bonus.rest_to_earners:
        there &= ready.qualified[due.payee]
    now = np.flatnonzero((due.wait == 0) & there)
    if not len(now):
        return no_lines(ready.basis)
    now = now[np.lexsort((due.origin[now], ready.network.place[due.payee[now]]))]
    exact = [due.exact[at] for at in now.tolist()]
    denominator = lcm(*(one.denominator for one in exact))
    none = np.full(len(now), NOBODY, np.int32)
    return Lines(
        payee=due.payee[now],
        source=none,
        order=none,
        level=np.zeros(len(now), np.int32),
        base=np.zeros(len(now), np.int64),
        rate=none,
        rates=(),
        units=np.array([int(one * denominator) for one in exact], object),
        denominator=denominator,
        decimals=ready.basis.decimals,
        below=none,
        facts={
            "origin": Fact(due.origin[now].astype(np.int64), "text", table=due.cycles),
            "part": Fact(due.part[now].astype(np.int64)),
        },
    )


def lost_parts(ready: Ready) -> tuple[tuple[int, str, int], ...]:
    """Payee, origin and number of each part that is due now of a bonus that its payee does not earn now."""
    due = ready.before.due
    if due is None or not ready.bonus.rest_to_earners:
        return ()
    lost = np.flatnonzero((due.wait == 0) & ~ready.qualified[due.payee]).tolist()
    return tuple((int(due.payee[at]), due.cycles[due.origin[at]], int(due.part[at])) for at in lost)


def put_off(settled: Settled, before: Due | None, cycle: str) -> Settled:
    """With what waits for later cycles, known only once it is known what this one pays.

    Args:
        cycle: this one's code.
    """
    rows = _still_waiting(settled, before) + _new(settled, cycle)
    if not rows:
        return settled
    cycles = tuple(dict.fromkeys(origin for _, origin, _, _, _, _ in rows))
    payee, origin, part, last, wait, exact = zip(*rows, strict=True)
    due = Due(
        payee=np.array(payee, np.int32),
        origin=np.array([cycles.index(one) for one in origin], np.int32),
        cycles=cycles,
        part=np.array(part, np.int32),
        last=np.array(last, np.bool_),
        wait=np.array(wait, np.int32),
        exact=tuple(exact),
    )
    return replace(settled, after=replace(settled.after, due=due))


Row = tuple[int, str, int, bool, int, Fraction]
"""Payee, origin, number of the part, whether it is the last, cycles to wait, exact minor units."""


def _still_waiting(settled: Settled, before: Due | None) -> list[Row]:
    """What waited before and does so still; the last part of each origin takes what rounding left of this cycle's."""
    if before is None:
        return []
    left = _left_by_rounding(settled)
    rows: list[Row] = []
    for at in np.flatnonzero(before.wait > 0).tolist():
        payee, origin = int(before.payee[at]), before.cycles[before.origin[at]]
        last = bool(before.last[at])
        exact = before.exact[at] + (left.get((payee, origin), Fraction(0)) if last else 0)
        rows.append((payee, origin, int(before.part[at]), last, int(before.wait[at]), exact))
    return rows


def _left_by_rounding(settled: Settled) -> dict[tuple[int, str], Fraction]:
    lines = settled.lines
    if "part" not in lines.facts:
        return {}
    origin = lines.facts["origin"]
    return {
        (int(lines.payee[at]), str(origin.table[origin.values[at]])): (
            Fraction(int(lines.units[at]), lines.denominator) - int(settled.amount[at])
        )
        for at in np.flatnonzero(_are_parts(lines)).tolist()
    }


def _are_parts(lines: Lines) -> Marks:
    part = lines.facts.get("part")
    return np.zeros(lines.size, np.bool_) if part is None else np.asarray(part.values != NO_FACT)


def left_over(settled: Settled, which: Indices) -> list[Fraction]:
    """What each of these lines of this cycle leaves for later ones, in exact minor units."""
    share, lines = Fraction(settled.bonus.paid_now) / HUNDRED, settled.lines
    units, amounts = lines.units[which].tolist(), settled.amount[which].tolist()
    more, whole = share.denominator, lines.denominator * share.numerator
    return [Fraction(one * more - paid * whole, whole) for one, paid in zip(units, amounts, strict=True)]


def _new(settled: Settled, cycle: str) -> list[Row]:
    """Equal parts of what everybody earned in this cycle and was not paid."""
    bonus, lines = settled.bonus, settled.lines
    if not bonus.rest_in_cycles:
        return []
    share = Fraction(bonus.paid_now) / HUNDRED
    here = (lines.level != CAP_LEVEL) & ~_are_parts(lines)
    whole: dict[int, int] = defaultdict(int)
    paid: dict[int, int] = defaultdict(int)
    for payee, units, amount in zip(
        lines.payee[here].tolist(), lines.units[here].tolist(), settled.amount[here].tolist(), strict=True
    ):
        whole[payee] += units
        paid[payee] += amount
    parts = len(bonus.rest_in_cycles)
    rows: list[Row] = []
    for payee, units in whole.items():
        rest = Fraction(units, lines.denominator) / share - paid[payee]
        waits = enumerate(bonus.rest_in_cycles, start=1)
        rows += [(payee, cycle, part, part == parts, wait - 1, rest / parts) for part, wait in waits if rest]
    return rows
