"""Quarters as cycles, by both engines."""

from decimal import Decimal
from pathlib import Path

import pytest

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
