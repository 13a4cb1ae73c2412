"""What a cycle that is settled again leaves for later cycles: parts that wait follow, and those that were due pay now.

October left 68.00 for each of December, January and February; in January it is settled again, with a late order, and
leaves 75.00 for each: January and February get 75.00, and the 7.00 that December should have paid more are paid now.
What was lost then stays lost.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import polars as pl

from core.bonuses.rules.rounding import rounded_one
from core.plan.model import Plan
from core.settlement.lines.numbers import exact_text
from core.settlement.model import DUE, SUMS, framed
from core.settlement.past.late_rows import differences
from core.settlement.rules.corrections import digits_of

Whose = tuple[str, str, str]
"""Bonus, person and unit."""
Part = tuple[str, str, str, int]
"""The same, and its number."""


@dataclass(slots=True)
class Followed:
    """What differs."""

    due: pl.DataFrame
    """What waits for later cycles, as `DUE` says."""
    corrections: pl.DataFrame
    """As `CORRECTIONS` says: of parts that were due before this cycle."""


def together(was: pl.DataFrame, more: pl.DataFrame) -> pl.DataFrame:
    """The parts of both, as `DUE` says; what was lost of one stays lost."""
    cycles, exact = _read(pl.concat([was, more]))
    before = _read(was)[1]
    exact |= {key: None for key, value in before.items() if value is None}
    return _frame(was, more, cycles, exact)


def still_lost(was: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """What a cycle leaves by what is known now, as `DUE` says, but for what was lost of it."""
    lost = was.filter(pl.col("exact").is_null())
    return now if lost.is_empty() else together(lost, now)


def follow(
    plan: Plan,
    was: pl.DataFrame,
    now: pl.DataFrame,
    due: pl.DataFrame,
    *,
    is_past: Callable[[str], bool],
    cycle: str,
    orders: Sequence[str],
) -> Followed:
    """The differences between what a cycle left and what it leaves by what is known now.

    Args:
        was: as `Past.parts` says.
        now: as `DUE` says.
        due: what waits for this cycle and later ones, of all cycles.
        is_past: whether a cycle's parts were due before this one's.
        cycle: the one that is settled again.
        orders: those that have come to it.
    """
    difference = _Difference(plan, cycle, due)
    old_cycles, old = _read(was)
    cycles, new = _read(now)
    cycles = old_cycles | cycles
    for key in sorted({*old, *new}):
        before, after = old.get(key, Fraction(0)), new.get(key, Fraction(0))
        if before is None or after is None:
            continue
        if is_past(cycles[key]):
            difference.was_due(key[:3], before, after)
        elif before != after:
            difference.waits(key, cycles[key], after - before)
    return difference.followed(orders)


@dataclass
class _Difference:
    plan: Plan
    cycle: str
    due: pl.DataFrame
    past: dict[Whose, list[Fraction]] = field(default_factory=dict)
    more: dict[Part, Fraction] = field(default_factory=dict)
    cycles: dict[Part, str] = field(default_factory=dict)

    def was_due(self, whose: Whose, before: Fraction, after: Fraction) -> None:
        """A part that an earlier cycle has paid."""
        sums = self.past.setdefault(whose, [Fraction(0), Fraction(0)])
        sums[0] += before
        sums[1] += after

    def waits(self, key: Part, cycle: str, more: Fraction) -> None:
        """A part that this cycle or a later one pays."""
        self.more[key] = more
        self.cycles[key] = cycle

    def followed(self, orders: Sequence[str]) -> Followed:
        """All of it; what rounding left of parts that were due goes to the last one that waits."""
        sums: list[list[dict[str, Any]]] = [[], []]
        lasts = self._lasts()
        for (bonus, person, unit), exact in self.past.items():
            minor, step = 10 ** digits_of(unit), self.plan.rounding.step(unit)
            whole = [rounded_one(one * minor, self.plan.rounding.mode, step) for one in exact]
            row = {"person_id": person, "bonus": bonus, "unit": unit, "returned": False}
            for found, amount in zip(sums, whole, strict=True):
                found.append(row | {"amount_minor": amount})
            last = lasts.get((bonus, person, unit))
            residue = exact[1] - exact[0] - Fraction(whole[1] - whole[0], minor)
            if last is not None and residue:
                key = (bonus, person, unit, last[0])
                self.waits(key, last[1], self.more.get(key, Fraction(0)) + residue)
        was, now = (framed(SUMS, {name: [row[name] for row in rows] for name in SUMS}) for rows in sums)
        told = differences(self.plan, self.cycle, was, now, orders, parts=True)
        return Followed(self._added(), told)

    def _lasts(self) -> dict[Whose, tuple[int, str]]:
        """The last part that waits of everybody whose parts were due, and its cycle."""
        found: dict[Whose, tuple[int, str]] = {}
        mine = self.due.filter(pl.col("origin") == self.cycle)
        rows = [((row["bonus"], row["person_id"], row["unit"]), row["part"], row["due"])
                for row in mine.iter_rows(named=True)]  # fmt: skip
        rows += [(key[:3], key[3], self.cycles[key]) for key in self.more]
        for whose, part, cycle in rows:
            if whose in self.past and part > found.get(whose, (0, ""))[0]:
                found[whose] = (part, cycle)
        return found

    def _added(self) -> pl.DataFrame:
        """The parts that wait with what has come to them."""
        if not self.more:
            return self.due
        left, exact = dict(self.more), []
        for row in self.due.iter_rows(named=True):
            key = (row["bonus"], row["person_id"], row["unit"], row["part"])
            more = left.pop(key, None) if row["origin"] == self.cycle else None
            exact.append(row["exact"] if more is None else exact_text(Fraction(row["exact"]) + more))
        fresh = [(*key[:3], self.cycle, key[3], self.cycles[key], exact_text(more)) for key, more in left.items()]
        due = self.due.with_columns(pl.Series("exact", exact, dtype=pl.String))
        return pl.concat([due, pl.DataFrame(fresh, schema=DUE, orient="row")])


def _read(parts: pl.DataFrame) -> tuple[dict[Part, str], dict[Part, Fraction | None]]:
    """The cycle of each part, and all of its rows added up; None where it was lost."""
    cycles: dict[Part, str] = {}
    found: dict[Part, Fraction | None] = {}
    for row in parts.iter_rows(named=True):
        key = (row["bonus"], row["person_id"], row["unit"], row["part"])
        before, exact = found.get(key, Fraction(0)), row["exact"]
        cycles[key] = row["due"]
        found[key] = None if before is None or exact is None else before + Fraction(exact)
    return cycles, found


def _frame(
    was: pl.DataFrame, more: pl.DataFrame, cycles: Mapping[Part, str], exact: Mapping[Part, Fraction | None]
) -> pl.DataFrame:
    origin = pl.concat([was, more])["origin"].to_list()
    rows = [
        (*key[:3], origin[0], key[3], cycles[key], None if value is None else exact_text(value))
        for key, value in exact.items()
    ]
    return pl.DataFrame(rows, schema=DUE, orient="row")
