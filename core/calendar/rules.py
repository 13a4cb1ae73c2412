"""Which cycle a moment lies in, when a cycle begins and ends, and what its code is. Pure; no clock.

Cycles begin at local midnight. Where clocks skip midnight, they begin at the moment of the skip; where midnight comes
twice, at the first.

| kind      | code         | first day  | first day after |
| --------- | ------------ | ---------- | --------------- |
| month     | 2026-10      | 2026-10-01 | 2026-11-01      |
| week      | 2026-W01     | 2025-12-29 | 2026-01-05      |
| day       | 2026-10-07   | 2026-10-07 | 2026-10-08      |
| year      | 2026         | 2026-01-01 | 2027-01-01      |
| fortnight | 2026-02-B    | 2026-02-16 | 2026-03-01      |
| quarter   | 2026-Q4      | 2026-10-01 | 2027-01-01      |
| period    | 2026-P02     | 2026-01-26 | 2026-02-16      |

The period is one of 21 days, of which one began on 2026-01-05; they are numbered by the year in which they begin. Where
several such days are listed, a period goes from one to the next; before the first and from the last on it has its days.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.calendar.model import Cycle, CycleUnknown
from core.kernel.period import Period
from core.plan.model import CalendarKind, CalendarSpec

DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1900, 2999


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one kind of calendar cuts time into stretches of whole days."""

    pattern: re.Pattern[str]
    example: str
    first_day: Callable[[date], date]
    next_first_day: Callable[[date], date]
    """From the first day of one cycle to that of the next."""
    code: Callable[[date], str]
    """Of the cycle that begins on this day."""
    parse: Callable[[re.Match[str]], date]
    """A day in the cycle of that code.

    Raises:
        ValueError: there is no such day or week.
    """


def cycle_at(calendar: CalendarSpec, moment: datetime) -> Cycle:
    """The cycle that `moment` (aware) lies in."""
    return _cycle(calendar, moment.astimezone(ZoneInfo(calendar.time_zone)).date())


def cycle_named(calendar: CalendarSpec, code: str) -> Cycle:
    """The cycle of this code.

    Raises:
        CycleUnknown: the code is not one of this calendar's; the facts show one that is.
    """
    kind = _kind(calendar)
    match = kind.pattern.fullmatch(code)
    if match is None or not FIRST_YEAR <= int(code[:4]) <= LAST_YEAR:
        raise CycleUnknown(cycle=code, example=kind.example)
    try:
        day = kind.parse(match)
    except ValueError as error:
        raise CycleUnknown(cycle=code, example=kind.example) from error
    cycle = cycle_at(calendar, company_midnight(calendar, day))
    if cycle.code != code:  # a day that was skipped when the zone crossed the date line
        raise CycleUnknown(cycle=code, example=kind.example)
    return cycle


def following(calendar: CalendarSpec, cycle: Cycle) -> Cycle:
    """The cycle after `cycle`, also after one that is looked at before it ends."""
    return cycle_at(calendar, cycle_named(calendar, cycle.code).period.end)


def previous(calendar: CalendarSpec, cycle: Cycle) -> Cycle:
    """The cycle before `cycle`."""
    return cycle_at(calendar, cycle.period.start - timedelta(microseconds=1))


def codes_before(calendar: CalendarSpec, cycle: Cycle, cycles: int) -> list[str]:
    """Codes of so many cycles before this one, the last first; none where the number is not above 0."""
    found = list[str]()
    while len(found) < cycles:
        cycle = previous(calendar, cycle)
        found.append(cycle.code)
    return found


def ends_year(calendar: CalendarSpec, cycle: Cycle) -> bool:
    """Whether a cycle is the last of its year: the year of a cycle is that of its last day.

    | cycle    | last day   | the next one's | ends its year |
    | -------- | ---------- | -------------- | ------------- |
    | 2026-12  | 2026-12-31 | 2027-01-31     | yes           |
    | 2026-W52 | 2026-12-27 | 2027-01-03     | yes           |
    | 2026-W53 | 2027-01-03 | 2027-01-10     | no            |
    """
    years = [_last_day(calendar, one).year for one in (cycle, following(calendar, cycle))]
    return years[0] != years[1]


def _last_day(calendar: CalendarSpec, cycle: Cycle) -> date:
    return (cycle.period.end - timedelta(microseconds=1)).astimezone(ZoneInfo(calendar.time_zone)).date()


def window_start(calendar: CalendarSpec, cycle: Cycle, cycles: int) -> datetime:
    """When a window of so many cycles, `cycle` the last of them, begins."""
    assert cycles >= 1, "a window holds at least its own cycle"
    for _ in range(cycles - 1):
        cycle = previous(calendar, cycle)
    return cycle.period.start


def days_left(calendar: CalendarSpec, cycle: Cycle, now: datetime) -> int:
    """Whole days until the cycle ends, today included; 0 once it has ended.

    | now (company time)  | cycle   | days left |
    | ------------------- | ------- | --------- |
    | 2026-10-31 23:59    | 2026-10 | 1         |
    | 2026-10-01 00:00    | 2026-10 | 31        |
    | 2026-11-01 00:00    | 2026-10 | 0         |
    """
    if now >= cycle.period.end:
        return 0
    return (_last_day(calendar, cycle) - now.astimezone(ZoneInfo(calendar.time_zone)).date()).days + 1


def company_midnight(calendar: CalendarSpec, day: date) -> datetime:
    """When `day` begins in company time, as a moment in UTC."""
    return datetime.combine(day, time(0), ZoneInfo(calendar.time_zone)).astimezone(UTC)


def _cycle(calendar: CalendarSpec, day: date) -> Cycle:
    kind = _kind(calendar)
    first = kind.first_day(day)
    period = Period(company_midnight(calendar, first), company_midnight(calendar, kind.next_first_day(first)))
    return Cycle(code=kind.code(first), calendar=calendar.code, period=period)


def _kind(calendar: CalendarSpec) -> _Kind:
    if calendar.kind is not CalendarKind.PERIOD:
        return _KINDS[calendar.kind]
    step, begins = calendar.days * DAY, calendar.begins

    def first_day(day: date) -> date:
        listed = bisect_right(begins, day)
        if 0 < listed < len(begins):
            return begins[listed - 1]
        nearest = begins[max(listed - 1, 0)]
        return nearest + (day - nearest) // step * step

    def next_first_day(first: date) -> date:
        listed = bisect_right(begins, first)
        return begins[listed] if 0 < listed < len(begins) else first + step

    def first_of_year(year: int) -> date:
        first = first_day(date(year, 1, 1))
        return first if first.year == year else next_first_day(first)

    def number(first: date) -> int:
        found, other = 1, first_of_year(first.year)
        while other < first:
            found, other = found + 1, next_first_day(other)
        return found

    def numbered(match: re.Match[str]) -> date:
        first = first_of_year(int(match[1]))
        for _ in range(int(match[2]) - 1):
            first = next_first_day(first)
        return first

    return _Kind(
        pattern=re.compile(r"(\d{4})-P(\d{2,3})", re.ASCII),
        example="2026-P02",
        first_day=first_day,
        next_first_day=next_first_day,
        code=lambda first: f"{first:%Y}-P{number(first):02}",
        parse=numbered,
    )


def _month_after(first: date) -> date:
    return (first.replace(day=28) + 4 * DAY).replace(day=1)


def _week_code(first: date) -> str:
    year, week, _ = first.isocalendar()
    return f"{year:04}-W{week:02}"


def _fortnight_code(first: date) -> str:
    return f"{first:%Y-%m}-{'A' if first.day == 1 else 'B'}"


_KINDS: dict[CalendarKind, _Kind] = {
    CalendarKind.MONTH: _Kind(
        pattern=re.compile(r"(\d{4})-(\d\d)", re.ASCII),
        example="2026-10",
        first_day=lambda day: day.replace(day=1),
        next_first_day=_month_after,
        code=lambda first: f"{first:%Y-%m}",
        parse=lambda match: date(int(match[1]), int(match[2]), 1),
    ),
    CalendarKind.WEEK: _Kind(
        pattern=re.compile(r"(\d{4})-W(\d\d)", re.ASCII),
        example="2026-W41",
        first_day=lambda day: day - day.weekday() * DAY,
        next_first_day=lambda first: first + 7 * DAY,
        code=_week_code,
        parse=lambda match: date.fromisocalendar(int(match[1]), int(match[2]), 1),
    ),
    CalendarKind.DAY: _Kind(
        pattern=re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII),
        example="2026-10-07",
        first_day=lambda day: day,
        next_first_day=lambda first: first + DAY,
        code=lambda first: first.isoformat(),
        parse=lambda match: date(int(match[1]), int(match[2]), int(match[3])),
    ),
    CalendarKind.YEAR: _Kind(
        pattern=re.compile(r"(\d{4})", re.ASCII),
        example="2026",
        first_day=lambda day: day.replace(month=1, day=1),
        next_first_day=lambda first: first.replace(year=first.year + 1),
        code=lambda first: f"{first:%Y}",
        parse=lambda match: date(int(match[1]), 1, 1),
    ),
    CalendarKind.FORTNIGHT: _Kind(
        pattern=re.compile(r"(\d{4})-(\d\d)-([AB])", re.ASCII),
        example="2026-10-A",
        first_day=lambda day: day.replace(day=1 if day.day < 16 else 16),
        next_first_day=lambda first: first.replace(day=16) if first.day == 1 else _month_after(first),
        code=_fortnight_code,
        parse=lambda match: date(int(match[1]), int(match[2]), 1 if match[3] == "A" else 16),
    ),
    CalendarKind.QUARTER: _Kind(
        pattern=re.compile(r"(\d{4})-Q([1-4])", re.ASCII),
        example="2026-Q4",
        first_day=lambda day: day.replace(month=day.month - (day.month - 1) % 3, day=1),
        next_first_day=lambda first: _month_after(_month_after(_month_after(first))),
        code=lambda first: f"{first:%Y}-Q{first.month // 3 + 1}",
        parse=lambda match: date(int(match[1]), 3 * int(match[2]), 1),
    ),
}
