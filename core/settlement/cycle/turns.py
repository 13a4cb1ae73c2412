"""Over which calendar's cycle a run counts KPIs, activity and ranks.

A run by the week that counts by the month counts from the first day of the month in which the week ends to its end:

| the run's cycle | ends on    | counted       |
| --------------- | ---------- | ------------- |
| 2026-W40        | 2026-10-04 | 1 to 4 October |
| 2026-W41        | 2026-10-11 | 1 to 11 October |
| 2026-W44        | 2026-11-01 | 1 November    |
"""

from dataclasses import replace
from datetime import timedelta

from core.calendar.model import Cycle
from core.calendar.rules import cycle_at
from core.kernel.period import Period
from core.plan.model import CalendarSpec, Plan


def so_far(calendar: CalendarSpec, cycle: Cycle) -> Cycle:
    """The calendar's cycle in which another calendar's cycle ends, as if it ended with it."""
    found = cycle_at(calendar, cycle.period.end - timedelta(microseconds=1))
    return Cycle(found.code, found.calendar, Period(found.period.start, cycle.period.end))


def counted_by(plan: Plan, cycle: Cycle) -> tuple[Plan, Cycle]:
    """The plan and the cycle by which KPIs are counted.

    Args:
        plan: with the calendar of the cycle as its main one.

    Returns:
        The same, or the plan with the calendar that the cycle's own names as its main one, and that calendar's cycle
        so far.
    """
    code = plan.calendar.kpis_by
    if code is None:
        return plan, cycle
    chosen = next(one for one in plan.calendars if one.code == code)
    others = tuple(one for one in plan.calendars if one != chosen)
    return replace(plan, calendars=(chosen, *others)), so_far(chosen, cycle)
