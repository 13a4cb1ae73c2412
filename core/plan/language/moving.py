"""Whether percentages can move with the orders of a cycle: only where each order adds its own figure to a KPI."""

from collections.abc import Mapping, Sequence

from core.plan.language.table import Table
from core.plan.model import EVERY_ORDER, Bonus, KpiSpec, Measure, Over, Who, Window
from core.plan.model.terms import Differential
from i18n.translator import mark

MOVING = ("from_order", "after_order")
ADDING_UP = mark("a KPI that adds up CV, QV or points of all orders, her own or of people below her along the sponsors")
OF_ORDERS = mark("a figure of orders, because percentages move with each of them here")
ALONG_SPONSORS = mark('"sponsor", because percentages move along the sponsors here')
BASES = ("cv", "qv", "price", "margin", "points", "orders", "pieces")


def tell_moving(read: Sequence[tuple[Bonus, Table]], kpis: Mapping[str, KpiSpec]) -> None:
    """A fault for each such bonus that goes by another KPI, is a share of no orders, or goes along places."""
    for bonus, table in read:
        if not isinstance(bonus.terms, Differential) or bonus.terms.schedule_mode not in MOVING:
            continue
        kpi = kpis.get(bonus.terms.schedule_kpi or "")
        if kpi is not None and not _adds_up(kpi):
            table.wrong("schedule_kpi", table.words["schedule_kpi"], ADDING_UP)
        if bonus.base not in BASES:
            table.wrong("base", table.words["base"], OF_ORDERS)
        if bonus.tree != "sponsor":
            table.wrong("tree", table.words["tree"], ALONG_SPONSORS)


def _adds_up(kpi: KpiSpec) -> bool:
    """Whether every order counts in it with its whole figure, whoever placed it."""
    whole = kpi.measure in (Measure.CV, Measure.QV, Measure.POINTS) and kpi.over in (Over.OWN, Over.LEVELS)
    everybody = kpi.who is Who.ALL and not (kpi.active_only or kpi.enrolled_only or kpi.with_rank or kpi.stop_at_rank)
    uncut = kpi.customer_share is None and kpi.cap_per_leg is None and not kpi.floor
    return (
        whole
        and everybody
        and uncut
        and kpi.orders == EVERY_ORDER
        and kpi.window not in (Window.DAYS, Window.SINCE)
        and (kpi.tree == "sponsor")
    )
