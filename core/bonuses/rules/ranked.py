"""Tables by rank, and who qualifies: what everybody's rank gives her."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

import numpy as np

from core.bonuses.arrays import Network
from core.forest.above import Marks
from core.forest.kernel import Grades, Indices, Ints
from core.plan.model import AllOf, AnyOf, Bonus, Condition, Plan, Requirement, Unit
from core.plan.model.terms import Leveled

Counted = Callable[[Condition], Ints]
"""What everybody has towards a condition."""
ENDLESS = 10**6
T = TypeVar("T")


def by_ladder(plan: Plan, table: Mapping[str, T]) -> list[T | None]:
    """The table's entries by place on the ladder, 0 for no rank; a rank without one has the next lower rank's.

    | ladder                | table            | by place              |
    | --------------------- | ---------------- | --------------------- |
    | bronze, silver, gold  | silver: 5 %      | none, none, 5 %, 5 %  |
    """
    found: list[T | None] = [None]
    for rank in plan.ranks:
        found.append(table.get(rank.code, found[-1]))
    return found


def kpi_decimals(plan: Plan, code: str) -> int:
    """How many decimals a KPI's figures have."""
    return plan.volume.scale if plan.kpi(code).unit is Unit.VOLUME else 0


def reaching(plan: Plan, code: str, amount: Decimal) -> int:
    """The least figure of a KPI that reaches an amount; a finer one is reached only by what is beyond it."""
    exact = Fraction(amount) * 10 ** kpi_decimals(plan, code)
    return int(-(-exact.numerator // exact.denominator))


def holding(requirement: Requirement, counted: Counted, size: int) -> Marks:
    """Who meets the requirement; exactly on the line counts."""
    match requirement:
        case Condition():
            return np.asarray(counted(requirement) >= requirement.minimum)
        case AllOf(parts):
            held = [holding(part, counted, size) for part in parts]
            return np.asarray(np.logical_and.reduce(held)) if held else np.ones(size, np.bool_)
        case AnyOf(parts):
            return np.asarray(np.logical_or.reduce([holding(part, counted, size) for part in parts]))


def qualified(plan: Plan, bonus: Bonus, network: Network, counted: Counted) -> Marks:
    """Who earns the bonus: can earn at all, holds its rank, and meets its conditions."""
    least = plan.rank_index(bonus.minimum_rank)
    ranked = network.ranks(bonus.rank_basis) >= least
    return np.asarray(network.earns & ranked & holding(bonus.conditions, counted, network.size))


class Levels:
    """Rates by level and rank, and how deep each rank is paid."""

    def __init__(self, plan: Plan, bonus: Bonus, network: Network, terms: Leveled) -> None:
        self.ranks = network.ranks(bonus.rank_basis)
        tables = [terms.levels if one is None else one for one in by_ladder(plan, terms.levels_by_rank)]
        self._tables: Sequence[Sequence[Decimal]] = tables
        self.last = max(len(one) for one in tables)
        unsaid = 0 if terms.depth_by_rank else ENDLESS
        limits = [unsaid if one is None else one for one in by_ladder(plan, terms.depth_by_rank)]
        depth = [min(len(rates), limit) for rates, limit in zip(tables, limits, strict=True)]
        self.depth: Indices = np.array(depth, np.int32)[self.ranks]
        rates = sorted({Fraction(rate) for table in self._tables for rate in table})
        self.rates: tuple[Fraction, ...] = tuple(rates) or (Fraction(0),)
        places = {rate: place for place, rate in enumerate(self.rates)}
        self._places = np.full((len(self._tables), self.last + 1), -1, np.int32)
        for rank, table in enumerate(self._tables):
            for level, rate in enumerate(table, start=1):
                self._places[rank, level] = places[Fraction(rate)]

    def rate(self, rank: Indices | Grades, level: int) -> Indices:
        """Places in `rates` of what these ranks are paid at the level; -1 for nothing."""
        return np.asarray(self._places[rank, level])
