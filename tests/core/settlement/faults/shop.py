"""Ten people and their orders of three months: enough for every fault to show in a plan of its own."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from core.settlement.cycle.figures import microseconds
from core.settlement.model import LINES, ORDERS, PEOPLE, Company, framed

WHO = """
ada   -     2026-01-01  distributor  active     gold
ben   ada   2026-01-01  distributor  active     -
cleo  ben   2026-01-01  distributor  active     silver
dan   cleo  2026-01-01  distributor  active     -
eva   ben   2026-01-01  distributor  active     bronze
fay   ada   2026-01-01  distributor  active     -
gus   fay   2026-01-01  distributor  suspended  -
hal   gus   2026-08-20  customer     active     -
ivy   gus   2026-10-04  distributor  active     -
joe   dan   2026-10-04  distributor  active     -
"""
"""Code, sponsor, day of joining, kind, status, career rank."""
BOUGHT = """
o01  ada   2026-09-30  sale    AB  40        40       7
o02  cleo  2026-09-30  sale    A   33.3333   20       3
o03  ada   2026-10-01  sale    A   100.0003  45       0
o04  ben   2026-10-01  sale    B   1.5       1.5      1
o05  dan   2026-10-01  sale    AB  66.6666   33.3333  12
o06  joe   2026-10-05  sale    A   100.0003  60       8
o07  eva   2026-10-05  sale    AB  400       30       5
o08  ben   2026-10-05  sale    A   33.3333   3        2
o09  fay   2026-10-05  sale    B   0.9999    20       4
o10  hal   2026-10-05  sale    A   33.3333   10       9
o11  ivy   2026-10-05  sale    AB  7.5       50       1
o12  gus   2026-10-05  sale    A   80        8        6
o13  eva   2026-10-05  return  A   -15       -5       -2
o14  cleo  2026-10-31  sale    A   12.5      45       3
o15  ada   2026-10-31  sale    B   400       2        1
o16  ben   2026-11-02  sale    AB  45        90       2
o17  joe   2026-11-02  sale    A   100.0003  3        3
o18  ivy   2026-11-02  sale    A   33.3333   12       4
o19  eva   2026-11-02  sale    B   250       5        5
o20  dan   2026-11-02  sale    A   15        100      7
o21  fay   2026-11-02  sale    AB  60        60       2
"""
"""Order, buyer, day, kind, products, commission volume, qualifying volume, points."""
FIGURES = ("cv", "qv", "amount_minor", "points", "margin_minor")


@cache
def shop() -> Company:
    """The company."""
    rows = list(_rows(WHO))
    codes = [row[0] for row in rows]
    people: dict[str, list[Any]] = {
        "code": codes,
        "sponsor": [_place(codes, row[1]) for row in rows],
        "joined_on": [date.fromisoformat(row[2]) for row in rows],
        "kind": [row[3] for row in rows],
        "status": [row[4] for row in rows],
        "career_rank": [None if row[5] == "-" else row[5] for row in rows],
        "country": ["ES"] * len(rows),
        "language": ["es"] * len(rows),
    }
    orders = [_order(codes, row) for row in _rows(BOUGHT)]
    lines = [line for order in orders for line in _lines(order)]
    return Company(framed(PEOPLE, people), framed(ORDERS, _columns(ORDERS, orders)),
                   framed(LINES, _columns(LINES, lines)), {})  # fmt: skip


def _rows(text: str) -> Iterator[list[str]]:
    return (line.split() for line in text.strip().splitlines())


def _place(codes: Sequence[str], code: str) -> int:
    return codes.index(code) if code in codes else -1


def _order(codes: Sequence[str], row: Sequence[str]) -> dict[str, Any]:
    order, buyer, day, kind, skus, cv, qv, points = row
    at = microseconds(datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC))
    volume = {name: int(Decimal(figure) * 10_000) for name, figure in (("cv", cv), ("qv", qv))}
    return {
        "order_id": order, "person": codes.index(buyer), "ordered_at": at, "paid_at": at, "kind": kind, "skus": skus,
        "currency": "USD", "returns_order_id": None, "amount_minor": int(Decimal(cv) * 100), "points": int(points),
        "margin_minor": int(Decimal(cv) * 100) // 3, **volume,
    }  # fmt: skip


def _lines(order: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Of two lines the first has a third of the order."""
    for place, sku in enumerate(order["skus"]):
        thirds = {name: order[name] // 3 for name in FIGURES}
        other = {name: order[name] - thirds[name] for name in FIGURES}
        figures = order if len(order["skus"]) == 1 else (thirds, other)[place]
        yield {"order_id": order["order_id"], "sku": sku, **{name: figures[name] for name in FIGURES},
               "pieces": order["points"] % 4 - (5 if order["kind"] == "return" else 0)}  # fmt: skip


def _columns(schema: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in rows] for name in schema}
