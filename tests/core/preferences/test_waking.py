"""When somebody may be woken: the worked table, and whatever else a clock does."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.preferences.model import Quiet, Summary, Wishes
from core.preferences.rules import waking

BERLIN = "Europe/Berlin"
MINUTE = timedelta(minutes=1)


def quiet(begins: str, ends: str) -> Quiet:
    """Hours as people write them."""
    begin, end = (int(clock[:2]) * 60 + int(clock[3:]) for clock in (begins, ends))
    return begin, end


def wishes(hours: Quiet | None, zone: str = BERLIN) -> Wishes:
    return Wishes(on=True, zone=zone, quiet=hours, summary=Summary.WEEKLY)


NIGHT = quiet("21:00", "08:00")
LATE = quiet("21:00", "02:30")


@pytest.mark.parametrize(
    ("hours", "at", "wakes"),
    [
        (None, "2026-11-10 03:00+01", "2026-11-10 03:00+01"),
        (quiet("21:00", "21:00"), "2026-11-10 03:00+01", "2026-11-10 03:00+01"),
        (NIGHT, "2026-11-10 20:59+01", "2026-11-10 20:59+01"),
        (NIGHT, "2026-11-10 21:00+01", "2026-11-11 08:00+01"),
        (NIGHT, "2026-11-10 07:59+01", "2026-11-10 08:00+01"),
        (NIGHT, "2026-11-10 08:00+01", "2026-11-10 08:00+01"),
        (quiet("13:00", "15:00"), "2026-11-10 14:00+01", "2026-11-10 15:00+01"),
        (LATE, "2026-03-29 00:30+01", "2026-03-29 03:00+02"),  # the clock goes from 02:00 to 03:00
        (NIGHT, "2026-03-28 22:00+01", "2026-03-29 08:00+02"),  # ten hours of night
        (NIGHT, "2026-10-24 22:00+02", "2026-10-25 08:00+01"),  # and eleven
        (LATE, "2026-10-25 00:30+02", "2026-10-25 02:30+02"),
        (LATE, "2026-10-25 02:10+02", "2026-10-25 02:30+02"),
        (LATE, "2026-10-25 02:10+01", "2026-10-25 02:30+01"),  # the hour comes twice
        (quiet("02:15", "02:10"), "2026-10-25 02:20+01", "2026-10-26 02:10+01"),
    ],
)
def test_quiet_hours_end_by_her_clock(hours: Quiet | None, at: str, wakes: str) -> None:
    assert waking(wishes(hours), datetime.fromisoformat(at)) == datetime.fromisoformat(wakes)


@given(
    hours=st.tuples(*[st.integers(0, 1439)] * 2),
    zone=st.sampled_from([BERLIN, "Australia/Lord_Howe", "America/Havana", "Asia/Kathmandu"]),
    minutes=st.one_of(
        st.integers(0, 365 * 1440), st.integers(86 * 1440, 89 * 1440), st.integers(297 * 1440, 300 * 1440)
    ),
)
def test_it_is_the_first_moment_at_which_her_clock_is_not_quiet(hours: Quiet, zone: str, minutes: int) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC) + minutes * MINUTE
    begin, end = hours

    def is_quiet(moment: datetime) -> bool:
        local = moment.astimezone(ZoneInfo(zone))
        minute = local.hour * 60 + local.minute
        return begin != end and (begin <= minute < end if begin < end else minute >= begin or minute < end)

    wakes = waking(wishes(hours, zone), at)
    assert wakes == at or is_quiet(at)
    plain = at
    while is_quiet(plain):
        plain += MINUTE
    assert wakes == plain
