"""What bonuses leave to the next cycle, as the frames that are carried over."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from core.bonuses.arrays import Settled
from core.bonuses.rules.ranked import kpi_decimals
from core.calendar.rules import codes_before, following
from core.forest.kernel import Indices, Ints
from core.forest.ordering import in_turn
from core.plan.model import Bonus, KpiSpec, Plan
from core.plan.model.terms import Pool, RankAward
from core.ranks.rules import earlier
from core.settlement.cycle.figures import Standings
from core.settlement.cycle.turns import counted_by
from core.settlement.cycle.waiting import lots_after
from core.settlement.lines.numbers import exact_text
from core.settlement.model import DUE, HAD, KPIS, PAID, POOLS, Carried, Company, framed
from core.settlement.past.inactive import inactive

PAIR = {"bonus": pl.String(), "unit": pl.String()}


def remembered(
    company: Company, standings: Standings, bonuses: Sequence[Bonus], settled: Sequence[Settled], carried: Carried
) -> dict[str, pl.DataFrame]:
    """Frames by part of `Carried`; what was carried of bonuses that this run does not calculate goes on as it was."""
    codes = company.people["code"].gather(standings.place)
    told = _Telling(standings, codes)
    known = [one.bonus.code for one in settled]
    had = [told.had(one) for one in settled]
    paid = pl.DataFrame([(one.bonus.code, one.unit.code) for one in settled], schema=PAIR, orient="row").to_struct()
    others = ~pl.col("bonus").is_in(known)
    return {
        "had": pl.concat([framed(HAD, {}), *had, _elsewhere(carried.had, others, codes)]),
        "due": pl.concat(
            [
                framed(DUE, {}),
                *(told.due(one) for one in settled),
                carried.due.filter(~pl.struct("bonus", "unit").is_in(paid.implode())),
            ]
        ),
        "pools": pl.concat([_pools(settled), carried.pools.filter(others)]),
        "kpis": told.kpis(bonuses),
        "paid": told.paid(bonuses, settled, carried.paid),
        "volumes": lots_after(carried.volumes, settled, company.people, standings),
        "inactive": inactive(codes, standings, carried.inactive),
    }


def left_for_later(company: Company, standings: Standings, settled: Sequence[Settled]) -> pl.DataFrame:
    """What these bonuses leave for later cycles, as `DUE` says."""
    told = _Telling(standings, company.people["code"].gather(standings.place))
    return pl.concat([framed(DUE, {}), *(told.due(one) for one in settled)])


def _elsewhere(frame: pl.DataFrame, others: pl.Expr, codes: pl.Series) -> pl.DataFrame:
    """What concerns other bonuses, or people who stand in no tree now."""
    if frame.is_empty():
        return frame
    return frame.filter(others | ~pl.col("person_id").is_in(codes.implode()))


def _pools(settled: Sequence[Settled]) -> pl.DataFrame:
    rows = [
        (one.bonus.code, one.unit.code, exact_text(one.after.pool / 10**one.unit.digits))
        for one in settled
        if one.after.pool
    ]
    return pl.DataFrame(rows, schema=dict(POOLS), orient="row")


class _Telling:
    """By codes of people and cycles instead of nodes and counts."""

    def __init__(self, standings: Standings, codes: pl.Series) -> None:
        self.standings, self.codes = standings, codes
        self.order = in_turn([standings.network.place])

    def _people(self, nodes: Indices) -> pl.Series:
        return self.codes.gather(nodes)

    def had(self, settled: Settled) -> pl.DataFrame:
        """Who has had what, in the order of people."""
        parts = [framed(HAD, {})]
        for what in sorted(settled.after.had):
            people = self._people(self.order[settled.after.had[what][self.order]])
            parts.append(
                framed(
                    HAD,
                    {"bonus": [settled.bonus.code] * len(people), "person_id": people, "what": [what] * len(people)},
                )
            )
        return pl.concat(parts)

    def due(self, settled: Settled) -> pl.DataFrame:
        """Every part that waits, in the order of people, origins and cycles."""
        due = settled.after.due
        if due is None:
            return framed(DUE, {})
        cycles = self._coming(int(due.wait.max()))
        minor = 10**settled.unit.digits
        columns = {
            "bonus": [settled.bonus.code] * len(due.payee),
            "person_id": self._people(due.payee),
            "unit": [settled.unit.code] * len(due.payee),
            "origin": [due.cycles[at] for at in due.origin.tolist()],
            "part": due.part,
            "due": [cycles[wait] for wait in due.wait.tolist()],
            "exact": [exact_text(one / minor) for one in due.exact],
        }
        place = pl.Series("place", self.standings.place[due.payee])
        return framed(DUE, columns).with_columns(place).sort("place", "origin", "part").drop("place")

    def _coming(self, most: int) -> list[str]:
        """Codes of this cycle and of so many after it."""
        cycle = self.standings.cycle
        found = [cycle.code]
        for _ in range(most):
            cycle = following(self.standings.plan.calendar, cycle)
            found.append(cycle.code)
        return found

    def kpis(self, bonuses: Sequence[Bonus]) -> pl.DataFrame:
        """The KPIs whose growth a pool looks at; who has nothing is left out."""
        wanted = {one.terms.growth_kpi for one in bonuses if isinstance(one.terms, Pool)} - {None}
        parts = [framed(KPIS, {})]
        for code in sorted(str(one) for one in wanted):
            values = self.standings.kpi(code)
            there = self.order[values[self.order] != 0]
            decimals = kpi_decimals(self.standings.plan, code)
            columns = {"kpi": [code] * len(there), "person_id": self._people(there), "value": values[there]}
            parts.append(framed(KPIS, {**columns, "decimals": [decimals] * len(there)}))
        return pl.concat(parts)

    def paid(self, bonuses: Sequence[Bonus], settled: Sequence[Settled], before: pl.DataFrame) -> pl.DataFrame:
        """What this cycle found, and as many before as some award or KPI still looks at.

        Where KPIs are counted by another calendar, they look at its cycles, which other runs find.
        """
        plan, cycle = self.standings.plan, self.standings.cycle
        counting, span = counted_by(plan, cycle)
        most = max((one.terms.hold_cycles - 1 for one in bonuses if isinstance(one.terms, RankAward)), default=0)
        back, kept = earlier.cycles_back(plan), list[str]()
        if counting is plan:
            most, back = max(most, back), 0
        kept = [*codes_before(plan.calendar, cycle, most - 1), *codes_before(counting.calendar, span, back)]
        parts = [self._found(settled)] if most else []
        return pl.concat([framed(PAID, {}), *parts, before.filter(pl.col("cycle").is_in(kept))])

    def _found(self, settled: Sequence[Settled]) -> pl.DataFrame:
        """Ranks paid and what was reached and earned in this cycle, of whoever has any of it."""
        standings, plan = self.standings, self.standings.plan
        paid = standings.network.paid
        count = standings.network.size
        done = earlier.added(plan, standings.kpi, lambda kpi: _earned(plan, kpi, settled, count), count)
        there = self.order[(paid[self.order] > 0) | done[:, self.order].any(axis=0)]
        ranks = pl.Series([None, *(rank.code for rank in plan.ranks)], dtype=pl.String)
        columns = {
            "person_id": self._people(there),
            "cycle": [standings.cycle.code] * len(there),
            "rank": ranks.gather(paid[there]),
            "reached": pl.Series(earlier.told(plan, done[:, there]), dtype=pl.String),
        }
        return framed(PAID, columns)


def _earned(plan: Plan, kpi: KpiSpec, settled: Sequence[Settled], count: int) -> Ints:
    """What the KPI's bonuses pay so many people by node, in whole units at the scale of volume; finer parts are cut."""
    found = np.zeros(count, np.int64)
    for one in settled:
        if one.bonus.code in kpi.bonuses:
            sums = np.zeros(count, np.int64)
            np.add.at(sums, one.lines.payee, one.amount)
            finer = plan.volume.scale - one.unit.digits
            found += sums * 10**finer if finer >= 0 else sums // 10**-finer
    return found
