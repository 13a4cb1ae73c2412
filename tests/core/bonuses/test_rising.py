"""Percentages that rise with a figure: by which figures they can go, and where they begin anew."""

from pathlib import Path

import pytest

from core.kernel.errors import Severity
from core.plan.reading import check
from tests.core.bonuses.plans import bonus
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline

WEEK_BY_MONTH = '[calendars.month]\nkind = "month"\n\n[calendars.week]\nkind = "week"\nkpis_by = "month"'


def test_a_rising_schedule_goes_with_her_own_sales_alone() -> None:
    words = 'schedule_kpi = "pv"\nschedule = [{ from = 0, rate = "20 %" }]\nschedule_mode = "rising"\n'
    for of, codes in (("group", ["plan_word_useless"]), ("below", ["plan_word_useless"]), ("own", [])):
        plan = HEAD + PERSONAL + ONE_RANK + bonus("differential", f'{words}of = "{of}"')
        assert [one.code for one in check(plan)[1] if one.severity is Severity.FAULT] == codes


@pytest.mark.parametrize(
    ("calendars", "window", "right"),
    [
        ("", "cycles = 2", True),
        ("", 'since = "01-01"', True),
        ("", 'since = ["01-01", "10-15"]', False),
        ("", "days = 31", True),
        ("", "days = 30", False),
        ('[calendars.week]\nkind = "week"', 'since = "01-01"', False),
        ('[calendars.half]\nkind = "fortnight"', 'since = ["01-01", "07-16"]', True),
        ('[calendars.quarter]\nkind = "quarter"', 'since = "02-01"', False),
        ('[calendars.quarter]\nkind = "quarter"', 'since = "10-01"', True),
        ('[calendars.year]\nkind = "year"', 'since = "07-01"', False),
        ('[calendars.day]\nkind = "day"', 'since = "07-31"', True),
        ('[calendars.pay]\nkind = "period"\ndays = 14\nbegins = [2026-01-01, 2026-01-22]', "days = 20", False),
        ('[calendars.pay]\nkind = "period"\ndays = 14\nbegins = [2026-01-01, 2026-01-22]', "days = 21", True),
        (WEEK_BY_MONTH, "cycles = 1", False),
        (WEEK_BY_MONTH, "cycles = 2", True),
        (WEEK_BY_MONTH, 'since = "01-01"', False),
    ],
)
def test_a_rising_schedule_goes_by_a_figure_with_all_sales_of_the_cycle(
    calendars: str, window: str, right: bool
) -> None:
    words = 'of = "own"\nschedule_kpi = "sold"\nschedule = [{ from = 0, rate = 20 }]\nschedule_mode = "rising"\n'
    words += 'calendar = "week"\n' if calendars == WEEK_BY_MONTH else ""
    kpi = f'\n[kpis.sold]\nlabel = "Sold"\nmeasure = "cv"\n{window}\n'
    plan = f"{HEAD}\n{calendars}\n{PERSONAL}{kpi}{ONE_RANK}{bonus('differential', words)}"
    found = [one for one in check(plan)[1] if one.severity is Severity.FAULT]
    assert [one.code for one in found] == ([] if right else ["plan_value_wrong"])


def test_a_rising_schedule_begins_anew_with_the_year(tmp_path: Path) -> None:
    """900 in December and 600 in January and in February, at 20 % and from 1,000 on at 25."""
    steps = "[{ from = 0, rate = 20 }, { from = 1000, rate = 25 }]"
    words = f'of = "own"\nschedule_kpi = "year"\nschedule_mode = "rising"\nschedule = {steps}'
    plan = '\n[kpis.year]\nlabel = "Year"\nmeasure = "cv"\nsince = "01-01"\n' + bonus("differential", words)
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + plan)
    company.person("a")
    for amount, day in ((900, "2026-12-05"), (600, "2027-01-05"), (600, "2027-02-05")):
        company.order("a", amount, on=day)
    for cycle, paid in (("2027-01", 120), ("2027-02", 130)):
        assert company.settle(cycle) == 0
        assert company.earned() == {"a": paid}
