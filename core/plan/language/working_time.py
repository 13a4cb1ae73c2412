"""Hours of the week, holidays and lengths of time, as a plan writes them."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from core.plan.language.source import Node
from core.plan.language.table import Table
from core.plan.model import Shift, WorkingHours
from core.plan.model.hours import MINUTES_A_DAY
from i18n.translator import mark

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LINE = re.compile(r"([a-z]+)(?:\s*-\s*([a-z]+))?\s+([\d:]+)\s*-\s*([\d:]+)\Z", re.ASCII | re.IGNORECASE)
TIME = re.compile(r"([01]\d|2[0-4]):([0-5]\d)\Z", re.ASCII)
YEARLY = re.compile(r"(\d\d)-(\d\d)\Z", re.ASCII)
LENGTH = re.compile(r"(?:(\d{1,4})\s*d)?\s*(?:(\d{1,4})\s*h)?\s*(?:(\d{1,5})\s*m(?:in)?)?\Z", re.ASCII)
HOLIDAYS_MAX = 200
MINUTES_MAX = 10 * 366 * MINUTES_A_DAY
A_WEEK = 7 * MINUTES_A_DAY
WEEKS_MAX = 52
NONE = "none"
LEAP_YEAR = 2024
HOURS_EXPECTED = mark('hours of the week such as "mon-fri 09:00-18:00"')
HOURS_LISTED = mark('a list of hours of the week such as ["mon-fri 09:00-18:00", "sat 10:00-14:00"]')
HOURS_TWICE = mark("hours that the list does not have yet")
HOLIDAY_EXPECTED = mark('a date such as 2026-12-25, or "12-25" for that day of every year')
HOLIDAYS_FEWER = mark("a list of at most {most} days")
LENGTH_EXPECTED = mark('a length of time such as "30m", "4h" or "2d 4h"')
WITHIN_A_YEAR = mark("a length of time that the working hours of a year have")
LENGTH_OR_NONE = mark('a length of time such as "30m", "4h" or "2d 4h", or "none"')


def read_hours(table: Table, time_zone: str) -> WorkingHours:
    """The words `hours` and `holidays` of a section."""
    holidays, yearly = _holidays(table)
    return WorkingHours(_shifts(table), time_zone, holidays, yearly)


def _shifts(table: Table) -> tuple[Shift, ...]:
    usual = WorkingHours().shifts
    if not table.has("hours"):
        return usual
    found: list[Shift] = []
    for item in table.items("hours"):
        shifts = _line(table, item)
        if _overlap([*found, *shifts]):
            table.wrong("hours", item, HOURS_TWICE)
        else:
            found.extend(shifts)
    node = table.words["hours"]
    if node.items == []:
        table.wrong("hours", node, HOURS_LISTED)
    return tuple(sorted(found)) or usual


def _line(table: Table, item: Node) -> list[Shift]:
    """The shifts of one text; nothing where it is wrong, which is told."""
    match = LINE.match(item.value.strip()) if isinstance(item.value, str) else None
    if match is None:
        table.wrong("hours", item, HOURS_EXPECTED)
        return []
    names = [name.lower() for name in (match[1], match[2] or match[1])]
    unknown = next((name for name in names if name not in DAYS), None)
    if unknown is not None:
        table.findings.unknown("plan_choice_unknown", item.place, unknown, DAYS, word="hours")
        return []
    begin, end = minutes(match[3]), minutes(match[4])
    if begin is None or end is None or begin in (end, MINUTES_A_DAY):
        table.wrong("hours", item, HOURS_EXPECTED)
        return []
    first, last = (DAYS.index(name) for name in names)
    end += MINUTES_A_DAY if end < begin else 0
    return [Shift((first + days) % 7, begin, end) for days in range((last - first) % 7 + 1)]


def minutes(text: str) -> int | None:
    """A time as minutes of the day, also its end; None for what is none.

    | text  | minutes |
    | ----- | ------- |
    | 09:00 | 540     |
    | 24:00 | 1440    |
    | 24:01 | None    |
    | 9:00  | None    |
    """
    match = TIME.match(text)
    found = int(match[1]) * 60 + int(match[2]) if match else MINUTES_A_DAY + 1
    return found if found <= MINUTES_A_DAY else None


def _overlap(shifts: Sequence[Shift]) -> bool:
    """Whether two of them share a minute of the week, the last night of one reaching into the next."""
    spans = sorted((shift.weekday * MINUTES_A_DAY + shift.begin, shift.end - shift.begin) for shift in shifts)
    following = [begin for begin, _ in spans[1:]] + [begin + A_WEEK for begin, _ in spans[:1]]
    return any(begin + length > after for (begin, length), after in zip(spans, following, strict=True))


def _holidays(table: Table) -> tuple[frozenset[date], frozenset[tuple[int, int]]]:
    days: set[date] = set()
    yearly: set[tuple[int, int]] = set()
    items = table.items("holidays")
    if len(items) > HOLIDAYS_MAX:
        table.wrong("holidays", table.words["holidays"], HOLIDAYS_FEWER, most=HOLIDAYS_MAX)
        return frozenset(), frozenset()
    for item in items:
        every = _every_year(item.value)
        if isinstance(item.value, date) and not isinstance(item.value, datetime):
            days.add(item.value)
        elif every is not None:
            yearly.add(every)
        else:
            table.wrong("holidays", item, HOLIDAY_EXPECTED)
    return frozenset(days), frozenset(yearly)


def _every_year(value: object) -> tuple[int, int] | None:
    """Month and day; None for what is none."""
    match = YEARLY.match(value) if isinstance(value, str) else None
    try:
        day = date(LEAP_YEAR, int(match[1]), int(match[2])) if match else None
    except ValueError:  # there is no such day
        return None
    return (day.month, day.day) if day else None


def length(table: Table, word: str, *, least: int, default: timedelta) -> timedelta:
    """A length of time by the calendar, of at least so many minutes."""
    node = table.words.get(word)
    if node is None:
        return default
    found = as_minutes(node.value, MINUTES_A_DAY)
    if found is None or found < least:
        table.wrong(word, node, LENGTH_EXPECTED)
        return default
    return timedelta(minutes=found)


def working_length(table: Table, word: str, hours: WorkingHours) -> timedelta | None:
    """A length of working time; None where the plan says that there is none, or says it wrongly, which is told."""
    node = table.words[word]
    if node.value == NONE:
        return None
    found = as_minutes(node.value, hours.minutes_a_day)
    if not found:
        table.wrong(word, node, LENGTH_OR_NONE)
    elif found > WEEKS_MAX * hours.minutes_a_week:
        table.wrong(word, node, WITHIN_A_YEAR)
        return None
    return timedelta(minutes=found) if found else None


def as_minutes(value: object, minutes_a_day: int) -> int | None:
    """How many minutes a length of time has; None for what is none.

    | text    | minutes of a day | minutes |
    | ------- | ---------------- | ------- |
    | 30m     | 540              | 30      |
    | 30 min  | 540              | 30      |
    | 4h      | 540              | 240     |
    | 2d 4h   | 540              | 1320    |
    | 2d      | 1440             | 2880    |
    | 4       | 540              | None    |
    """
    match = LENGTH.match(value.strip()) if isinstance(value, str) else None
    if match is None or not any(match.groups()):
        return None
    days, hours, rest = (int(part or 0) for part in match.groups())
    found = days * minutes_a_day + hours * 60 + rest
    return found if found <= MINUTES_MAX else None
