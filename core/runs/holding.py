"""Holding a run while working on it: claimed by a change of one row, kept by a heartbeat, told by progress.

A worker that is killed is known by its silence after `LEASE`, or at once where its process lived on the same machine.
Whoever was overtaken writes nothing more: every transaction asks first whether the attempt still holds.
"""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from core.db.alone import change_alone
from core.db.database import Database
from core.db.steps import step as in_a_row
from core.db.unit_of_work import UnitOfWork
from core.kernel.errors import DomainError
from core.kernel.ids import new_id
from core.runs.model import WORKS_IN, Finding, RunBusy, RunChanged, RunOvertaken, RunState, RunStopped, Work
from core.runs.service import states
from core.runs.store import runs as store

LEASE = timedelta(seconds=30)
BEAT_S = 8.0
HOST = socket.gethostname()
Tell = Callable[[str], None]


@dataclass(slots=True)
class Held:
    """A run in hand."""

    database: Database
    run: int
    attempt: int
    actor: str
    tell: Tell

    async def note(self, part: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done, for whoever asks.

        Raises:
            RunOvertaken: another process took the run over.
        """
        self.tell(part if not total else f"{part} {done:,} of {total:,}")
        async with self.database.begin(actor=self.actor) as uow:
            await self.keep(uow, progress=part, done=done, total=total)
            await uow.commit()

    async def keep(self, uow: UnitOfWork, **values: object) -> None:
        """Make sure in a transaction that the run is still held, and change it.

        Raises:
            RunOvertaken: another process took the run over; nothing may be committed.
        """
        if not await store.held(uow, self.run, self.attempt, {"lease_until": uow.now + LEASE, **values}):
            raise RunOvertaken(run=str(self.run))

    async def write(self, step: Callable[[UnitOfWork], Awaitable[None]], **values: object) -> None:
        """A short transaction of its own, one of many in a row, if the run is still held.

        Raises:
            RunOvertaken: another process took the run over; nothing was written.
        """
        async with in_a_row(self.database, actor=self.actor) as uow:
            await self.keep(uow, **values)
            await step(uow)
            await uow.commit()

    async def beat(self) -> None:
        """Say from time to time that the worker lives; ends when it was overtaken, which the next write finds."""
        while True:
            await asyncio.sleep(BEAT_S)
            lease_until = self.database.clock.now() + LEASE
            if not await change_alone(self.database, store.heartbeat(self.run, self.attempt, lease_until)):
                return


@asynccontextmanager
async def holding(database: Database, run: int, work: Work, *, actor: str, tell: Tell) -> AsyncIterator[Held]:
    """Hold a run for a work; what stops it is noted at the run, and raised.

    Raises:
        RunUnknown, RunInState, RunBusy: it cannot begin.
        RunStale, RunTitlesStale: what is to be released carries on from what is not the last any more.
        RunStepMissing, CycleRunning: the run's kind has no such step, or its cycle is not over.
    """
    held = await _claimed(database, run, work, actor, tell)
    beating = asyncio.create_task(held.beat())
    why: DomainError | None = RunStopped(run=str(run))
    try:
        yield held
        why = None
    except RunOvertaken:
        why = None
        raise
    except DomainError as refused:
        why = refused
        raise
    finally:
        beating.cancel()
        await asyncio.wait([beating])
        if why is not None:
            await _fail(held, why)


async def _claimed(database: Database, run: int, work: Work, actor: str, tell: Tell) -> Held:
    async with database.begin(actor=actor) as uow:
        found = await states.known(uow, run)
        await states.require_step(uow, found, work)
        if work is Work.RELEASE:
            await states.require_alone(uow, found)
        worker, dead = f"{HOST}:{os.getpid()}:{new_id()}", found["worker"] if is_dead(found["worker"]) else ""
        attempt = await store.claim(
            uow, run, work, WORKS_IN[work], worker=worker, lease_until=uow.now + LEASE, dead=dead
        )
        if attempt is None:
            await states.require_workable(uow, run, work)
            raise RunBusy(run=str(run), work=work.value)
        await uow.commit()
    return Held(database, run, attempt, actor, tell)


async def _fail(held: Held, refused: DomainError) -> None:
    why = Finding(code=refused.code, severity="fault", facts=dict(refused.facts)).model_dump()
    async with held.database.begin(actor=held.actor) as uow:
        await store.held(
            uow, held.run, held.attempt, {"failed": why, "work": None, "worker": None, "lease_until": None}
        )
        await uow.commit()


def is_dead(worker: str | None) -> bool:
    """Whether a worker's process is known to live no more: it was one of this machine, and is gone."""
    if worker is None:
        return False
    host, number, _ = worker.split(":", maxsplit=2)
    if host != HOST:
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # it is somebody else's, so it lives
        return False
    return False


async def finishing(held: Held, uow: UnitOfWork, state: RunState, values: Mapping[str, object]) -> None:
    """End a work with its last transaction, which makes all that it did true.

    Raises:
        RunOvertaken: another process took the run over; nothing of it is true.
    """
    if not await store.finish(uow, held.run, held.attempt, state, values):
        raise RunOvertaken(run=str(held.run))
    await uow.emit(RunChanged(run=held.run, state=state, attempt=held.attempt))
    await uow.commit()
