"""KPIs and ranks worked out the slow way, to hold the engine that runs live against: by settlement's second engine.

A plan of words that are read already is written back into the words of its file, for those are what it reads.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any

from core.plan.model import (
    AllOf,
    AnyOf,
    CapBase,
    Condition,
    KpiSpec,
    Measure,
    Over,
    Plan,
    Requirement,
    Unit,
    Window,
)
from core.settlement.second import plan as second
from core.settlement.second.figures import Figures
from core.settlement.second.people import NOBODY, Asked, Tree

AS_IT_IS = ("measure", "generation", "generation_rank", "who", "active_only", "stop_at_rank", "with_rank", "rank_basis",
            "leg_with_rank", "leg_depth", "leg_kpi", "on")  # fmt: skip


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
        self.place = {person: place for place, person in enumerate(people)}
        humans = list(people.values())
        above = [NOBODY if one.sponsor is None else self.place[one.sponsor] for one in humans]
        self.figures = Figures(
            second.Plan(written(plan)),
            Tree(above, [True] * len(humans)),
            [one.kind for one in humans],
            [one.suspended for one in humans],
            [one.title for one in humans],
            self._own,
        )

    def _own(self, asked: Asked) -> list[int]:
        assert asked == Asked(asked.measure, asked.cycles), "every order counts here, and cycles alone"
        return [self._figure(one, asked.measure, asked.cycles) for one in self.people.values()]

    @staticmethod
    def _figure(human: Human, measure: str, cycles: int | None) -> int:
        if human.kind == "company" or measure == "heads":
            return int(human.kind != "company")
        return sum(int(getattr(one, measure)) for one in human.orders if cycles is None or one.age < cycles)

    def active(self, person: int) -> bool:
        return self.figures.active[self.place[person]]

    def rank(self, person: int) -> int:
        return self.figures.rank(self.place[person])

    def kpi(self, person: int, code: str) -> int:
        return self.figures.kpi(self.place[person], code)

    def counted(self, person: int, condition: Condition) -> int:
        return self.figures.counted(self.place[person], _condition(self.plan, condition))

    def legs(self, person: int) -> list[list[tuple[int, ...]]]:
        """For each frontline person, the paths from her to everybody below and to herself."""
        found = []
        for child in [one for one, human in self.people.items() if human.sponsor == person]:
            paths: list[tuple[int, ...]] = [(child,)]
            for path in paths:
                below = [one for one, human in self.people.items() if human.sponsor == path[-1]]
                paths.extend((*path, one) for one in below)
            found.append(paths)
        return found


def written(plan: Plan) -> dict[str, Any]:
    """What of a plan decides KPIs and ranks, in the words of its file."""
    measure = plan.activity.measure
    scale = 1 if measure in (Measure.ORDERS, Measure.POINTS) else 10**plan.volume.scale
    activity = {"measure": measure, "cycles": plan.activity.cycles}
    return {
        "plan": {"currency": plan.currency, "time_zone": plan.calendar.time_zone},
        "volume": {"scale": plan.volume.scale},
        "activity": activity | {"minimum": Fraction(plan.activity.minimum, scale)},
        "ladder": {"must_climb": plan.must_climb},
        "kpis": {kpi.code: _kpi(plan, kpi) for kpi in plan.kpis},
        "ranks": [{"code": rank.code, "needs": _needs(plan, rank.needs)} for rank in plan.ranks],
    }


def _units(plan: Plan, kpi: str) -> int:
    return 10**plan.volume.scale if plan.kpi(kpi).unit is Unit.VOLUME else 1


def _kpi(plan: Plan, kpi: KpiSpec) -> dict[str, Any]:
    units = _units(plan, kpi.code)
    levels = kpi.over is Over.LEVELS
    words: dict[str, Any] = {word: getattr(kpi, word) for word in AS_IT_IS}
    words |= {"over": kpi.over, "cycles": "all" if kpi.window is Window.CUMULATIVE else kpi.cycles}
    words |= {"floor": Fraction(kpi.floor, units), "include_self": kpi.include_self or (levels and kpi.level_from == 0)}
    if levels:
        words |= {"from_level": max(1, kpi.level_from), "to_level": kpi.level_to}
    if kpi.cap_per_leg is not None:
        words["cap_per_leg"] = Fraction(kpi.cap_per_leg, units)
    if kpi.leg_kpi is not None:
        words["leg_minimum"] = Fraction(kpi.leg_minimum, _units(plan, kpi.leg_kpi))
    return {
        word: str(value) if isinstance(value, StrEnum) else value for word, value in words.items() if value is not None
    }


def _needs(plan: Plan, requirement: Requirement) -> list[Any]:
    assert isinstance(requirement, AllOf), "what a rank needs is a list"
    return [_part(plan, part) for part in requirement.parts]


def _part(plan: Plan, part: Requirement) -> dict[str, Any]:
    if isinstance(part, Condition):
        return _condition(plan, part)
    return {"any" if isinstance(part, AnyOf) else "all": [_part(plan, one) for one in part.parts]}


def _condition(plan: Plan, condition: Condition) -> dict[str, Any]:
    units, cap = _units(plan, condition.kpi), condition.leg_cap
    words: dict[str, Any] = {"kpi": condition.kpi, "minimum": Fraction(condition.minimum, units)}
    if cap is None:
        return words
    most = f"{cap.percent} %" if cap.absolute is None else Fraction(cap.absolute, units)
    base = "actual" if cap.base is CapBase.ACTUAL else "requirement"
    return words | {"leg_cap": most, "leg_cap_of": base, "leg_cap_own": cap.own_too}
