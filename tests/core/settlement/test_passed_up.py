"""The first of those whom somebody brings are passed up: Australian plans, coded bonuses."""

from pathlib import Path

import numpy as np
import pytest

from core.__main__ import main
from core.forest.wide import Passing
from core.plan.reading import check
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline
from tests.core.settlement.test_published_elsewhere import bonus

OPEN = '\n[trees.matrix]\nwidth = "open"\ndepth = 1\n'
SALE = bonus("unilevel", 'tree = "matrix"\nlevels = ["50 %"]', "sale")
MATCH = bonus("matching", 'tree = "matrix"\nmatches = ["sale"]\nlevels = ["10 %"]', "coded")


def company_of(folder: Path, brought: str, words: str = "passed_up = 2", more: str = SALE + MATCH) -> Offline:
    """People as `T:A A:BCD`: who brought whom, in this order; everybody but the first orders for 1,000."""
    company = Offline(folder, HEAD + PERSONAL + ONE_RANK + OPEN + words + "\n" + more)
    day = 1
    for family in brought.split():
        sponsor, _, people = family.partition(":")
        if not company.people:
            company.person(sponsor)
        for person in people:
            day += 1
            company.person(person, sponsor, f"2026-01-{day:02}")
            company.order(person, 1000)
    return company


def paid(company: Offline, bonus: str = "sale") -> dict[str, str]:
    """Who is paid for whose order, or on whose earnings."""
    found: dict[str, str] = {}
    for row in company.awards(bonus):
        found[row["source_person_id"]] = row["payee_id"]
    return found


@pytest.mark.parametrize(
    ("words", "stands"),
    [
        ("passed_up = 2", "A-T B-T C-T D-A E-A F-A G-D"),
        ('passed_up = 2\nwho = "distributors"', "A-T B-T C-T D-A E-A F-A G-D"),
        ("passed_up = 1", "A-T B-T C-A D-A E-A F-D G-D"),
        ("passed_up = 3", "A-T B-T C-T D-T E-T F-T G-T"),
        ("passed_up = [2]", "A-T B-A C-T D-A E-D F-A G-D"),
        ("passed_up = [1]\npassed_up_every = 2", "A-T B-T C-A D-T E-T F-D G-T"),
    ],
)
def test_the_first_stand_below_whoever_stands_above(tmp_path: Path, words: str, stands: str) -> None:
    company = company_of(tmp_path, "T:A A:BCD D:EFG", words)
    assert company.settle() == 0
    assert paid(company) == dict(one.split("-") for one in stands.split())


def test_the_documented_amounts(tmp_path: Path) -> None:
    company = company_of(tmp_path, "T:A A:BCD D:EFG")
    assert company.settle() == 0
    assert company.earned("sale") == {"T": 1500, "A": 1500, "D": 500}
    assert company.earned("coded") == {"T": 150, "A": 50}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("passed_up = 1", "The first person whom somebody brings is passed up to whoever stands above."),
        ("passed_up = 2", "The first 2 people whom somebody brings are passed up to whoever stands above."),
        ("passed_up = [2]", "these are passed up to whoever stands above: number 2."),
        ("passed_up = [1, 3]\npassed_up_every = 5", "above: number 1 and 3, and after that one in 5."),
    ],
)
def test_a_line_tells_who_is_passed_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: str, told: str
) -> None:
    company = company_of(tmp_path, "T:A A:BCD", words, SALE)
    assert company.settle() == 0
    assert main(["explain", "--run", str(tmp_path / "out"), "--person", "T", "--award", "1"]) == 0
    assert told in " ".join(capsys.readouterr().out.split())


def test_places_that_are_named_stay_and_customers_are_not_counted(tmp_path: Path) -> None:
    company = company_of(tmp_path, "T:A", 'passed_up = 1\nwho = "distributors"')
    company.people_columns = (*company.people_columns, "matrix_parent_id")
    company.people = [(*one, "") for one in company.people]
    for person, kind, above in (("c", "customer", ""), ("x", "", ""), ("y", "", ""), ("z", "", "x")):
        company.people.append((person, "A", "2026-02-01", "ES", "es", person, kind, above))
        company.order(person, 1000)
    assert company.settle() == 0
    assert paid(company) == {"A": "T", "x": "T", "y": "A", "z": "x"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("passed_up = 0", "plan_value_wrong"),
        ("passed_up = [2, 1]", "plan_value_wrong"),
        ("passed_up = []", "plan_value_wrong"),
        ('passed_up = "2"', "plan_value_wrong"),
        ("passed_up_every = 5", "plan_word_beside"),
        ('passed_up = 2\nspill = "manual"', "plan_word_useless"),
    ],
)
def test_what_cannot_be_passed_up(words: str, code: str) -> None:
    plan, problems = check(HEAD + PERSONAL + ONE_RANK + OPEN + words + "\n")
    assert (plan, [problem.code for problem in problems]) == (None, [code])
    narrow = check(HEAD + PERSONAL + ONE_RANK + OPEN.replace('"open"', "3") + "passed_up = 2\n")
    assert [problem.code for problem in narrow[1]] == ["plan_word_useless"]


@pytest.mark.parametrize(
    ("numbers", "every", "passed"),
    [((1, 2), 0, [1, 2]), ((2,), 3, [2, 5, 8]), ((2, 4), 0, [2, 4]), ((1,), 1, [1, 2, 3, 4, 5, 6, 7, 8])],
)
def test_who_is_passed_up_of_eight(numbers: tuple[int, ...], every: int, passed: list[int]) -> None:
    found = Passing(numbers, every).of(np.array([-1, *[0] * 8], np.int32))
    assert np.flatnonzero(found).tolist() == passed
