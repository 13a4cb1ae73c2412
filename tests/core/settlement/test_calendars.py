"""Quarters and periods as cycles, by both engines."""

from decimal import Decimal
from pathlib import Path

import pytest

from core.kernel.errors import Severity
from core.plan.reading import check
from core.plan.telling import located
from i18n.translator import translator
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline
from tests.core.settlement.test_published_elsewhere import bonus

QUARTERS = '\n[calendars.month]\nkind = "month"\n\n[calendars.quarter]\nkind = "quarter"\n'
HALF_YEAR = '\n[kpis.half]\nlabel = "Half a year"\nmeasure = "qv"\ncycles = 2\n'


def test_inhabit_divides_a_quarters_pool_by_points_of_the_quarter(tmp_path: Path) -> None:
    """inhabitrealty.com, "Bonuses": 10,000 of a quarter, 500 of 5,000 points are 1,000; the months are ours."""
    pool = bonus("pool", 'calendar = "quarter"\nshare = "100 %"\ndivision = "points"\nshares_kpi = "pv"')
    company = Offline(tmp_path, HEAD + QUARTERS + PERSONAL + ONE_RANK + pool)
    for agent in ("member", "others"):
        company.person(agent)
    for day, agent, fees, points in (
        ("06-30", "member", 700, 70),
        ("07-01", "member", 2000, 200),
        ("08-15", "others", 5000, 4500),
        ("09-30", "member", 3000, 300),
        ("10-01", "others", 900, 90),
    ):
        company.order(agent, fees, points, on=f"2026-{day}")
    assert company.settle("2026-Q3", "--calendar", "quarter") == 0
    assert company.earned() == {"member": 1000, "others": 9000}


@pytest.mark.parametrize(("cycle", "half", "paid"), [("2026-Q4", 430, "15.50"), ("2027-Q1", 310, "-")])
def test_windows_of_quarters_reach_back_by_quarters(tmp_path: Path, cycle: str, half: int, paid: str) -> None:
    main = '\n[calendars.quarter]\nkind = "quarter"\n'
    company = Offline(tmp_path, HEAD + main + HALF_YEAR + PERSONAL + ONE_RANK + bonus("unilevel", 'levels = ["5 %"]'))
    company.person("above")
    company.person("below", "above")
    for day, volume in (("2026-06-30", 7), ("2026-07-01", 120), ("2026-10-01", 10), ("2026-12-31", 300)):
        company.order("below", volume, on=day)
    assert company.settle(cycle) == 0
    assert company.kpi("below", "half") == half
    assert company.earned() == ({} if paid == "-" else {"above": Decimal(paid)})


CAMPAIGN = '\n[calendars.campaign]\nkind = "period"\ndays = 21\nfrom = 2026-01-05\n'


@pytest.mark.parametrize(
    ("cycle", "half", "paid"), [("2025-P17", 7, "0.35"), ("2026-P01", 17, "0.50"), ("2026-P02", 310, "15.00")]
)
def test_campaigns_count_back_by_campaigns(tmp_path: Path, cycle: str, half: int, paid: str) -> None:
    company = Offline(
        tmp_path, HEAD + CAMPAIGN + HALF_YEAR + PERSONAL + ONE_RANK + bonus("unilevel", 'levels = ["5 %"]')
    )
    company.person("above", joined="2025-01-01")
    company.person("below", "above", joined="2025-01-01")
    for day, volume in (("2026-01-04", 7), ("2026-01-05", 10), ("2026-02-15", 300), ("2026-02-16", 5)):
        company.order("below", volume, on=day)
    assert company.settle(cycle) == 0
    assert company.kpi("below", "half") == half
    assert company.earned() == {"above": Decimal(paid)}


def test_a_month_caps_what_its_campaigns_paid_and_titles_are_carried(tmp_path: Path) -> None:
    months = CAMPAIGN + '\n[calendars.month]\nkind = "month"\n'
    cap = '\n[[caps]]\ncode = "month"\nper = "person"\ncalendar = "month"\namount = 20\n'
    company = Offline(tmp_path, HEAD + months + PERSONAL + ONE_RANK + bonus("unilevel", 'levels = ["10 %"]') + cap)
    company.person("above", joined="2025-01-01")
    company.person("below", "above", joined="2025-01-01")
    for day in ("2026-06-20", "2026-06-28", "2026-07-20"):  # of campaigns that end on 21 June, 12 July and 2 August
        company.order("below", 150, on=day)
    paid, before = [], list[str]()
    for cycle in ("2026-P08", "2026-P09", "2026-P10"):
        assert company.settle(cycle, *before, out=cycle) == 0
        before = ["--carry", str(tmp_path / cycle)]
        paid.append(company.earned(out=cycle)["above"])
    assert paid == [15, 15, 15]
    company.order("below", 150, on="2026-07-05")
    assert company.settle("2026-P09", "--carry", str(tmp_path / "2026-P08"), out="again") == 0
    assert company.earned(out="again") == {"above": 20}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", 'The word "days" is missing; it must stand beside kind = "period".'),
        ("days = 1\nfrom = 2026-01-05", '"days" must be a whole number from 2 to 366; 1 stands here.'),
        (
            'days = 21\nfrom = "2026-01-05"',
            '"from" must be a date such as 2026-01-31, without quotes; "2026-01-05" stands here.',
        ),
    ],
)
def test_a_period_needs_its_days(words: str, sentence: str) -> None:
    text = HEAD + CAMPAIGN.replace("days = 21\nfrom = 2026-01-05", words) + PERSONAL + ONE_RANK
    assert any(located(one, "plan", translator("en")).endswith(sentence) for one in check(text)[1])


def test_only_a_period_has_days_of_its_own() -> None:
    text = HEAD + CAMPAIGN.replace("period", "week") + PERSONAL + ONE_RANK
    assert {"plan_word_useless"} == {one.code for one in check(text)[1] if one.severity is Severity.FAULT}
