"""What must be said of a KPI besides its name, where it does not take in every order of the cycle."""

from collections.abc import Mapping, Sequence
from datetime import date

from core.kernel.words import CompanyText
from core.plan.model import EVERY_ORDER, KpiSpec, Plan
from core.progress.model import Counting, Gauge, Need


def to_explain(plan: Plan, dials: Sequence[Gauge], asked: Sequence[Need]) -> list[KpiSpec]:
    """The KPIs of which something is missing, and which take in some orders or the last days only; each once."""
    missing = dict.fromkeys([*(one.kpi for one in dials if one.missing), *(one.kpi for one in asked if one.missing)])
    kpis = (plan.kpi(code) for code in missing)
    return [kpi for kpi in kpis if kpi.days or kpi.since or kpi.orders != EVERY_ORDER]


def explained(kpi: KpiSpec, names: Mapping[str, CompanyText], since: date | None = None) -> Counting:
    """What counts for it.

    Args:
        names: of products; one that the catalogue does not have is called by its code.
        since: the day on which its figure begins, where it begins anew on days of a year.
    """
    orders = kpi.orders
    return Counting(
        label=kpi.label,
        only=orders.only,
        products=tuple(names.get(sku, {"en": sku}) for sku in orders.products),
        without_products=tuple(names.get(sku, {"en": sku}) for sku in orders.without_products),
        within_days=orders.within_days,
        minimum=orders.minimum,
        days=kpi.days,
        since=since,
    )
