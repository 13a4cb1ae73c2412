"""The state kept true in one process: loaded once, then every event worked in before a question is answered."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime

from aiohttp import web

from core.calendar import rules as calendar
from core.db.database import Database
from core.db.events import Mark, StoredEvent
from core.kernel.errors import DomainError
from core.kernel.ids import PersonId
from core.kernel.logs import logger
from core.live.building import build
from core.live.calculation import Calculation, compiled
from core.live.line import ACTIVE
from core.live.loading import load
from core.live.picture import flags_of
from core.live.state import Full, State
from core.orders.model import VolumeChanged
from core.people import service as people
from core.people.model import PersonChanged, PersonEnrolled, PersonUnknown, Status
from core.plan import service as plans
from core.plan.model import Plan, PlanMissing

REBUILDING = frozenset({"genealogy.changed", "plan.activated", "exchange.published", "calendar.cycle_closed"})
"""Kinds of events that increments cannot do exactly; those who emit some of them stand above this room."""
REBUILD_WAIT_S = 2.0
"""So long a question waits for a rebuild; after that it is answered as of the moment before."""


class LiveMissing(DomainError):
    """There are no live figures yet: no plan is in force."""

    code = "live_missing"
    status = 503


class Live:
    """One per process. `fresh` before each question; `life` keeps it as long as the service lives."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._state: State | None = None
        self._mark = Mark()
        self._compiled: tuple[Plan, Calculation] | None = None
        self._running: asyncio.Task[None] | None = None
        self._waiting: asyncio.Task[None] | None = None
        self._rebuild: asyncio.Task[tuple[State, Mark]] | None = None
        self.version = 0
        """Grows with every change that is worked in, so that answers can be kept until it does."""

    async def start(self) -> None:
        """Load everything and warm the kernels; a database without a plan is loaded once it has one."""
        try:
            self._put(*await self._loaded())
        except PlanMissing:
            logger().info("live figures wait for a plan")

    async def loaded(self) -> bool:
        """Whether questions can be answered; without a plan there is nothing to wait for."""
        return self._state is not None or not await self._has_plan()

    async def life(self, _application: web.Application) -> AsyncIterator[None]:
        """Loads before the service answers, ends what runs when it stops."""
        await self.start()
        yield
        for task in (self._running, self._waiting, self._rebuild):
            if task is not None:
                task.cancel()

    async def fresh(self) -> State:
        """The state with everything in it that was committed before the question came.

        A question waits for a check that begins after it came; one check serves all who wait.

        Raises:
            LiveMissing: no plan is in force.
            DatabaseAway: the database cannot be asked for news.
        """
        if self._waiting is None:
            self._waiting = asyncio.create_task(self._check_after(self._running))
        await asyncio.shield(self._waiting)
        if self._state is None:
            raise LiveMissing
        return self._state

    async def _check_after(self, running: asyncio.Task[None] | None) -> None:
        if running is not None:
            await asyncio.wait([running])
        self._running, self._waiting = self._waiting, None
        try:
            await self._check()
        finally:
            self._running = None

    async def _check(self) -> None:
        """Work in what happened since the last check; put a state that was computed aside in place once it is there."""
        if self._state is None:
            await self.start()
            return
        events, mark = await self._database.events.read_after(self._mark)
        stale = self._database.clock.now() >= self._state.cycle.period.end
        for event in events:
            stale = not await self._apply(self._state, event) or stale
        self._mark = mark
        self.version += len(events)
        if stale and self._rebuild is None:
            self._rebuild = asyncio.create_task(self._loaded())
        if self._rebuild is not None:
            await asyncio.wait([self._rebuild], timeout=REBUILD_WAIT_S)
        if self._rebuild is not None and self._rebuild.done():
            done, self._rebuild = self._rebuild, None
            self._put(*done.result())
            await self._check()

    async def _apply(self, state: State, event: StoredEvent) -> bool:
        """Work one event in; False when the state has to be computed afresh."""
        if event.kind == VolumeChanged.kind:
            state.apply_volume(VolumeChanged.model_validate(event.facts))
            return True
        if event.kind == PersonEnrolled.kind:
            return _enrol(state, PersonEnrolled.model_validate(event.facts))
        if event.kind == PersonChanged.kind:
            return await self._change_person(state, PersonChanged.model_validate(event.facts).person_id)
        return event.kind not in REBUILDING

    async def _change_person(self, state: State, person: PersonId) -> bool:
        """Take over a new status; settings and contacts change no figure."""
        async with self._database.read() as uow:
            try:
                profile = await people.profile(uow, person)
            except PersonUnknown:
                return True
        index = state.find(person)
        if profile.status is Status.TERMINATED or index is None:
            return index is None and profile.status is Status.TERMINATED
        flags = flags_of(profile.kind.value, profile.status.value)
        if int(state.flags[index]) & ~ACTIVE != flags:
            state.apply_flags(index, flags)
        return True

    async def _loaded(self) -> tuple[State, Mark]:
        """Load and compute everything aside; the mark belongs to what was loaded."""
        async with self._database.read() as uow:
            plan = await plans.plan_in_force(uow, uow.now)
            cycle = calendar.cycle_at(plan.calendar, uow.now)
            calculation = await self._calculation(plan)
            windows = window_starts(plan, calculation, uow.now)
            mark = await self._database.events.mark(uow)
            picture = await load(uow, calculation, cycle, windows)
        return await asyncio.to_thread(build, calculation, cycle, windows, picture), mark

    def _put(self, state: State, mark: Mark) -> None:
        self._state, self._mark = state, mark
        self.version += 1
        logger().info("live figures loaded", people=state.count, cycle=state.cycle.code)

    async def _calculation(self, plan: Plan) -> Calculation:
        if self._compiled is None or self._compiled[0] != plan:
            self._compiled = (plan, await asyncio.to_thread(compiled, plan))
        return self._compiled[1]

    async def _has_plan(self) -> bool:
        async with self._database.read() as uow:
            try:
                await plans.plan_in_force(uow, uow.now)
            except PlanMissing:
                return False
        return True


def _enrol(state: State, event: PersonEnrolled) -> bool:
    flags = flags_of(event.person_kind.value, event.status.value)
    try:
        state.apply_enrolment(event.person_id, event.sponsor_id, flags)
    except Full:
        return False
    return True


def window_starts(plan: Plan, calculation: Calculation, moment: datetime) -> list[datetime | None]:
    """When each own figure's window begins in the cycle of `moment`; None for the beginning of time."""
    cycle = calendar.cycle_at(plan.calendar, moment)
    return [
        None if own.cycles is None else calendar.window_start(plan.calendar, cycle, own.cycles)
        for own in calculation.own
    ]
