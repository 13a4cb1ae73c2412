"""Which closed cycles a period means that somebody named, as `SLOTS` writes periods. Pure; the day is an argument."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.understanding.slots.periods import MONTHS
from core.calendar.model import CycleCard

Span = Callable[[date], bool]
"""Whether a day lies in the period."""

LAST_MONTHS = re.compile(r"last_(\d+)_months")
CYCLE = re.compile(r"cycle_(\d+)")
YEAR_MONTH = re.compile(r"(\d{4})-(\d{2})")
YEAR = re.compile(r"\d{4}")


def today(card: CycleCard) -> date:
    """The company's day, by the open cycle: its clock may run apart from ours."""
    left = timedelta(days=card.days_left)
    return (card.ends_at.astimezone(ZoneInfo(card.time_zone)).replace(tzinfo=None) - left).date()


def span(period: str, today: date) -> Span | None:
    """The days of a period; None where the word is none of ours.

    | period        | today      | days                    |
    | ------------- | ---------- | ----------------------- |
    | this_month    | 2026-11-22 | November 2026           |
    | last_month    | 2026-01-05 | December 2025           |
    | last_3_months | 2026-11-22 | August to October 2026  |
    | march         | 2026-11-22 | March 2026              |
    | december      | 2026-11-22 | December 2025           |
    | cycle_9       | 2026-11-22 | September 2026          |
    | cycle_12      | 2026-11-22 | December 2025           |
    """
    months = _months(period, today)
    if months is None:
        return None
    first, last = months
    return lambda day: first <= day.year * 12 + day.month - 1 <= last


def is_open(period: str, today: date) -> bool:
    """Whether it means the month that still runs, and no other."""
    now = _count(today.year, today.month)
    return _months(period, today) == (now, now)


def _count(year: int, month: int) -> int:
    return year * 12 + month - 1


def _months(period: str, today: date) -> tuple[int, int] | None:
    """The first and the last month, counted from the year nought."""
    now = _count(today.year, today.month)
    fixed = {
        "this_month": (now, now),
        "last_month": (now - 1, now - 1),
        "this_year": (_count(today.year, 1), now),
        "last_year": (_count(today.year - 1, 1), _count(today.year - 1, 12)),
    }
    if period in fixed:
        return fixed[period]
    if match := LAST_MONTHS.fullmatch(period):
        return now - int(match[1]), now - 1
    if match := YEAR_MONTH.fullmatch(period):
        month = _count(int(match[1]), int(match[2]))
        return month, month
    if YEAR.fullmatch(period):
        return _count(int(period), 1), _count(int(period), 12)
    return _named(period, today)


def _named(period: str, today: date) -> tuple[int, int] | None:
    """A month by its name or number: the latest one that has begun."""
    match = CYCLE.fullmatch(period)
    number = int(match[1]) if match else MONTHS.index(period) + 1 if period in MONTHS else 0
    if not 1 <= number <= len(MONTHS):
        return None
    month = _count(today.year if number <= today.month else today.year - 1, number)
    return month, month
