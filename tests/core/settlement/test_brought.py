"""Orders of the first whom somebody brought, and of later ones."""

from pathlib import Path

import pytest

from core.__main__ import main
from core.plan.reading import check
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline
from tests.core.settlement.test_passed_up import company_of as passing
from tests.core.settlement.test_published_elsewhere import bonus

DIRECT = bonus("unilevel", 'levels = ["50 %"]\norders = { brought_from = 3 }', "direct")
FIRST = bonus("first_order", "amount = 100", "sale")
PASSED = bonus("unilevel", 'levels = ["0 %", "50 %"]\norders = { brought_to = 2 }', "passed")


def company_of(folder: Path, bonuses: str) -> Offline:
    """T brought A, who brought B, C and D; each of them orders for 1,000."""
    company = Offline(folder, HEAD + PERSONAL + ONE_RANK + bonuses)
    for day, (person, sponsor) in enumerate((("T", None), ("A", "T"), ("B", "A"), ("C", "A"), ("D", "A")), start=1):
        company.person(person, sponsor, f"2026-01-{day:02}")
        company.order(person, 1000)
    return company


def whose(company: Offline, bonus: str) -> dict[str, str]:
    return {row["source_person_id"]: row["payee_id"] for row in company.awards(bonus) if row["amount"] != "0.00"}


def test_the_documented_table(tmp_path: Path) -> None:
    company = company_of(tmp_path, DIRECT + PASSED)
    assert company.settle() == 0
    assert whose(company, "direct") == {"D": "A"}
    assert whose(company, "passed") == {"B": "T", "C": "T"}
    assert company.earned() == {"A": 500, "T": 1000}


@pytest.mark.parametrize(
    ("orders", "counts"),
    [
        ("brought_to = 1", {"A": "T", "B": "A"}),
        ("brought_from = 2, brought_to = 2", {"C": "A"}),
        ('brought_from = 2, who = "distributors"', {"D": "A"}),
        ('brought_to = 1, who = "customers"', {"C": "A"}),
    ],
)
def test_who_is_counted(tmp_path: Path, orders: str, counts: dict[str, str]) -> None:
    """C is a customer."""
    company = company_of(tmp_path, bonus("unilevel", f'levels = ["50 %"]\norders = {{ {orders} }}'))
    company.people[3] = (*company.people[3][:-1], "customer")
    assert company.settle() == 0
    assert whose(company, "a") == counts


def test_figures_of_the_first_and_what_the_first_earn(tmp_path: Path) -> None:
    figures = bonus("unilevel", 'base = "pv"\nlevels = ["10 %"]\norders = { brought_to = 1 }', "figures")
    earned = bonus("matching", 'matches = ["figures"]\nlevels = ["50 %"]\norders = { brought_to = 1 }', "earned")
    company = company_of(tmp_path, figures + earned)
    assert company.settle() == 0
    assert company.earned("figures") == {"T": 100, "A": 100}
    assert company.earned("earned") == {"T": 50}


def test_half_of_what_the_first_three_are_coded(tmp_path: Path) -> None:
    """kirpi4ik.dp.ua, as in `test_published_programmes`: of the coded bonus of the first three 50 % is paid.

    The first of Y's is 1, and p her fourth; A is Y's fourth, j hers. Each of p and j brought one who ordered: 100.
    """
    coded = 'tree = "matrix"\nmatches = ["sale"]\nlevels = ["100 %"]'
    foundation = 'matches = ["coded"]\nlevels = ["50 %"]\norders = { brought_to = 3 }'
    more = FIRST + bonus("matching", coded, "coded") + bonus("matching", foundation, "foundation")
    company = passing(tmp_path, "T:Y Y:123A 1:defp p:q A:ghij j:k", "passed_up = 3", more)
    assert company.settle() == 0
    of_coded = {row["source_person_id"]: row["payee_id"] for row in company.awards("coded")}
    assert (of_coded["p"], of_coded["j"]) == ("1", "A")
    assert company.earned("foundation")["Y"] == 50


def test_who_has_left_is_counted_on(tmp_path: Path) -> None:
    company = company_of(tmp_path, DIRECT)
    company.people_columns = (*company.people_columns, "status")
    company.people = [(*one, "terminated" if one[0] == "B" else "") for one in company.people]
    assert company.settle() == 0
    assert whose(company, "direct") == {"D": "A"}


@pytest.mark.parametrize(
    ("orders", "told"),
    [
        ("brought_from = 1", "whom somebody brought, from number 1 on."),
        ("brought_to = 2", "whom somebody brought, up to number 2."),
        ("brought_from = 1, brought_to = 2", "whom somebody brought, from number 1 to number 2."),
    ],
)
def test_a_line_tells_whose_orders_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], orders: str, told: str
) -> None:
    company = company_of(tmp_path, bonus("unilevel", f'levels = ["50 %"]\norders = {{ {orders} }}'))
    assert company.settle() == 0
    assert main(["explain", "--run", str(tmp_path / "out"), "--person", "T", "--award", "1"]) == 0
    assert told in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("orders = { brought_from = 0 }", "plan_value_wrong"),
        ("orders = { brought_from = 3, brought_to = 2 }", "plan_value_wrong"),
    ],
)
def test_what_is_no_number(words: str, code: str) -> None:
    plan, problems = check(HEAD + PERSONAL + ONE_RANK + bonus("unilevel", f'levels = ["5 %"]\n{words}'))
    assert (plan, [problem.code for problem in problems]) == (None, [code])
