"""Hypothesis strategies: companies of any shape with orders of every sort."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
from hypothesis import strategies as st

from core.catalog.model import Rate
from core.catalog.rules import RateTable
from core.settlement.cycle.figures import microseconds
from core.settlement.model import LINES, ORDERS, PEOPLE, Company, framed

RANKS = ("bronze", "silver", "gold")
ROLES = (("distributor", "active"),) * 7 + (
    ("customer", "active"),
    ("distributor", "suspended"),
    ("distributor", "terminated"),
)
JOINED = (date(2026, 1, 1),) * 9 + (date(2026, 8, 20), date(2026, 10, 4), date(2026, 11, 1))
VOLUMES = st.sampled_from((333_333, 1_000_003, 15_000, 4_000_000, 0, 9_999, 123_456_789_012))
RATES = RateTable(
    Rate(since=date(2025, 1, 1), source=source, target=target, rate=Decimal(rate))
    for source, target, rate in (
        ("USD", "EUR", "0.93"), ("EUR", "USD", "1.0753"), ("USD", "JPY", "151.7"), ("EUR", "JPY", "163.3"),
        ("JPY", "USD", "0.0066"), ("JPY", "EUR", "0.0061"),
    )
)  # fmt: skip


@st.composite
def companies(draw: st.DrawFn, most: int = 9) -> Company:
    """People in chains, bushes and several trees; some left, some joined late; orders of two months, some unpaid."""
    count = draw(st.integers(4, most))
    shape = draw(st.sampled_from((1, 2, 3, 99)))
    people: dict[str, list[Any]] = {name: [] for name in ("sponsor", "kind", "status", "joined_on", "career_rank")}
    for place in range(count):
        top = not place or draw(st.integers(0, 9)) == 9
        people["sponsor"].append(-1 if top else max(0, place - draw(st.integers(1, shape))))
        kind, status = draw(st.sampled_from(ROLES))
        people["kind"].append(kind)
        people["status"].append(status)
        people["career_rank"].append(draw(st.none() | st.sampled_from(RANKS)))
    people["joined_on"] = sorted(draw(st.sampled_from(JOINED)) for _ in range(count))
    columns = {
        "code": [f"p{place:02}" for place in range(count)],
        "country": ["ES"] * count,
        "language": ["es"] * count,
    }
    if draw(st.booleans()):
        people |= draw(placed(count, "binary_parent", "binary_side"))
        people |= draw(placed(count, "matrix_parent", "matrix_slot"))
    orders, lines = draw(bought(count))
    return Company(framed(PEOPLE, {**columns, **people}), orders, lines, {})


@st.composite
def placed(draw: st.DrawFn, count: int, name: str, slot: str) -> dict[str, list[int]]:
    """Places that some people were given, in slots of their own; below somebody earlier, or mixed up."""
    found: dict[str, list[int]] = {name: [-1] * count, slot: [0] * count}
    order = draw(st.just(range(count)) | st.permutations(range(count)))
    taken = set[tuple[int, int]]()
    for number, person in enumerate(order[1:], start=1):
        where = (order[draw(st.integers(0, number - 1))], draw(st.integers(1, 2)))
        if draw(st.booleans()) and where not in taken:
            taken.add(where)
            found[name][person], found[slot][person] = where
    return found


@st.composite
def bought(draw: st.DrawFn, count: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Orders and their lines."""
    noons = [
        microseconds(datetime(2026, month, day, 12, tzinfo=UTC))
        for month, day in ((9, 30), (10, 1), (10, 5), (10, 31), (11, 2))
    ]
    orders: dict[str, list[Any]] = {name: [] for name in ORDERS}
    lines: dict[str, list[Any]] = {name: [] for name in LINES}
    drawn = sorted(draw(st.lists(st.sampled_from((0, 1, 1, 2, 2, 2, 2, 3, 3, 4)), min_size=8, max_size=24)))
    for number, at in enumerate(drawn):
        sign = draw(st.sampled_from((1, 1, 1, -1)))
        order: dict[str, Any] = {
            "order_id": f"o{number:02}", "person": draw(st.integers(0, count - 1)), "ordered_at": noons[at],
            "kind": "sale" if sign > 0 else "return", "paid_at": draw(st.sampled_from((*[noons[at]] * 8, None))),
            "currency": draw(st.sampled_from(("USD", "USD", "EUR"))), "returns_order_id": None,
        }  # fmt: skip
        figures = {name: [sign * draw(VOLUMES) for _ in "AB"] for name in ("cv", "qv")}
        figures["amount_minor"] = [figure // 100 for figure in figures["cv"]]
        figures["margin_minor"] = [figure // 3 for figure in figures["amount_minor"]]
        figures["points"] = [sign * draw(st.integers(0, 40)) for _ in "AB"]
        skus = draw(st.sampled_from(("A", "B", "AB")))
        for name in figures:
            order[name] = sum(figures[name][: len(skus)])
        for at_, sku in enumerate(skus):
            line = {"order_id": order["order_id"], "sku": sku, **{name: figures[name][at_] for name in figures}}
            line["pieces"] = sign * (1 + line["points"] % 3)
            for name in LINES:
                lines[name].append(line[name])
        for name in ORDERS:
            orders[name].append(order[name])
    return framed(ORDERS, orders), framed(LINES, lines)
