"""Bonuses of which returns take back a part alone: they are paid in parts, and `[returns]` charges their lines back."""

from collections.abc import Sequence

from core.plan.language.kinds import Context
from core.plan.language.source import Node
from core.plan.model import Bonus
from core.plan.model.terms import Conditional

BY_ORDER = ("unilevel", "fast_start", "first_order", "generation", "infinity", "matrix")
"""Kinds whose lines name an order, as a rule's do with `per = "order"`."""


def tell_parts(nodes: Sequence[Node], bonuses: Sequence[Bonus], context: Context) -> None:
    """A notice of each such bonus in a plan with `[returns]`.

    Of 816.00, 612.00 are paid now and 68.00 in each of three later cycles: where two thirds of the sale come back,
    408.00 are charged and the 68.00 are paid all the same.
    """
    parts = {str(code.value): now for node in nodes if (code := (node.table or {}).get("code"))
             and (now := (node.table or {}).get("paid_now"))}  # fmt: skip
    for bonus in bonuses:
        named = bonus.kind in BY_ORDER or (isinstance(bonus.terms, Conditional) and bonus.terms.per == "order")
        if bonus.on and bonus.rest_in_cycles and named and bonus.code in parts:
            context.findings.notice("plan_parts_kept", parts[bonus.code].place, bonus=bonus.code)
