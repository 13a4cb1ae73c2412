"""Rows by the million as frames: the database writes them as CSV, polars reads that; nothing is made per row.

SQLite concatenates a stretch of rows into one text, PostgreSQL copies them out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from sqlalchemy import text

from core.db.unit_of_work import UnitOfWork

STRETCH = 400_000
"""So many numbers of rows at once: far below the longest text that SQLite makes."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What to read. Every part of it is ours: no value of anybody's goes into the statement."""

    columns: Mapping[str, tuple[str, pl.DataType]]
    """What each is in SQL, and what it becomes: text or whole numbers."""
    source: str
    key: str
    """A number of the rows by which they are read stretch by stretch, such as `o.id`."""
    table: str
    """The table whose numbers these are."""
    where: str = "1 = 1"


async def frame(uow: UnitOfWork, rows: Rows) -> pl.DataFrame:
    """The rows, in any order; NULL is null."""
    schema = {name: kind for name, (_, kind) in rows.columns.items()}
    last = int(await uow.connection.scalar(text(f"SELECT coalesce(max(id), 0) FROM {rows.table}")) or 0)  # noqa: S608  # ours
    parts = [pl.DataFrame(schema=schema)]
    for start in range(0, last, STRETCH):
        content = await _csv(uow, rows, f"{rows.where} AND {rows.key} > {start} AND {rows.key} <= {start + STRETCH}")
        if content:
            parts.append(pl.read_csv(content, has_header=False, schema=schema))
    return pl.concat(parts)


async def _csv(uow: UnitOfWork, rows: Rows, where: str) -> bytes:
    raw: Any = (await uow.connection.get_raw_connection()).driver_connection
    if uow.dialect == "postgresql":
        asked = ", ".join(sql for sql, _ in rows.columns.values())
        return await _copied(raw, f"SELECT {asked} FROM {rows.source} WHERE {where}")  # noqa: S608  # ours
    line = " || ',' || ".join(_field(sql, kind) for sql, kind in rows.columns.values())
    statement = f"SELECT group_concat({line}, char(10)) FROM {rows.source} WHERE {where}"  # noqa: S608  # ours
    async with raw.execute(statement) as cursor:
        [found] = await cursor.fetchone()
    return b"" if found is None else found.encode()


async def _copied(raw: Any, query: str) -> bytes:
    received: list[bytes] = []

    async def receive(data: bytes) -> None:
        received.append(bytes(data))

    await raw.copy_from_query(query, output=receive, format="csv")
    return b"".join(received)


def _field(sql: str, kind: pl.DataType) -> str:
    """A field of CSV: a text in quotes, so that it may hold anything."""
    written = f"""'"' || replace({sql}, '"', '""') || '"'""" if isinstance(kind, pl.String) else f"CAST({sql} AS TEXT)"
    return f"coalesce({written}, '')"
