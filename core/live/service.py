"""The live figures of one process: loaded once, kept true by the event log, answered from memory."""

import asyncio
from collections.abc import AsyncIterator
from time import monotonic

from aiohttp import web

from core.db.database import Database
from core.forest.layout import NotATree
from core.kernel.logs import logger
from core.live.computing import Opened, compute_open
from core.live.model import TreeBroken
from core.live.news import changed_people, take_note, to_look_up, work_in, work_in_own, work_in_people
from core.live.state import State
from core.live.warming import warm
from core.plan.model import PlanMissing

PATIENCE_S = 2.0
"""How long questions wait for figures computed anew before the old ones answer "as of"."""

LEAVE_S = 10.0
"""How long a service that stops lets its figures come to the end of what they are doing."""


class Live:
    """Ask `fresh` and read the state at once, before awaiting anything: the next check changes it.

    A question is answered by a check of the event log that began after the question came; one check serves all
    questions that wait for it. While figures are computed anew, the old ones go on answering, with `State.as_of` set.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._opened: Opened | None = None
        self._loading: asyncio.Task[None] | None = None
        self._running: asyncio.Task[State] | None = None
        self._queued: asyncio.Task[State] | None = None
        self._renewal: asyncio.Task[None] | None = None
        self._patient_until = 0.0

    async def fresh(self) -> State:
        """The open cycle, with everything in it that was committed before this was called.

        Raises:
            PlanMissing: no plan was ever put in force.
            TreeBroken: the sponsors make a circle.
            DatabaseAway: the event log cannot be read.
        """
        opened = self._opened
        if self._queued is None and opened is not None and self._is_current(opened):
            return opened.state
        if self._queued is None:
            self._queued = asyncio.create_task(self._check_after(self._running))
        return await asyncio.shield(self._queued)

    async def loaded(self) -> bool:
        """Whether questions are answered at once; a company without a plan has nothing to load."""
        if self._opened is None and self._loading is not None and not self._loading.done():
            return False
        try:
            await self.fresh()
        except PlanMissing:
            return True
        return True

    async def start(self) -> None:
        """Make the kernels and the figures ready; a company without a plan, or in circles, gets them once it can."""
        await asyncio.to_thread(warm)
        try:
            state = await self.fresh()
        except (PlanMissing, TreeBroken) as refused:
            logger().warning("no live figures", code=refused.code)
            return
        logger().info("live figures loaded", people=state.count, cycle=state.cycle.code)

    async def life(self, _application: web.Application) -> AsyncIterator[None]:
        """Load while the service starts, and end with it."""
        self._loading = asyncio.create_task(self.start())
        yield
        tasks = {one for one in (self._loading, self._running, self._queued, self._renewal) if one is not None}
        if tasks:
            # Cutting a statement short leaves its connection's thread behind, so what runs may come to its end.
            _, late = await asyncio.wait(tasks, timeout=LEAVE_S)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _is_current(self, opened: Opened) -> bool:
        """Whether a look at the database's version is check enough: no task, and nobody to wait for."""
        at_rest = not opened.outdated and (self._running is None or self._running.done())
        return at_rest and self._database.events.quiet(opened.mark) and self._database.clock.now() < opened.until

    async def _check_after(self, running: asyncio.Task[State] | None) -> State:
        if running is not None:
            await asyncio.wait([running])
        self._running, self._queued = self._queued, None  # whoever asks from here on waits for another check
        return await self._check()

    async def _check(self) -> State:
        while True:
            opened = self._opened
            if opened is None:
                opened = self._opened = await self._compute()
            outdated = await self._follow(opened)
            if self._opened is not opened:
                continue  # computed anew while we looked: to begin that once more would be for nothing
            if outdated:
                await self._renew_patiently(opened)
            else:
                opened.state.as_of = None
            if self._opened is opened:
                return opened.state

    async def _follow(self, opened: Opened) -> bool:
        """Work in what is new; returns whether the state must be computed anew."""
        events, mark = await self._database.events.read_after(opened.mark)
        outdated = opened.outdated
        opened.mark, opened.outdated = mark, True  # should anything fail from here on, nothing is worked in twice
        take_note(opened.state, events)
        anew = work_in(opened.state, events)
        people, others = changed_people(events), to_look_up(opened.state, events)
        if people or others:
            async with self._database.read() as questions:
                anew = await work_in_people(questions, opened.state, people) or anew
                if others:
                    await work_in_own(questions, opened.state, others)
        opened.outdated = outdated or anew
        return opened.outdated or self._database.clock.now() >= opened.until

    async def _renew_patiently(self, opened: Opened) -> None:
        """Have the figures computed anew and wait a little for it; then the old ones answer as of now."""
        if self._renewal is None or self._renewal.done():
            self._renewal = asyncio.create_task(self._renew())
            self._patient_until = monotonic() + PATIENCE_S
            opened.state.as_of = opened.state.as_of or self._database.clock.now()
        done, _ = await asyncio.wait([self._renewal], timeout=max(0.0, self._patient_until - monotonic()))
        for renewal in done:
            renewal.result()

    async def _renew(self) -> None:
        """Compute aside until nothing that happened meanwhile calls for yet another time."""
        opened = await self._compute()
        while await self._follow(opened):
            opened = await self._compute()
        self._opened = opened

    async def _compute(self) -> Opened:
        async with self._database.read() as questions:
            try:
                return await compute_open(questions, self._database.events)
            except NotATree as circle:
                raise TreeBroken(people=len(circle.nodes)) from circle
