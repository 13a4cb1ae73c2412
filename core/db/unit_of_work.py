"""One transaction: begun at once, ended by `commit` or, by default, undone."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession

from core.db.engine import parse_url, read_engine, write_engine
from core.db.errors import in_our_words
from core.db.tables import EventRow
from core.kernel.clock import Clock
from core.kernel.events import Event

SYSTEM = "system"
"""The actor of what nobody asked for: jobs and the command line without a name."""


class UnitOfWork:
    """A write transaction with what belongs to it: session, connection, time, actor and events."""

    def __init__(self, connection: AsyncConnection, *, now: datetime, actor: str, request_id: str) -> None:
        self.connection = connection
        """For Core statements: bulk and hot paths."""
        self.now = now
        """Company time when the transaction began; the same for all that it does."""
        self.actor = actor
        self.request_id = request_id
        self.emitted: list[Event] = []
        """Every event of this transaction, in order, written already or not."""
        self._session: AsyncSession | None = None
        self._written = 0

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.connection.dialect.name

    @property
    def session(self) -> AsyncSession:
        """For rows as objects; made when first asked for, because a session costs more than a statement."""
        if self._session is None:
            self._session = AsyncSession(self.connection, expire_on_commit=False)
        return self._session

    async def emit(self, event: Event) -> None:
        """Record that `event` happened; it becomes true with the commit, or not at all."""
        self.emitted.append(event)

    async def emit_all(self, events: Iterable[Event]) -> None:
        """`emit` for many."""
        self.emitted.extend(events)

    async def flush(self) -> None:
        """Write what is pending, events included, without committing."""
        if self._session is not None:
            await self._session.flush()
        pending = self.emitted[self._written :]
        if not pending:
            return
        tx = await self._transaction_id()
        await self.connection.execute(insert(EventRow), [self._row(event, tx) for event in pending])
        self._written = len(self.emitted)

    async def commit(self) -> None:
        """Make it all true, events last, so that little time passes between their numbers and the commit."""
        await self.flush()
        await self.connection.commit()

    async def close(self) -> None:
        """Undo whatever was not committed and give the connection back."""
        if self._session is not None:
            await self._session.close()
        await self.connection.rollback()

    async def _transaction_id(self) -> int:
        """PostgreSQL's transaction id, which the readers of the event log go by; SQLite needs none."""
        if self.dialect == "sqlite":
            return 0
        found = await self.connection.execute(text("SELECT pg_current_xact_id()::text::bigint"))
        return int(found.scalar_one())

    def _row(self, event: Event, tx: int) -> dict[str, object]:
        return {
            "kind": event.kind,
            "at": self.now,
            "tx": tx,
            "person_id": event.person,
            "facts": event.model_dump(mode="json", exclude={"person"}),
            "actor": self.actor,
            "request_id": self.request_id,
        }


class Questions(UnitOfWork):
    """A read-only unit of work: one unchanging view of the data, and no way to change it."""

    async def emit(self, event: Event) -> None:
        """Refused: a question changes nothing."""
        raise AssertionError(f"a question cannot emit {event.kind}")

    async def emit_all(self, events: Iterable[Event]) -> None:
        """Refused, as `emit` is."""
        for event in events:
            await self.emit(event)

    async def commit(self) -> None:
        """Refused: there is nothing to commit."""
        raise AssertionError("a question has nothing to commit")


class Database:
    """The one door to the database; a process opens it once and closes it at its end."""

    def __init__(self, url: str, clock: Clock) -> None:
        self.url = parse_url(url)
        self.clock = clock
        self.writer: AsyncEngine = write_engine(self.url)
        self.reader: AsyncEngine = read_engine(self.url)

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.url.get_backend_name()

    @asynccontextmanager
    async def begin(self, *, request_id: str = "", actor: str = SYSTEM) -> AsyncIterator[UnitOfWork]:
        """A write transaction, begun before the first read, so that nothing it read can change under it on SQLite.

        On PostgreSQL it reads committed data: lock the rows that decide (`with_for_update`).

        Args:
            request_id: ties the events to the request that caused them.
            actor: who did it, such as `staff:7`, `service` or `person:12`.

        Raises:
            DatabaseBusy: another writer held the database longer than a writer waits.
            DatabaseAway: it cannot be reached.
        """
        with in_our_words():
            async with self.writer.connect() as connection:
                await connection.begin()
                uow = UnitOfWork(connection, now=self.clock.now(), actor=actor, request_id=request_id)
                try:
                    yield uow
                finally:
                    await uow.close()

    @asynccontextmanager
    async def read(self, *, request_id: str = "") -> AsyncIterator[Questions]:
        """A read-only transaction that sees one state of the data, whatever others commit meanwhile.

        Raises:
            DatabaseAway: the database cannot be reached.
        """
        with in_our_words():
            async with self.reader.connect() as connection:
                await connection.begin()
                uow = Questions(connection, now=self.clock.now(), actor=SYSTEM, request_id=request_id)
                try:
                    yield uow
                finally:
                    await uow.close()

    async def close(self) -> None:
        """Close every connection; a process with an open SQLite connection does not end."""
        await self.writer.dispose()
        await self.reader.dispose()
