"""The plan's caps over the bonuses of a run, one after the other, and what the cap's next run must know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction

import numpy as np
import polars as pl

from core.bonuses.arrays import Fact, Settled, Unit
from core.bonuses.rules.caps import (
    KIND,
    NOTHING,
    cap_bonus,
    earned_together,
    limits,
    limits_by_figure,
    of_company,
    of_highest,
    of_least,
    of_person,
    summed_up,
)
from core.bonuses.rules.ranked import holding
from core.calendar.model import Cycle
from core.calendar.rules import cycle_at
from core.forest.above import Marks
from core.forest.kernel import Ints
from core.plan.model import Bonus, CapSpec, Plan
from core.settlement.cycle.figures import Standings
from core.settlement.cycle.source import CycleSource
from core.settlement.model import CAPPED, framed
from core.settlement.rules.ever import EVER, codes_under, summed

HUNDRED = 100
FIGURE = ""
"""The unit of the figure that the company's cap is a share of."""


@dataclass(frozen=True, slots=True)
class Capped:
    """The lines of all caps, and what was paid under each so far."""

    settled: tuple[Settled, ...]
    paid: pl.DataFrame
    """As `CAPPED` says: only caps whose cycle goes on, and those that count what was ever paid."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Bonuses that are as they were when their cycle was settled, though it is settled again."""

    bonuses: frozenset[str]
    sums: pl.DataFrame
    """What they paid everybody, as `SUMS` says."""


def cap_cycle(plan: Plan, cap: CapSpec, cycle: Cycle) -> Cycle:
    """The cycle of the cap's calendar in which the run's cycle ends."""
    calendar = next((one for one in plan.calendars if one.code == cap.calendar), plan.calendar)
    return cycle_at(calendar, cycle.period.end - timedelta(microseconds=1))


def cap_all(
    plan: Plan, settled: Sequence[Settled], source: CycleSource, before: pl.DataFrame, kept: Kept | None = None
) -> Capped:
    """What the plan's caps take off.

    Args:
        plan: with the run's calendar as its main one.
        settled: all bonuses of the run, in the plan's order.
        before: what the run before left.
        kept: in place of what some of the bonuses come to now.
    """
    done, paid = (
        list(settled) if kept is None or not kept.bonuses else _as_they_were(settled, kept, source),
        [framed(CAPPED, {})],
    )
    for cap in plan.caps:
        under = _under(cap, done, plan)
        turn = _Turn(plan, cap, source, before)
        cuts = turn.of_company(under) if cap.per == "company" else turn.of_person(under)
        done += cuts
        if turn.goes_on:
            paid.append(turn.paid([*under, *cuts]))
    return Capped(tuple(done[len(settled) :]), pl.concat(paid))


def _as_they_were(settled: Sequence[Settled], kept: Kept, source: CycleSource) -> list[Settled]:
    """The bonuses, some of them with what was paid in place of what they come to now."""
    codes = source.company.people["code"].gather(source.standings.place)
    nodes = pl.DataFrame({"person_id": codes}).with_row_index("node")
    sums = kept.sums.join(nodes, on="person_id")

    def was(one: Settled) -> Settled:
        mine = sums.filter((pl.col("bonus") == one.bonus.code) & (pl.col("unit") == one.unit.code))
        payee = mine["node"].to_numpy().astype(np.int32)
        return summed_up(one.bonus, one.unit, payee, mine["amount_minor"].to_numpy())

    return [was(one) if one.bonus.code in kept.bonuses else one for one in settled]


def _under(cap: CapSpec, done: Sequence[Settled], plan: Plan) -> list[Settled]:
    """The bonuses under the cap, and earlier caps over nothing but these."""
    codes = codes_under(plan, cap)
    return [one for one in done if one.bonus.code in codes]


class _Turn:
    """One cap in one run."""

    def __init__(self, plan: Plan, cap: CapSpec, source: CycleSource, before: pl.DataFrame) -> None:
        self.plan, self.cap, self.source = plan, cap, source
        self.standings: Standings = source.standings
        cycle, now = cap_cycle(plan, cap, self.standings.cycle), self.standings.cycle
        self.cycle = EVER if cap.ever else cycle.code
        self.goes_on = cap.ever or cycle.period.end > now.period.end
        self.before = before.filter((pl.col("cap") == cap.code) & (pl.col("cycle") == self.cycle))

    def of_person(self, under: Sequence[Settled]) -> list[Settled]:
        """A line for everybody who is beyond her limit, or below the least that she is paid, unit by unit."""
        found = []
        for unit in dict.fromkeys(one.unit for one in under):
            same = [one for one in under if one.unit == unit]
            if self.cap.keep:
                kept = of_highest(self.cap, unit, same, self.standings.network.place)
                found += [] if kept is None else [kept]
                continue
            limit, told = self._limits(unit)
            if self.cap.tops_up:
                added = of_least(self.cap, unit, same, limit, self._entitled())
                found += [] if added is None else [added]
                continue
            cut = of_person(self.cap, unit, same, limit, self._paid_before(unit), self._step(unit), told)
            found += [] if cut is None else [cut]
        return found

    def _limits(self, unit: Unit) -> tuple[Ints, Mapping[str, Fact]]:
        """The most that everybody is paid, or the least, and what lines tell of it besides."""
        plan, cap, network = self.plan, self.cap, self.standings.network
        if not cap.goes_by_figure:
            return limits(plan, cap, network, unit), NOTHING
        basis = self.source.basis(replace(cap_bonus(cap, unit), base=cap.share_of))
        return limits_by_figure(plan, cap, network, unit, basis, self.source.kpi(cap.share_of))

    def _entitled(self) -> Marks:
        network = self.standings.network
        return network.earns & holding(self.cap.conditions, self.source.counted, network.size)

    def _paid_before(self, unit: Unit) -> Ints:
        rows = self.before.filter(pl.col("unit") == unit.code).select("person_id", "amount")
        joined = self._codes().join(rows, on="person_id", how="left", maintain_order="left")
        return joined["amount"].fill_null(0).to_numpy().astype(np.int64)

    def of_company(self, under: Sequence[Settled]) -> list[Settled]:
        """Lines that cut everybody alike where all together pass the share of the company's figure."""
        units = dict.fromkeys(one.unit for one in under)
        sums = {unit: sum(int(one.amount.sum()) for one in under if one.unit == unit) for unit in units}
        left, whole = self._limit(), Fraction(0)
        for unit in units:
            left -= self._worth(unit, self._sum_before(unit.code))
            whole += self._worth(unit, sums[unit])
        if whole <= 0 or whole <= left:
            return []
        ratio = max(Fraction(0), left) / whole
        place = self.standings.network.place
        return [
            of_company(self.cap, unit, [one for one in under if one.unit == unit], ratio, place, self._step(unit))
            for unit in units
        ]

    def _step(self, unit: Unit) -> int:
        return self.plan.rounding.step(unit.code)

    def _limit(self) -> Fraction:
        """The share of the company's figure so far, in whole units of the plan's currency."""
        basis = self.source.basis(self._figure_bonus())
        figure = self.figure() + self._sum_before(FIGURE)
        share = Fraction(self.cap.share or 0) / HUNDRED
        return share * figure * basis.worth / Fraction(10**basis.decimals)

    def figure(self) -> int:
        """What the cap is a share of, in this run alone: of orders, of people who joined, or a KPI of everybody."""
        figure = self.cap.share_of
        if figure == "heads":
            return int(self.source.joined().sum())
        if figure in {kpi.code for kpi in self.plan.kpis}:
            return int(self.source.kpi(figure).sum())
        return int(self.source.orders(self._figure_bonus()).base.sum())

    def _figure_bonus(self) -> Bonus:
        return Bonus(self.cap.code, KIND, {}, self.cap, base=self.cap.share_of, currency=self.plan.currency)

    def _sum_before(self, unit: str) -> int:
        return int(self.before.filter(pl.col("unit") == unit)["amount"].sum())

    def _worth(self, unit: Unit, minor: int) -> Fraction:
        worth = self.source.worth_of(unit.code, self.plan.currency)
        return worth * Fraction(minor, 10**unit.digits)

    def paid(self, under: Sequence[Settled]) -> pl.DataFrame:
        """What was paid under the cap in its cycle so far, and the figure that it is a share of."""
        parts = [self.before]
        for unit in dict.fromkeys(one.unit for one in under):
            sums = earned_together([one for one in under if one.unit == unit], self.standings.network.size)
            rows = self._codes().with_columns(pl.Series("amount", sums))
            parts.append(self._rows(rows.filter(pl.col("amount") != 0), unit.code))
        if self.cap.per == "company":
            parts.append(self._rows(pl.DataFrame({"person_id": [FIGURE], "amount": [self.figure()]}), FIGURE))
        return summed(parts)

    def _codes(self) -> pl.DataFrame:
        """Everybody in the tree, by node."""
        return self.source.company.people["code"].gather(self.standings.place).to_frame("person_id")

    def _rows(self, rows: pl.DataFrame, unit: str) -> pl.DataFrame:
        named = rows.with_columns(cap=pl.lit(self.cap.code), cycle=pl.lit(self.cycle), unit=pl.lit(unit))
        return named.select(list(CAPPED))
