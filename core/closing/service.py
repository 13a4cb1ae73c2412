"""Use cases of closing: which cycle is due, and recording what it fixed."""

from collections.abc import Mapping
from datetime import timedelta

from core.calendar import rules as calendars
from core.calendar import service as calendar
from core.closing import rules
from core.closing.model import Closed, Due
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.people import service as people
from core.plan import service as plans
from core.ranks import service as ranks

LAST_MOMENT = timedelta(microseconds=1)


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


async def record(
    uow: UnitOfWork, due: Due, paid: Mapping[PersonId, int], reached: Mapping[PersonId, int] | None = None
) -> Closed:
    """Fix the ranks of a due cycle and mark it closed; nothing happens when somebody else closed it meanwhile.

    Args:
        paid: everybody's place on the ladder at the end of the cycle, from 1; 0 for no rank.
        reached: the same by their own figures; None where nobody keeps a rank by grace.
    """
    if not await calendar.mark_closed(uow, due.cycle):
        return Closed(cycle=due.cycle.code, already=True)
    before = await ranks.recorded_ranks(uow, due.before) if due.before else {}
    titles, ends_year = await people.all_career_ranks(uow), calendars.ends_year(due.plan.calendar, due.cycle)
    recorded = rules.recorded(due.plan, paid, titles, before, reached=reached, ends_year=ends_year)
    changed = await ranks.record_paid_ranks(uow, due.cycle, due.before, recorded)
    return Closed(cycle=due.cycle.code, already=False, ranked=len(recorded), changed=changed)
