"""Which released runs a run carries on from: its own calendar's last, and what advances and common balances ask for."""

from collections.abc import Mapping
from typing import Any

from core.calendar.model import Cycle
from core.calendar.rules import cycle_named, previous
from core.db.unit_of_work import UnitOfWork
from core.plan.model import Plan
from core.runs.model import ReleasedRun
from core.runs.store.runs import released
from core.settlement.past.carrying import BALANCES, CAPS
from core.settlement.rules.ever import shared
from core.settlement.steps.advancing import advanced_cycle


async def sources(uow: UnitOfWork, plan: Plan, run: Mapping[Any, Any]) -> list[ReleasedRun]:
    """The released runs whose carry a run takes, that of its own calendar first.

    What is paid ahead by a second calendar is taken off by the main one, so these two look at each other's last run.
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


def common(plan: Plan) -> list[str]:
    """The files of which runs of all calendars have one: balances, and what was ever paid under caps of several."""
    balances = [BALANCES] if plan.payout.per == "total" else []
    return [*balances, *([CAPS] if shared(plan) else [])]


async def balances_from(uow: UnitOfWork, plan: Plan) -> ReleasedRun | None:
    """The run of which the next one takes what is common to all: the last that was released, of any calendar.

    Not the one whose cycle ended last: a week may be released before the month that ended in it, and pay what both
    found waiting.

    | released | cycle   | takes balances of | waited | earned | pays (from 50 on) |
    | -------- | ------- | ----------------- | ------ | ------ | ----------------- |
    | 1 Oct    | 2026-W39 | -                | 0      | 30     | 0                 |
    | 6 Oct    | 2026-W40 | 2026-W39         | 30     | 30     | 60                |
    | 9 Oct    | 2026-09  | 2026-W40         | 0      | 70     | 70                |
    """
    found = await released(uow) if common(plan) else []
    return found[-1] if found else None


async def carried_from(uow: UnitOfWork, plan: Plan, run: Mapping[Any, Any]) -> list[int]:
    """The numbers of all runs that a run carries anything on from."""
    last = await balances_from(uow, plan)
    numbers = [one.number for one in await sources(uow, plan, run)]
    return list(dict.fromkeys([*numbers, *([] if last is None else [last.number])]))


def _is_of_use(plan: Plan, cycle: Cycle, theirs: Cycle) -> bool:
    """Whether the carry of another calendar's cycle has something for this one, besides balances."""
    advances, main = plan.advances, plan.calendar
    if advances is not None and (theirs.calendar, cycle.calendar) == (advances.calendar, main.code):
        return advanced_cycle(plan, theirs).code == cycle.code
    if advances is not None and (theirs.calendar, cycle.calendar) == (main.code, advances.calendar):
        return theirs.code == previous(main, advanced_cycle(plan, cycle)).code
    return False
