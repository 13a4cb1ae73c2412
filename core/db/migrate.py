"""Bringing a database up to date, also when two processes try at once."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from core.db.database import Database
from core.db.unit_of_work import UnitOfWork

SCRIPTS = Path(__file__).parent / "migrations"
LOCK = 7_203_561
"""PostgreSQL's advisory lock for migrations; SQLite's write transaction is lock enough."""


def config() -> Config:
    """Alembic's settings without a file; its working folder does not matter."""
    settings = Config()
    settings.set_main_option("script_location", str(SCRIPTS))
    return settings


async def migrate(database: Database) -> bool:
    """Run the migrations that are missing, all in one transaction; whoever comes second waits and finds none.

    Returns:
        Whether there was anything to do.
    """
    async with database.begin() as uow:
        if uow.dialect == "postgresql":
            await uow.connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
        if await is_current(uow):
            return False
        await uow.connection.run_sync(_upgrade)
        await uow.commit()
        return True


async def is_current(uow: UnitOfWork) -> bool:
    """Whether the database has today's schema, so that the service may start."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    return await uow.connection.run_sync(_revision) == head


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _upgrade(connection: Connection) -> None:
    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")
