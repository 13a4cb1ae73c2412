"""Writing many rows at once, and rows that may be there already."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Table, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.db.unit_of_work import UnitOfWork

ROWS_AT_ONCE = 20_000


def insert_new(uow: UnitOfWork, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """An INSERT that leaves out rows whose key is there already: whoever comes second writes nothing.

    SQLite and PostgreSQL spell it alike, but SQLAlchemy has one class for each.
    """
    if uow.dialect == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    return postgresql.insert(table).on_conflict_do_nothing()


async def write_rows(uow: UnitOfWork, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Append rows as the drivers do it fastest: COPY on PostgreSQL, one prepared statement on SQLite.

    Args:
        rows: values in the order of `columns`, as the database stores them (moments as whole microseconds,
            JSON as text on SQLite); they are taken one batch at a time.

    Returns:
        How many rows were written.
    """
    written = 0
    source = iter(rows)
    while batch := list(islice(source, ROWS_AT_ONCE)):
        await _write_batch(uow.connection, table, columns, batch)
        written += len(batch)
    return written


async def _write_batch(
    connection: AsyncConnection, table: str, columns: Sequence[str], batch: list[Sequence[Any]]
) -> None:
    raw = await connection.get_raw_connection()
    driver = raw.driver_connection
    assert driver is not None, "an open connection has a driver"
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT 1"))  # begins the transaction, which COPY by itself would not
        await driver.copy_records_to_table(table, records=batch, columns=list(columns))
        return
    names = ", ".join(f'"{name}"' for name in columns)
    places = ", ".join("?" * len(columns))
    await driver.executemany(
        f'INSERT INTO "{table}" ({names}) VALUES ({places})',  # noqa: S608  # names of our own tables and columns
        batch,
    )
