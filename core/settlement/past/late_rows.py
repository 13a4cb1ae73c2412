"""Corrections of a settled cycle as rows: what it comes to now less what was paid for it, by person and bonus."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from core.plan.model import Plan
from core.settlement.lines.numbers import decimal_text
from core.settlement.rules.corrections import digits_of, rows
from core.settlement.steps.calculating import WHAT

LATE = "late"
NAMED_MAX = 10
"""So many orders are named in a reason; the count tells how many there are."""


def differences(
    plan: Plan, cycle: str, was: pl.DataFrame, now: pl.DataFrame, orders: Sequence[str], *, parts: bool = False
) -> pl.DataFrame:
    """One row for every person and bonus that comes to something else now; what returns take back by itself.

    Args:
        was, now: as `SUMS` says.
        orders: those that have come to the cycle.
        parts: whether it is what earlier cycles have paid of it in parts.
    """
    both = now.rename({"amount_minor": "now"}).join(
        was.rename({"amount_minor": "was"}), on=WHAT, how="full", coalesce=True
    )
    changed = both.with_columns(pl.col("was", "now").fill_null(0)).filter(pl.col("was") != pl.col("now")).sort(WHAT)
    return rows(_row(plan, cycle, row, sorted(orders), parts=parts) for row in changed.iter_rows(named=True))


def _row(plan: Plan, cycle: str, row: Mapping[str, Any], orders: Sequence[str], *, parts: bool) -> Mapping[str, Any]:
    digits, amount = digits_of(row["unit"]), row["now"] - row["was"]
    told: dict[str, Any] = {"plan": f"{plan.code} {plan.version}", "kind": LATE, "cycle": cycle}
    if orders:
        told |= {"orders": list(orders[:NAMED_MAX]), "orders_count": len(orders)}
    told |= {"was": decimal_text(row["was"], digits), "now": decimal_text(row["now"], digits)}
    if parts:
        told["parts_due"] = True
    told["exact"] = decimal_text(amount, digits, trimmed=True)
    return {
        **{name: row[name] for name in WHAT},
        "amount_minor": amount,
        "source_order_id": orders[0] if len(orders) == 1 else None,
        "because": json.dumps(told, ensure_ascii=False, separators=(",", ":")),
    }
