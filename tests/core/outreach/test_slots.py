"""When a kind of message is due, zone by zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.calendar.rules import cycle_at
from core.outreach.rules.slots import (
    MONDAY,
    Daily,
    DaysBeforeClose,
    Every,
    Local,
    Monthly,
    Weekly,
    days_before_close,
    local_slots,
    moment,
    repeated_slot,
)
from core.plan.model import CalendarKind, CalendarSpec

MADRID = CalendarSpec("month", CalendarKind.MONTH, "Europe/Madrid")
HOUR = timedelta(hours=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def names(when: Local, zone: str, after: str, until: str) -> list[str]:
    found = local_slots("kind", when, [zone], utc(after), utc(until), MADRID)
    return [f"{slot.name.removeprefix(f'kind/{zone}/')} {slot.at:%d %H:%M}" for slot in found]


@pytest.mark.parametrize(
    ("when", "zone", "after", "until", "slots"),
    [
        (Daily(540), "Europe/Madrid", "2026-11-27T08:00", "2026-11-28T08:00", ["2026-11-28 28 08:00"]),
        (Daily(540), "Europe/Madrid", "2026-11-27T07:59", "2026-11-27T08:00", ["2026-11-27 27 08:00"]),
        (Weekly(MONDAY, 540), "Asia/Tokyo", "2026-11-27T00:00", "2026-12-01T00:00", ["2026-11-30 30 00:00"]),
        (Monthly(1, 540), "Europe/Madrid", "2026-11-27T00:00", "2026-12-02T00:00", ["2026-12-01/monthly 01 08:00"]),
        (
            DaysBeforeClose((7, 3, 1), 1020),
            "Europe/Madrid",
            "2026-11-20T00:00",
            "2026-12-05T00:00",
            ["2026-11-24 24 16:00", "2026-11-28 28 16:00", "2026-11-30 30 16:00"],
        ),
        (
            DaysBeforeClose((1,), 1020),
            "Pacific/Midway",  # where it is still the day before when the cycle closes
            "2026-11-20T00:00",
            "2026-12-05T00:00",
            ["2026-11-29 30 04:00"],
        ),
    ],
)
def test_each_day_that_is_meant_has_one_slot(when: Local, zone: str, after: str, until: str, slots: list[str]) -> None:
    assert names(when, zone, after, until) == slots


@pytest.mark.parametrize(
    ("day", "minutes", "utc_hour"),
    [
        ("2026-03-28", 150, "01:30"),
        ("2026-03-29", 150, "01:30"),  # half past two does not come: it is half past three
        ("2026-10-25", 150, "00:30"),  # it comes twice: the first
        ("2026-10-26", 150, "01:30"),
    ],
)
def test_clock_changes_neither_lose_nor_double_a_day(day: str, minutes: int, utc_hour: str) -> None:
    at = moment(datetime.fromisoformat(day).date(), minutes, ZoneInfo("Europe/Madrid"))
    assert f"{at:%H:%M}" == utc_hour
    slots = names(Daily(minutes), "Europe/Madrid", "2026-03-01T00:00", "2026-11-01T00:00")
    days = [slot.split()[0] for slot in slots]
    assert days == sorted(set(days)) and len(days) == 245


@pytest.mark.parametrize(
    ("zone", "clock", "days"),
    [
        ("Europe/Madrid", "2026-11-30T17:00", 1),
        ("Europe/Madrid", "2026-11-24T17:00", 7),
        ("Asia/Tokyo", "2026-11-30T17:00", 1),
        ("America/Bogota", "2026-11-30T17:00", 1),
        ("Pacific/Midway", "2026-11-29T17:00", 1),
    ],
)
def test_the_last_slot_before_the_close_is_one_day_before_it(zone: str, clock: str, days: int) -> None:
    at = datetime.fromisoformat(clock).replace(tzinfo=ZoneInfo(zone))
    cycle = cycle_at(MADRID, utc("2026-11-15T00:00"))
    assert days_before_close(at.astimezone(UTC), 17 * 60, ZoneInfo(zone), cycle) == days


def test_of_repeated_looks_that_were_missed_the_last_alone_is_caught_up_with() -> None:
    after, until = utc("2026-11-27T08:10"), utc("2026-11-27T10:10")
    assert [slot.name for slot in repeated_slot("kind", Every(30), after, until)] == ["kind/2026-11-27T10:00Z"]
    assert list(repeated_slot("kind", Every(30), until - timedelta(minutes=5), until)) == []
