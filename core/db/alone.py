"""One statement that is a transaction of its own, for processes that are busy with something else."""

import asyncio
from time import monotonic

from sqlalchemy import Update

from core.db.database import Database
from core.db.engine import ALONE, BUSY_TIMEOUT_MS, WRITER_LOOK_S
from core.db.errors import in_our_words
from core.db.model import DatabaseBusy
from core.db.on_demand import start


async def change_alone(database: Database, statement: Update) -> int:
    """How many rows a statement changed.

    A transaction in several steps holds SQLite's writer until its last one, and each step waits for its turn in this
    process. Where other threads calculate, turns come late, by seconds when a calculation does not let others in at
    all; nobody could write meanwhile. One statement holds the writer no longer than the database works on it.

    Raises:
        DatabaseBusy: another writer held the database longer than a writer waits.
        DatabaseAway: it cannot be reached.
    """
    deadline = monotonic() + BUSY_TIMEOUT_MS / 1_000
    while True:
        try:
            return await _changed(database, statement)
        except DatabaseBusy:
            if monotonic() > deadline:
                raise
            await asyncio.sleep(WRITER_LOOK_S)


async def _changed(database: Database, statement: Update) -> int:
    with in_our_words():
        connection = database.writer.connect()
        await start(connection)
        try:
            await connection.execution_options(**{ALONE: True})
            done = await connection.execute(statement)
            await connection.commit()
            return done.rowcount
        finally:
            await connection.close()
