"""Closing a cycle in three beats: load and calculate in a view that nobody changes, then write at once.

Nothing holds a lock while it calculates; orders keep coming in. An order of the cycle that is paid while it is being
closed counts as paid late.
"""

from core.closing import service
from core.closing.model import Closed
from core.db.database import Database
from core.live.computing import compute_cycle, paid_ranks, reached_ranks


async def close_cycle(database: Database, code: str, *, actor: str, request_id: str = "") -> Closed:
    """Close the cycle of this code; a closed one stays as it is.

    Raises:
        PlanMissing: no plan was ever put in force.
        CycleUnknown: the main calendar has no such cycle.
        CycleRunning: it has not ended.
        CycleOutOfTurn: the one before it is not closed.
        CycleBeforeFirst: closing began with a later one.
    """
    async with database.read() as questions:
        due = await service.due(questions, code)
        if due is None:
            return Closed(cycle=code, already=True)
        state = await compute_cycle(questions, due.plan, due.cycle)
    async with database.begin(actor=actor, request_id=request_id) as uow:
        closed = await service.record(uow, due, paid_ranks(state), reached_ranks(state))
        await uow.commit()
    return closed
