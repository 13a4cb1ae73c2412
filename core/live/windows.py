"""When the windows of own figures begin.

A day is a date on the calendar's clock, however many hours it has. With `days = 30`, in Madrid:

| looked at                   | the window begins  | in UTC              |
| --------------------------- | ------------------ | ------------------- |
| the cycle 2026-10, closed   | 2 October 0:00     | 2026-10-01 22:00    |
| the same, open on the 30th  | 1 October 0:00     | 2026-09-30 22:00    |
| the cycle 2026-11, closed   | 1 November 0:00    | 2026-10-31 23:00    |
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.calendar.model import Cycle
from core.calendar.rules import company_midnight, window_start
from core.kpis.model import OwnFigure
from core.live.calculation import Calculation
from core.plan.model import CalendarSpec, DaysOfYear

DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)

Windows = tuple[datetime | None, ...]
"""When each own figure's window begins; None for the beginning of time."""


def day_of(calendar: CalendarSpec, moment: datetime) -> date:
    """The date on the calendar's clock."""
    return moment.astimezone(ZoneInfo(calendar.time_zone)).date()


def last_day(calendar: CalendarSpec, cycle: Cycle) -> date:
    """The cycle's last date, also of one that is looked at before it ends."""
    return day_of(calendar, cycle.period.end - INSTANT)


def latest(since: DaysOfYear, last: date) -> date:
    """The last of these days of a year that has come by `last`, that day included.

    | since        | last       | found      |
    | ------------ | ---------- | ---------- |
    | 01-01, 07-01 | 2026-10-31 | 2026-07-01 |
    | 01-01, 07-01 | 2026-07-01 | 2026-07-01 |
    | 01-01, 07-01 | 2027-03-31 | 2027-01-01 |
    | 09-01        | 2027-08-31 | 2026-09-01 |
    """
    come = [one for one in since if one <= (last.month, last.day)]
    month, day = come[-1] if come else since[-1]
    return date(last.year if come else last.year - 1, month, day)


def begins(figure: OwnFigure, calendar: CalendarSpec, cycle: Cycle, day: date | None = None) -> datetime | None:
    """When the figure's window begins; None for the beginning of time.

    Args:
        day: the last that is looked at; None is the cycle's own last.
    """
    if figure.days or figure.since:
        last = day or last_day(calendar, cycle)
        return company_midnight(
            calendar, latest(figure.since, last) if figure.since else last - (figure.days - 1) * DAY
        )
    return None if figure.cycles is None else window_start(calendar, cycle, figure.cycles)


def windows_of(calculation: Calculation, cycle: Cycle, day: date | None = None) -> Windows:
    """The windows of the calculation's own figures that end with `cycle`, or with a day of it."""
    return tuple(begins(figure, calculation.plan.calendar, cycle, day) for figure in calculation.own)
