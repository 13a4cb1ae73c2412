"""Closing a cycle in three beats: load and calculate in a view that nobody changes, then write in short steps.

Nothing holds a lock while it calculates; orders keep coming in. An order of the cycle that is paid while it is being
closed counts as paid late.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Protocol

from core.closing import service
from core.closing.model import Closed, Due, Making
from core.closing.rules import Fixed, Places
from core.db.database import Database
from core.db.steps import step
from core.db.unit_of_work import SYSTEM, UnitOfWork
from core.kernel.heap import leave_alone
from core.kernel.ids import PersonId, new_id
from core.live.computing import compute_cycle, paid_ranks, reached_kpis, reached_ranks
from core.people import titles

WRITTEN_AT_ONCE = 500
TOLD_AT_ONCE = 250

Step = Callable[[UnitOfWork], Awaitable[None]]


class Write(Protocol):
    """A short transaction of its own, with how many people of how many are written after it."""

    def __call__(self, writes: Step, done: int, total: int, /) -> Awaitable[None]:
        """Do the step and commit."""


async def close_cycle(database: Database, code: str, *, actor: str, request_id: str = "") -> Closed:
    """Close the cycle of this code; a closed one stays as it is, and what is left to announce of it is announced.

    Raises:
        PlanMissing: no plan was ever put in force.
        CycleUnknown: the main calendar has no such cycle.
        CycleRunning: it has not ended.
        CycleOutOfTurn: the one before it is not closed.
        CycleBeforeFirst: closing began with a later one.
        ClosingOvertaken: somebody else closes it meanwhile.
    """
    await announce(database, actor=actor)
    async with database.read() as questions:
        due = await service.due(questions, code)
        if due is None:
            return Closed(cycle=code, already=True)
        state = await compute_cycle(questions, due.plan, due.cycle)
        found = await service.fixed(questions, due, paid_ranks(state), reached_ranks(state), reached_kpis(state))

    async def write(writes: Step, _done: int, _total: int) -> None:
        async with step(database, actor=actor) as uow:
            await writes(uow)
            await uow.commit()

    making = await written(due, found, write)
    async with database.begin(actor=actor, request_id=request_id) as uow:
        if making is None or not await service.publish(uow, making):
            return Closed(cycle=code, already=True)
        await uow.commit()
    await announce(database, actor=actor)
    return Closed(cycle=code, already=False, ranked=len(found.ranks), changed=found.changed)


async def prepare(
    database: Database, due: Due, paid: Places, reached: Places, done: Mapping[PersonId, str], write: Write
) -> Making | None:
    """Write all that closing a cycle fixes, for a transaction that publishes it; None when it is closed meanwhile.

    Args:
        paid: everybody's place on the ladder at the end of the cycle, from 1; 0 for no rank.
        reached: the same by their own figures.
        done: what they reached that KPIs of later cycles count, as `core.ranks.rules.earlier` tells it.

    Raises:
        ClosingOvertaken: somebody else closes it meanwhile.
    """
    await announce(database, actor=SYSTEM)
    async with database.read() as questions:
        found = await service.fixed(questions, due, paid, reached, done)
    return await written(due, found, write)


async def written(due: Due, found: Fixed, write: Write) -> Making | None:
    """Begin to close a cycle and fill it; None when it is closed meanwhile.

    Raises:
        ClosingOvertaken: somebody else closes it meanwhile.
    """
    making, total = Making(due, str(new_id())), len(found.people)
    leave_alone(total)

    async def done_by(deed: Callable[[UnitOfWork, Making], Awaitable[bool]]) -> bool:
        answers = []

        async def answered(uow: UnitOfWork) -> None:
            answers.append(await deed(uow, making))

        await write(answered, 0, total)
        return answers[-1]

    if not await done_by(service.begin):
        return None
    while await done_by(service.forget_some):
        pass
    done = 0
    for some in found.pieces(WRITTEN_AT_ONCE):
        done += len(some.people)
        await write(partial(service.fill, making=making, some=some), done, total)
    return making


async def announce(database: Database, *, actor: str) -> None:
    """Announce what a closed cycle changed, as far as that was not done; nothing where all is told."""
    async with database.read() as questions:
        found, end = await service.telling(questions), await titles.last_person(questions)
    while found is not None:
        after, changes = found.told_to, None
        async with database.read() as questions:
            while changes is None and after < end:
                start, after = after, PersonId(min(after + TOLD_AT_ONCE, end))
                changes = await service.news(questions, found, start, after)
        async with step(database, actor=actor) as uow:
            if changes is None:
                await service.end(uow, found)
                found = None
            elif await service.tell(uow, found, after, changes):
                found = replace(found, told_to=after)
            else:
                found = None
            await uow.commit()
