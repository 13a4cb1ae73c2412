"""Binary bonuses along sponsors: the strongest leg against all others together, cycle by cycle."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from core.kernel.errors import Severity
from core.plan.reading import check
from tests.core.bonuses.placed import Placed
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL

PERCENT = 'rate = "10 %"\n'
CYCLES = 'pay = "cycles"\nvalue = 20\ncycle_left = 300\ncycle_right = 100\n'
MONTHS = ("2026-10", "2026-11", "2026-12")


def legs(*bonuses: str) -> str:
    """A plan with bonuses a, b, c …, all of them along sponsors."""
    told = [
        f'\n[[bonuses]]\ncode = "{code}"\nkind = "binary"\ntree = "sponsor"\nlabel = "It"\n{words}\n'
        for code, words in zip("abcdef", bonuses, strict=False)
    ]
    return HEAD + PERSONAL + ONE_RANK + "".join(told)


def settled(folder: Path, plan: str, *months: dict[str, int]) -> Placed:
    """Top with the legs A, B and C, D below A; what each orders, month by month."""
    company = Placed(folder, plan)
    company.person("top")
    for person, sponsor in (("A", "top"), ("B", "top"), ("C", "top"), ("D", "A")):
        company.person(person, sponsor)
    for cycle, volumes in zip(MONTHS, months, strict=False):
        for person, volume in volumes.items():
            company.order(person, volume, on=f"{cycle}-10")
    before: str | None = None
    for cycle, _ in zip(MONTHS, months, strict=False):
        assert company.follow(cycle, cycle, before) == 0 if before else company.settle(cycle, out=cycle) == 0
        before = cycle
    return company


TOLD = {  # words; what is paid to top, and what waits of her, month by month
    PERCENT: [("50", {"A": "500"}), ("70", {"B": "100"}), ("15", {"C": "150"})],
    PERCENT + 'carry = "flush_weak"\nmatched_max = 400\n': [
        ("40", {"A": "600"}),
        ("40", {"A": "200", "C": "200"}),
        ("25", {"C": "250"}),
    ],
    PERCENT + "carry_max = 60\n": [("50", {"A": "60"}), ("26", {"B": "60"}), ("11", {"C": "60"})],
    PERCENT + "matched_max = 400\ncarry_cycles = 1\n": [
        ("40", {"A": "600", "C": "100"}),
        ("40", {"B": "400", "C": "200"}),
        ("40", {"A": "50", "C": "100"}),
    ],
    CYCLES: [("60", {"A": "100", "C": "200"}), ("40", {"B": "200", "C": "300"}), ("40", {"A": "50"})],
    PERCENT + 'own_volume_to = "others"\n': [("59", {"A": "410"}), ("61", {"B": "190"}), ("24", {"C": "60"})],
}


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Placed:
    """The table of the rule, and the same with other words beside it."""
    first = {"top": 90, "A": 400, "D": 600, "B": 300, "C": 200}
    return settled(tmp_path_factory.mktemp("legs"), legs(*TOLD), first, {"B": 800, "C": 200}, {"A": 50, "C": 300})


@pytest.mark.parametrize(("bonus", "words"), list(zip("abcdef", TOLD, strict=True)))
def test_the_strongest_leg_is_matched_with_all_others(three: Placed, bonus: str, words: str) -> None:
    for month, (paid, waits) in zip(MONTHS, TOLD[words], strict=True):
        assert three.earned(bonus, out=month)["top"] == Decimal(paid)
        assert three.waits("top", month, bonus) == waits


def test_a_reason_names_the_strongest_leg(three: Placed) -> None:
    because = json.loads(next(row["because"] for row in three.awards("a", MONTHS[1]) if row["payee_id"] == "top"))
    words = ("head", "strongest", "others", "used_strongest", "used_others")
    assert [because[word] for word in words] == ["B", "800", "700", "700", "700"]


def test_a_leg_whose_head_has_left_stays_a_leg_and_returns_take_from_their_own(tmp_path: Path) -> None:
    company = settled(tmp_path, legs(PERCENT), {"A": 1000, "B": 300})
    company.status["A"] = "terminated"
    for person, volume in (("D", 400), ("B", 100)):
        company.order(person, volume, on="2026-11-10")
    company.order("C", 60, on="2026-11-10", kind="return")
    assert company.follow("2026-11", "next", "2026-10") == 0
    assert company.waits("top", "next") == {"A": "260", "C": "-60", "D": "60"}  # others: 400 + 100 - 60
    because = json.loads(company.awards("a", "next")[0]["because"])
    assert (because["strongest"], because["others"], "head" in because) == ("700", "440", False)


def test_what_waits_on_legs_is_lost_where_a_bonus_has_two_sides_from_then_on(tmp_path: Path) -> None:
    company = settled(tmp_path, legs(PERCENT), {"A": 1000, "B": 300})
    company.plan = company.plan.replace('tree = "sponsor"', "") + '\n[trees.binary]\nspill = "manual"\n'
    for person, side in (("l", "left"), ("r", "right")):
        company.placed(person, "top", side)
        company.order(person, 100, on="2026-11-10")
    assert company.follow("2026-11", "next", "2026-10") == 0
    assert company.earned("a", "next") == {"top": 10}
    assert company.waits("top", "next") == {}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("personal_actives_each_side = 1", "plan_word_useless"),
        ('own_volume_to = "weak"', "plan_word_useless"),
        ("own_volume_above = 5", "plan_word_useless"),
    ],
)
def test_words_of_two_sides_mean_nothing_of_legs(words: str, code: str) -> None:
    _, problems = check(legs(PERCENT + words))
    assert [one.code for one in problems] == [code]


def test_others_are_along_sponsors_alone() -> None:
    text = legs(PERCENT + 'own_volume_to = "others"')
    _, problems = check(text.replace('tree = "sponsor"', "") + '\n[trees.binary]\nspill = "manual"\n')
    assert [one.code for one in problems] == ["plan_word_useless"]
    _, problems = check(text.replace('"sponsor"', '"matrix"'))
    assert {one.code for one in problems if one.severity is Severity.FAULT} >= {"plan_tree_unfit_binary"}
