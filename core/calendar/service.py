"""Use cases about cycles: which one is open, which are closed, which comes next, and where plans may begin."""

from datetime import date
from zoneinfo import ZoneInfo

from core.calendar import rules, store
from core.calendar.model import (
    ClosedCycle,
    Cycle,
    CycleBeforeFirst,
    CycleClosed,
    CycleOutOfTurn,
    CycleRunning,
    Cycles,
    PlanStartWithin,
    PlanTooEarly,
)
from core.db.unit_of_work import UnitOfWork
from core.plan import service as plans
from core.plan.model import Plan, PlanMissing, Version


def open_cycle(uow: UnitOfWork, plan: Plan) -> Cycle:
    """The cycle of the main calendar that the present lies in."""
    return rules.cycle_at(plan.calendar, uow.now)


async def closed_cycles(uow: UnitOfWork, plan: Plan) -> list[ClosedCycle]:
    """The closed cycles of the main calendar, the first one first."""
    return await store.closed_cycles(uow, plan.calendar.code)


async def closed_cycle(uow: UnitOfWork, cycle: Cycle) -> ClosedCycle | None:
    """When a cycle was closed; None while it is not."""
    return await store.closed_cycle(uow, cycle.calendar, cycle.code)


async def cycles(uow: UnitOfWork, plan: Plan) -> Cycles:
    """The main calendar at a glance."""
    closed = await closed_cycles(uow, plan)
    open_now = open_cycle(uow, plan)
    cycle = rules.previous(plan.calendar, open_now)
    if closed:
        cycle = rules.cycle_at(plan.calendar, closed[-1].ends_at)
    due = []
    while cycle.period.end <= open_now.period.start:
        due.append(cycle.code)
        cycle = rules.following(plan.calendar, cycle)
    return Cycles(calendar=plan.calendar.code, open=open_now.code, due=tuple(due), closed=tuple(closed))


async def require_closable(uow: UnitOfWork, plan: Plan, cycle: Cycle) -> bool:
    """Whether a cycle is still to be closed and may be closed now; the first one to be closed may be any.

    Returns:
        False when it is closed already.

    Raises:
        CycleRunning: it has not ended.
        CycleOutOfTurn: the one before it is not closed.
        CycleBeforeFirst: closing began with a later one.
    """
    if await closed_cycle(uow, cycle):
        return False
    if uow.now < cycle.period.end:
        raise CycleRunning(cycle=cycle.code, ends_at=cycle.period.end.isoformat())
    closed = await closed_cycles(uow, plan)
    if closed and cycle.period.start < closed[0].starts_at:
        raise CycleBeforeFirst(cycle=cycle.code, first=closed[0].code)
    if closed and closed[-1].ends_at != cycle.period.start:
        first = rules.cycle_at(plan.calendar, closed[-1].ends_at)
        raise CycleOutOfTurn(cycle=cycle.code, first=first.code)
    return True


async def mark_closed(uow: UnitOfWork, cycle: Cycle) -> bool:
    """Write that a cycle is closed and announce it.

    Returns:
        False when somebody else closed it meanwhile; nothing is announced then.
    """
    closed = await store.close(uow, cycle, uow.now)
    if closed:
        await uow.emit(CycleClosed(cycle=cycle.code, calendar=cycle.calendar))
    return closed


async def activate_plan(uow: UnitOfWork, text: str, start: date | None) -> Version:
    """Put a plan in force from a day on. The first plan may begin on any day, a later one only with a cycle.

    Args:
        start: first day in company time; the file's `valid_from`, else today, when None.

    Raises:
        PlanFaulty: the text has faults.
        PlanTooEarly: the day lies in or before a closed cycle.
        PlanStartWithin: the day lies within a cycle.
        PlanVersionTaken: this version of the plan exists with another text.
        PlanStartTaken: another text begins at that moment.
    """
    plan = plans.parsed(text)
    begins = plans.begins(plan, start, uow.now)
    last = await store.last_end(uow)
    if last is not None and begins < last.ends_at:
        zone = ZoneInfo(plan.calendar.time_zone)
        raise PlanTooEarly(cycle=last.code, earliest=last.ends_at.astimezone(zone).date().isoformat())
    try:
        before = await plans.plan_in_force(uow, begins)
    except PlanMissing:
        return await plans.activate(uow, text, start)
    cycle = rules.cycle_at(before.calendar, begins)
    if cycle.period.start != begins:
        zone = ZoneInfo(before.calendar.time_zone)
        raise PlanStartWithin(next=cycle.period.end.astimezone(zone).date().isoformat())
    return await plans.activate(uow, text, start)
