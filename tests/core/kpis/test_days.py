"""Windows in days: which day counts, on whose clock."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.calendar.rules import cycle_named
from core.kpis.model import OwnFigure
from core.live.windows import begins
from core.plan.model import CalendarKind, CalendarSpec, DaysOfYear, Measure
from core.plan.reading import check
from core.runs.loading.gathering import since
from tests.core.kpis.test_which_orders import kpi
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline

MADRID = CalendarSpec("month", CalendarKind.MONTH, "Europe/Madrid")
AWAKE = kpi("awake", 'measure = "heads"\nover = "line"\nactive_only = true')


@pytest.mark.parametrize(
    ("cycle", "day", "days", "begun"),
    [
        ("2026-10", None, 30, "2026-10-01T22:00"),
        ("2026-10", date(2026, 10, 30), 30, "2026-09-30T22:00"),
        ("2026-11", None, 30, "2026-10-31T23:00"),
        ("2026-10", None, 7, "2026-10-24T22:00"),
        ("2026-10", None, 6, "2026-10-25T23:00"),
        ("2026-10", date(2026, 10, 1), 1, "2026-09-30T22:00"),
    ],
)
def test_a_window_holds_whole_days_on_the_companys_clock(cycle: str, day: date | None, days: int, begun: str) -> None:
    found = begins(OwnFigure(Measure.QV, days=days), MADRID, cycle_named(MADRID, cycle), day)
    assert found is not None
    assert found.isoformat().startswith(begun)


def in_madrid(folder: Path, *kpis: str, activity: str = "minimum = 0") -> Offline:
    head = HEAD.replace('"UTC"', '"Europe/Madrid"').replace("minimum = 0", activity)
    company = Offline(folder, head + PERSONAL.replace("[ladder]", "".join(kpis) + "\n[ladder]") + ONE_RANK)
    company.person("you")
    company.person("b", "you", joined="2026-10-05")
    return company


def test_orders_fall_out_by_their_date(tmp_path: Path) -> None:
    company = in_madrid(
        tmp_path,
        *(kpi(f"d{days}", f'measure = "qv"\nover = "line"\ndays = {days}') for days in (1, 7, 8, 30, 31)),
    )
    for qv, moment in ((1, "2026-10-31T00:00"), (2, "2026-10-25T02:30"), (4, "2026-10-24T23:59"), (8, "2026-10-01")):
        company.order("b", qv, on=moment)
    assert company.settle("2026-10") == 0
    assert [company.kpi("you", f"d{days}") for days in (1, 7, 8, 30, 31)] == [1, 3, 7, 7, 15]
    assert company.settle("2026-11") == 0
    assert [company.kpi("you", f"d{days}") for days in (1, 30, 31)] == [0, 0, 1]


@pytest.mark.parametrize(
    ("activity", "by_cycle"),
    [
        ("minimum = 50\ndays = 30", {"2026-10": 1, "2026-11": 1, "2026-12": 0}),
        ("minimum = 100\ndays = 45", {"2026-10": 0, "2026-11": 1, "2026-12": 0}),
        ("minimum = 500\nnewcomer_days = 27", {"2026-10": 1, "2026-11": 0, "2026-12": 0}),
        ("minimum = 500\nnewcomer_days = 27\ncycles = 2\nmode = 'all'", {"2026-10": 1, "2026-11": 0, "2026-12": 0}),
        ("minimum = 500\nnewcomer_days = 26", {"2026-10": 0, "2026-11": 0, "2026-12": 0}),
        ("minimum = 50\nnewcomer_days = 27\ncycles = 2\nmode = 'all'", {"2026-10": 1, "2026-11": 1, "2026-12": 0}),
    ],
)
def test_who_is_active_by_days(tmp_path: Path, activity: str, by_cycle: dict[str, int]) -> None:
    """She joined on 5 October, and ordered 50 on the 20th and on 1 November."""
    company = in_madrid(tmp_path, AWAKE, activity=activity)
    company.order("b", 50, on="2026-10-20")
    company.order("b", 50, on="2026-11-01")
    for cycle, heads in by_cycle.items():
        assert company.settle(cycle) == 0
        assert company.kpi("you", "awake") == Decimal(heads)


@pytest.mark.parametrize(
    ("activity", "by_day"),
    [
        ("minimum = 50\ndays = 30", {"2026-10-31": 1, "2026-11-18": 1, "2026-11-19": 0, "2026-11-30": 0}),
        ("minimum = 50\ndays = 30\nnewcomer_days = 60", {"2026-11-19": 1, "2026-12-03": 1, "2026-12-04": 0}),
    ],
)
def test_who_is_active_on_a_day_as_documented(tmp_path: Path, activity: str, by_day: dict[str, int]) -> None:
    """She joined on 5 October, and ordered 50 on the 20th."""
    company = in_madrid(tmp_path, AWAKE, activity=f'{activity}\n\n[calendars.day]\nkind = "day"')
    company.order("b", 50, on="2026-10-20")
    for day, heads in by_day.items():
        assert company.settle(day) == 0
        assert company.kpi("you", "awake") == Decimal(heads)


@pytest.mark.parametrize(
    ("activity", "words", "code"),
    [
        ("minimum = 0", 'measure = "qv"\ndays = 0', "plan_value_wrong"),
        ("minimum = 0", 'measure = "qv"\ndays = 30\ncycles = 2', "plan_word_useless"),
        ("minimum = 0", 'measure = "heads"\nover = "line"\ndays = 30', "plan_word_useless"),
        ("minimum = 0\ndays = 30\ncycles = 2", 'measure = "qv"', "plan_word_useless"),
        ('minimum = 0\ndays = 30\nmode = "any"', 'measure = "qv"', "plan_word_useless"),
        ("minimum = 0\nnewcomer_days = 0", 'measure = "qv"', "plan_value_wrong"),
    ],
)
def test_days_beside_what_they_replace_are_a_fault(activity: str, words: str, code: str) -> None:
    head = HEAD.replace("minimum = 0", activity)
    plan, problems = check(head + PERSONAL.replace("[ladder]", kpi("extra", words) + "\n[ladder]") + ONE_RANK)
    assert plan is None
    assert [one.code for one in problems] == [code]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("", "2026-10-01"),
        ("days = 31", "2026-10-01"),
        ("days = 40", "2026-09-22"),
        ("cycles = 2", "2026-09-01"),
        ('since = "07-01"', "2026-07-01"),
        ("orders = { within_days = 30 }", "2026-10-01"),
        ('orders = { only = "repeat" }', None),
    ],
)
def test_a_run_reads_orders_of_all_days_that_a_kpi_looks_at(words: str, first: str | None) -> None:
    """With `only`, whatever was ordered ever decides which order is the first."""
    kpis = PERSONAL.replace("[ladder]", kpi("x", f'measure = "qv"\n{words}') + "[ladder]")
    plan, problems = check(HEAD + kpis + ONE_RANK)
    assert plan is not None, problems
    found = since(plan, cycle_named(plan.calendar, "2026-10"))
    assert (found and found.date().isoformat()) == first


@pytest.mark.parametrize(("by", "first"), [("", "2026-10-05"), ('kpis_by = "month"', "2026-10-01")])
def test_a_run_by_the_week_reads_what_its_kpis_count(by: str, first: str) -> None:
    calendars = f'\n[calendars.month]\nkind = "month"\n\n[calendars.week]\nkind = "week"\n{by}\n'
    plan, problems = check(HEAD + calendars + PERSONAL + ONE_RANK)
    assert plan is not None, problems
    found = since(plan, cycle_named(plan.calendars[1], "2026-W41"))
    assert found is not None
    assert found.date().isoformat() == first


@pytest.mark.parametrize(
    ("cycle", "day", "since", "begun"),
    [
        ("2026-10", None, ((1, 1),), "2025-12-31T23:00"),
        ("2026-10", None, ((1, 1), (7, 1)), "2026-06-30T22:00"),
        ("2026-10", None, ((11, 1),), "2025-10-31T23:00"),
        ("2026-10", None, ((10, 31),), "2026-10-30T23:00"),
        ("2026-10", date(2026, 10, 30), ((10, 31),), "2025-10-30T23:00"),
        ("2026-10", date(2026, 10, 25), ((4, 1), (10, 25)), "2026-10-24T22:00"),
    ],
)
def test_a_window_begins_on_the_last_of_its_days_of_a_year(
    cycle: str, day: date | None, since: DaysOfYear, begun: str
) -> None:
    found = begins(OwnFigure(Measure.QV, since=since), MADRID, cycle_named(MADRID, cycle), day)
    assert found is not None
    assert found.isoformat().startswith(begun)


def test_what_counts_since_a_day_of_the_year_as_documented(tmp_path: Path) -> None:
    """100 in August, 200 in September, 300 in December and 400 in January, by the month and by the week."""
    kinds = {"year": '"01-01"', "half": '["07-01", "01-01"]', "performance": '"09-01"'}
    kpis = [kpi(code, f'measure = "qv"\nover = "line"\nsince = {since}') for code, since in kinds.items()]
    calendars = '[calendars.month]\nkind = "month"\n\n[calendars.week]\nkind = "week"'
    company = in_madrid(tmp_path, *kpis, activity=f"minimum = 0\n\n{calendars}")
    company.people[1] = ("b", "you", "2026-01-01", "ES", "es", "b", "")
    for qv, day in ((100, "2026-08-05"), (200, "2026-09-30"), (300, "2026-12-31"), (400, "2027-01-01")):
        company.order("b", qv, on=day)
    told = {
        "2026-08": (100, 100, 100),
        "2026-09": (300, 300, 200),
        "2026-12": (600, 600, 500),
        "2026-W53": (400, 400, 900),
        "2027-07": (400, 0, 900),
        "2027-09": (400, 0, 0),
    }
    for cycle, figures in told.items():
        assert company.settle(cycle, "--calendar", "week" if "W" in cycle else "month") == 0
        assert [company.kpi("you", code) for code in kinds] == [Decimal(one) for one in figures]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ('since = "1-1"', ["plan_value_wrong"]),
        ('since = "02-29"', ["plan_value_wrong"]),
        ('since = "20260101"', ["plan_value_wrong"]),
        ("since = 1", ["plan_value_wrong"]),
        ("since = []", ["plan_value_wrong"]),
        ('since = ["01-01", "13-01"]', ["plan_value_wrong"]),
        ('since = "01-01"\ncycles = 2', ["plan_word_useless"]),
        ('since = "01-01"\ndays = 30', ["plan_word_useless"]),
    ],
)
def test_days_of_a_year_that_are_none(words: str, codes: list[str]) -> None:
    extra = kpi("extra", f'measure = "qv"\n{words}')
    plan, problems = check(HEAD + PERSONAL.replace("[ladder]", extra + "\n[ladder]") + ONE_RANK)
    assert plan is None
    assert [one.code for one in problems] == codes
