"""Which bonuses an order by itself can lead to lines of."""

from core.settlement.second.plan import Bonus

NAMING = ("unilevel", "fast_start", "first_order", "generation", "infinity", "matrix")
"""Kinds whose lines are for one order each."""
BY_LEG = ("differential", "breakaway")


def looks_at_orders(bonus: Bonus) -> bool:
    """Whether an order by itself leads to lines of the bonus: not where it is a share of a KPI or of heads."""
    if bonus.base not in ("cv", "qv", "price", "margin", "points", "orders", "pieces"):
        return False
    if bonus.kind == "rule":
        return not bonus.table.get("amount") or bonus.text("per") == "order"
    return bonus.kind in (*NAMING, *BY_LEG)
