"""Where each needle stands, which gauge decides, and what no gauge shows."""

from collections.abc import Sequence
from typing import Protocol

from core.kpis.rules import cap_of
from core.plan.model import CapBase, Condition, KpiSpec, Plan, RankSpec
from core.progress.model import Gauge, Mark, Need
from core.progress.rules.asked import Asked, asked_for
from core.ranks.rules import allowed_rank


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
    allowed = {
        code: allowed_rank(plan.ranks, code, figures.counted, must_climb=plan.must_climb) for code in plan.gauges
    }
    lowest = min(allowed.values(), default=0)
    return tuple(
        _gauge(plan, figures, code, asked=asked, allowed=place, decides=place == lowest < len(plan.ranks))
        for code, place in allowed.items()
    )


def _gauge(
    plan: Plan, figures: Figures, code: str, *, asked: Sequence[Condition], allowed: int, decides: bool
) -> Gauge:
    kpi, value = plan.kpi(code), figures.kpi(code)
    needed = max((part.minimum for part in asked if part.kpi == code), default=None)
    return Gauge(
        kpi=code,
        label=kpi.label,
        unit=kpi.unit,
        value=value,
        rank=plan.ranks[allowed - 1].code if allowed else None,
        marks=marks_of(plan, code),
        needed=needed,
        missing=max(0, needed - value) if needed is not None else 0,
        decides=decides,
        drill_down=drill_down(kpi),
    )


def marks_of(plan: Plan, kpi: str) -> tuple[Mark, ...]:
    """What each rank asks of one KPI, from the lowest rank up; ranks that do not ask are left out.

    What stands in an any-of is no mark: there may be another way.
    """
    marks = []
    for rank in plan.ranks:
        minima = [condition.minimum for condition in _certain(rank) if condition.kpi == kpi]
        if minima:
            marks.append(Mark(rank=rank.code, minimum=max(minima)))
    return tuple(marks)


def _certain(rank: RankSpec) -> list[Condition]:
    return [part for part in rank.needs.parts if isinstance(part, Condition)]


def needs(plan: Plan, figures: Figures, target: RankSpec) -> tuple[Need, ...]:
    """The target's conditions that no gauge shows, and those where a leg cap lacks more than the gauge does."""
    parts = asked_for(plan, target)
    return tuple(_need(plan, figures, part) for part in parts if not _told_by_a_gauge(plan, figures, part))


def _told_by_a_gauge(plan: Plan, figures: Figures, part: Asked) -> bool:
    if part.group is not None or part.condition.kpi not in plan.gauges:
        return False
    counted, value = figures.counted(part.condition), figures.kpi(part.condition.kpi)
    return counted >= min(value, part.condition.minimum)


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
    if cap is None or (cap.absolute is None and cap.base is CapBase.ACTUAL):
        return None
    return cap_of(condition.minimum, cap)


def drill_down(kpi: KpiSpec) -> str:
    """Which list stands behind a gauge: own orders, frontline customers or distributors, or the team."""
    if kpi.over == "own":
        return "orders"
    if kpi.measure == "heads" and kpi.who != "all":
        return kpi.who.value
    return "team"
