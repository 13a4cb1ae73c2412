"""KPIs and ranks worked out the slow way, straight from their definitions, to hold the engine against.

Shares nothing with the engine but the plan's words: for every person it walks over all people below her, every time.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache

from core.plan.model import (
    AllOf,
    AnyOf,
    CapBase,
    Condition,
    KpiSpec,
    Measure,
    Over,
    Plan,
    RankBasis,
    Requirement,
    Who,
    Window,
)


@dataclass
class Order:
    """A paid order; `age` is in cycles, 0 for the open one. A return has negative numbers and `orders` 0."""

    age: int
    cv: int = 0
    qv: int = 0
    points: int = 0
    orders: int = 1


@dataclass
class Human:
    """One person in the tree."""

    sponsor: int | None
    kind: str = "distributor"  # or "customer", or "company"
    suspended: bool = False
    title: int = 0
    orders: list[Order] = field(default_factory=list)


class Plain:
    """All figures of one company in one cycle, asked one by one."""

    def __init__(self, plan: Plan, people: dict[int, Human]) -> None:
        self.plan, self.people = plan, people
        self.rank = cache(self._rank)
        self.kpi = cache(self._kpi)

    def own(self, person: int, measure: Measure, cycles: int | None) -> int:
        human = self.people[person]
        if human.kind == "company":
            return 0
        if measure is Measure.HEADS:
            return 1
        counted = [order for order in human.orders if cycles is None or order.age < cycles]
        return sum(int(getattr(order, measure.value)) for order in counted)

    def active(self, person: int) -> bool:
        human, rule = self.people[person], self.plan.activity
        if human.kind == "company" or human.suspended:
            return False
        return self.own(person, rule.measure, rule.cycles) >= rule.minimum

    def children(self, person: int) -> list[int]:
        return [one for one, human in self.people.items() if human.sponsor == person]

    def legs(self, person: int) -> list[list[tuple[int, ...]]]:
        """For each frontline person, the paths from her to everybody below and to herself."""
        found = []
        for child in self.children(person):
            paths: list[tuple[int, ...]] = [(child,)]
            for path in paths:
                paths.extend((*path, below) for below in self.children(path[-1]))
            found.append(paths)
        return found

    def _fits(self, person: int, kpi: KpiSpec) -> bool:
        kind = self.people[person].kind
        wanted = {
            Who.ALL: ("distributor", "customer"),
            Who.DISTRIBUTORS: ("distributor",),
            Who.CUSTOMERS: ("customer",),
        }
        return kind in wanted[kpi.who] and (not kpi.active_only or self.active(person))

    def _figure(self, person: int, kpi: KpiSpec) -> int:
        cycles = None if kpi.window is Window.CUMULATIVE else kpi.cycles
        figure = self.own(person, kpi.measure, cycles)
        return 0 if kpi.floor and figure < kpi.floor else figure

    def _term(self, person: int, kpi: KpiSpec) -> int:
        return self._figure(person, kpi) if self._fits(person, kpi) else 0

    def _held(self, person: int, kpi: KpiSpec) -> int:
        return self.people[person].title if kpi.rank_basis is RankBasis.CAREER else self.rank(person)

    def _in_reach(self, path: tuple[int, ...], kpi: KpiSpec) -> bool:
        if kpi.over is Over.GENERATION:
            opens = self.plan.rank_index(kpi.generation_rank)
            return sum(self._held(one, kpi) >= opens for one in path) == kpi.generation
        too_deep = kpi.level_to is not None and len(path) > kpi.level_to
        if kpi.over is Over.LEVELS and (len(path) < kpi.level_from or too_deep):
            return False
        stop = self.plan.rank_index(kpi.stop_at_rank)
        return not stop or all(self._held(one, kpi) < stop for one in path)

    def leg_figures(self, person: int, kpi: KpiSpec) -> list[int]:
        """What each leg brings to the KPI, uncut."""
        return [
            sum(self._term(path[-1], kpi) for path in paths if self._in_reach(path, kpi)) for paths in self.legs(person)
        ]

    def self_figure(self, person: int, kpi: KpiSpec) -> int:
        included = kpi.include_self or (kpi.over is Over.LEVELS and kpi.level_from == 0)
        return self._figure(person, kpi) if included else 0

    def _kpi(self, person: int, code: str) -> int:
        kpi = self.plan.kpi(code)
        if kpi.measure is Measure.LEGS:
            return sum(self._leg_passes(paths, kpi) for paths in self.legs(person))
        if kpi.over is Over.OWN:
            return self._term(person, kpi)
        cap = kpi.cap_per_leg
        legs = [figure if cap is None else min(figure, cap) for figure in self.leg_figures(person, kpi)]
        largest = max(legs, default=0)
        total = {Over.LARGEST_LEG: largest, Over.LESSER_LEGS: sum(legs) - largest}.get(kpi.over, sum(legs))
        return total + self.self_figure(person, kpi)

    def _leg_passes(self, paths: list[tuple[int, ...]], kpi: KpiSpec) -> bool:
        [head] = paths[0]
        if not self._fits(head, kpi):
            return False
        rank = self.plan.rank_index(kpi.leg_with_rank)
        deep_enough = [path for path in paths if kpi.leg_depth is None or len(path) <= kpi.leg_depth]
        if rank and not any(self._held(path[-1], kpi) >= rank for path in deep_enough):
            return False
        return kpi.leg_kpi is None or self.kpi(head, kpi.leg_kpi) >= kpi.leg_minimum

    def counted(self, person: int, condition: Condition) -> int:
        kpi, cap = self.plan.kpi(condition.kpi), condition.leg_cap
        if cap is None:
            return self.kpi(person, kpi.code)
        legs, own = self.leg_figures(person, kpi), self.self_figure(person, kpi)
        if kpi.cap_per_leg is not None:
            legs = [min(leg, kpi.cap_per_leg) for leg in legs]
        base = condition.minimum if cap.base is CapBase.REQUIREMENT else max(0, sum(legs) + own)
        most = Fraction(cap.absolute) if cap.absolute is not None else Fraction(cap.percent or 0) / 100 * base
        whole = (2 * most.numerator + most.denominator) // (2 * most.denominator)
        return sum(min(leg, whole) for leg in legs) + (min(own, whole) if cap.own_too else own)

    def holds(self, person: int, requirement: Requirement) -> bool:
        if isinstance(requirement, Condition):
            return self.counted(person, requirement) >= requirement.minimum
        together = all if isinstance(requirement, AllOf) else any
        assert isinstance(requirement, AllOf | AnyOf)
        return together(self.holds(person, part) for part in requirement.parts)

    def _rank(self, person: int) -> int:
        if self.people[person].kind != "distributor":
            return 0
        best = 0
        for place, rank in enumerate(self.plan.ranks, start=1):
            if self.holds(person, rank.needs):
                best = place
            elif self.plan.must_climb:
                break
        return best
