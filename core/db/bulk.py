"""Many rows at once: COPY on PostgreSQL, one prepared statement on SQLite; both inside the given transaction."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

import asyncpg
from sqlalchemy import Table, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError

from core.db.unit_of_work import UnitOfWork


async def bulk_insert(uow: UnitOfWork, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert `rows` as they are, without types of ours in between.

    Args:
        columns: names of the columns that each row holds, in order; the others take the database's default.
        rows: values as the database stores them (a `Moment` as microseconds, see `core.db.types.microseconds`).

    Raises:
        IntegrityError: a row is there already, or refers to nothing; as a single insert does.
    """
    await uow.connection.execute(text("SELECT 1"))  # begins PostgreSQL's transaction, which COPY by itself would not
    raw = (await uow.connection.get_raw_connection()).driver_connection
    assert raw is not None, "an open unit of work has a connection"
    if uow.dialect == "postgresql":
        await _copied(raw, table.name, columns, rows)
        return
    names = ", ".join(f'"{name}"' for name in columns)
    places = ", ".join("?" * len(columns))
    statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({places})'  # noqa: S608  # names of our own tables
    try:
        await raw.executemany(statement, rows)
    except sqlite3.IntegrityError as error:
        raise IntegrityError(statement, None, error) from error


async def _copied(raw: Any, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    from asyncpg import IntegrityConstraintViolationError  # noqa: PLC0415  # SQLite starts without asyncpg

    try:
        await raw.copy_records_to_table(table, records=rows, columns=list(columns))
    except IntegrityConstraintViolationError as error:
        raise IntegrityError(f"COPY {table}", None, error) from error


async def bulk_insert_new(uow: UnitOfWork, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> int:
    """Insert those of `rows` whose keys are not there yet; how many. As `bulk_insert`, up to some ten thousand.

    On PostgreSQL they are copied as if all were new, at twice the speed; where one is not, none is in yet, and the
    slower statement leaves out those that are known.
    """
    if not rows:
        return 0
    await uow.connection.execute(text("SELECT 1"))
    raw = (await uow.connection.get_raw_connection()).driver_connection
    assert raw is not None, "an open unit of work has a connection"
    if uow.dialect == "postgresql":
        return await _copy_or_insert(raw, table, columns, rows)
    names, places = _quoted(columns), ", ".join("?" * len(columns))
    statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({places}) ON CONFLICT DO NOTHING'  # noqa: S608  # names of our own tables
    return int((await raw.executemany(statement, rows)).rowcount)


async def _copy_or_insert(raw: Any, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> int:
    try:
        async with raw.transaction():  # within ours, so a savepoint
            await raw.copy_records_to_table(table.name, records=rows, columns=list(columns))
            return len(rows)
    except asyncpg.UniqueViolationError:
        return await _insert_unknown(raw, table, columns, rows)


async def _insert_unknown(raw: Any, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> int:
    """Insert rows but for those with known keys, as one array for each column."""
    types = [table.c[name].type.compile(postgresql.dialect()) for name in columns]  # type: ignore[no-untyped-call]  # SQLAlchemy's dialects are not typed
    arrays = ", ".join(f"${number}::{kind}[]" for number, kind in enumerate(types, 1))
    told = await raw.execute(
        f'INSERT INTO "{table.name}" ({_quoted(columns)}) SELECT * FROM unnest({arrays}) ON CONFLICT DO NOTHING',  # noqa: S608  # as above
        *zip(*rows, strict=True),
    )
    return int(told.rsplit(" ", 1)[1])


def _quoted(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
