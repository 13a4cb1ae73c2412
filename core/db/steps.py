"""Many short transactions in a row that leave others gaps to write in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic
from weakref import WeakKeyDictionary

from core.db.database import Database
from core.db.unit_of_work import UnitOfWork

PAUSE_MOST_S = 1.0
ALONE, BESIDE_OTHERS = 1, 4
"""How long the pause is, in times of what the transaction took: where nobody else writes, and where others do.

Who takes orders at half of what the database can take has no room for somebody who writes half of the time.
"""
ALONE_AFTER_S = 1.0
"""Orders come one by one: that none came within a short pause does not mean that none come."""


@dataclass(slots=True)
class Others:
    """Who else writes to a database, as far as the steps of this process have seen."""

    version: int
    """How often others had written, as SQLite counts."""
    wrote_at: float = float("-inf")
    """When a step last found that they had written, by the monotonic clock."""


_others: WeakKeyDictionary[Database, Others] = WeakKeyDictionary()


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
            is_alone = await _nobody_else_writes(database, uow)
        yield uow
    if database.dialect == "sqlite":
        times = ALONE if is_alone else BESIDE_OTHERS
        await asyncio.sleep(min(times * (monotonic() - began), PAUSE_MOST_S))


async def _nobody_else_writes(database: Database, uow: UnitOfWork) -> bool:
    """Whether no other connection has written for a while; this one's own writing does not count."""
    version = int((await uow.connection.exec_driver_sql("PRAGMA data_version")).scalar_one())
    others = _others.setdefault(database, Others(version))
    if others.version != version:
        others.version, others.wrote_at = version, monotonic()
    return monotonic() - others.wrote_at > ALONE_AFTER_S
