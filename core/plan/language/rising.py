"""Percentages that rise with a figure: whether it has every sale of the cycle in it that they are paid on."""

from collections.abc import Sequence
from itertools import pairwise

from core.plan.language.kinds import Context
from core.plan.language.source import Node
from core.plan.model import Bonus, CalendarKind, CalendarSpec, KpiSpec, Window
from core.plan.model.terms import Differential
from i18n.translator import mark

WITH_ALL_SALES = mark(
    'a KPI that has all sales of the bonus\'s cycle in it: over cycles or "all", '
    "or since a day on which one of its cycles begins"
)
QUARTERS = (1, 4, 7, 10)
LONGEST = {
    CalendarKind.DAY: 1,
    CalendarKind.WEEK: 7,
    CalendarKind.FORTNIGHT: 16,
    CalendarKind.MONTH: 31,
    CalendarKind.QUARTER: 92,
    CalendarKind.YEAR: 366,
}


def tell_rising(
    nodes: Sequence[Node], bonuses: Sequence[Bonus], calendars: Sequence[CalendarSpec], context: Context
) -> None:
    """A fault for each such bonus whose figure can begin within a cycle.

    Of 600 on the 5th and 600 on the 20th, a figure that begins anew on the 15th is 600: the first 600 would lie below
    it, where there are no percentages.
    """
    places = {str(code.value): node.table or {} for node in nodes if (code := (node.table or {}).get("code"))}
    for bonus in bonuses:
        terms = bonus.terms
        if not isinstance(terms, Differential) or terms.schedule_mode != "rising":
            continue
        kpi = context.kpis.get(terms.schedule_kpi or "")
        calendar = next((one for one in calendars if one.code == bonus.calendar), calendars[0])
        node = places.get(bonus.code, {}).get("schedule_kpi")
        if kpi is not None and node is not None and not _covers(kpi, calendar):
            facts = {"word": "schedule_kpi", "expected": WITH_ALL_SALES, "found": f'"{kpi.code}"'}
            context.findings.fault("plan_value_wrong", node.place, **facts)


def _covers(kpi: KpiSpec, calendar: CalendarSpec) -> bool:
    """Whether its window begins no later than any cycle that it is looked at with."""
    if kpi.window is Window.CUMULATIVE:
        return True
    if kpi.since:
        return calendar.kpis_by is None and all(_begins(calendar.kind, *one) for one in kpi.since)
    if kpi.days:
        return kpi.days >= _longest(calendar)
    return calendar.kpis_by is None or kpi.cycles > 1


def _begins(kind: CalendarKind, month: int, day: int) -> bool:
    """Whether a cycle begins on that day in every year."""
    match kind:
        case CalendarKind.DAY:
            return True
        case CalendarKind.FORTNIGHT:
            return day in (1, 16)
        case CalendarKind.MONTH:
            return day == 1
        case CalendarKind.QUARTER:
            return day == 1 and month in QUARTERS
        case CalendarKind.YEAR:
            return (month, day) == (1, 1)
    return False


def _longest(calendar: CalendarSpec) -> int:
    """The most days that one of its cycles has."""
    if calendar.kind is not CalendarKind.PERIOD:
        return LONGEST[calendar.kind]
    return max([calendar.days, *((after - before).days for before, after in pairwise(calendar.begins))])
