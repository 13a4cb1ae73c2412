"""Working time against a plain count of minutes, over every oddity of clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.plan.model import Shift, WorkingHours
from core.tickets.rules.hours import later, opens, worked

MINUTE = timedelta(minutes=1)
MADRID = ZoneInfo("Europe/Madrid")
OFFICE = WorkingHours(time_zone="Europe/Madrid")
NIGHT = WorkingHours((Shift(4, 22 * 60, 30 * 60),), "Europe/Madrid")
ALWAYS = WorkingHours(tuple(Shift(day, 0, 1440) for day in range(7)), "Europe/Madrid")


def at(text: str) -> datetime:
    """A moment on Madrid's clock in November 2026; the 20th is a Friday."""
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=MADRID)


@pytest.mark.parametrize(
    ("hours", "begin", "end", "minutes"),
    [
        (OFFICE, "20T17:00", "23T10:00", 120),
        (OFFICE, "21T10:00", "22T23:00", 0),
        (OFFICE, "20T19:00", "20T08:00", 0),
        (OFFICE, "20T12:30", "20T12:45", 15),
        (NIGHT, "20T23:00", "21T12:00", 420),
        (NIGHT, "20T10:00", "20T23:30", 90),
        (ALWAYS, "20T10:00", "22T10:00", 2880),
    ],
)
def test_only_time_inside_a_shift_counts(hours: WorkingHours, begin: str, end: str, minutes: int) -> None:
    assert worked(hours, at(begin), at(end)) == minutes * MINUTE


@pytest.mark.parametrize(
    ("begin", "minutes", "end"),
    [
        ("20T17:00", 60, "20T18:00"),
        ("20T17:00", 61, "23T09:01"),
        ("20T17:00", 120, "23T10:00"),
        ("22T12:00", 60, "23T10:00"),
        ("22T12:00", 0, "22T12:00"),
        ("23T08:00", 540, "23T18:00"),
    ],
)
def test_a_target_is_due_at_the_first_moment_by_which_its_time_has_passed(begin: str, minutes: int, end: str) -> None:
    assert later(OFFICE, at(begin), minutes * MINUTE) == at(end)


def test_no_shift_begins_on_a_holiday_and_one_begun_before_goes_on() -> None:
    hours = WorkingHours(NIGHT.shifts, "Europe/Madrid", frozenset({date(2026, 11, 21)}), frozenset({(11, 27)}))
    assert worked(hours, at("20T00:00"), at("29T00:00")) == 480 * MINUTE  # the 27th is the next Friday


def test_the_company_opens_at_once_or_with_the_next_shift() -> None:
    assert [opens(OFFICE, at(text)) for text in ("20T10:00", "20T18:00")] == [at("20T10:00"), at("23T09:00")]


@pytest.mark.parametrize(
    ("zone", "day", "minutes"),
    [
        ("Europe/Madrid", date(2026, 3, 29), 4 * 60),  # 02:00 to 03:00 is skipped
        ("Europe/Madrid", date(2026, 10, 25), 6 * 60),  # and comes twice
        ("Australia/Lord_Howe", date(2026, 4, 5), 5 * 60 + 30),  # half an hour comes twice
        ("America/St_Johns", date(2006, 10, 29), 5 * 60 + 1),  # at 00:01 it was 23:01 of the day before again
        ("Pacific/Apia", date(2011, 12, 30), 0),  # this day never was
    ],
)
def test_skipped_hours_count_nothing_and_doubled_ones_twice(zone: str, day: date, minutes: int) -> None:
    hours = WorkingHours((Shift(day.weekday(), 0, 5 * 60),), zone)
    begin = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=2)
    end = begin + timedelta(days=4)
    assert (plain_count(hours, begin, end), worked(hours, begin, end)) == (minutes, minutes * MINUTE)


def plain_count(hours: WorkingHours, begin: datetime, end: datetime) -> int:
    """Looks at the clock on the wall every minute."""
    zone, counted = ZoneInfo(hours.time_zone), 0
    while begin < end:
        wall = begin.astimezone(zone)
        minute = wall.hour * 60 + wall.minute
        yesterday = wall.date() - timedelta(days=1)
        counted += any(
            (shift.weekday == day.weekday() and not hours.rests(day) and shift.begin <= minute + more < shift.end)
            for shift in hours.shifts
            for day, more in ((wall.date(), 0), (yesterday, 1440))
        )
        begin += MINUTE
    return counted


ZONES = ("Europe/Madrid", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "UTC")
CHANGES = (datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC), datetime(2026, 4, 4, tzinfo=UTC))


@st.composite
def weeks(draw: st.DrawFn) -> WorkingHours:
    """Any week of shifts that do not overlap, in any zone, with holidays."""
    shifts: list[Shift] = []
    for weekday in draw(st.sets(st.integers(0, 6), min_size=1)):
        begin = draw(st.integers(0, 1439))
        free = 1439 if weekday + 1 not in [one.weekday for one in shifts] else 0
        shifts.append(Shift(weekday, begin, draw(st.integers(begin + 1, begin + 1 + min(free, 1440 - begin)))))
    holidays = draw(st.sets(st.dates(date(2026, 3, 26), date(2026, 10, 28)), max_size=3))
    return WorkingHours(tuple(sorted(shifts)), draw(st.sampled_from(ZONES)), frozenset(holidays))


@given(weeks(), st.sampled_from(CHANGES), st.integers(0, 3 * 1440), st.integers(0, 2 * 1440))
def test_it_is_a_plain_count_of_minutes(hours: WorkingHours, near: datetime, offset: int, length: int) -> None:
    begin = near + offset * MINUTE
    end = begin + length * MINUTE
    counted = plain_count(hours, begin, end)
    assert worked(hours, begin, end) == counted * MINUTE
    due = later(hours, begin, counted * MINUTE)
    assert begin <= due <= max(begin, end)
    assert worked(hours, begin, due) == counted * MINUTE
    assert counted == 0 or worked(hours, begin, due - timedelta(microseconds=1)) < counted * MINUTE
