"""KPIs along placement trees, through the command; and where they cannot be used."""

from decimal import Decimal
from pathlib import Path

import pytest

from core.plan.reading import check
from tests.core.bonuses.placed import Placed
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL

TREE = '\n[trees.binary]\nspill = "manual"\n'


def kpi(code: str, words: str) -> str:
    return f'\n[kpis.{code}]\nlabel = "It"\nmeasure = "qv"\ntree = "binary"\n{words}\n'


KPIS = (
    kpi("left", 'over = "left"')
    + kpi("right", 'over = "right"')
    + kpi("weaker", 'over = "lesser_legs"')
    + kpi("all", 'over = "line"\ninclude_self = true')
    + kpi("customers", 'over = "left"\nwho = "customers"')
    + kpi("first", 'over = "frontline"')
)
BONUS = """
[[bonuses]]
code = "it"
kind = "rule"
label = "It"
when = "kpi.weaker >= 70"
amount = 1
"""


def test_sides_and_lesser_legs_go_by_places(tmp_path: Path) -> None:
    """c was brought by r, and stands below l; w stands nowhere, and who left brings nothing."""
    company = Placed(tmp_path, HEAD + PERSONAL + KPIS + ONE_RANK + TREE + BONUS)
    company.person("top")
    company.placed("l", "top", "left")
    company.placed("r", "top", "right")
    company.people.append(("c", "r", "2026-01-01", "ES", "es", "c", "customer"))
    company.binary["c"] = ("l", "right")
    company.placed("gone", "r", "left")
    company.placed("below", "gone", "left")
    company.status["gone"] = "terminated"
    company.person("w", "top")
    for person, volume in (("top", 5), ("l", 100), ("c", 50), ("r", 60), ("gone", 1000), ("below", 10), ("w", 400)):
        company.order(person, volume)
    assert company.settle() == 0
    codes = ("left", "right", "weaker", "all", "customers", "first")
    assert [company.kpi("top", code) for code in codes] == [150, 70, 70, 225, 50, 160]
    assert [company.kpi("l", code) for code in codes] == [0, 50, 0, 150, 0, 50]
    assert [company.kpi("w", code) for code in codes] == [0, 0, 0, 0, 0, 0]
    assert company.earned("it") == {"top": Decimal(1)}


def test_who_waits_counts_for_levels_and_on_no_side(tmp_path: Path) -> None:
    waiting = '\n[placement]\nvolume_while_waiting = "enroller"\n'
    company = Placed(tmp_path, HEAD + PERSONAL + KPIS + ONE_RANK + TREE + waiting + BONUS)
    company.person("top")
    company.placed("l", "top", "left")
    company.person("w", "l")
    company.order("l", 1)
    company.order("w", 10)
    assert company.settle() == 0
    assert [company.kpi("top", code) for code in ("left", "all", "first")] == [1, 11, 1]
    assert [company.kpi("w", code) for code in ("all", "first")] == [0, 0]


@pytest.mark.parametrize(("on_leave", "lesser"), [("hole", -10), ("promote", 0)])
def test_who_left_is_a_leg_as_a_hole_alone(tmp_path: Path, on_leave: str, lesser: int) -> None:
    """Below top stood l, who took 10 back, and r and w, who waited, have left; a hole is a leg of 0."""
    tree = f'\n[trees.matrix]\nwidth = 2\ndepth = 2\nspill = "manual"\non_leave = "{on_leave}"\nwho = "distributors"\n'
    waiting = '\n[placement]\nvolume_while_waiting = "enroller"\n'
    less = kpi("weaker", 'over = "lesser_legs"').replace("binary", "matrix")
    company = Placed(tmp_path, HEAD + PERSONAL + less + ONE_RANK + tree + waiting + BONUS)
    company.person("top")
    company.placed("l", "top", 1)
    company.placed("r", "top", 2)
    company.person("w", "top")
    company.status |= {"r": "terminated", "w": "terminated"}
    company.order("l", 10, kind="return")
    assert company.settle() == 0
    assert company.kpi("top", "weaker") == lesser


def test_the_documented_table_of_enrolled_people(tmp_path: Path) -> None:
    overs = ("left", "right", "frontline", "lesser_legs")
    kpis = "".join(kpi(over, f'over = "{over}"\nenrolled_only = true') for over in overs)
    company = Placed(tmp_path, HEAD + PERSONAL + kpis + ONE_RANK + TREE + BONUS.replace("weaker", "left"))
    company.person("a")
    company.placed("b", "a", "left")
    for code, sponsor, place in (("c", "b", ("a", "right")), ("d", "a", ("b", "left")), ("e", "a", ("c", "right"))):
        company.person(code, sponsor)
        company.binary[code] = place
    for code, volume in (("b", 10), ("c", 20), ("d", 30), ("e", 70)):
        company.order(code, volume)
    assert company.settle() == 0
    assert [company.kpi("a", over) for over in overs] == [40, 70, 10, 40]
    assert [company.kpi("b", over) for over in overs] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (kpi("x", 'over = "left"').replace('tree = "binary"\n', ""), "plan_word_useless"),
        (kpi("x", "").replace('"qv"', '"legs"\nleg_kpi = "pv"\nleg_minimum = 1'), "plan_word_useless"),
        (kpi("x", 'over = "line"').replace('"binary"', '"matrix"'), "plan_tree_missing"),
        (kpi("x", 'over = "line"\nenrolled_only = true').replace('tree = "binary"\n', ""), "plan_word_useless"),
        (kpi("x", 'over = "own"\nenrolled_only = true'), "plan_word_useless"),
        (
            kpi("x", 'over = "line"\nenrolled_only = true\nstop_at_rank = "member"\nrank_basis = "career"'),
            "plan_word_useless",
        ),
    ],
)
def test_what_a_kpi_along_places_cannot_be(words: str, code: str) -> None:
    plan, problems = check(HEAD + PERSONAL + words + ONE_RANK + TREE)
    assert (plan, [problem.code for problem in problems]) == (None, [code])
