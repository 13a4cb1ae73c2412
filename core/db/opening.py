"""Opening the database as every command and process does: the company's clock set, the schema checked."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from core.db.database import Database
from core.db.state import fix_clock
from core.db.version import is_current
from core.kernel.clock import Clock
from core.settings import Settings, SettingsError


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The database of the settings, ready to use, closed at the end.

    Raises:
        SettingsError: its schema is not today's.
        DatabaseAway: it cannot be reached.
    """
    database = Database(settings.database_url, Clock())
    try:
        async with database.read() as questions:
            current = await is_current(questions)
        if not current:
            raise SettingsError("DATABASE_URL names a database that is not up to date: run `python -m core migrate`.")
        await fix_clock(database, settings.clock_start)
        yield database
    finally:
        await database.close()
