"""What earlier cycles left to bonuses, from the frames that were carried over, by node of this cycle's network."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import polars as pl

from core.bonuses.arrays import Before, Due
from core.bonuses.rules.ranked import kpi_decimals
from core.calendar.rules import codes_before, following
from core.forest.above import Marks
from core.forest.kernel import Grades, Indices, Ints
from core.kernel.money import minor_digits
from core.plan.model import Bonus
from core.plan.model.terms import Pool, RankAward
from core.settlement.cycle.figures import Standings
from core.settlement.model import Carried, Company

CYCLES_MAX = 120
"""No part waits longer."""


@dataclass(frozen=True)
class Recalled:
    """What a cycle knows of those before it."""

    company: Company
    standings: Standings
    carried: Carried

    def before(self, bonus: Bonus, unit: str) -> Before:
        """What was left to the bonus; parts that wait are those in what it pays now."""
        terms = bonus.terms
        growth = terms.growth_kpi if isinstance(terms, Pool) else None
        held = terms.hold_cycles - 1 if isinstance(terms, RankAward) else 0
        earlier = codes_before(self.standings.plan.calendar, self.standings.cycle, held)
        return Before(
            had=self._had(bonus),
            due=self._due(bonus, unit),
            pool=self._pool(bonus, unit),
            kpis={} if growth is None else {growth: self._kpi(growth)},
            paid=tuple(self._paid(code) for code in earlier),
        )

    def _pool(self, bonus: Bonus, unit: str) -> Fraction:
        if not isinstance(bonus.terms, Pool):
            return Fraction(0)
        pools = self.carried.pools.filter((pl.col("bonus") == bonus.code) & (pl.col("unit") == unit))
        minor = 10 ** minor_digits(unit) if bonus.pays == "money" else 1
        return sum((Fraction(one) * minor for one in pools["exact"]), Fraction(0))

    def of_another_plan(self, bonuses: list[Bonus], units: list[str]) -> list[tuple[str, str]]:
        """Bonus and unit of parts that wait of bonuses that no longer are, or pay something else."""
        if self.carried.due.is_empty():
            return []
        known = set(zip((one.code for one in bonuses), units, strict=True))
        pairs = self.carried.due.select("bonus", "unit").unique().sort("bonus", "unit").iter_rows()
        return [pair for pair in pairs if pair not in known]

    @cached_property
    def _nodes(self) -> pl.DataFrame:
        """Everybody in the tree by code."""
        standings = self.standings
        return pl.DataFrame(
            {
                "person_id": self.company.people["code"].gather(standings.place),
                "node": np.arange(len(standings.place), dtype=np.int32),
            }
        )

    def _with_nodes(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Rows of people in the tree, with `node`."""
        if frame.is_empty():
            return frame.with_columns(pl.Series("node", [], pl.Int32()))
        return frame.join(self._nodes, on="person_id", how="inner", maintain_order="left")

    def _marks(self, nodes: Indices) -> Marks:
        found = np.zeros(self.standings.network.size, np.bool_)
        found[nodes] = True
        return found

    def _had(self, bonus: Bonus) -> dict[str, Marks]:
        if self.carried.had.is_empty():
            return {}
        rows = self._with_nodes(self.carried.had.filter(pl.col("bonus") == bonus.code))
        parts = rows.partition_by("what", as_dict=True, include_key=False)
        return {str(what): self._marks(part["node"].to_numpy()) for (what,), part in parts.items()}

    @cached_property
    def _waits(self) -> dict[str, int]:
        """In how many cycles each of the following ones comes; a cycle that is over is due now."""
        cycle, found = self.standings.cycle, {}
        for wait in range(CYCLES_MAX + 1):
            found[cycle.code] = wait
            cycle = following(self.standings.plan.calendar, cycle)
        return found

    def _due(self, bonus: Bonus, unit: str) -> Due | None:
        if self.carried.due.is_empty():
            return None
        chosen = self.carried.due.filter((pl.col("bonus") == bonus.code) & (pl.col("unit") == unit))
        rows = self._with_nodes(chosen)
        if rows.is_empty():
            return None
        cycles = tuple(rows["origin"].unique(maintain_order=True))
        whose = ("person_id", "origin")
        last = rows.select(pl.col("part") == pl.col("part").max().over(whose)).to_series()
        places, minor = {code: at for at, code in enumerate(cycles)}, 10 ** minor_digits(unit)
        return Due(
            payee=rows["node"].to_numpy(),
            origin=rows["origin"].replace_strict(places, return_dtype=pl.Int32).to_numpy(),
            cycles=cycles,
            part=rows["part"].to_numpy(),
            last=last.to_numpy(),
            wait=rows["due"].replace_strict(self._waits, default=0, return_dtype=pl.Int32).to_numpy(),
            exact=tuple(Fraction(one) * minor for one in rows["exact"]),
        )

    def _kpi(self, code: str) -> Ints:
        """A KPI in the cycle before; where the plan's scale has changed since, by today's."""
        rows = self._with_nodes(self.carried.kpis.filter(pl.col("kpi") == code))
        found = np.zeros(self.standings.network.size, np.int64)
        finer = kpi_decimals(self.standings.plan, code) - rows["decimals"].to_numpy().astype(np.int64)
        more, fewer = 10 ** np.maximum(finer, 0), 10 ** np.maximum(-finer, 0)
        found[rows["node"].to_numpy()] = rows["value"].to_numpy() * more // fewer
        return found

    def _paid(self, cycle: str) -> Grades:
        """The ranks that were paid in a cycle."""
        rows = self._with_nodes(self.carried.paid.filter(pl.col("cycle") == cycle))
        ladder = {rank.code: place for place, rank in enumerate(self.standings.plan.ranks, start=1)}
        found = np.zeros(self.standings.network.size, np.int8)
        found[rows["node"].to_numpy()] = (
            rows["rank"].replace_strict(ladder, default=0, return_dtype=pl.Int8).fill_null(0).to_numpy()
        )
        return found
