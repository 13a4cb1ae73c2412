"""What the policy shows, and which KPIs stand for a person's own and group volume in a list."""

from core.plan.model import EVERY_ORDER, KpiSpec, Measure, Over, Plan, Window


def shown_at(level: int, down_to: int | None) -> bool:
    """Whether the policy shows something of a person on `level`; `down_to` None means the whole line.

    | level | down to | shown |
    | ----- | ------- | ----- |
    | 1     | 1       | yes   |
    | 2     | 1       | no    |
    | 9     | None    | yes   |
    | 0     | 0       | yes   |
    """
    return down_to is None or level <= down_to


def own_volume_kpi(plan: Plan) -> KpiSpec | None:
    """The KPI to show as somebody's own volume: the first gauge, else the first KPI, that is her own QV this cycle."""
    return _first(plan, Over.OWN)


def group_volume_kpi(plan: Plan) -> KpiSpec | None:
    """The KPI to show as somebody's group volume: QV of her whole line this cycle."""
    return _first(plan, Over.LEVELS)


def _first(plan: Plan, over: Over) -> KpiSpec | None:
    kpis = (kpi for kpi in plan.kpis if not kpi.along_places)
    gauges_first = sorted(kpis, key=lambda kpi: kpi.code not in plan.gauges)
    return next((kpi for kpi in gauges_first if _is_volume(kpi) and kpi.over is over and _whole(kpi)), None)


def _is_volume(kpi: KpiSpec) -> bool:
    this_cycle = kpi.window is Window.CYCLES and kpi.cycles == 1
    return kpi.on and kpi.measure is Measure.QV and this_cycle and kpi.orders == EVERY_ORDER


def _whole(kpi: KpiSpec) -> bool:
    return kpi.over is Over.OWN or kpi.level_to is None
