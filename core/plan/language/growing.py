"""Bases that grow on their way up: a group's figure, paid again to everybody above each of the group."""

from collections.abc import Sequence

from core.plan.language.kinds import Context
from core.plan.language.source import Node
from core.plan.model import Bonus, Over
from core.plan.model.terms import Differential

GOING_UP = ("differential", "breakaway", "generation", "infinity", "binary")
"""Kinds that add up, or pay without end, what everybody below brings."""


def tell_growing(nodes: Sequence[Node], bonuses: Sequence[Bonus], context: Context) -> None:
    """A notice of each bonus of such a kind whose base is a KPI of a whole line.

    Of 100 that somebody two levels down ordered, the group volume of each of the three is 100: a differential with that
    as its base would pay on 300.
    """
    bases = {str(code.value): base for node in nodes if (code := (node.table or {}).get("code"))
             and (base := (node.table or {}).get("base"))}  # fmt: skip
    for bonus in bonuses:
        kpi = context.kpis.get(bonus.base)
        alone = isinstance(bonus.terms, Differential) and bonus.terms.of == "own"
        line = kpi is not None and kpi.over is Over.LEVELS and kpi.level_to is None
        whole = kpi is not None and line and kpi.stop_at_rank is None
        if whole and bonus.kind in GOING_UP and not alone and bonus.code in bases:
            place = bases[bonus.code].place
            context.findings.notice("plan_base_grows", place, kpi=bonus.base, kind=bonus.kind)
