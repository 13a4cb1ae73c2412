"""More worked examples that others published: a pool by points, and a commission that is paid in parts."""

from decimal import Decimal
from pathlib import Path

from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline
from tests.core.settlement.test_published_examples import example


def test_inhabit_divides_a_quarters_pool_by_points(tmp_path: Path) -> None:
    case = example("points_pool_500_of_5000")
    given = case["inputs"]
    pool = f"""
[[bonuses]]
code = "pool"
kind = "pool"
label = "Bonus pool"
share = "{case["plan"]["pool_percent"]} %"
division = "points"
shares_kpi = "pv"
"""
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + pool)
    others = given["total_shares"] // given["holder_shares"] - 1
    for person in ("holder", *(f"other{number}" for number in range(others))):
        company.person(person)
        company.order(person, int(given["base"]) // (others + 1), given["holder_shares"])
    assert company.settle() == 0
    assert company.earned()["holder"] == Decimal(case["expected"]["holder"])
    assert sum(company.earned().values()) == Decimal(case["derived_by_us"]["pool"])


def test_ffl_pays_three_quarters_now_and_the_rest_in_the_last_three_months(tmp_path: Path) -> None:
    case = example("advance_75_percent")
    plan, given, expected = case["plan"], case["inputs"], case["expected"]
    commission = f"""
[[bonuses]]
code = "commission"
kind = "rule"
label = "Commission"
when = "true"
per = "order"
rate = "{plan["comp_percent"]} %"
paid_now = "{plan["advance_percent"]} %"
rest_in_cycles = {plan["remainder_months"]}
"""
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + commission)
    company.person("agent")
    company.order("agent", int(given["monthly_premium"]) * given["months"], on="2026-01-15")
    earned: dict[int, Decimal] = {}
    carry: list[str] = []
    for month in range(1, given["months"] + 1):
        assert company.settle(f"2026-{month:02}", *carry, out=str(month)) == 0
        carry = ["--carry", str(tmp_path / str(month))]
        if company.awards(out=str(month)):
            earned[month] = company.earned(out=str(month))["agent"]
    instalments = dict.fromkeys(plan["remainder_months"], Decimal(expected["instalment"]))
    assert earned == {1: Decimal(expected["advance"]), **instalments}
    assert sum(instalments.values()) == Decimal(expected["remainder"])
    assert sum(earned.values()) == Decimal(expected["total"])
