"""Reading the event log so that no event is missed and none is read twice.

SQLite has one writer at a time, so the order of ids is the order of commits and the highest id read is a safe mark.

PostgreSQL hands out ids before commits: a slow transaction's event 1 can appear after a fast one's event 2, and even
after an event whose transaction is long over. So ids are no mark at all. The mark is a transaction id: every
transaction below `pg_snapshot_xmin` has ended and its events have been seen, so a reader asks for events of that
transaction and later ones, and leaves out those that it remembers.

| step | what others do | reader sees | low before | seen | new to it | low after |
| ---- | -------------- | ----------- | ---------- | ---- | --------- | --------- |
| 1 | tx 90 writes event 1, stays open; tx 91 commits event 2 | 2 | 90 | - | 2 | 90 |
| 2 | nothing | 2 | 90 | 2 | - | 90 |
| 3 | tx 90 commits | 1, 2 | 90 | 2 | 1 | 92 |
"""

import asyncio
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, func, literal_column, select
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncEngine

from core.db.errors import in_our_words
from core.db.on_demand import start
from core.db.tables import EventRow
from core.db.unit_of_work import UnitOfWork
from core.db.watch import Watch
from core.kernel.ids import PersonId

EVENT = EventRow.__table__  # type: ignore[attr-defined]  # SQLModel sets it, its annotations do not tell
XMIN = literal_column("pg_snapshot_xmin(pg_current_snapshot())::text::bigint", BigInteger)
ONE = select(XMIN.label("xmin")).subquery("one")


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a reader has come: a lower bound, and what it has seen above it."""

    low: int = 0
    seen: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event as it was recorded; `facts` are the fields of the room's event model."""

    id: int
    kind: str
    at: datetime
    person: PersonId | None
    facts: dict[str, Any]
    actor: str
    request_id: str


class EventLog:
    """Every event, in an order in which a later event never comes before one that it depends on."""

    def __init__(self, reader: AsyncEngine) -> None:
        self._reader = reader
        self._sqlite = reader.dialect.name == "sqlite"
        self._probe: sqlite3.Connection | None = None
        self._quiet: tuple[Mark, int] | None = None
        self._looked: tuple[Mark, int] | None = None
        self._watch = Watch(reader)

    async def mark(self, uow: UnitOfWork) -> Mark:
        """The mark of a reader who takes all that `uow` (of `Database.read`) can see as known.

        Whoever loads a picture of the data loads it and takes the mark in one unit of work, then reads on from there.
        """
        if self._sqlite:
            highest = await uow.connection.execute(select(func.coalesce(func.max(EVENT.c.id), 0)))
            return Mark(int(highest.scalar_one()))
        found = await uow.connection.execute(
            select(ONE.c.xmin, EVENT.c.id).select_from(ONE.outerjoin(EVENT, EVENT.c.tx >= ONE.c.xmin))
        )
        rows = found.all()
        return Mark(int(rows[0][0]), frozenset(row[1] for row in rows if row[1] is not None))

    async def read_after(self, mark: Mark) -> tuple[list[StoredEvent], Mark]:
        """The events that are new since `mark`, and the mark to go on from.

        Cheap when nothing happened: SQLite is asked for its data version only, without a statement or a thread, and
        PostgreSQL for numbers, on a connection kept for that.

        Raises:
            DatabaseAway: the database cannot be reached; try again with the same mark.
        """
        with in_our_words():
            return await (self._read_sqlite(mark) if self._sqlite else self._read_postgresql(mark))

    def quiet(self, mark: Mark) -> bool:
        """Whether nothing was committed since `mark` was read, told at once; False where only `read_after` can tell.

        One look serves all who ask in the same turn of the event loop: what arrives later is handled in a later turn.
        """
        known = self._quiet
        if not self._sqlite or known is None or known[0] != mark:
            return False
        if self._looked is not known:
            if known[1] != self._data_version():
                return False
            self._looked = known
            asyncio.get_running_loop().call_soon(self._look_again)
        return True

    def _look_again(self) -> None:
        self._looked = None

    async def close(self) -> None:
        """Give up the connection that watches for changes."""
        if self._probe is not None:
            self._probe.close()
            self._probe = None
        await self._watch.close()

    async def _read_sqlite(self, mark: Mark) -> tuple[list[StoredEvent], Mark]:
        version = self._data_version()  # before the read: a commit in between is then looked for once too often
        if self._quiet == (mark, version):
            return [], mark
        async with self._reader.connect() as connection:
            found = await connection.execute(select(EVENT).where(EVENT.c.id > mark.low).order_by(EVENT.c.id))
            events = [_stored(row) for row in found.mappings()]
        after = Mark(events[-1].id) if events else mark
        self._quiet = (after, version)
        return events, after

    async def _read_postgresql(self, mark: Mark) -> tuple[list[StoredEvent], Mark]:
        rows = await self._watch.glance(mark.low)
        if rows is not None and all(row["id"] is None or row["id"] in mark.seen for row in rows):
            return [], _after(mark, rows)
        # One statement, so that the rows and xmin are of one snapshot; AUTOCOMMIT saves two round trips.
        connection = self._reader.connect()
        await start(connection)
        try:
            await connection.execution_options(isolation_level="AUTOCOMMIT", postgresql_readonly=False)
            found = await connection.execute(
                select(ONE.c.xmin, EVENT).select_from(ONE.outerjoin(EVENT, EVENT.c.tx >= mark.low)).order_by(EVENT.c.id)
            )
            stored = found.mappings().all()
        finally:
            await connection.close()
        events = [_stored(row) for row in stored if row["id"] is not None and row["id"] not in mark.seen]
        return events, _after(mark, stored)

    def _data_version(self) -> int:
        """A number that changes whenever another connection commits; reads shared memory, never waits."""
        if self._probe is None:
            self._probe = sqlite3.connect(str(self._reader.url.database), isolation_level=None)
        return int(self._probe.execute("PRAGMA data_version").fetchone()[0])


def _after(mark: Mark, rows: Sequence[Mapping[Any, Any]]) -> Mark:
    """The mark of a reader who has seen these rows, all of one snapshot and from `mark` on."""
    xmin = int(rows[0]["xmin"])
    seen = frozenset(row["id"] for row in rows if row["id"] is not None and row["tx"] >= xmin)
    return Mark(max(xmin, mark.low), seen)


def _stored(row: RowMapping) -> StoredEvent:
    return StoredEvent(
        id=row["id"],
        kind=row["kind"],
        at=row["at"],
        person=row["person_id"],
        facts=row["facts"],
        actor=row["actor"],
        request_id=row["request_id"],
    )
