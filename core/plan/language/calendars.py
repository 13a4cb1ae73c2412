"""The section `[calendars]`: by what cycles a company settles, and by which of them KPIs are counted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

from core.plan.language import values
from core.plan.language.findings import Findings
from core.plan.language.kpis import ONLY_WHERE, reference
from core.plan.language.source import Node
from core.plan.language.table import Shape, Table
from core.plan.model import CalendarKind, CalendarSpec
from core.plan.model.plan import SOME_MONDAY
from i18n.translator import mark

CALENDAR = Shape("[calendars]", ("kind", "time_zone", "kpis_by", "days", "from", "begins"), required=("kind",))
PERIOD = 'kind = "period"'
LONGEST = 366
BEGINS = mark("a list of rising dates such as [2026-01-05, 2026-01-26], each at most {most} days after the one before")
LISTED = mark("{other} decides here")
MAIN = mark("the main calendar counts by its own cycles")
SAME_ZONE = mark("a calendar of the same time zone")


def read_calendars(node: Node | None, time_zone: str, findings: Findings) -> tuple[CalendarSpec, ...]:
    """The calendars, the main one first; without the section, the month."""
    if node is None or not node.table:
        if node is not None:
            Table(node, Shape("[calendars]", ()), findings)
        return (CalendarSpec("month", CalendarKind.MONTH, time_zone),)
    tables = {code: Table(entry, CALENDAR, findings) for code, entry in node.table.items()}
    found = [_calendar(code, table, time_zone) for code, table in tables.items()]
    return tuple(replace(one, kpis_by=_kpis_by(tables[one.code], one, found)) for one in found)


def _calendar(code: str, table: Table, time_zone: str) -> CalendarSpec:
    values.is_code(table, table.node, code)
    kind, zone = table.choice("kind", CalendarKind, CalendarKind.MONTH), values.time_zone(table, "time_zone", time_zone)
    if kind is not CalendarKind.PERIOD:
        for word in ("days", "from", "begins"):
            table.useless(word, ONLY_WHERE, where=PERIOD)
        return CalendarSpec(code, kind, zone)
    table.need("days", *(() if table.has("begins") else ("from",)), when=PERIOD)
    days = table.whole("days", least=2, most=LONGEST, default=2)
    return CalendarSpec(code, kind, zone, days=days, begins=_begins(table))


def _begins(table: Table) -> tuple[date, ...]:
    """The days that are listed, or the one from which all are counted."""
    if not table.has("begins"):
        return (table.day("from") or SOME_MONDAY,)
    table.useless("from", LISTED, other="begins")
    listed = [item.value for item in table.items("begins")]
    days = [one for one in listed if isinstance(one, date) and not isinstance(one, datetime)]
    apart = all(0 < (after - before).days <= LONGEST for before, after in pairwise(days))
    if table.words["begins"].items is not None and (not days or len(days) < len(listed) or not apart):
        table.wrong("begins", table.words["begins"], BEGINS, most=LONGEST)
        return (SOME_MONDAY,)
    return tuple(days) or (SOME_MONDAY,)


def _kpis_by(table: Table, calendar: CalendarSpec, calendars: Sequence[CalendarSpec]) -> str | None:
    """The calendar whose cycles KPIs are counted over; None is its own."""
    if not table.has("kpis_by"):
        return None
    if calendar == calendars[0]:
        table.useless("kpis_by", MAIN)
        return None
    others = {one.code: one for one in calendars if one != calendar}
    found = reference(table, "kpis_by", list(others), "calendar")
    if found is not None and others[found].time_zone != calendar.time_zone:
        table.wrong("kpis_by", table.words["kpis_by"], SAME_ZONE)
        return None
    return found
