"""Binary bonuses that pay each level once, in the first cycle in which both of its sides have enough."""

from decimal import Decimal

import pytest

from core.plan.reading import check
from tests.core.bonuses.placed import Placed
from tests.core.bonuses.test_binary import teams

RATE = 'pay = "levels"\nto_level = 2\nrate = "10 %"\n'
VALUE = 'pay = "levels"\nto_level = 2\nvalue = 7\n'
FIRST = {"l": 300, "r": 200, "ll": 250, "lr": 150}
SECOND = {"l": 900, "r": 900, "rr": 150, "ll": 100}
MONTHS = ("2026-10", "2026-11")
TOLD = {  # what is paid to top by level, month by month, and what waits of her after the first
    RATE: ({1: 20}, {2: 15}, {"left 2": "400"}),
    RATE + "from_level = 2\n": ({}, {2: 15}, {"left 2": "400"}),
    RATE + "matched_min = 201\n": ({}, {1: 110}, {"left 1": "300", "right 1": "200", "left 2": "400"}),
    RATE + "matched_max = 120\n": ({1: 12}, {2: 12}, {"left 2": "400"}),
    RATE + 'carry = "flush"\n': ({1: 20}, {2: 10}, {}),
    VALUE: ({1: 7}, {2: 7}, {"left 2": "400"}),
}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Placed:
    """Two on top's first level and three on her second; what they order in two months."""
    found = Placed(tmp_path_factory.mktemp("levels"), teams(*TOLD))
    found.person("top")
    for person, above, side in (
        ("l", "top", "left"),
        ("r", "top", "right"),
        ("ll", "l", "left"),
        ("lr", "l", "right"),
        ("rr", "r", "right"),
    ):
        found.placed(person, above, side)
    for month, volumes in zip(MONTHS, (FIRST, SECOND), strict=True):
        for person, volume in volumes.items():
            found.order(person, volume, on=f"{month}-10")
    assert found.settle(MONTHS[0], out=MONTHS[0]) == 0
    assert found.follow(MONTHS[1], MONTHS[1], MONTHS[0]) == 0
    return found


@pytest.mark.parametrize(("bonus", "words"), list(zip("abcdef", TOLD, strict=True)))
def test_a_level_pays_once_by_its_weaker_side(company: Placed, bonus: str, words: str) -> None:
    *paid, waits = TOLD[words]
    for month, levels in zip(MONTHS, paid, strict=True):
        rows = [row for row in company.awards(bonus, month) if row["payee_id"] == "top"]
        assert {int(row["level"]): Decimal(row["amount"]) for row in rows} == levels
    assert company.waits("top", MONTHS[0], bonus) == waits


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("", "plan_word_beside"),
        ("to_level = 2\nfrom_level = 3", "plan_value_wrong"),
        ("to_level = 2\ncarry_max = 5", "plan_word_useless"),
        ('to_level = 2\ncarry = "flush_weak"', "plan_word_useless"),
        ('to_level = 2\ntree = "sponsor"', "plan_word_useless"),
        ("to_level = 2\nvalue = 5", "plan_word_useless"),
    ],
)
def test_what_does_not_fit_to_levels_is_told(words: str, code: str) -> None:
    _, problems = check(teams(f'pay = "levels"\nrate = "10 %"\n{words}'))
    assert {one.code for one in problems} == {code}


def test_to_level_is_of_levels_alone() -> None:
    _, problems = check(teams('rate = "10 %"\nto_level = 2'))
    assert [one.code for one in problems] == ["plan_word_useless"]
