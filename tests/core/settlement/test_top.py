"""Pools that only the best of their holders divide."""

from pathlib import Path

import pytest

from core.__main__ import main
from core.plan.reading import check
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline
from tests.core.settlement.test_published_elsewhere import bonus

POINTS = 'share = "1 %"\nbase = "cv"\ndivision = "points"\nshares_kpi = "pv"\n'


def pool(folder: Path, words: str, *figures: int) -> Offline:
    """People a, b, c … with these figures; the company turns over 100,000."""
    company = Offline(folder, HEAD + PERSONAL + ONE_RANK + bonus("pool", words))
    people = "abcdefghijklmnopqrstuvwxyz"[: len(figures)]
    for person, figure in zip(people, figures, strict=True):
        company.person(person)
        company.order(person, 0, figure)
    company.person("z0")
    company.order("z0", 100_000, 0)
    return company


@pytest.mark.parametrize(
    ("top", "paid"),
    [
        ("2", {"a": 375, "b": 625}),
        ('"40 %"', {"a": 375, "b": 625}),
        ('"33.3 %"', {"b": 1000}),
        ("1", {"b": 1000}),
        ("3", {"a": 300, "b": 500, "c": 200}),
        ('"100 %"', {"a": 300, "b": 500, "c": 200}),
        ("50", {"a": 300, "b": 500, "c": 200}),
    ],
)
def test_the_documented_pool(tmp_path: Path, top: str, paid: dict[str, int]) -> None:
    company = pool(tmp_path, POINTS + f"top = {top}", 30, 50, 20)
    assert company.settle() == 0
    assert company.earned() == paid


def test_the_best_by_a_figure_share_alike(tmp_path: Path) -> None:
    """One share for everybody of a rank, so that who is among the best has as much as the others of them."""
    words = 'share = "1 %"\nshares_by_rank = { member = 1 }\nshares_kpi = "pv"\ntop = "10 %"'
    company = pool(tmp_path, words, *range(1, 12))  # twelve hold a share: 1.2 are two
    assert company.settle() == 0
    assert company.earned() == {"k": 500, "j": 500}


def test_of_equal_ones_whoever_sold_earlier_is_among_the_best(tmp_path: Path) -> None:
    company = pool(tmp_path, POINTS + "top = 1", 30, 20, 20)
    company.order("b", 0, 10, on="2026-10-20")
    company.order("c", 0, 10, on="2026-10-19")
    company.order("a", 0, 0, on="2026-10-21")
    assert company.settle() == 0
    assert company.earned() == {"c": 1000}


@pytest.mark.parametrize(
    ("figures", "top", "told"),
    [
        ((30, 50, 20), "2", "Of 3 people who hold a share only the best 2 divide the pool, and you are one of them."),
        ((30, 50, 20), "1", "Of 3 people who hold a share only the best one gets the pool: you."),
        ((30, 50), "5", "nobody who holds a share had to be left out"),
    ],
)
def test_a_line_tells_that_only_the_best_divide_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], figures: tuple[int, ...], top: str, told: str
) -> None:
    company = pool(tmp_path, POINTS + f"top = {top}", *figures)
    assert company.settle() == 0
    assert main(["explain", "--run", str(tmp_path / "out"), "--person", "b", "--award", "1"]) == 0
    assert told in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (POINTS + "top = 0", "plan_value_wrong"),
        (POINTS + 'top = "0 %"', "plan_value_wrong"),
        (POINTS + 'top = "101 %"', "plan_value_wrong"),
        (POINTS + "top = 2.5", "plan_value_wrong"),
        ('share = "1 %"\nshares_by_rank = { member = 1 }\ntop = 3', "plan_word_beside"),
        (POINTS.replace("points", "position") + 'positions = ["50 %"]\ntop = 3', "plan_word_useless"),
    ],
)
def test_what_is_no_top(words: str, code: str) -> None:
    plan, problems = check(HEAD + PERSONAL + ONE_RANK + bonus("pool", words))
    assert (plan, [problem.code for problem in problems]) == (None, [code])
