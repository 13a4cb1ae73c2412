import asyncio
import sqlite3
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from core.db import metadata
from core.db.database import Database
from core.db.migrate import config, migrate
from core.db.version import head, is_current
from core.kernel.clock import Clock
from tests.support.database import PostgresServer


@pytest.fixture
async def bare_url(dialect: str, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """The address of a database without any table."""
    if dialect == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'bare.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = f"bare_{uuid.uuid4().hex[:8]}"
    await server.execute(f"CREATE DATABASE {name}")
    yield server.database(name)
    await server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def servers(dialect: str, request: pytest.FixtureRequest) -> None:
    """Starts the server before a loop runs; it starts by one of its own."""
    if dialect == "postgresql":
        request.getfixturevalue("postgres_server")


@pytest.fixture
async def bare(servers: None, bare_url: str) -> AsyncIterator[Database]:
    database = Database(bare_url, Clock())
    yield database
    await database.close()


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata.load()))


def checks(connection: Connection) -> set[str]:
    inspector = inspect(connection)
    return {
        str(check["name"]) for table in inspector.get_table_names() for check in inspector.get_check_constraints(table)
    }


async def test_migrated_schema_is_the_schema_of_the_tables(bare: Database) -> None:
    """When this fails, run `python -m core.db.revise` and commit the result."""
    assert await migrate(bare)
    async with bare.read() as questions:
        assert await questions.connection.run_sync(differences) == []
        assert await is_current(questions)
        declared = {
            str(item.name)
            for table in metadata.load().tables.values()
            for item in table.constraints
            if item.__visit_name__.endswith("check_constraint")
        }
        assert await questions.connection.run_sync(checks) >= declared


async def test_a_second_migration_changes_nothing(bare: Database) -> None:
    assert await migrate(bare)
    assert not await migrate(bare)


async def test_two_processes_may_migrate_at_once(bare: Database, bare_url: str) -> None:
    other = Database(bare_url, Clock())
    done = await asyncio.gather(migrate(bare), migrate(other))
    await other.close()
    assert sorted(done) == [False, True]


async def test_a_new_file_that_another_process_is_setting_up_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    database = Database(f"sqlite+aiosqlite:///{file}", Clock())
    migrated = asyncio.create_task(migrate(database))
    await asyncio.sleep(0.2)
    assert not migrated.done()
    other.execute("COMMIT")
    other.close()
    assert await migrated
    await database.close()


async def test_a_migration_that_fails_leaves_nothing_behind(bare: Database) -> None:
    async with bare.begin() as uow:
        await uow.connection.execute(text("CREATE TABLE person (id INTEGER)"))
        await uow.commit()
    with pytest.raises(Exception, match="already exists"):
        await migrate(bare)
    async with bare.read() as questions:
        tables = await questions.connection.run_sync(lambda connection: inspect(connection).get_table_names())
    assert tables == ["person"]


def test_every_constraint_has_a_name() -> None:
    for table in metadata.load().tables.values():
        assert all(constraint.name for constraint in table.constraints), table.name


def test_the_newest_schema_is_told_by_its_files_name() -> None:
    assert head() == ScriptDirectory.from_config(config()).get_current_head()
