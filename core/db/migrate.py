"""Bringing a database up to date, also when two processes try at once."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from core.db.database import Database
from core.db.version import SCRIPTS, is_current

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


def _upgrade(connection: Connection) -> None:
    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")
