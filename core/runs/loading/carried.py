"""Which released runs a run carries on from: its own calendar's last, and what advances and common balances ask for."""

from collections.abc import Mapping
from typing import Any

from core.calendar.model import Cycle
from core.calendar.rules import cycle_named, previous
from core.db.unit_of_work import UnitOfWork
from core.plan.model import Plan
from core.runs.model import ReleasedRun
from core.runs.store.runs import released
from core.settlement.advancing import advanced_cycle


async def sources(uow: UnitOfWork, plan: Plan, run: Mapping[Any, Any]) -> list[ReleasedRun]:
    """The released runs whose carry a run takes, that of its own calendar first.

    With `per = "total"` the balances of the run that ended last count, whatever its calendar; what is paid ahead by a
    second calendar is taken off by the main one. So these two look at each other's last run.
    """
    found = await released(uow)
    mine = [one for one in found if one.calendar == run["calendar"] and one.ends_at <= run["starts_at"]]
    specs = {spec.code: spec for spec in plan.calendars}
    cycle = cycle_named(specs[run["calendar"]], run["cycle"])
    others = []
    for calendar in sorted(specs.keys() - {run["calendar"]}):
        theirs = [one for one in found if one.calendar == calendar and one.ends_at <= run["ends_at"]]
        if theirs and _is_of_use(plan, cycle, cycle_named(specs[calendar], theirs[-1].cycle)):
            others.append(theirs[-1])
    return [*mine[-1:], *others]


def _is_of_use(plan: Plan, cycle: Cycle, theirs: Cycle) -> bool:
    """Whether the carry of another calendar's cycle has something for this one."""
    advances, main = plan.advances, plan.calendar
    if advances is not None and (theirs.calendar, cycle.calendar) == (advances.calendar, main.code):
        return advanced_cycle(plan, theirs).code == cycle.code
    if advances is not None and (theirs.calendar, cycle.calendar) == (main.code, advances.calendar):
        return theirs.code == previous(main, advanced_cycle(plan, cycle)).code
    return plan.payout.per == "total"
