"""A company's month as settlement takes it, of any size, made of the arrays of `shapes`."""

from datetime import UTC, date, datetime

import numpy as np
import polars as pl

from benchmarks.support.shapes import Company as Arrays
from core.plan.model import Plan
from core.plan.reading import check, example
from core.settlement.model import LINES, ORDERS, PEOPLE, Company, framed

CYCLE = "2026-10"
MONTH = int(datetime(2026, 10, 1, tzinfo=UTC).timestamp()) * 1_000_000
SECONDS = 27 * 86_400


def plan() -> Plan:
    """The stairstep and the unilevel."""
    found, _ = check(example("benchmark_month"))
    assert found is not None, "it is one of our own examples"
    return found


def month(whose: Arrays) -> Company:
    """The company with all its orders in one month, a minor unit of money for each unit of volume."""
    people, orders = len(whose.sponsor), len(whose.buyer)
    moments = np.sort(np.random.default_rng(5).integers(0, SECONDS, orders)) * 1_000_000 + MONTH
    columns = {
        "code": _codes("P", people),
        "sponsor": whose.sponsor.astype(np.int32) - 1,
        "joined_on": pl.repeat(date(2026, 1, 1), people, eager=True),
        "kind": np.where(whose.distributor, "distributor", "customer"),
        "country": pl.repeat("ES", people, eager=True),
        "language": pl.repeat("es", people, eager=True),
    }
    bought = {
        "order_id": _codes("O", orders),
        "person": whose.buyer.astype(np.int64) - 1,
        "kind": pl.repeat("sale", orders, eager=True),
        "ordered_at": moments,
        "paid_at": moments,
        "currency": pl.repeat("EUR", orders, eager=True),
        "amount_minor": whose.qv // 100,
        "cv": whose.qv,
        "qv": whose.qv,
        "points": np.zeros(orders, np.int64),
    }
    return Company(framed(PEOPLE, columns), framed(ORDERS, bought), framed(LINES, {}), {})


def _codes(letter: str, count: int) -> pl.Series:
    return letter + pl.Series(np.arange(1, count + 1)).cast(pl.String).str.zfill(len(str(count)))
