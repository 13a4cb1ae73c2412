"""`python -m core migrate`."""

import argparse

from core.commands import Subparsers, command
from core.db.database import Database
from core.db.migrate import migrate
from core.kernel.clock import Clock
from core.settings import Settings


def register(subparsers: Subparsers) -> None:
    """Add this room's commands."""
    command(subparsers, "migrate", run, "Bring the database up to date; safe to run at any time, by several at once.")


async def run(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Say whether there was anything to do."""
    database = Database(settings.database_url, Clock())
    try:
        changed = await migrate(database)
    finally:
        await database.close()
    print("The database is up to date now." if changed else "The database was up to date already.")
    return 0
