"""A file's orders against those that are recorded: what is new, what is paid since, and what contradicts."""

from dataclasses import dataclass

import polars as pl

from core.exchange.rules.findings import Findings
from core.exchange.rules.orders import OrdersDraft
from core.exchange.rules.sheet import LINE

HEADER = ("person", "kind", "ordered_at", "currency", "returns_order_id")
LINE_CONTENT = ("order_id", "sku", "quantity", "unit_price")


@dataclass(frozen=True, slots=True)
class Comparison:
    """New orders with their lines, payments (order_id, paid_at) of known ones, and how many stay as they are."""

    orders: pl.DataFrame
    lines: pl.DataFrame
    payments: pl.DataFrame
    unchanged: int


def compare(draft: OrdersDraft, known: pl.DataFrame, known_lines: pl.DataFrame, findings: Findings) -> Comparison:
    """Sort a file's orders by what is recorded of them.

    Volumes are not compared: they follow from lines, catalogue, rates and plan, which may have changed since.

    Args:
        known: recorded orders that the file names: order_id, `HEADER` and paid_at.
        known_lines: their lines: `LINE_CONTENT`.
    """
    both = draft.orders.join(known, on="order_id", how="inner", suffix=":", maintain_order="left")
    header_differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}:")) for name in HEADER)
    differing = set(both.filter(header_differs)["order_id"]) | _line_differences(draft.lines, known_lines, both)
    for line, order in both.filter(pl.col("order_id").is_in(list(differing))).select(LINE, "order_id").iter_rows():
        findings.fault("import_order_differs", line, "order_id", order=order)
    payments = both.filter(pl.col("paid_at").is_not_null() & pl.col("paid_at:").is_null()).select("order_id", "paid_at")
    ids = known["order_id"].to_list()
    return Comparison(
        orders=draft.orders.filter(~pl.col("order_id").is_in(ids)),
        lines=draft.lines.filter(~pl.col("order_id").is_in(ids)),
        payments=payments,
        unchanged=both.height - payments.height,
    )


def _line_differences(lines: pl.DataFrame, known_lines: pl.DataFrame, both: pl.DataFrame) -> set[str]:
    """Orders whose lines are not the same ones as often; their order in the file does not matter."""
    content = list(LINE_CONTENT)
    told = lines.join(both.select("order_id"), on="order_id", how="semi").group_by(content).agg(pl.len().alias("times"))
    recorded = known_lines.group_by(content).agg(pl.len().alias("times"))
    same = [*content, "times"]
    extra = told.join(recorded, on=same, how="anti")
    missing = recorded.join(told, on=same, how="anti")
    return set(extra["order_id"]) | set(missing["order_id"])
