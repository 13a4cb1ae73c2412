"""Our own tables filled with a company of any size, the quick way, on SQLite and on PostgreSQL."""

import sqlite3
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import asyncpg
import numpy as np
import polars as pl
from sqlalchemy import Table
from sqlalchemy.engine import make_url

from benchmarks.support.shapes import Company
from core.db import metadata
from core.db.engine import write_engine
from core.db.types import microseconds

START = datetime(2026, 10, 1, tzinfo=UTC)
"""When the cycle begins that all orders lie in."""

NEUTRAL: dict[str, Any] = {"BIGINT": 0, "INTEGER": 0, "VARCHAR": "", "BOOLEAN": False, "DATE": "2026-01-01"}
"""What stands in a column that must be filled and that no benchmark looks at."""


def frames(whose: Company) -> dict[str, pl.DataFrame]:
    """The rows of people, their sponsors and their orders, by table."""
    people, orders = np.arange(1, len(whose.sponsor) + 1), np.arange(1, len(whose.buyer) + 1)
    kinds = np.where(whose.distributor, "distributor", "customer")
    sponsors = pl.Series(whose.sponsor).replace(0, None)
    moments = np.random.default_rng(3).integers(
        microseconds(START), microseconds(START + timedelta(days=20)), len(orders)
    )
    codes = pl.Series(people).cast(pl.String)
    known: dict[str, dict[str, Any]] = {
        "person": {"id": people, "code": codes, "kind": kinds, "status": "active", "country": "ES", "language": "es"},
        "sponsor_link": {"id": people, "person_id": people, "sponsor_id": sponsors},
        "customer_order": {
            "id": orders,
            "order_id": pl.Series(orders).cast(pl.String),
            "person_id": whose.buyer,
            "kind": "sale",
            "state": "paid",
            "ordered_at": np.sort(moments),
            "paid_at": 1,
            "currency": "EUR",
            "qv": whose.qv,
        },
    }
    tables = metadata.load().tables
    return {name: _whole(tables[name], columns) for name, columns in known.items()}


def _whole(table: Table, known: Mapping[str, Any]) -> pl.DataFrame:
    """The rows with something in every column that must not be empty."""
    required = {one.name: NEUTRAL[str(one.type)] for one in table.columns if not one.nullable}
    columns = {**required, **known}
    rows = len(known["id"])
    return pl.DataFrame({name: _column(values, rows) for name, values in columns.items()})


def _column(values: Any, rows: int) -> pl.Series:
    return pl.Series(values) if isinstance(values, np.ndarray | pl.Series) else pl.repeat(values, rows, eager=True)


async def fill(address: str, whose: Company) -> None:
    """Write the company into an empty database.

    Args:
        address: as SQLAlchemy takes it.
    """
    engine = write_engine(make_url(address))
    async with engine.begin() as tables:
        await tables.run_sync(metadata.load().create_all)
    await engine.dispose()
    if address.startswith("sqlite"):
        _fill_sqlite(str(make_url(address).database), frames(whose))
    else:
        await _fill_postgresql(plain(address), frames(whose))


def _fill_sqlite(path: str, rows_of: Mapping[str, pl.DataFrame]) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    for table, rows in rows_of.items():
        places = ", ".join("?" * rows.width)
        connection.executemany(f"INSERT INTO {table} ({', '.join(rows.columns)}) VALUES ({places})", rows.iter_rows())
    connection.commit()
    connection.execute("ANALYZE")
    connection.close()


async def _fill_postgresql(address: str, rows_of: Mapping[str, pl.DataFrame]) -> None:
    connection = await asyncpg.connect(address)
    await connection.execute("SET session_replication_role = replica")  # nobody looks where a key leads
    with tempfile.TemporaryDirectory(prefix="upline-benchmark-rows-") as folder:
        for table, rows in rows_of.items():
            file = Path(folder) / f"{table}.csv"
            rows.write_csv(file)
            await connection.copy_to_table(table, source=file, columns=rows.columns, format="csv", header=True)
    await connection.execute("ANALYZE")
    await connection.close()


def plain(address: str) -> str:
    """The address as everybody but SQLAlchemy takes it."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        return f"sqlite://{url.database}"
    given = url.query.get("host")  # a socket's folder, which connectorx knows as the host alone
    if isinstance(given, str):
        url = url.difference_update_query(["host"]).set(host=quote(given, safe=""))
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
