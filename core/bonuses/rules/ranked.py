"""Tables by rank, and who qualifies: what everybody's rank gives her."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

import numpy as np

from core.bonuses.arrays import NO_FACT, Fact, Lines, Network, Ready
from core.bonuses.rules.levels import Reached
from core.forest.above import Marks
from core.forest.kernel import Grades, Indices, Ints
from core.plan.model import AllOf, AnyOf, Bonus, Condition, PackageSpec, Plan, RankSpec, Requirement, Unit
from core.plan.model.percents import Percent
from core.plan.model.terms import Leveled, LevelStep

Counted = Callable[[Condition], Ints]
"""What everybody has towards a condition."""
ENDLESS = 10**6
T = TypeVar("T")


def by_ladder(ladder: Sequence[RankSpec | PackageSpec], table: Mapping[str, T]) -> list[T | None]:
    """The table's entries by place on the ladder, 0 for none; a rung without one has that of the next lower rung.

    | ladder                | table            | by place              |
    | --------------------- | ---------------- | --------------------- |
    | bronze, silver, gold  | silver: 5 %      | none, none, 5 %, 5 %  |
    """
    found: list[T | None] = [None]
    for rung in ladder:
        found.append(table.get(rung.code, found[-1]))
    return found


def listed(
    plan: Plan, bonus: Bonus, network: Network, word: str, table: Mapping[str, T]
) -> tuple[list[T | None], Grades]:
    """A table of the bonus by place on the ladder that it goes by, and everybody's place there.

    Args:
        word: the table's, such as `rate_by_rank`; where the plan says `rate_by_package`, packages are the ladder.
    """
    if word in bonus.by_package:
        return by_ladder(plan.packages, table), network.package
    return by_ladder(plan.ranks, table), network.ranks(bonus.rank_basis)


def of_bonus(ready: Ready, word: str, table: Mapping[str, T]) -> tuple[list[T | None], Grades]:
    """As `listed`, of the bonus that is calculated."""
    return listed(ready.plan, ready.bonus, ready.network, word, table)


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
    """Who earns the bonus: is who it is for, holds its rank, and meets its conditions."""
    least = plan.rank_index(bonus.minimum_rank)
    ranked = network.ranks(bonus.rank_basis) >= least
    return np.asarray(earning(bonus, network) & ranked & holding(bonus.conditions, counted, network.size))


def earning(bonus: Bonus, network: Network) -> Marks:
    """Whom it is for, of those who are not suspended."""
    if bonus.who == "distributors":
        return network.earns
    return np.asarray(network.open & network.customer if bonus.who == "customers" else network.open)


def bringing(plan: Plan, bonus: Bonus, network: Network) -> Marks:
    """Whose orders and figures the bonus looks at: by what they are, rank, package, and who came before them."""
    chosen, ranks = bonus.orders, network.ranks(bonus.rank_basis)
    found = np.ones(network.size, np.bool_)
    if chosen.who != "all":
        found &= network.customer == (chosen.who == "customers")
    if chosen.with_rank is not None:
        found &= ranks >= plan.rank_index(chosen.with_rank)
    if chosen.below_rank is not None:
        found &= ranks < plan.rank_index(chosen.below_rank)
    if chosen.with_package is not None:
        found &= network.package >= plan.package_index(chosen.with_package)
    if chosen.below_package is not None:
        found &= network.package < plan.package_index(chosen.below_package)
    if chosen.by_number:
        number = network.brought[chosen.who]
        found &= (number >= (chosen.brought_from or 1)) & (number <= (chosen.brought_to or ENDLESS))
    return found


class Levels:
    """Rates by level and by rank, or by a figure; and how deep everybody is paid."""

    def __init__(self, plan: Plan, bonus: Bonus, network: Network, terms: Leveled, figures: Mapping[str, Ints]) -> None:
        self.places: Indices | Grades
        """Everybody's table among all."""
        if terms.levels_kpi:
            self.places = _by_figure(plan, terms, figures)
            tables = [terms.levels, *(step.levels for step in _steps(terms))]
        else:
            entries, self.places = listed(plan, bonus, network, "levels_by_rank", terms.levels_by_rank)
            tables = [terms.levels if one is None else one for one in entries]
        self._tables: Sequence[Sequence[Percent]] = tables
        self.last = max(len(one) for one in tables)
        unsaid = 0 if terms.depth_by_rank else ENDLESS
        depths, rung = listed(plan, bonus, network, "depth_by_rank", terms.depth_by_rank)
        limits = [unsaid if one is None else one for one in depths]
        lengths = np.array([len(rates) for rates in tables], np.int32)
        self.depth: Indices = np.minimum(lengths[self.places], np.array(limits, np.int32)[rung])
        rates = sorted({Fraction(rate) for table in self._tables for rate in table})
        self.rates: tuple[Fraction, ...] = tuple(rates) or (Fraction(0),)
        known = {rate: place for place, rate in enumerate(self.rates)}
        self._known = np.full((len(self._tables), self.last + 1), -1, np.int32)
        for at, table in enumerate(self._tables):
            for level, rate in enumerate(table, start=1):
                self._known[at, level] = known[Fraction(rate)]

        self.lower_of_both = terms.pair_rule == "lower_of_both"

    def rate(self, found: Reached, buyer: Indices) -> Indices:
        """Places in `rates` of what whoever was found is paid; -1 for nothing.

        Args:
            buyer: of every order that was gone through.
        """
        place = self.places[found.payee]
        if self.lower_of_both:
            place = np.minimum(place, self.places[buyer[found.start]])
        return np.asarray(self._known[place, found.level])

    def told(self, lines: Lines) -> Lines:
        """With whoever brought it, where her own standing is below the payee's and so decides the rate."""
        if not self.lower_of_both:
            return lines
        lower = self.places[lines.source] < self.places[lines.payee]
        pair = Fact(np.where(lower, lines.source, NO_FACT).astype(np.int64), "person")
        return replace(lines, facts={**lines.facts, "pair": pair})


def _steps(terms: Leveled) -> Sequence[LevelStep]:
    return sorted(terms.levels_steps, key=lambda step: step.start)


def _by_figure(plan: Plan, terms: Leveled, figures: Mapping[str, Ints]) -> Indices:
    """Which step everybody's figure reaches; 0 is none."""
    assert terms.levels_kpi is not None, "steps are those of a KPI"
    starts = np.array([reaching(plan, terms.levels_kpi, step.start) for step in _steps(terms)], np.int64)
    return np.searchsorted(starts, figures[terms.levels_kpi], side="right").astype(np.int32)
