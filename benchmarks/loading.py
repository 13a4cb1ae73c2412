"""Loading a company of a million from a database into arrays, beside the quickest loader that we know (connectorx).

The other loader reads the same columns by the same queries and does nothing with them; ours reads them inside a
transaction with its mark, and what it read becomes a picture. All three million orders lie in the open cycle.
"""

import asyncio
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
from sqlalchemy import create_engine

from benchmarks.figures import Figure
from benchmarks.support.shapes import Company, calculation, company, cycle_of, own_figures
from benchmarks.support.timing import cpu_s
from core.db import metadata
from core.db.database import Database
from core.db.types import microseconds
from core.kernel.clock import Clock
from core.live.load import load
from core.live.picture import Picture

PEOPLE = 1_000_000
ORDERS = 3_000_000
START = datetime(2026, 10, 1, tzinfo=UTC)
QUERIES = (
    "SELECT id, kind, status FROM person",
    "SELECT person_id, coalesce(sponsor_id, -1) AS sponsor FROM sponsor_link WHERE valid_to IS NULL ORDER BY id",
    f"""SELECT person_id, qv FROM customer_order WHERE paid_at IS NOT NULL
        AND ordered_at < {microseconds(START + timedelta(days=31))} AND ordered_at >= {microseconds(START)}""",
)


def figures() -> Iterator[Figure]:
    """Measure on SQLite, where the whole company lies on one disk with us."""
    whose = company(PEOPLE, ORDERS)
    with tempfile.TemporaryDirectory(prefix="upline-benchmark-load-") as folder:
        path = Path(folder) / "company.db"
        _write(path, whose)
        pictures: list[Picture] = []
        fastest = cpu_s(lambda: _read_only(path), repeat=2)
        ours = cpu_s(lambda: pictures.append(asyncio.run(_loaded(path))), repeat=2)
    yield Figure("SQLite, 1,000,000 people, 3,000,000 orders: connectorx", fastest, "s CPU")
    yield Figure("SQLite, 1,000,000 people, 3,000,000 orders: ours", ours, "s CPU")
    yield Figure("ours / connectorx", ours / fastest, "x", at_most=2)
    wrong = int((pictures[0].own != own_figures(whose, 1)).sum())
    wrong += int((np.maximum(pictures[0].sponsors, 0) != whose.sponsor).sum())
    yield Figure("own figures and sponsors that differ", wrong, "", at_most=0)


def _read_only(path: Path) -> list[pl.DataFrame]:
    return [pl.read_database_uri(query, f"sqlite://{path}", engine="connectorx") for query in QUERIES]


async def _loaded(path: Path) -> Picture:
    database = Database(f"sqlite+aiosqlite:///{path}", Clock())
    made = calculation("benchmark")
    try:
        async with database.read() as questions:
            picture = await load(questions, made, cycle_of(made))
            await database.events.mark(questions)
            return picture
    finally:
        await database.close()


def _write(path: Path, whose: Company) -> None:
    engine = create_engine(f"sqlite:///{path}")
    metadata.load().create_all(engine)
    engine.dispose()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    kinds = np.where(whose.distributor, "distributor", "customer").tolist()
    connection.executemany(
        """INSERT INTO person
        (id, code, name, name_folded, kind, status, joined_on, country, language, language_chosen, notifications)
        VALUES (?, ?, 'Somebody', 'somebody', ?, 'active', '2026-01-01', 'ES', 'es', 0, 1)""",
        ((number, f"P{number}", kind) for number, kind in enumerate(kinds, start=1)),
    )
    connection.executemany(
        "INSERT INTO sponsor_link (person_id, sponsor_id, valid_from, recorded_at, recorded_by, reason)"
        " VALUES (?, nullif(?, 0), 0, 0, '', '')",
        enumerate(whose.sponsor.tolist(), start=1),
    )
    moments = np.random.default_rng(3).integers(microseconds(START), microseconds(START + timedelta(days=20)), ORDERS)
    connection.executemany(
        """INSERT INTO customer_order (order_id, person_id, kind, state, ordered_at, paid_at, currency, amount_minor,
        cv, qv, points, line_count) VALUES ('O' || ?, ?, 'sale', 'paid', ?, 1, 'EUR', 0, 0, ?, 0, 1)""",
        zip(range(ORDERS), whose.buyer.tolist(), np.sort(moments).tolist(), whose.qv.tolist(), strict=True),
    )
    connection.commit()
    connection.execute("ANALYZE")
    connection.close()
