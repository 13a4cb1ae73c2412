"""One transaction: begun at once, ended by `commit` or, by default, undone."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel.ext.asyncio.session import AsyncSession

from core.db.on_demand import OnDemandConnection
from core.db.tables import EventRow
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
        return self.connection.engine.dialect.name

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
        """Let go of what was not committed; giving the connection back undoes it."""
        if self._session is not None:
            await self._session.close()

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

    @property
    def session(self) -> AsyncSession:
        """For rows as objects; shares the view of `connection` where that was asked before."""
        if self._session is None:
            unasked = isinstance(self.connection, OnDemandConnection) and not self.connection.begun
            self._session = AsyncSession(self.connection.engine if unasked else self.connection, expire_on_commit=False)
        return self._session

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
