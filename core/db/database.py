"""The one door to the database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncEngine

from core.db.engine import parse_url, read_engine, write_engine
from core.db.errors import in_our_words
from core.db.events import EventLog
from core.db.on_demand import OnDemandConnection, begun
from core.db.unit_of_work import SYSTEM, Questions, UnitOfWork
from core.kernel.clock import Clock


class Database:
    """A process opens it once, asks it for units of work, and closes it at its end."""

    def __init__(self, url: str, clock: Clock) -> None:
        self.url = parse_url(url)
        self.clock = clock
        self.writer: AsyncEngine = write_engine(self.url)
        self.reader: AsyncEngine = read_engine(self.url)
        self.events = EventLog(self.reader)
        """What happened, for those who keep a picture of it in memory."""

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.url.get_backend_name()

    @asynccontextmanager
    async def begin(self, *, request_id: str = "", actor: str = SYSTEM) -> AsyncIterator[UnitOfWork]:
        """A write transaction, begun before the first read, so that on SQLite nothing it read can change under it.

        On PostgreSQL it reads committed data: lock the rows that decide (`with_for_update`).

        Args:
            request_id: ties the events to the request that caused them.
            actor: who did it, such as `staff:7`, `service` or `person:12`.

        Raises:
            DatabaseBusy: another writer held the database longer than a writer waits.
            DatabaseAway: it cannot be reached.
        """
        with in_our_words():
            connection = await begun(self.writer)
            uow = UnitOfWork(connection, now=self.clock.now(), actor=actor, request_id=request_id)
            try:
                yield uow
            finally:
                await uow.close()
                await connection.close()

    @asynccontextmanager
    async def read(self, *, request_id: str = "") -> AsyncIterator[Questions]:
        """A read-only transaction that sees one state of the data, whatever others commit meanwhile.

        It begins with the first question to the database, so one that memory answers costs nothing.

        Raises:
            DatabaseBusy: every connection stayed in use longer than a reader waits.
            DatabaseAway: the database cannot be reached.
        """
        with in_our_words():
            connection = OnDemandConnection(self.reader)
            uow = Questions(connection, now=self.clock.now(), actor=SYSTEM, request_id=request_id)
            try:
                yield uow
            finally:
                await uow.close()
                await connection.close()

    async def close(self) -> None:
        """Close every connection; a process with an open SQLite connection does not end."""
        await self.events.close()
        await self.writer.dispose()
        await self.reader.dispose()
