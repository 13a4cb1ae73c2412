"""Planning beside the service: any number of processes, each slot once, a killed one taken up by another.

A slot is taken with a lease in real time, its messages are written some thousand at a time, and it is closed. Whoever
takes a slot up writes the messages that were not written before: keys make all others no-ops.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from aiohttp import web

from core.db.database import Database
from core.kernel.ids import new_id
from core.kernel.logs import logger
from core.live.model import TreeBroken
from core.live.service import Live
from core.live.state import State
from core.messaging import outbox
from core.messaging.model import OutboxState, Ready
from core.outreach import store
from core.outreach.audience import Noted
from core.outreach.model import PlannedSlot
from core.outreach.planning import Audiences, Pass, Planned, due_slots, ground_of
from core.outreach.rules.slots import Slot
from core.outreach.store import Hold
from core.plan.model import PlanMissing

ACTOR = "planner"
AT_ONCE = 4_000
"""Messages of one transaction; while the next ones are made, others write."""
LEASE = timedelta(seconds=120)


@dataclass
class Planner:
    """Plans what is due, one pass at a time; `stop` ends it after the step that runs."""

    database: Database
    live: Live
    audiences: Audiences
    stopped: bool = False
    done: list[PlannedSlot] = field(default_factory=list)
    """Slots that were worked through and nobody has asked for yet."""
    _running: asyncio.Task[None] | None = None

    async def plan(self, holder: str, wait_s: float) -> tuple[list[PlannedSlot], bool]:
        """Begin a pass, or join the one that runs, and wait a little for its end.

        Returns:
            The slots that were worked through since the last answer, and whether the pass is still under way.
        """
        task = self._running
        if task is None:
            task = self._running = asyncio.create_task(self.run(holder))
        finished, _ = await asyncio.wait([task], timeout=wait_s)
        if finished and self._running is task:
            self._running = None
        for one in finished:
            one.result()
        told, self.done = self.done, []
        return told, not finished

    async def life(self, _application: web.Application) -> AsyncIterator[None]:
        """End with the service, after the step in hand."""
        yield
        self.stopped = True
        if self._running is not None:
            await asyncio.wait([self._running])

    async def run(self, holder: str) -> None:
        """One pass over everything that is due; nothing while there are no figures, or they are being made anew."""
        try:
            live = await self.live.fresh()
        except (PlanMissing, TreeBroken):
            return
        if live.as_of is not None:
            return
        async with self.database.read() as questions:
            slots = await due_slots(questions, live.plan, self.audiences)
        if slots:
            await self._work(slots, live.copied(), f"{holder} {new_id()}")

    async def _work(self, slots: list[Slot], state: State, holder: str) -> None:
        """Slots in their order; all see the same figures."""
        async with self.database.read() as questions:
            one = Pass(await ground_of(questions, state), self.audiences)
        for slot in slots:
            if self.stopped:
                return
            try:
                await self._slot(one, Hold(slot, holder))
            except Exception as error:  # noqa: BLE001  the edge of a job: one kind's mistake keeps no other from going out
                logger().error("slot not planned", slot=slot.name, exc_info=error)

    async def _slot(self, one: Pass, hold: Hold) -> None:
        """One slot, if nobody else has it; whatever goes wrong is tried again when its lease has run out."""
        if not await self._take(hold):
            return
        async with self.database.read() as questions:
            planned = await one.planned(questions, hold.slot)
        told = await Writing(self.database, hold, planned).run()
        if told is not None:
            self.done.append(told)
            logger().info("slot planned", **told.model_dump(mode="json"))

    async def _take(self, hold: Hold) -> bool:
        now = _real_time()
        async with self.database.begin(actor=ACTOR) as uow:
            taken = await store.take(uow, hold, now, now + LEASE)
            await uow.commit()
        return taken


class _Lost(Exception):
    """The slot is in other hands by now."""


@dataclass
class Writing:
    """One slot being written."""

    database: Database
    hold: Hold
    planned: Planned
    waiting: int = 0
    withheld: int = 0

    async def run(self) -> PlannedSlot | None:
        """Write all and close the slot; None when somebody else has it by now."""
        try:
            await self._write_all()
            await self._close()
        except _Lost:
            return None
        slot = self.hold.slot
        return PlannedSlot(kind=slot.kind, slot=slot.name, at=slot.at, planned=self.waiting, withheld=self.withheld)

    async def _write_all(self) -> None:
        found = self.planned.found
        for start in range(0, len(found.silent), AT_ONCE):
            if not await self.write([], found.silent[start : start + AT_ONCE]):
                return
        async for places, rows in self._made():
            if not await self.write(rows, [(found.persons[place], found.facts[place]) for place in places]):
                return

    async def _made(self) -> AsyncIterator[tuple[range, list[Ready]]]:
        """Messages piece by piece; the next ones are made while the database takes in those before."""
        pieces = list(self.planned.pieces(AT_ONCE))
        coming = [asyncio.ensure_future(asyncio.to_thread(self.planned.rows, places)) for places in pieces[:1]]
        for number, places in enumerate(pieces):
            rows = await coming.pop()
            coming += [
                asyncio.ensure_future(asyncio.to_thread(self.planned.rows, one)) for one in pieces[number + 1 :][:1]
            ]
            yield places, rows

    async def write(self, rows: Sequence[Ready], some: Sequence[Noted]) -> bool:
        """One transaction; False when the audience says that no more is to be said."""
        kind, audience = self.hold.slot.kind, self.planned.audience
        async with self.database.begin(actor=ACTOR) as uow:
            if audience.note is not None and not await audience.note(uow, self.planned.look, some):
                return False
            new = await outbox.put_all(uow, kind, rows)
            keys = [row.key for row in rows if row.state is OutboxState.WITHHELD]
            withheld = len(keys) if new == len(rows) else await store.withheld_now(uow, keys)
            if not await store.count(uow, self.hold, _real_time() + LEASE, new - withheld, withheld):
                raise _Lost
            await uow.commit()
        self.waiting += new - withheld
        self.withheld += withheld
        return True

    async def _close(self) -> None:
        async with self.database.begin(actor=ACTOR) as uow:
            if self.planned.audience.end is not None:
                await self.planned.audience.end(uow, self.planned.look)
            if not await store.finish(uow, self.hold):
                raise _Lost
            await uow.commit()


def _real_time() -> datetime:
    return datetime.now(UTC)
