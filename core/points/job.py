"""The sweep: what is due to points and nobody asked for. Every step is a short transaction that can be repeated.

A process that is killed at any point leaves nothing half done: the next sweep goes on where it stopped. One process
sweeps at a time, and if two did nevertheless, locks and keys would let each thing happen once.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic

from aiohttp import web

from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from core.kernel.errors import DomainError
from core.kernel.ids import PersonId, new_id
from core.kernel.logs import logger
from core.live.computing import compute_cycle, compute_open
from core.live.service import Live
from core.live.state import State
from core.messaging import service as messaging
from core.messaging.model import LeaseWish
from core.offers import service as offers
from core.points.service import asking, cycles, passing

ACTOR = "sweep"
ORDERS_AT_ONCE = 250
LOTS_AT_ONCE = 4_000
FIRST_AFTER_S = 20.0
EVERY_S = 180.0
LOOKS_AGAIN_S = 3600.0
"""Without a new event nothing new can have come; an event of a slow transaction may stand before one that was seen."""
LEASE_S = 600.0
LEASE = "points.sweep"
OFFERS_KEPT = timedelta(days=7)

Figures = Callable[[], Awaitable[State | None]]
Find = Callable[[UnitOfWork, int], Awaitable[list[PersonId]]]
Pass = Callable[[UnitOfWork, Sequence[PersonId]], Awaitable[int]]
First = Callable[[Database, Callable[[], bool]], Awaitable[int]]


@dataclass(slots=True)
class Swept:
    """What one sweep did."""

    orders: int = 0
    """Orders and returns that were asked."""
    points: int = 0
    """Points that these, and cycles, moved."""
    cycles: int = 0
    safe: int = 0
    ended: int = 0


class Sweep:
    """One sweep over everything; `stop` ends it after the step that runs."""

    def __init__(self, database: Database, figures: Figures, *, orders: bool = True) -> None:
        """Take what it works on.

        Args:
            figures: the live figures; None where there are none yet.
            orders: whether to look for orders that nobody asked, which looks at each order there is.
        """
        self._database, self._figures, self._looks_at_orders = database, figures, orders
        self._stopped = False
        self.done = Swept()

    def stop(self) -> None:
        """End soon; what is left waits for the next sweep."""
        self._stopped = True

    async def run(self) -> Swept:
        """Do all that is due."""
        if self._looks_at_orders:
            await self._orders()
        await self._cycles()
        if await self._has_plan():
            self.done.safe = await self._lots(passing.people_safe, passing.make_safe)
            self.done.ended = await self._lots(passing.people_ended, passing.end)
        await self._tidy()
        return self.done

    async def _orders(self) -> None:
        async with self._database.read() as questions:
            has_any, since = await asking.begin(questions)
        after = 0
        while has_any and not self._stopped:
            async with self._database.read() as questions:
                orders = await asking.waiting(questions, since, after, ORDERS_AT_ONCE)
            if not orders:
                return
            state = await self._figures()
            async with self._database.begin(actor=ACTOR) as uow:
                self.done.points += await asking.ask(uow, orders, state)
                await uow.commit()
            self.done.orders += len(orders)
            after = orders[-1].ref

    async def _cycles(self) -> None:
        async with self._database.read() as questions:
            due = await cycles.due_cycles(questions)
        for one in due:
            if not self._stopped:
                await self._cycle(one)

    async def _cycle(self, due: cycles.Due) -> None:
        """Load and calculate in one view that holds nobody up, then write in short steps."""
        async with self._database.read() as questions:
            state = await compute_cycle(questions, due.programme.plan, due.cycle)
            found = await cycles.earned(questions, due, state)
        is_all = False
        while not is_all and not self._stopped:
            async with self._database.begin(actor=ACTOR) as uow:
                points, is_all = await cycles.give_some(uow, due, found, ORDERS_AT_ONCE)
                await uow.commit()
            self.done.points += points
        self.done.cycles += is_all

    async def _has_plan(self) -> bool:
        async with self._database.read() as questions:
            return await asking.has_plan(questions)

    async def _lots(self, find: Find, step: Pass) -> int:
        """A step for whoever has lots that it is for, some at a time, until nobody is left."""
        done = 0
        while not self._stopped:
            async with self._database.read() as questions:
                people = await find(questions, LOTS_AT_ONCE)
            if not people:
                break
            async with self._database.begin(actor=ACTOR) as uow:
                done += await step(uow, people)
                await uow.commit()
        return done

    async def _tidy(self) -> None:
        async with self._database.begin(actor=ACTOR) as uow:
            await offers.forget_before(uow, uow.now - OFFERS_KEPT)
            await uow.commit()


async def sweep(database: Database) -> Swept:
    """One sweep by itself, with figures computed from the database when rules need them."""
    state: list[State] = []

    async def figures() -> State | None:
        if not state:
            async with database.read() as questions:
                state.append((await compute_open(questions, database.events)).state)
        return state[0]

    return await Sweep(database, figures).run()


class Sweeping:
    """The sweep beside the service: every few minutes, in one process at a time."""

    def __init__(self, database: Database, live: Live, *, first: First) -> None:
        """Take what it works on.

        Args:
            first: what other rooms want done before orders are asked, until it hears that the service ends.
        """
        self._database, self._live, self._first = database, live, first
        self._holder = f"sweep {new_id()}"
        self._running: Sweep | None = None
        self._newest, self._looks_again_at = -1, 0.0
        self._stopped = asyncio.Event()

    async def life(self, _application: web.Application) -> AsyncIterator[None]:
        """Sweep while the service runs, and end with it, after the step in hand."""
        task = asyncio.create_task(self._run())
        yield
        self._stopped.set()
        if self._running is not None:
            self._running.stop()
        await task

    async def _run(self) -> None:
        pause = FIRST_AFTER_S
        while not await self._waited(pause):
            pause = EVERY_S
            try:
                if await self._has_lease():
                    await self._sweep()
            except DomainError as refused:  # the database is away, or the tree broken: the next sweep may succeed
                logger().warning("sweep refused", code=refused.code)
            except Exception as error:  # noqa: BLE001  the edge of a job: our own mistake is logged, and tried again later
                logger().error("sweep failed", exc_info=error)

    async def _waited(self, seconds: float) -> bool:
        """Wait so long; whether it is time to stop."""
        try:
            await asyncio.wait_for(self._stopped.wait(), seconds)
        except TimeoutError:
            return False
        return True

    async def _has_lease(self) -> bool:
        async with self._database.begin(actor=ACTOR) as uow:
            wish = LeaseWish(holder=self._holder, seconds=LEASE_S)
            lease = await messaging.lease(uow, LEASE, wish, datetime.now(UTC))
            await uow.commit()
        return lease.held

    async def _sweep(self) -> None:
        async with self._database.read() as questions:
            newest = await asking.newest_event(questions)
        news = newest != self._newest or monotonic() > self._looks_again_at
        self._running = Sweep(self._database, self._live.fresh, orders=news)
        if self._stopped.is_set():
            return
        if news:
            await self._first(self._database, self._stopped.is_set)
        done = await self._running.run()
        if news:
            self._newest, self._looks_again_at = newest, monotonic() + LOOKS_AGAIN_S
        if any(asdict(done).values()):
            logger().info("points swept", **asdict(done))
