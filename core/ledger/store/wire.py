"""The shortest way to the database for the posting path, where SQLAlchemy's own work would cost more than ours."""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import orjson

from core.db.unit_of_work import UnitOfWork

Row = Sequence[Any]
T = TypeVar("T")


async def on_postgres(uow: UnitOfWork, statement: str, *values: Any) -> list[Row]:
    """Run one statement with `$1` for the first value; lists are arrays."""
    found = await uow.connection.exec_driver_sql(statement, values)
    return list(found) if found.returns_rows else []


async def on_sqlite(uow: UnitOfWork, statement: str, *values: Any) -> list[Row]:
    """Run one statement with `?` for each value; lists are JSON. One thread switch instead of a cursor's four."""
    raw = (await uow.connection.get_raw_connection()).driver_connection
    assert raw is not None, "an open unit of work has a connection"
    ready = [orjson.dumps(value).decode() if isinstance(value, list) else value for value in values]
    return list(await raw.execute_fetchall(statement, ready))


async def in_sqlite_thread(uow: UnitOfWork, work: Callable[[sqlite3.Connection], T]) -> T:
    """Run several statements in one go in the driver's thread, where each switch to it costs more than a statement."""
    open_connection = uow.connection.sync_connection
    assert open_connection is not None, "a unit of work that writes has begun"
    raw: Any = open_connection.connection.driver_connection
    done: T = await raw._execute(work, raw._conn)  # noqa: SLF001  # the driver offers no public way into its thread
    return done
