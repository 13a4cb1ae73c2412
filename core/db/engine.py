"""Connections: how SQLite and PostgreSQL are opened so that both keep the same promises."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import monotonic
from typing import Any

import aiosqlite
import orjson
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.util import await_only

from core.db.model import DatabaseAway

BUSY_TIMEOUT_MS = 5_000
POOL_TIMEOUT_S = 10.0
POOL_SIZE = 10
JOURNAL_RETRY_S = 0.02
WRITER_LOOK_S = 0.003
ALONE = "upline_alone"
"""The option of a connection whose statements are transactions of their own."""
PRIMARY_CODE = 0xFF
"""Of SQLite's codes, the bits that tell the kind."""
READ_ISOLATION = "REPEATABLE READ"


def parse_url(url: str) -> URL:
    """The address in parts; the folder of a SQLite file is made where it is missing.

    Raises:
        DatabaseAway: the folder cannot be made.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        try:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseAway from error
    return parsed


def write_engine(url: URL) -> AsyncEngine:
    """Connections whose transactions may change something.

    SQLite has one writer at a time, so its pool has one connection: writers of one process wait in line for it instead
    of polling a lock, and for writers of other processes we look often ourselves: SQLite, as it waits, would only look
    ten times a second, and pass by the gaps between the steps of a long work.
    """
    engine = _engine(url, pool_size=1 if _is_sqlite(url) else POOL_SIZE)
    if _is_sqlite(url):
        _tune_sqlite(engine, busy_timeout_ms=0, query_only=False)
        _begin_by(engine, _write_at_last)
    return engine


def read_engine(url: URL) -> AsyncEngine:
    """Connections whose transactions see one unchanging state and refuse to change it."""
    engine = _engine(url, pool_size=POOL_SIZE)
    if _is_sqlite(url):
        _tune_sqlite(engine, busy_timeout_ms=BUSY_TIMEOUT_MS, query_only=True)
        _begin_by(engine, lambda driver: _wholly(driver, "BEGIN"))
        return engine
    return engine.execution_options(isolation_level=READ_ISOLATION, postgresql_readonly=True)


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _engine(url: URL, *, pool_size: int) -> AsyncEngine:
    return create_async_engine(
        url,
        hide_parameters=True,  # parameters are people's data and must not reach a traceback
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=POOL_TIMEOUT_S,
        pool_reset_on_return=None,  # every transaction is ended by name; SQLite's driver pays a thread switch a time
        json_serializer=_dump_json,
        json_deserializer=orjson.loads,
    )


def _dump_json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _tune_sqlite(engine: AsyncEngine, *, busy_timeout_ms: int, query_only: bool) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {busy_timeout_ms}")
        _write_ahead(cursor)
        for pragma in (
            "synchronous = NORMAL",
            "foreign_keys = ON",
            f"query_only = {'ON' if query_only else 'OFF'}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


def _begin_by(engine: AsyncEngine, begun: Callable[[aiosqlite.Connection], Awaitable[Any]]) -> None:
    """The driver's own transactions begin too late and lose updates, so we begin them ourselves."""

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Connection) -> None:
        if connection.get_execution_options().get(ALONE):
            return  # the statement is a transaction of its own
        adapted: Any = connection.connection.dbapi_connection
        adapted.run_async(begun)  # one thread switch; a cursor of its own takes three


async def _write_at_last(driver: aiosqlite.Connection) -> None:
    """Begin to write as soon as nobody else does."""
    deadline = monotonic() + BUSY_TIMEOUT_MS / 1_000
    while True:
        try:
            await _wholly(driver, "BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & PRIMARY_CODE != sqlite3.SQLITE_BUSY or monotonic() > deadline:
                raise
            await asyncio.sleep(WRITER_LOOK_S)
        else:
            return


async def _wholly(driver: aiosqlite.Connection, statement: str) -> None:
    """Begin, or leave nothing begun: who is cancelled hears no more of it, and the connection goes back to the pool."""
    try:
        await driver.execute(statement)
    except asyncio.CancelledError:
        await driver.rollback()  # its thread does one thing after the other, and this after what was under way
        raise


def _write_ahead(cursor: Any) -> None:
    """SQLite answers "locked" at once, whatever its busy timeout, to the second of two who set a new file's journal."""
    deadline = monotonic() + BUSY_TIMEOUT_MS / 1_000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & PRIMARY_CODE != sqlite3.SQLITE_BUSY or monotonic() > deadline:
                raise
            await_only(asyncio.sleep(JOURNAL_RETRY_S))
        else:
            return
