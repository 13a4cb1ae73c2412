from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import rules
from core.calendar.model import CycleUnknown
from core.plan.model import CalendarKind, CalendarSpec

MONTH = CalendarSpec("month", CalendarKind.MONTH, "Europe/Madrid")
ZONES = [
    "Europe/Madrid",
    "America/Sao_Paulo",
    "Africa/Cairo",
    "Asia/Kolkata",
    "Pacific/Apia",
    "Australia/Lord_Howe",
    "UTC",
]


def calendar(kind: str, zone: str = "Europe/Madrid") -> CalendarSpec:
    return CalendarSpec(kind, CalendarKind(kind), zone)


def madrid(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Madrid"))


@pytest.mark.parametrize(
    ("kind", "moment", "code", "first", "end"),
    [
        ("month", "2026-10-31 23:59", "2026-10", "2026-10-01", "2026-11-01"),
        ("month", "2026-12-01 00:00", "2026-12", "2026-12-01", "2027-01-01"),
        ("week", "2026-01-01 12:00", "2026-W01", "2025-12-29", "2026-01-05"),
        ("week", "2027-01-03 23:59", "2026-W53", "2026-12-28", "2027-01-04"),
        ("day", "2026-10-25 23:30", "2026-10-25", "2026-10-25", "2026-10-26"),
        ("year", "2026-06-01 00:00", "2026", "2026-01-01", "2027-01-01"),
        ("fortnight", "2026-02-15 23:59", "2026-02-A", "2026-02-01", "2026-02-16"),
        ("fortnight", "2026-02-16 00:00", "2026-02-B", "2026-02-16", "2026-03-01"),
        ("quarter", "2026-03-31 23:59", "2026-Q1", "2026-01-01", "2026-04-01"),
        ("quarter", "2026-04-01 00:00", "2026-Q2", "2026-04-01", "2026-07-01"),
        ("quarter", "2026-09-30 12:00", "2026-Q3", "2026-07-01", "2026-10-01"),
        ("quarter", "2026-12-31 23:59", "2026-Q4", "2026-10-01", "2027-01-01"),
    ],
)
def test_a_moment_lies_in_the_cycle_of_its_company_day(kind: str, moment: str, code: str, first: str, end: str) -> None:
    cycle = rules.cycle_at(calendar(kind), madrid(moment))
    assert cycle.code == code
    assert (cycle.period.start, cycle.period.end) == (madrid(first), madrid(end))


CAMPAIGN = CalendarSpec("campaign", CalendarKind.PERIOD, "Europe/Madrid", days=21, begins=(date(2026, 1, 5),))


@pytest.mark.parametrize(
    ("moment", "code", "first", "end"),
    [
        ("2026-01-04 23:59", "2025-P17", "2025-12-15", "2026-01-05"),
        ("2026-01-05 00:00", "2026-P01", "2026-01-05", "2026-01-26"),
        ("2026-02-15 23:59", "2026-P02", "2026-01-26", "2026-02-16"),
        ("2027-01-17 12:00", "2026-P18", "2026-12-28", "2027-01-18"),
        ("2025-01-12 12:00", "2024-P18", "2024-12-23", "2025-01-13"),
    ],
)
def test_a_period_has_so_many_days_before_and_after_the_day_that_is_named(
    moment: str, code: str, first: str, end: str
) -> None:
    cycle = rules.cycle_at(CAMPAIGN, madrid(moment))
    assert cycle.code == code
    assert (cycle.period.start, cycle.period.end) == (madrid(first), madrid(end))
    assert rules.cycle_named(CAMPAIGN, code) == cycle


@pytest.mark.parametrize("code", ["2026-P19", "2026-P00", "2026-P1", "2026-01"])
def test_there_are_no_more_periods_than_begin_in_a_year(code: str) -> None:
    with pytest.raises(CycleUnknown):
        rules.cycle_named(CAMPAIGN, code)


def test_a_cycle_follows_company_time_when_clocks_change() -> None:
    summer_ends = rules.cycle_named(calendar("day"), "2026-10-25")
    assert summer_ends.period.end - summer_ends.period.start == timedelta(hours=25)


def test_a_cycle_begins_at_the_skip_where_clocks_skip_midnight() -> None:
    cycle = rules.cycle_named(calendar("day", "America/Sao_Paulo"), "2018-11-04")
    assert cycle.period.start == datetime(2018, 11, 4, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("month", "2026-13"),
        ("month", "2026-1"),
        ("month", "2026-W10"),
        ("month", "٢٠٢٦-١٠"),
        ("month", "0000-10"),
        ("week", "2026-W54"),
        ("quarter", "2026-Q5"),
        ("quarter", "2026-Q0"),
        ("day", "2026-02-30"),
        ("year", "26"),
        ("fortnight", "2026-10-C"),
    ],
)
def test_a_code_that_names_no_cycle_is_refused_with_an_example(kind: str, code: str) -> None:
    with pytest.raises(CycleUnknown) as refused:
        rules.cycle_named(calendar(kind), code)
    example = str(refused.value.facts["example"])
    assert rules.cycle_named(calendar(kind), example).code == example


def test_a_day_that_the_date_line_swallowed_is_no_cycle() -> None:
    with pytest.raises(CycleUnknown):
        rules.cycle_named(calendar("day", "Pacific/Apia"), "2011-12-30")


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("2026-10-01 00:00", 31),
        ("2026-10-25 23:59", 7),
        ("2026-10-31 00:00", 1),
        ("2026-10-31 23:59:59.999999", 1),
        ("2026-11-01 00:00", 0),
        ("2026-12-24 00:00", 0),
    ],
)
def test_days_left_count_today(now: str, left: int) -> None:
    assert rules.days_left(MONTH, rules.cycle_named(MONTH, "2026-10"), madrid(now)) == left


def test_a_window_begins_with_its_first_cycle() -> None:
    january = rules.cycle_named(MONTH, "2026-01")
    assert rules.window_start(MONTH, january, 1) == madrid("2026-01-01")
    assert rules.window_start(MONTH, january, 2) == madrid("2025-12-01")


@given(
    moment=st.integers(631152000, 2145916800).map(lambda second: datetime.fromtimestamp(second, UTC)),
    kind=st.sampled_from(list(CalendarKind)),
    zone=st.sampled_from(ZONES),
)
def test_cycles_follow_each_other_without_gap_or_overlap(moment: datetime, kind: CalendarKind, zone: str) -> None:
    spec = CalendarSpec("main", kind, zone)
    cycle = rules.cycle_at(spec, moment)
    assert moment in cycle.period
    assert rules.cycle_named(spec, cycle.code) == cycle
    after = rules.following(spec, cycle)
    assert after.period.start == cycle.period.end
    assert rules.previous(spec, after) == cycle
