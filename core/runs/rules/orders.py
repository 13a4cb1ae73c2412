"""Orders and corrections of volume as a run looks at them."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from core.plan.model import Bonus
from core.plan.model.terms import Conditional, FastStart
from core.settlement.model import LINES, NOBODY, ORDERS, framed

Ints = NDArray[np.int64]
CORRECTION = "correction"
"""The kind of an entry that is volume, and no order."""
NEWCOMERS = ("first_order", "fast_start")


def places(ids: Ints, asked: Ints) -> Ints:
    """Where each of the numbers asked for stands among `ids`; -1 for one that is not there.

    | ids       | asked     | places   |
    | --------- | --------- | -------- |
    | 7, 3, 5   | 5, 9, 7   | 2, -1, 0 |
    """
    if not len(ids):
        return np.full(len(asked), NOBODY, np.int64)
    order = np.argsort(ids, kind="stable")
    at = np.minimum(np.searchsorted(ids[order], asked), len(ids) - 1)
    found = order[at]
    return np.where(ids[found] == asked, found, NOBODY)


def with_corrections(
    orders: pl.DataFrame, volumes: Sequence[Mapping[Any, Any]], at: int, currency: str
) -> pl.DataFrame:
    """The orders, and after them an entry for each correction of volume, made and paid at the cycle's last moment."""
    entries = {
        "order_id": [f"{CORRECTION}:{one['id']}" for one in volumes],
        "person_id": [one["person_id"] for one in volumes],
        "kind": [CORRECTION] * len(volumes),
        "ordered_at": [at] * len(volumes),
        "paid_at": [at] * len(volumes),
        "currency": [currency] * len(volumes),
        "amount_minor": [0] * len(volumes),
        "cv": [one["cv"] for one in volumes],
        "qv": [one["qv"] for one in volumes],
        "points": [0] * len(volumes),
        "returns_order_id": [None] * len(volumes),
        "margin_minor": [0] * len(volumes),
    }
    return pl.concat([orders, pl.DataFrame(entries, schema=orders.schema)])


def placed(orders: pl.DataFrame, ids: Ints) -> pl.DataFrame:
    """Orders by time and id, each with the place of whoever made it; those of nobody who is there are left out."""
    person = pl.Series("person", places(ids, orders["person_id"].to_numpy()))
    there = orders.with_columns(person).filter(pl.col("person") != NOBODY).sort("ordered_at", "order_id")
    return framed(ORDERS, {name: there[name] for name in ORDERS})


def in_order(lines: pl.DataFrame) -> pl.DataFrame:
    """Lines by order and by their place in it."""
    there = lines.sort("order_id", "position")
    return framed(LINES, {name: there[name] for name in LINES})


def asks_for_the_past(bonus: Bonus) -> bool:
    """Whether it depends on a person's first sale ever, on a year of hers, or on whatever its expression asks for."""
    asks = bonus.orders.only != "all" or bonus.orders.buyer_cap is not None
    return bonus.kind in NEWCOMERS or asks or isinstance(bonus.terms, (Conditional, FastStart))
