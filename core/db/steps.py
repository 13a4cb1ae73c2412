"""Many short transactions in a row that leave others gaps to write in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic
from weakref import WeakKeyDictionary

from core.db.database import Database
from core.db.unit_of_work import UnitOfWork

PAUSE_MOST_S = 1.0
ALONE, BESIDE_OTHERS = 1, 4
"""How long the pause is, in times of what the transaction took: where nobody else writes, and where others do.

Who takes orders at half of what the database can take has no room for somebody who writes half of the time.
"""
_seen: WeakKeyDictionary[Database, int] = WeakKeyDictionary()
"""By database, how often others had written at the last step, as SQLite counts."""


@asynccontextmanager
async def step(database: Database, *, actor: str) -> AsyncIterator[UnitOfWork]:
    """`Database.begin` for one of many transactions in a row.

    SQLite has one writer at a time, and who waits for it only looks from time to time whether it is free. A process
    that began its next transaction at once would be met by hardly any look, so it pauses: as long as it wrote, and
    longer while others write too.
    """
    is_alone = True
    async with database.begin(actor=actor) as uow:
        began = monotonic()
        if uow.dialect == "sqlite":
            is_alone = await _nobody_else_wrote(database, uow)
        yield uow
    if database.dialect == "sqlite":
        times = ALONE if is_alone else BESIDE_OTHERS
        await asyncio.sleep(min(times * (monotonic() - began), PAUSE_MOST_S))


async def _nobody_else_wrote(database: Database, uow: UnitOfWork) -> bool:
    """Whether no other connection wrote since the last step; this one's own writing does not count."""
    version = int((await uow.connection.exec_driver_sql("PRAGMA data_version")).scalar_one())
    before, _seen[database] = _seen.get(database, version), version
    return before == version
