"""Use cases of closing: which cycle is due, and closing it.

A cycle is begun, filled some people at a time, published, and then its changes are announced, each in short
transactions. Whoever begins while another one is at it takes the cycle over and writes everything anew; the one before
is told with her next step. Whoever finds changes that nobody announces goes on behind the last one that was.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta

from core.calendar import rules as calendars
from core.calendar import service as calendar
from core.closing import rules, store
from core.closing.model import ClosingOvertaken, Due, Making, Telling
from core.closing.rules import Fixed, Places
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.people import service as people
from core.people import titles
from core.plan import service as plans
from core.ranks import service as ranks
from core.ranks.model import RankChanged

LAST_MOMENT = timedelta(microseconds=1)
SILENCE = timedelta(minutes=1)
"""Whoever announces has done a step within this time, or is gone."""


async def due(uow: UnitOfWork, code: str) -> Due | None:
    """The cycle of this code, if it may be closed; None when it is closed already.

    Raises:
        PlanMissing: no plan was ever put in force.
        CycleUnknown: the main calendar has no such cycle.
        CycleRunning: it has not ended.
        CycleOutOfTurn: the one before it is not closed.
        CycleBeforeFirst: closing began with a later one.
    """
    today = await plans.plan_in_force(uow, uow.now)
    cycle = calendars.cycle_named(today.calendar, code)
    if not await calendar.require_closable(uow, today, cycle):
        return None
    plan = await plans.plan_in_force(uow, cycle.period.end - LAST_MOMENT)
    closed = await calendar.closed_cycles(uow, plan)
    return Due(cycle=cycle, plan=plan, before=closed[-1].code if closed else None)


async def fixed(
    uow: UnitOfWork,
    due: Due,
    paid: Places,
    reached: Places | None = None,
    done: Mapping[PersonId, str] | None = None,
) -> Fixed:
    """What closing a cycle writes.

    Args:
        paid: everybody's place on the ladder at the end of the cycle, from 1; 0 for no rank.
        reached: the same by their own figures; None where nobody keeps a rank by grace.
        done: what they reached that KPIs of later cycles count, as `core.ranks.rules.earlier` tells it.
    """
    before = await ranks.recorded_ranks(uow, due.before) if due.before else {}
    held, ends_year = await people.all_career_ranks(uow), calendars.ends_year(due.plan.calendar, due.cycle)
    first = due.before is None
    return await asyncio.to_thread(
        rules.fixed, due.plan, paid, held, before, reached=reached, done=done, ends_year=ends_year, is_first=first
    )


async def begin(uow: UnitOfWork, making: Making) -> bool:
    """Begin to close a cycle, or take it over from whoever is at it; False when it is closed meanwhile.

    Raises:
        ClosingOvertaken: changes of another cycle, closed meanwhile, are to be announced before.
    """
    if await calendar.closed_cycle(uow, making.due.cycle):
        return False
    if await store.telling(uow) is not None:
        raise ClosingOvertaken(cycle=making.due.cycle.code)
    await store.begin(uow, making)
    return True


async def forget_some(uow: UnitOfWork, making: Making) -> bool:
    """Forget some of what was written for the cycle by whoever came to no end; False when nothing was left.

    Raises:
        ClosingOvertaken: somebody else closes the cycle meanwhile.
    """
    await _require_held(uow, making)
    return await ranks.forget_some(uow, making.due.cycle)


async def fill(uow: UnitOfWork, making: Making, some: Fixed) -> None:
    """Write some people's ranks and titles, which nobody is shown before the cycle is closed.

    Raises:
        ClosingOvertaken: somebody else closes the cycle meanwhile.
    """
    await _require_held(uow, making)
    await ranks.write_ranks(uow, making.due.cycle, making.turn, some.ranks, some.titles)


async def publish(uow: UnitOfWork, making: Making) -> bool:
    """Mark a cycle closed for which everything is written, and let it be seen; False when it is closed already.

    Raises:
        ClosingOvertaken: somebody else closes the cycle meanwhile.
    """
    if await calendar.closed_cycle(uow, making.due.cycle):
        return False
    await _require_held(uow, making)
    closed = await calendar.mark_closed(uow, making.due.cycle)
    assert closed, "whoever closes a cycle holds it"
    await titles.turn_over(uow, making.turn)
    await store.close(uow, making)
    return True


async def telling(uow: UnitOfWork) -> Telling | None:
    """The closed cycle whose changes are not announced yet."""
    return await store.telling(uow)


async def is_left(uow: UnitOfWork) -> bool:
    """Whether changes of a closed cycle are not announced, and nobody has been at it for a while."""
    found = await store.telling(uow)
    return found is not None and found.told_at < uow.now - SILENCE


async def news(uow: UnitOfWork, found: Telling, after: PersonId, last: PersonId) -> list[RankChanged] | None:
    """What is to be announced of people behind `after` and up to `last`; None when there is nothing to do.

    Of the first cycle nothing is announced, but its titles are to be cleared up.
    """
    if found.before is None:
        return [] if await titles.turned(uow, found.turn, after, last) else None
    return await ranks.changes(uow, found.cycle, found.before, found.turn, after, last) or None


async def tell(uow: UnitOfWork, found: Telling, last: PersonId, changes: Sequence[RankChanged]) -> bool:
    """Announce changes of people up to `last`; False when somebody else is doing so."""
    if not await store.told(uow, found, last):
        return False
    await titles.clear_up(uow, found.turn, found.told_to, last)
    await uow.emit_all(changes)
    return True


async def end(uow: UnitOfWork, found: Telling) -> None:
    """Forget a closing that is done, if nobody else did."""
    if await store.end(uow, found):
        await titles.end(uow, found.turn)


async def _require_held(uow: UnitOfWork, making: Making) -> None:
    if not await store.is_held(uow, making):
        raise ClosingOvertaken(cycle=making.due.cycle.code)
