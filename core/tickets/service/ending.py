"""What ends by itself: solved tickets that she says nothing more about, and drafts that she left lying."""

from core.db.unit_of_work import UnitOfWork
from core.plan.model import Phase
from core.tickets.service.drafting import LIFE, end
from core.tickets.service.hand import SYSTEM, hands
from core.tickets.service.telling import tell_step
from core.tickets.service.terms import terms
from core.tickets.store import drafts
from core.tickets.store import tickets as store


async def sweep(uow: UnitOfWork, limit: int = 100) -> int:
    """Close tickets that were solved long enough ago, and forget drafts of yesterday. Safe to repeat.

    Args:
        limit: so many of each at most, so that the transaction stays short.

    Returns:
        How many ended.
    """
    return await _close(uow, limit) + await _forget(uow, limit)


async def _close(uow: UnitOfWork, limit: int) -> int:
    spec = await terms(uow)
    numbers = await store.to_close(uow, uow.now - spec.close_after, limit)
    if not numbers:
        return 0
    for held in (await hands(uow, numbers, SYSTEM, spec=spec)).values():
        held.go(Phase.CLOSED)
        was_solved_here = held.row["solution_took_us"] is not None
        changes = await held.save(news=was_solved_here)
        if was_solved_here:  # what was brought in as solved is nobody's news
            await tell_step(held, "closed", changes[-1])
    return len(numbers)


async def _forget(uow: UnitOfWork, limit: int) -> int:
    found = await drafts.lapsed(uow, uow.now - LIFE, limit)
    for number in found:
        await end(uow, number)
    return len(found)
