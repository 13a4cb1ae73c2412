"""Ranks whose legs serve one condition only."""

from pathlib import Path

import pytest

from core.plan.model import AllOf, AnyOf, Condition
from core.plan.reading import check
from tests.core.settlement.offline import HEAD, Offline

KPIS = """
[kpis.pv]
label = "Own"
measure = "qv"

[kpis.silver_legs]
label = "Silver legs"
measure = "legs"
leg_with_rank = "silver"

[kpis.gold_legs]
label = "Gold legs"
measure = "legs"
leg_with_rank = "gold"

[kpis.strong_legs]
label = "Strong legs"
measure = "legs"
leg_kpi = "pv"
leg_minimum = 50

[kpis.customers]
label = "Customers"
measure = "legs"
who = "customers"
leg_kpi = "pv"
leg_minimum = 10

[kpis.distributors]
label = "Distributors"
measure = "legs"
who = "distributors"
leg_kpi = "pv"
leg_minimum = 10

[ladder]
gauges = ["pv"]
must_climb = false
legs_disjoint = true

[[ranks]]
code = "silver"
name = "Silver"
needs = [{ kpi = "pv", minimum = 1 }]

[[ranks]]
code = "gold"
name = "Gold"
needs = [{ kpi = "pv", minimum = 2 }]

[[ranks]]
code = "top"
name = "Top"
"""
BOTH = '{ kpi = "gold_legs", minimum = 1 }, { kpi = "silver_legs", minimum = 2 }'


def top(needs: str) -> AllOf:
    plan, problems = check(HEAD + KPIS + f"needs = [{needs}]\n")
    assert plan is not None, problems
    return plan.ranks[2].needs


def test_the_looser_condition_asks_for_the_legs_of_both() -> None:
    assert top(BOTH) == AllOf((Condition("gold_legs", 1), Condition("silver_legs", 3)))


def test_legs_of_customers_and_distributors_are_apart() -> None:
    parts = (Condition("customers", 2), Condition("distributors", 3))
    assert top(", ".join(f'{{ kpi = "{one.kpi}", minimum = {one.minimum} }}' for one in parts)) == AllOf(parts)


def test_every_way_asks_for_its_own_legs() -> None:
    found = top(
        f'{{ kpi = "gold_legs", minimum = 1 }}, {{ any = [{{ kpi = "pv", minimum = 5 }}, {{ all = [{BOTH}] }}] }}'
    )
    volume = AllOf((Condition("gold_legs", 1), Condition("pv", 50_000)))
    legs = AllOf((Condition("gold_legs", 2), Condition("gold_legs", 2), Condition("silver_legs", 4)))
    assert found == AllOf((AnyOf((volume, legs)),))


@pytest.mark.parametrize(
    ("needs", "code"),
    [
        ('{ kpi = "gold_legs", minimum = 1 }, { kpi = "strong_legs", minimum = 2 }', "plan_legs_mixed"),
        (", ".join([f"{{ any = [{BOTH}] }}"] * 7), "plan_legs_many_ways"),
    ],
)
def test_what_cannot_be_kept_apart_is_a_fault(needs: str, code: str) -> None:
    plan, problems = check(HEAD + KPIS + f"needs = [{needs}]\n")
    assert plan is None
    assert [one.code for one in problems] == [code]


@pytest.mark.parametrize(
    ("legs", "reached"),
    [(("gold", "silver"), False), (("gold", "silver", "silver"), True), (("gold", "gold", "silver"), True)],
)
def test_the_worked_table_by_both_engines(tmp_path: Path, legs: tuple[str, ...], reached: bool) -> None:
    company = Offline(tmp_path, HEAD + KPIS + f"needs = [{BOTH}]\n")
    company.person("you")
    for number, rank in enumerate(legs):
        company.person(f"leg{number}", "you")
        company.order(f"leg{number}", 2 if rank == "gold" else 1)
    assert company.settle("2026-10", "--verify") == 0
    [you] = [row for row in company.rows("ranks") if row["person_id"] == "you"]
    assert (you["paid_rank"] == "top") is reached
