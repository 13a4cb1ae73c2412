"""The outbox by the hundred thousand: `put_all` beside a bare bulk insert of the same rows, and claims out of it."""

import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import text

from benchmarks.figures import Figure
from benchmarks.support.postgres import postgres_database
from core.db import metadata
from core.db.bulk import bulk_insert
from core.db.database import Database
from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.kernel.clock import Clock
from core.kernel.ids import PersonId
from core.messaging import outbox
from core.messaging.kinds import KINDS
from core.messaging.model import OutboxState, OutgoingClaim, Ready
from core.messaging.store.outbox import OUTBOX, READY_COLUMNS
from core.outreach import claiming
from core.outreach.settings import Settings
from core.outreach.truth import Truths

ROWS = 200_000
AT_ONCE = 5_000
"""Rows of one transaction."""
CLAIMS = 20
FACTS = '{"rank": "diamond", "gaps": [{"kpi": "gv", "missing": 1250000}], "days": 3}'
KIND = "month_end"

Write = Callable[[UnitOfWork, Sequence[Any]], Awaitable[object]]


async def measured(url: str) -> list[Figure]:
    """Figures on one database, which is empty."""
    database = Database(url, Clock())
    try:
        await make_tables(database)
        return await _measured(database)
    finally:
        await database.close()


async def make_tables(database: Database) -> None:
    """All tables that are not there."""
    async with database.begin() as uow:
        await uow.connection.run_sync(metadata.load().create_all)
        await uow.commit()


async def _measured(database: Database) -> list[Figure]:
    ready = list(_ready(database))
    bare_rows = [bare(row) for row in ready]
    bare_s, ours_s = 1e9, 1e9
    for _ in range(2):
        bare_s = min(bare_s, await _written(database, bare_rows, _copy))
        ours_s = min(ours_s, await _written(database, ready, _put))
    again_s = await _timed(database, ready, _put)
    name = database.dialect
    size = f"{ROWS:,} messages, {AT_ONCE:,} at once"
    return [
        Figure(f"{name}: bare bulk insert of {size}", ROWS / bare_s, "rows/s"),
        Figure(f"{name}: put_all of the same", ROWS / ours_s, "rows/s"),
        Figure(f"{name}: put_all / bare", bare_s / ours_s, "x", at_least=0.5),
        Figure(f"{name}: put_all again, every key known", ROWS / again_s, "rows/s"),
        await _claims(database),
    ]


def _ready(database: Database) -> Iterator[Ready]:
    now_us = microseconds(database.clock.now())
    slot = "month_end/Europe/Berlin/2026-11-27"
    for person in range(1, ROWS + 1):
        yield Ready(f"{KIND}:{person}:{slot}", PersonId(person), FACTS, slot, now_us, now_us + 86_400_000_000)


def bare(row: Ready) -> tuple[Any, ...]:
    """The same row as the database stores it."""
    kind = KINDS[KIND]
    fixed = (kind.code, 5, kind.stake, kind.unasked)
    ends = (OutboxState.WAITING.value, None, None, None, 0)
    return (*fixed, row.key, row.person, row.facts_json, row.occasion, row.not_before_us, row.lapses_at_us, *ends)


async def _copy(uow: UnitOfWork, rows: Sequence[Any]) -> None:
    await bulk_insert(uow, OUTBOX, READY_COLUMNS, rows)


async def _put(uow: UnitOfWork, rows: Sequence[Any]) -> None:
    await outbox.put_all(uow, KIND, rows)


async def _written(database: Database, rows: Sequence[Any], write: Write) -> float:
    """Seconds on the clock to write all rows into an empty outbox."""
    await empty(database)
    return await _timed(database, rows, write)


async def empty(database: Database) -> None:
    """Forget every message."""
    async with database.begin() as uow:
        await uow.connection.execute(text("DELETE FROM outbox" if uow.dialect == "sqlite" else "TRUNCATE outbox"))
        await uow.commit()


async def _timed(database: Database, rows: Sequence[Any], write: Write) -> float:
    begun = time.perf_counter()
    for first in range(0, len(rows), AT_ONCE):
        async with database.begin() as uow:
            await write(uow, rows[first : first + AT_ONCE])
            await uow.commit()
    return time.perf_counter() - begun


async def _claims(database: Database) -> Figure:
    """The middle of some claims while all those messages wait: people with chats, in one line."""
    async with database.begin() as uow:
        await _people(uow)
        await uow.commit()
    taken: list[float] = []
    count = 0
    for number in range(CLAIMS):
        begun = time.perf_counter()
        async with database.begin() as uow:
            wish = OutgoingClaim(holder=f"w{number}", rate_per_s=1000)
            one = await claiming.choose(uow, wish, Settings.of(None), uow.now)
            await uow.commit()
        async with database.read() as questions:
            await claiming.check(questions, one, Truths({}), None)
        async with database.begin() as uow:
            count += len((await claiming.hand_out(uow, one)).messages)
            await uow.commit()
        taken.append(time.perf_counter() - begun)
    assert count == 20 * CLAIMS, "everybody in line has a chat, and nobody heard anything yet"
    return Figure(f"{database.dialect}: a claim of 20 while {ROWS:,} wait", 1000 * median(taken), "ms")


async def _people(uow: UnitOfWork) -> None:
    numbers = range(1, 2_001)
    people = metadata.load().tables["person"]
    columns = ["id", "code", "name", "name_folded", "kind", "status", "joined_on", "country", "language"]
    rows = [(n, f"P{n}", "Ana", "ana", "distributor", "active", _day(uow), "ES", "es", False, True) for n in numbers]
    await bulk_insert(uow, people, [*columns, "language_chosen", "notifications"], rows)
    links = metadata.load().tables["chat_link"]
    await bulk_insert(uow, links, ["chat_id", "person_id", "linked_at"], [(10_000 + n, n, 0) for n in numbers])


def _day(uow: UnitOfWork) -> Any:
    return "2026-01-01" if uow.dialect == "sqlite" else uow.now.date()


@contextmanager
def addresses(folder: Path) -> Iterator[tuple[str, str]]:
    """An empty database of each kind."""
    with postgres_database(folder) as postgresql:
        yield f"sqlite+aiosqlite:///{folder}/outbox.db", postgresql
