"""Where each needle stands, which gauge decides, and what no gauge shows."""

from collections.abc import Sequence
from typing import Protocol

from core.plan.model import Condition, KpiSpec, Plan, RankSpec
from core.progress.model import Gauge, Mark, Need
from core.progress.rules.asked import Asked, asked_for


class Figures(Protocol):
    """One person's figures in one cycle, real or supposed."""

    def kpi(self, code: str) -> int:
        """The KPI's value, in its unit (volume at scale)."""

    def counted(self, condition: Condition) -> int:
        """What counts towards `condition`: the KPI's value after the condition's leg cap."""

    @property
    def rank(self) -> int:
        """The paid rank's place on the ladder from 1; 0 for none."""


def target_of(plan: Plan, figures: Figures, asked: RankSpec | None) -> RankSpec | None:
    """The rank to measure against: the one asked for, else the next rung; None at the top."""
    if asked is not None:
        return asked
    return plan.ranks[figures.rank] if figures.rank < len(plan.ranks) else None


def gauges(plan: Plan, figures: Figures, target: RankSpec | None) -> tuple[Gauge, ...]:
    """The plan's gauges, in its order.

    Per gauge the rank that this KPI alone allows; the lowest of them decides. Exactly on the line counts.

    | PV  | GV   | customers | distributors | decides                  |
    | --- | ---- | --------- | ------------ | ------------------------ |
    | SE  | DMND | GLD       | GLD          | customers, distributors  |

    Source: seed 000, the gas gauge view.
    """
    asked = [] if target is None else [part.condition for part in asked_for(plan, target) if part.group is None]
    allowed = {code: allowed_rank(plan, code, figures.kpi(code)) for code in plan.gauges}
    lowest = min(allowed.values(), default=0)
    return tuple(
        _gauge(plan.kpi(code), marks_of(plan, code), figures.kpi(code), allowed[code], lowest, plan, asked)
        for code in plan.gauges
    )


def _gauge(
    kpi: KpiSpec,
    marks: tuple[Mark, ...],
    value: int,
    allowed: int,
    lowest: int,
    plan: Plan,
    asked: Sequence[Condition],
) -> Gauge:
    needed = max((part.minimum for part in asked if part.kpi == kpi.code and part.leg_cap is None), default=None)
    return Gauge(
        kpi=kpi.code,
        label=kpi.label,
        unit=kpi.unit,
        value=value,
        rank=plan.ranks[allowed - 1].code if allowed else None,
        marks=marks,
        needed=needed,
        missing=max(0, needed - value) if needed is not None else 0,
        decides=allowed == lowest and lowest < len(plan.ranks),
        drill_down=drill_down(kpi),
    )


def marks_of(plan: Plan, kpi: str) -> tuple[Mark, ...]:
    """What each rank plainly asks of one KPI, from the lowest rank up; ranks that do not ask are left out."""
    marks = []
    for rank in plan.ranks:
        minima = [part.minimum for part in rank.needs.parts if isinstance(part, Condition) and _plain(part, kpi)]
        if minima:
            marks.append(Mark(rank=rank.code, minimum=max(minima)))
    return tuple(marks)


def allowed_rank(plan: Plan, kpi: str, value: int) -> int:
    """The ladder's place (0 for none) up to which this KPI alone lets a person climb."""
    minima = {mark.rank: mark.minimum for mark in marks_of(plan, kpi)}
    place = 0
    for number, rank in enumerate(plan.ranks, start=1):
        if value >= minima.get(rank.code, value):
            place = number
        elif plan.must_climb:
            break
    return place


def _plain(condition: Condition, kpi: str) -> bool:
    return condition.kpi == kpi and condition.leg_cap is None


def needs(plan: Plan, figures: Figures, target: RankSpec) -> tuple[Need, ...]:
    """The target's conditions that no gauge shows, and those that a leg cap makes stricter than the gauge."""
    hidden = [part for part in asked_for(plan, target) if not _on_a_gauge(plan, part)]
    return tuple(_need(plan, figures, part) for part in hidden)


def _on_a_gauge(plan: Plan, part: Asked) -> bool:
    return part.group is None and part.condition.leg_cap is None and part.condition.kpi in plan.gauges


def _need(plan: Plan, figures: Figures, part: Asked) -> Need:
    condition, kpi = part.condition, plan.kpi(part.condition.kpi)
    value = figures.counted(condition)
    return Need(
        kpi=kpi.code,
        label=kpi.label,
        unit=kpi.unit,
        value=value,
        needed=condition.minimum,
        missing=max(0, condition.minimum - value),
        leg_cap=leg_cap_volume(condition),
        path=part.path,
        group=part.group,
    )


def leg_cap_volume(condition: Condition) -> int | None:
    """How much of one leg counts, where that is a fixed amount; None without a cap or when it depends on the actual."""
    cap = condition.leg_cap
    if cap is None:
        return None
    if cap.absolute is not None:
        return cap.absolute
    if cap.percent is None or cap.base != "requirement":
        return None
    return int(cap.percent * condition.minimum // 100)


def drill_down(kpi: KpiSpec) -> str:
    """Which list stands behind a gauge: own orders, frontline customers or distributors, or the team."""
    if kpi.over == "own":
        return "orders"
    if kpi.measure == "heads" and kpi.who != "all":
        return kpi.who.value
    return "team"
