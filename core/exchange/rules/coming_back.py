"""Returns of a file that together take back more than their sale was, brought to what there was to return.

By the rule by which returns are recorded (`core.orders.rules.returned_lines`), so that `settle` and the service agree;
the service asks it again about sales that were recorded before.

| sold           | returned, in time           | counts                |
| -------------- | --------------------------- | --------------------- |
| 1 of A for 100 | 1 of A for 100, once more   | -100, 0               |
| 1 of A for 100 | 1 of A for 60, once more    | -60, -40              |
| 1 of A for 100 | 1 of A and 1 of B, for 200  | -100 for A, -200 for B |
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import polars as pl

from core.exchange.rules.findings import Findings
from core.exchange.rules.sheet import LINE
from core.orders.model import NewLine, OrderKind
from core.orders.rules import Counted, Figures, Sold, returned_lines, sold_by_sku

FIGURES = ("amount_minor", "cv", "qv", "points", "margin_minor")
PLACE = ("order_id", "position")


def no_more_than_sold(
    orders: pl.DataFrame, lines: pl.DataFrame, findings: Findings
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Orders and lines, with returns that name a sale of the same person counting no more than is left of it.

    Returns of one sale are taken by time and id. Those that count less than they say are told.

    Args:
        orders: `orders` of `OrdersDraft`.
        lines: `lines` of `OrdersDraft`.
    """
    back = _coming_back(orders, lines)
    if back.is_empty():
        return orders, lines
    recounted = pl.DataFrame([*_recounted(lines, back)], schema=_schema(lines), orient="row")
    counted = lines.update(recounted, on=PLACE)
    sums = counted.join(recounted, on="order_id", how="semi").group_by("order_id").agg(pl.col(FIGURES).sum())
    less = orders.select("order_id", LINE, *FIGURES).join(sums, on="order_id", suffix=":")
    less = less.filter(pl.any_horizontal(pl.col(name) < pl.col(f"{name}:") for name in FIGURES[:-1]))
    findings.notices("import_return_too_much", less[LINE].to_list())
    return orders.update(sums, on="order_id"), counted


def _schema(lines: pl.DataFrame) -> dict[str, pl.DataType]:
    return {name: lines.schema[name] for name in (*PLACE, *FIGURES)}


def _coming_back(orders: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Returns of sales of which too much came back, or whose margin the returns follow: order_id and sale, in time."""
    is_return = pl.col("kind") == OrderKind.RETURN.value
    sales = orders.filter(~is_return).select(pl.col("order_id").alias("sale"), "person")
    names = orders.filter(is_return).rename({"returns_order_id": "sale"})
    names = names.join(sales, on=["sale", "person"]).sort("ordered_at", "order_id").select("order_id", "sale")
    if names.is_empty():
        return names
    goods, sums = ("sale", "sku"), pl.col(FIGURES).sum()
    sold = lines.rename({"order_id": "sale"}).join(names, on="sale", how="semi").group_by(goods).agg(sums)
    back = lines.join(names, on="order_id").group_by(goods).agg(sums)
    beyond = pl.any_horizontal(pl.col(name) + pl.col(f"{name}:") < 0 for name in FIGURES)
    has_margin = pl.col("margin_minor") != 0
    touched = sold.join(back, on=goods, suffix=":").filter(beyond | has_margin)
    return names.join(touched, on="sale", how="semi", maintain_order="left")


def _recounted(lines: pl.DataFrame, back: pl.DataFrame) -> Iterator[tuple[str, int, int, int, int, int, int]]:
    """The lines whose figures change: the order's id, the line's position, and its figures."""
    wanted = pl.concat([back["order_id"], back["sale"]]).unique()
    theirs: dict[str, list[Mapping[str, Any]]] = {}
    for row in lines.filter(pl.col("order_id").is_in(wanted.implode())).sort(PLACE).iter_rows(named=True):
        theirs.setdefault(row["order_id"], []).append(row)
    gone: dict[str, dict[str, Sold]] = {}
    for order, sale in back.iter_rows():
        sold = sold_by_sku((row["sku"], Sold(row["quantity"], Counted(_figures(row)))) for row in theirs[sale])
        said = [(_said(row), _figures(row)) for row in theirs[order]]
        counted = returned_lines(sold, said, gone.setdefault(sale, {}))
        if counted is not None:
            numbers = (row["position"] for row in theirs[order])
            yield from ((order, number, *_sums(one.figures)) for number, one in zip(numbers, counted, strict=True))


def _sums(one: Figures) -> tuple[int, int, int, int, int]:
    return one.amount_minor, one.cv, one.qv, one.points, one.margin_minor


def _said(row: Mapping[str, Any]) -> NewLine:
    price = Decimal(row["unit_price"])
    return NewLine.model_construct(sku=row["sku"], quantity=row["quantity"], unit_price=price)


def _figures(row: Mapping[str, Any]) -> Figures:
    return Figures(**{name: row[name] for name in FIGURES})
