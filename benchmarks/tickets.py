"""Queues among a million tickets beside one row of them, on both databases; and opening one beside a text answer.

A ticket is opened by her words, which the bot shows as a draft, and one tap, which it confirms; both processes, bot and
core, are charged for it, as they are for an answer.
"""

import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from random import Random

import uvloop
from sqlalchemy import select, text
from sqlmodel import SQLModel

from benchmarks.bot import TEXTS, bench
from benchmarks.figures import Figure
from benchmarks.support import desk
from benchmarks.support.company import cpu_seconds
from benchmarks.support.postgres import postgres_database
from core.db.database import Database
from core.db.unit_of_work import Questions
from core.http.model import write_cursor
from core.kernel.clock import Clock
from core.kernel.ids import PersonId
from core.plan.model import Phase
from core.tickets.model import Order
from core.tickets.service.numbers import numbers
from core.tickets.service.queues import Listing, page
from core.tickets.tables import TicketRow
from tests.support.processes import Program

TICKETS = 1_000_000
PEOPLE = 50_000
OVER_DAYS = 2 * 365
ASKED = 200
PAGE = 20
ROWS = SQLModel.metadata.tables[str(TicketRow.__tablename__)]
CHATS = 100
COMPLAINTS = (
    "My commission for September is missing, please check it",
    "I have a problem with my commission, it is wrong",
    "I want to complain about my bonus of last month",
)
LISTINGS = {
    "everything, due first": Listing(),
    "everything, oldest first": Listing(order=Order.AGE),
    "one queue, due first": Listing(queue="iberia"),
    "one queue, oldest first": Listing(queue="iberia", order=Order.AGE),
    "one type of one queue": Listing(queue="world", type="commissions"),
    "one language": Listing(language="fr"),
    "one assignee": Listing(assignee="Staff 4"),
    "what nobody has taken": Listing(queue="world", assignee=""),
    "what is late": Listing(breached=True),
    "one person's": Listing(person=PersonId(77)),
    "one phase": Listing(phase=Phase.NEW),
    "closed ones of a queue": Listing(queue="iberia", phase=Phase.CLOSED),
}


def figures() -> Iterator[Figure]:
    """Measure on SQLite and on PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="upline-benchmark-tickets-", ignore_cleanup_errors=True) as folder:
        yield from uvloop.run(_measured(f"sqlite+aiosqlite:///{folder}/tickets.db"))
        with postgres_database(Path(folder)) as server:
            yield from uvloop.run(_measured(server))
    yield from uvloop.run(_opening())


async def _measured(address: str) -> list[Figure]:
    async with opened(address) as database:
        name = "SQLite" if database.dialect == "sqlite" else "PostgreSQL"
        built = await seconds(desk.make(database, people=PEOPLE, tickets=TICKETS, over_days=OVER_DAYS))
        async with database.read() as uow:
            found = [Figure(f"{name}: {TICKETS:,} tickets made in", built, "s")]
            found += await _listed(uow, name, clock_of(database))
            return found + await _counted(uow, name, clock_of(database))


async def _listed(uow: Questions, name: str, clock: Callable[[], float]) -> list[Figure]:
    """A page of each listing beside a row, in turns: the first page, and pages that begin anywhere."""
    draw = Random(7)
    starts = await _anywhere(uow, draw)
    rows: list[float] = []
    pages: dict[str, list[float]] = {what: [] for what in LISTINGS}
    for turn in range(ASKED):
        number = desk.FIRST + draw.randrange(TICKETS)
        rows.append(await seconds(uow.connection.execute(select(ROWS).where(ROWS.c.number == number)), clock))
        for what, listing in LISTINGS.items():
            first = listing.person is not None or listing.breached or turn % 2 == 0
            cursor = None if first else starts[turn % len(starts)][listing.order]
            pages[what].append(await seconds(page(uow, listing, cursor, PAGE), clock))
    row = statistics.median(rows)
    found = [Figure(f"{name}: one ticket by its number", row * 1e6, "µs")]
    for what, times in pages.items():
        ratio = statistics.median(times) / row
        found.append(Figure(f"{name}: {PAGE} of {what} / one row", ratio, "x", at_most=5))
    return found


async def _anywhere(uow: Questions, draw: Random) -> list[dict[Order, str]]:
    """Cursors of open tickets, by order."""
    numbers_ = [desk.FIRST - 1 + desk.OPEN_EVERY * draw.randrange(1, TICKETS // desk.OPEN_EVERY) for _ in range(50)]
    asked = text(
        "SELECT number, due_order, opened_at FROM ticket WHERE number IN ({})".format(", ".join(map(str, numbers_)))
    )
    return [
        {Order.DUE: write_cursor(row.due_order, row.number), Order.AGE: write_cursor(row.opened_at, row.number)}
        for row in await uow.connection.execute(asked)
    ]


async def _counted(uow: Questions, name: str, clock: Callable[[], float]) -> list[Figure]:
    """The desk's numbers, and that a queue's pages have each of its tickets once."""
    since = uow.now - timedelta(days=30)
    time_ = await seconds(numbers(uow, since), clock)
    load = next(one for one in (await numbers(uow, since)).queues if one.queue == "iberia")
    seen: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        shown = await page(uow, Listing(queue="iberia"), cursor or None, 100)
        seen, cursor = [*seen, *(card.number for card in shown.items)], shown.next
    wrong = abs(len(seen) - load.open) + len(seen) - len(set(seen))
    return [
        Figure(f"{name}: the desk's numbers of 30 days, {TICKETS // desk.OPEN_EVERY:,} open", time_ * 1e3, "ms"),
        Figure(f"{name}: tickets of a queue that its pages miss or show twice", wrong, "", at_most=0),
    ]


async def seconds(work: Awaitable[object], clock: Callable[[], float] = time.perf_counter) -> float:
    """By a clock."""
    begun = clock()
    await work
    return clock() - begun


def clock_of(database: Database) -> Callable[[], float]:
    """SQLite works in this process, whose processor time no other work adds to; a server is waited for."""
    return time.process_time if database.dialect == "sqlite" else time.perf_counter


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[Database]:
    """An empty database."""
    database = Database(address, Clock())
    try:
        yield database
    finally:
        await database.close()


async def _opening() -> list[Figure]:
    """What a text answer and a ticket cost bot and core together, on the same company in one run."""
    async with bench(CHATS) as found, found.running("bot") as bot:
        people, chats, core = found.people, found.chats, found.service.program

        async def open_tickets() -> None:
            await people.all_say(chats, COMPLAINTS)
            await people.all_press(chats, "tds")

        await people.all_say(chats[:1], TEXTS)  # the understanding is loaded beside the start; wait for it
        answer = await _cost(len(chats), bot, core, lambda: people.all_say(chats, TEXTS))
        ticket = await _cost(len(chats), bot, core, open_tickets)
    return [
        Figure("a text answer, CPU of bot and core", sum(answer), "ms"),
        Figure("a ticket from her words to its number, CPU of bot and core", sum(ticket), "ms"),
        Figure("a ticket / a text answer", sum(ticket) / sum(answer), "x", at_most=3),
        Figure("a ticket / a text answer, the bot's CPU alone", ticket[0] / answer[0], "x"),
    ]


async def _cost(times: int, bot: Program, core: Program, work: Callable[[], Awaitable[None]]) -> tuple[float, float]:
    """Milliseconds of the processes' CPU for each time."""
    bot_before, core_before = cpu_seconds(bot), cpu_seconds(core)
    await work()
    of_bot, of_core = cpu_seconds(bot) - bot_before, cpu_seconds(core) - core_before
    return of_bot / times * 1000, of_core / times * 1000
