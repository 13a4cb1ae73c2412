"""The book beside the database that it lies in: posting, reading one of a million accounts, a million lots that end.

On both databases. Bare transactions are the same rows written by the driver alone, each in a transaction of its own:
begin, an entry, its two lines, a balance, commit.
"""

import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import uvloop
from sqlalchemy import select, text
from sqlmodel import SQLModel

from benchmarks.figures import Figure
from benchmarks.support import book
from benchmarks.support.bare import bare_postings
from benchmarks.support.postgres import postgres_database
from core.db.bulk import bulk_insert
from core.db.database import Database
from core.kernel.clock import Clock
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import POINTS, Account, Document, Line, Posting, Purpose
from core.ledger.tables import AccountRow
from core.points import service as points
from core.points.job import Sweep
from core.points.rules.lots import by_end
from core.points.service.programme import programme
from core.points.service.viewing import view
from core.points.tables import PointsLotRow

BLOCKS = 20
POSTINGS = 100
"""In each block; ours and the bare ones take turns."""
PEOPLE = 1_000_000
ENTRIES = 10_000_000
LOTS = 1_000_000
ASKED = 300
ACCOUNTS = SQLModel.metadata.tables[str(AccountRow.__tablename__)]
LOT_ROWS = SQLModel.metadata.tables[str(PointsLotRow.__tablename__)]
LOT_COLUMNS = (
    "person_id", "entry_id", "origin", "state", "earned_on", "expires_on", "amount", "remaining", "expired", "returned",
)  # fmt: skip

Step = Callable[[Database], Awaitable[list[Figure]]]


def figures() -> Iterator[Figure]:
    """Measure on SQLite and on PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="upline-benchmark-ledger-", ignore_cleanup_errors=True) as folder:
        for step in (posting, reading, ending):
            yield from uvloop.run(_measured(step, f"sqlite+aiosqlite:///{folder}/{step.__name__}.db"))
        with postgres_database(Path(folder)) as server:
            for step in (posting, reading, ending):
                yield from uvloop.run(_measured(step, server))


async def posting(database: Database) -> list[Figure]:
    """Postings a second beside bare transactions; both change the same account's balance."""
    await book.make(database, people=100, entries=1_000, lots=100, ends=date(2027, 1, 31))
    ours: list[float] = []
    bare: list[float] = []
    await _post(database, "warm", POSTINGS)
    await bare_postings(database, "warm", POSTINGS)
    for block in range(BLOCKS):
        ours.append(await _seconds(_post(database, str(block), POSTINGS)))
        bare.append(await _seconds(bare_postings(database, str(block), POSTINGS)))
    async with database.read() as uow:
        off = await ledger.balance(uow, _account(1)) - 10 * book.EARNED - 2 * (BLOCKS + 1) * POSTINGS
        wrong = await ledger.verify(uow)
    name = _name(database)
    return [
        Figure(f"{name}: postings", POSTINGS / statistics.median(ours), "/s"),
        Figure(f"{name}: bare transactions", POSTINGS / statistics.median(bare), "/s"),
        Figure(
            f"{name}: postings / bare transactions",
            statistics.median(bare) / statistics.median(ours),
            "x",
            at_least=0.5,
        ),
        Figure(f"{name}: points that are missing, findings in the book", abs(off) + len(wrong), "", at_most=0),
    ]


async def reading(database: Database) -> list[Figure]:
    """One person's balance and what expires next, beside reading one row by its number."""
    name = _name(database)
    ends = (database.clock.now() + timedelta(days=30)).date()
    built = await _seconds(book.make(database, people=PEOPLE, entries=ENTRIES, lots=2 * PEOPLE, ends=ends))
    draw = Random(7)
    rows: list[float] = []
    cards: list[float] = []
    wrong = 0
    async with database.read() as uow:
        current = await programme(uow)  # what the company's rules are is known from the request's beginning
        for person in [draw.randint(1, PEOPLE) for _ in range(ASKED)]:
            rows.append(await _seconds(uow.connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.id == person))))
            begun = time.perf_counter()
            hand = await view(uow, current, PersonId(person))
            days = list(by_end(hand.spendable))
            cards.append(time.perf_counter() - begun)
            wrong += (hand.available, days) != (ENTRIES // PEOPLE * book.EARNED, [ends, ends + timedelta(days=1)])
        proof = await _seconds(ledger.verify(uow))
    row, card = statistics.median(rows), statistics.median(cards)
    return [
        Figure(f"{name}: {PEOPLE:,} accounts, {ENTRIES:,} entries made in", built, "s"),
        Figure(f"{name}: one row by its number", row * 1e6, "µs"),
        Figure(f"{name}: one person's balance and next expiries", card * 1e6, "µs"),
        Figure(f"{name}: balance and expiries / one row", card / row, "x", at_most=3),
        Figure(f"{name}: balances or days that are wrong", wrong, "", at_most=0),
        Figure(f"{name}: proving the book, a million lines", proof / (2 * ENTRIES) * 1e6, "s"),
    ]


async def ending(database: Database) -> list[Figure]:
    """A million lots that expire, beside writing as many rows by bulk."""
    name = _name(database)
    people = LOTS // 4
    ends = book.day_before(database.clock.now()) - timedelta(days=4)
    await book.make(database, people=people, entries=people, lots=LOTS, ends=ends)
    swept = Sweep(database, _no_figures)
    expiring = await _seconds(swept.run())
    async with database.read() as uow:
        left = await uow.connection.execute(text("SELECT count(*) FROM points_lot WHERE remaining <> 0"))
        off = await ledger.balance(uow, _company(Purpose.POINTS_EXPIRED)) - people * book.EARNED
        wrong = abs(off) + left.scalar_one() + len(await ledger.verify(uow)) + len(await points.verify(uow))
    bulk = await _seconds(_insert(database, people))
    return [
        Figure(f"{name}: {LOTS:,} rows by bulk", bulk, "s"),
        Figure(f"{name}: {swept.done.ended:,} lots of {people:,} people expire", expiring, "s"),
        Figure(f"{name}: expiring / bulk", expiring / bulk, "x", at_most=10),
        Figure(f"{name}: lots left, points off, findings", wrong, "", at_most=0),
    ]


async def _measured(step: Step, address: str) -> list[Figure]:
    async with _opened(address) as database:
        return await step(database)


@asynccontextmanager
async def _opened(address: str) -> AsyncIterator[Database]:
    database = Database(address, Clock())
    try:
        async with database.writer.begin() as connection:
            await connection.run_sync(SQLModel.metadata.drop_all)
        yield database
    finally:
        await database.close()


async def _post(database: Database, block: str, count: int) -> None:
    for number in range(count):
        async with database.begin(actor="benchmark", request_id="benchmark") as uow:
            await ledger.post(uow, _gift(f"ours:{block}:{number}"))
            await uow.commit()


def _gift(key: str) -> Posting:
    lines = (Line(account=_company(Purpose.POINTS_ISSUED), amount=-1), Line(account=_account(1), amount=1))
    return Posting(key=key, kind="points.rule", reason="benchmark", document=Document(kind="b", id=key), lines=lines)


def _account(person: int) -> Account:
    return Account(person=PersonId(person), purpose=Purpose.POINTS_AVAILABLE, unit=POINTS)


def _company(purpose: Purpose) -> Account:
    return Account(person=None, purpose=purpose, unit=POINTS)


async def _insert(database: Database, people: int) -> None:
    day: Any = date(2026, 1, 5) if database.dialect == "postgresql" else "2026-01-05"
    rows = ((1 + number % people, 1, "earned", "ended", day, day, 10, 0, 10, 0) for number in range(LOTS))
    async with database.begin() as uow:
        await bulk_insert(uow, LOT_ROWS, LOT_COLUMNS, rows)
        await uow.commit()


async def _no_figures() -> None:
    """The sweep finds no order to ask rules about."""


async def _seconds(work: Awaitable[object]) -> float:
    begun = time.perf_counter()
    await work
    return time.perf_counter() - begun


def _name(database: Database) -> str:
    return "SQLite" if database.dialect == "sqlite" else "PostgreSQL"
