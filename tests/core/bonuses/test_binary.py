"""Binary bonuses on the tables of their rules, through the command."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from tests.core.bonuses.placed import Placed
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, ladder

TREE = '\n[trees.binary]\nspill = "manual"\n'


def teams(words: str, more: str = "", ranks: str = ONE_RANK) -> str:
    bonus = f'\n[[bonuses]]\ncode = "it"\nkind = "binary"\nlabel = "It"\n{words}\n'
    return HEAD + PERSONAL + more + ranks + TREE + bonus


def sides(folder: Path, plan: str, left: int, right: int) -> Placed:
    """Somebody with one person on each side, and what these order."""
    company = Placed(folder, plan)
    company.person("top")
    for person, side, volume in (("l", "left", left), ("r", "right", right)):
        company.placed(person, "top", side)
        if volume:
            company.order(person, volume)
    return company


CYCLES = 'pay = "cycles"\nvalue = 20\n'


@pytest.mark.parametrize(
    ("words", "earned", "left"),
    [
        ('pay = "percent"\nrate = "10 %"', "250.00", "1000 0"),
        ('pay = "percent"\nrate = "10 %"\nmatched_max = 2000', "200.00", "1500 500"),
        ('pay = "percent"\nrate = "10 %"\nmatched_min = 2600', None, "3500 2500"),
        ('pay = "percent"\nrate = "10 %"\ncap = 100', "100.00", "2500 1500"),
        ('pay = "percent"\nrate = "10 %"\ncap = 100\ncap_uses_volume = true', "100.00", "1000 0"),
        ('pay = "tiers"\ntiers = [{ from = 250, pay = 40 }, { from = 2000, pay = 400 }]', "400.00", "1500 500"),
        (
            'pay = "tiers"\ntiers = [{ from = 250, pay = 40 }, { from = 2000, pay = 400 }]\ncap = 399',
            "40.00",
            "3250 2250",
        ),
        (CYCLES + "cycle_left = 300\ncycle_right = 600", "80.00", "2300 100"),
        (CYCLES + "cycle_left = 300\ncycle_right = 600\neither_side = true", "100.00", "500 1000"),
        (CYCLES + "cycle_left = 200\ncycle_right = 200\ncap = 100", "100.00", "2500 1500"),
        (CYCLES + "cycle_left = 200\ncycle_right = 200\ncap = 100\ncap_uses_volume = true", "100.00", "1100 100"),
        (CYCLES + "cycle_left = 200\ncycle_right = 200\nvalue_by_rank = { member = 25 }", "300.00", "1100 100"),
    ],
)
def test_what_matches_is_paid_and_used_on_both_sides(tmp_path: Path, words: str, earned: str | None, left: str) -> None:
    company = sides(tmp_path, teams(words), 3500, 2500)
    assert company.settle() == 0
    assert company.earned() == ({} if earned is None else {"top": Decimal(earned)})
    waits = company.waits("top")
    assert left == f"{waits.get('left', 0)} {waits.get('right', 0)}"


def test_a_line_tells_both_sides_and_what_was_used(tmp_path: Path) -> None:
    company = sides(tmp_path, teams(CYCLES + "cycle_left = 300\ncycle_right = 600"), 3500, 2500)
    assert company.settle() == 0
    [row] = company.awards()
    because = json.loads(row["because"])
    words = ("left", "right", "used_left", "used_right", "cycles")
    assert [because[word] for word in words] == ["3500", "2500", "1200", "2400", 4]
    assert (row["source_person_id"], row["source_order_id"], row["level"]) == ("", "", "")


@pytest.mark.parametrize(("steps", "earned"), [(24, None), (25, "4.00"), (99, "4.00"), (100, "12.00")])
def test_the_percentage_may_go_by_a_figure_of_her_own(tmp_path: Path, steps: int, earned: str | None) -> None:
    words = 'rate_kpi = "pv"\nrate_steps = [{ from = 25, rate = "4 %" }, { from = 100, rate = "12 %" }]'
    company = sides(tmp_path, teams(words), 100, 100)
    company.order("top", 0, steps)
    assert company.settle() == 0
    assert company.earned() == ({} if earned is None else {"top": Decimal(earned)})


PAIRS = 'base = "heads"\npay = "pairs"\nvalue = 10\n'


@pytest.mark.parametrize(
    ("left", "right", "first", "pairs", "rest"),
    [
        (3, 2, "1:1", 2, "1 0"),
        (3, 2, "2:1", 2, "0 0"),
        (3, 2, "1:2", 1, "2 0"),
        (1, 2, "2:1", 0, "1 2"),
        (1, 2, "2:1 or 1:2", 1, "0 0"),
    ],
)
def test_the_first_pair_may_need_two_of_one_side(
    tmp_path: Path, left: int, right: int, first: str, pairs: int, rest: str
) -> None:
    company = Placed(tmp_path, teams(PAIRS + f'first_pair = "{first}"'))
    company.person("top")
    for side, count in (("left", left), ("right", right)):
        for place in range(count):
            above = "top" if place == 0 else f"{side}{place - 1}"
            company.placed(f"{side}{place}", above, side, joined="2026-10-02")
    assert company.settle() == 0
    assert company.earned() == ({"top": Decimal(10 * pairs)} if pairs else {})
    waits = company.waits("top")
    assert rest == f"{waits.get('left', 0)} {waits.get('right', 0)}"


def test_the_first_pair_is_had_once(tmp_path: Path) -> None:
    company = Placed(tmp_path, teams(PAIRS + 'first_pair = "2:1"'))
    company.person("top")
    company.placed("a", "top", "left", joined="2026-10-02")
    company.placed("b", "a", "left", joined="2026-10-02")
    company.placed("c", "top", "right", joined="2026-10-02")
    company.placed("d", "b", "left", joined="2026-11-02")
    company.placed("e", "c", "right", joined="2026-11-02")
    assert company.settle() == 0
    assert company.follow("2026-11") == 0
    assert company.earned() == company.earned(out="next") == {"top": Decimal(10)}
    assert company.waits("top", "next") == {}


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("", {"left": "1500", "right": "500"}),
        ("carry_max = 1000", {"left": "1000", "right": "500"}),
        ('carry = "flush"', {}),
        ('carry = "flush_after_payout"', {}),
        ('carry_when_inactive = "flush"', {"left": "1500", "right": "500"}),
    ],
)
def test_what_is_left_is_carried_as_the_plan_says(tmp_path: Path, words: str, left: dict[str, str]) -> None:
    company = sides(tmp_path, teams(f'pay = "tiers"\ntiers = [{{ from = 2000, pay = 400 }}]\n{words}'), 3500, 2500)
    assert company.settle() == 0
    assert company.waits("top") == left


def test_who_does_not_earn_keeps_or_loses_what_waits(tmp_path: Path) -> None:
    for word, left in (("keep", {"left": "300", "right": "300"}), ("flush", {})):
        folder = tmp_path / word
        folder.mkdir()
        words = f'rate = "10 %"\nearner = [{{ kpi = "pv", minimum = 1 }}]\ncarry_when_inactive = "{word}"'
        company = sides(folder, teams(words), 300, 300)
        assert company.settle() == 0
        assert (company.earned(), company.waits("top")) == ({}, left)


def test_volume_of_some_cycles_ago_ends_and_the_oldest_is_used_first(tmp_path: Path) -> None:
    company = sides(tmp_path, teams('rate = "10 %"\ncarry_cycles = 1'), 300, 0)
    company.order("r", 100, on="2026-11-05")
    company.order("l", 50, on="2026-11-05")
    assert company.settle() == 0
    assert company.follow("2026-11") == 0
    assert company.earned(out="next") == {"top": Decimal("10.00")}
    lots = [(row["cycle"], row["volume"]) for row in company.rows("carry_volume", "next")]
    assert lots == [("2026-11", "50")]  # of the 300 of October 100 were used, and the rest has waited long enough


def test_a_return_takes_from_the_side_that_it_came_in_on(tmp_path: Path) -> None:
    company = sides(tmp_path, teams('rate = "10 %"'), 300, 100)
    company.order("l", 250, on="2026-10-09", kind="return")
    assert company.settle() == 0
    assert company.earned() == {"top": Decimal("5.00")}
    assert company.waits("top") == {"right": "50"}


@pytest.mark.parametrize(("own", "side", "earned"), [("none", "", 10), ("weak", "", 13), ("chosen", "left", 10)])
def test_her_own_volume_joins_no_side_the_weaker_or_the_chosen(
    tmp_path: Path, own: str, side: str, earned: int
) -> None:
    company = sides(tmp_path, teams(f'rate = "10 %"\nown_volume_to = "{own}"'), 200, 100)
    company.own_side["top"] = side
    company.order("top", 30)
    assert company.settle() == 0
    assert company.earned() == {"top": Decimal(earned)}


def test_she_needs_active_people_of_her_own_on_both_sides(tmp_path: Path) -> None:
    plan = teams('rate = "10 %"\npersonal_actives_each_side = 1').replace("minimum = 0", "minimum = 1")
    company = sides(tmp_path, plan, 100, 100)
    company.person("other", "top")
    company.placed("deep", "r", "right", sponsor="other")
    assert company.settle() == 0
    assert company.earned() == {"top": Decimal("10.00")}
    company.people = [("l", "other", *row[2:]) if row[0] == "l" else row for row in company.people]
    assert company.settle() == 0
    assert company.earned() == {}


def test_whoever_has_no_place_brings_nothing(tmp_path: Path) -> None:
    company = sides(tmp_path, teams('rate = "10 %"'), 100, 100)
    company.person("waits", "l")
    company.order("waits", 1000)
    assert company.settle() == 0
    assert company.waits("top") == {}


def test_who_left_keeps_her_place_and_brings_nothing(tmp_path: Path) -> None:
    company = sides(tmp_path, teams('rate = "10 %"'), 100, 0)
    company.placed("below", "r", "left")
    company.order("below", 70)
    company.status["r"] = "terminated"
    assert company.settle() == 0
    assert company.earned() == {"top": Decimal("7.00")}


def test_ranks_decide_what_a_cycle_pays(tmp_path: Path) -> None:
    words = CYCLES + "cycle_left = 100\ncycle_right = 100\nvalue_by_rank = { silver = 25 }"
    company = sides(tmp_path, teams(words, ranks=ladder("bronze", "silver")), 100, 100)
    company.order("top", 0, 2)
    assert company.settle() == 0
    assert company.earned() == {"top": Decimal("25.00")}
