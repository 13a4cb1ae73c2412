"""Many short transactions in a row that leave others gaps to write in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

from core.db.database import Database
from core.db.unit_of_work import UnitOfWork

PAUSE_MOST_S = 0.25


@asynccontextmanager
async def step(database: Database, *, actor: str) -> AsyncIterator[UnitOfWork]:
    """`Database.begin` for one of many transactions in a row.

    SQLite has one writer at a time, and who waits for it only looks from time to time whether it is free. A process
    that began its next transaction at once would be met by hardly any look, so it pauses as long as it wrote.
    """
    async with database.begin(actor=actor) as uow:
        began = monotonic()
        yield uow
    if database.dialect == "sqlite":
        await asyncio.sleep(min(monotonic() - began, PAUSE_MOST_S))
