"""A company's month as settlement takes it, of any size, made of the arrays of `shapes`."""

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.support.shapes import Company as Arrays
from core.plan.model import Plan
from core.plan.reading import check, example
from core.settlement.model import LINES, ORDERS, PEOPLE, Company, framed

CYCLE = "2026-10"
MONTH = int(datetime(2026, 10, 1, tzinfo=UTC).timestamp()) * 1_000_000
SECONDS = 27 * 86_400
PRODUCT = {"sku": ["A"], "name": ["A"], "price": ["1"], "currency": ["EUR"]}


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
    in_time = framed(ORDERS, bought).sort("ordered_at", "order_id")  # as whoever reads files has them
    return Company(framed(PEOPLE, columns), in_time, framed(LINES, {}), {})


def _codes(letter: str, count: int) -> pl.Series:
    return letter + pl.Series(np.arange(1, count + 1)).cast(pl.String).str.zfill(len(str(count)))


def files(whose: Company, folder: Path) -> dict[str, Path]:
    """The month as files: what settlement reads from outside."""
    code, orders = whose.people["code"], whose.orders
    sponsors = whose.people["sponsor"]
    above = code.gather(sponsors.set(sponsors < 0, None)).alias("sponsor_id")
    people = whose.people.select(
        pl.col("code").alias("id"), above, "joined_on", "country", "language", pl.col("code").alias("name"), "kind"
    )
    bought = orders.select(
        "order_id",
        code.gather(orders["person"]).alias("person_id"),
        pl.from_epoch("ordered_at", "us").dt.strftime("%Y-%m-%dT%H:%M:%SZ").alias("date"),
        pl.lit("A").alias("sku"),
        pl.lit("1").alias("qty"),
        (pl.col("qv") // 10_000).alias("unit_price"),
        "kind",
        (pl.col("cv") // 10_000).alias("cv"),
        (pl.col("qv") // 10_000).alias("qv"),
    )
    frames = {"people": people, "orders": bought, "products": pl.DataFrame(PRODUCT)}
    paths = {name: folder / f"{name}.csv" for name in frames}
    for name, frame in frames.items():
        frame.write_csv(paths[name])
    return paths
