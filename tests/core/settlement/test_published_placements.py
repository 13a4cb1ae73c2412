"""Published examples of binary and matrix plans, through the command, as in `test_published_examples`."""

from decimal import Decimal
from pathlib import Path

from tests.core.bonuses.placed import Placed
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL
from tests.core.settlement.test_published_examples import example

TREE = '\n[trees.binary]\nspill = "manual"\n'
WEEKS = '\n[calendars.week]\nkind = "week"\n'
SIDES = ("left", "right")


def binary(words: str) -> str:
    return f'\n[[bonuses]]\ncode = "a"\nkind = "binary"\nlabel = "Team bonus"\n{words}\n'


def centre(folder: Path, plan: str) -> Placed:
    """One business centre with somebody on each side."""
    company = Placed(folder, plan)
    company.person("centre")
    for side in SIDES:
        company.placed(side, "centre", side)
    return company


def test_usana_pays_the_tier_that_both_sides_reach_and_carries_the_rest(tmp_path: Path) -> None:
    case = example("usana_tiers_2000_and_carry")
    tiers = ", ".join(f"{{ from = {start}, pay = {pay} }}" for start, pay in case["plan"]["tiers"])
    words = f'pay = "tiers"\ntiers = [{tiers}]\ncarry_max = {case["plan"]["carry_cap_per_side"]}'
    expected, derived = case["expected"], case["derived_by_us"]
    for week in case["inputs"]["weeks"]:
        folder = tmp_path / week["id"]
        folder.mkdir()
        company = centre(folder, HEAD + WEEKS + PERSONAL + ONE_RANK + TREE + binary(words))
        for side in SIDES:
            company.order(side, week[side], on="2026-10-06")
        assert company.settle("2026-W41") == 0
        told = expected[week["id"]] | derived.get(week["id"], {})
        assert company.earned() == {"centre": Decimal(told["paid"])}
        waits = company.waits("centre")
        assert [waits.get(side, "0") for side in SIDES] == [told["carry_left"], told["carry_right"]]
        assert company.follow("2026-W42") == 0  # nothing new: what was carried pays the tier that it reaches
        reached = [Decimal(pay) for start, pay in case["plan"]["tiers"] if int(start) <= int(told["carry_right"])]
        assert company.earned(out="next") == ({"centre": max(reached)} if reached else {})


def test_be_infinity_pays_nine_cycles_and_keeps_the_rest(tmp_path: Path) -> None:
    case = example("be_infinity_bb3_nine_cycles")
    terms, given, expected = case["plan"], case["inputs"], case["expected"]
    words = 'pay = "cycles"\n' + "\n".join(f"{word} = {terms[word]}" for word in ("cycle_left", "cycle_right"))
    company = centre(
        tmp_path, HEAD + PERSONAL + ONE_RANK + TREE + binary(f"{words}\nvalue = {terms['value_per_cycle']}")
    )
    for side in SIDES:
        assert given[f"carry_{side}"] == "0"
        company.order(side, given[side])
    assert company.settle() == 0
    [row] = company.awards()
    assert f'"cycles":{expected["cycles"]},' in row["because"]
    assert company.earned() == {"centre": Decimal(expected["payout"])}
    waits = company.waits("centre")
    assert [waits.get(side, "0") for side in SIDES] == [case["derived_by_us"][f"carry_{side}"] for side in SIDES]


def test_seven_hundred_and_a_thousand_newcomers_are_seven_hundred_pairs(tmp_path: Path) -> None:
    case = example("binary_pairs_700_1000")
    left, right = case["plan"]["ratio"]
    plan = 'base = "heads"\npay = "pairs"\nvalue = 1\n' + f"cycle_left = {left}\ncycle_right = {right}\n"
    for carry, rest in (
        ("keep", case["expected"]["carry_right"]),
        ("flush", case["derived_by_us"]["carry_right_if_flush"]),
    ):
        folder = tmp_path / carry
        folder.mkdir()
        company = Placed(folder, HEAD + PERSONAL + ONE_RANK + TREE + binary(f'{plan}carry = "{carry}"'))
        company.person("centre")
        for side in SIDES:
            above = "centre"
            for number in range(case["inputs"][side]):
                company.placed(f"{side}{number}", above, side, sponsor="centre", joined="2026-10-02")
                above = f"{side}{number}"
        assert company.settle() == 0
        [pairs] = [row for row in company.awards() if row["payee_id"] == "centre"]
        assert f'"pairs":{case["expected"]["pairs"]},' in pairs["because"]
        assert Decimal(pairs["amount"]) == case["expected"]["pairs"]
        waits = company.waits("centre")
        assert [int(waits.get(side, 0)) for side in SIDES] == [case["derived_by_us"]["carry_left"], rest]


def test_a_matrix_three_wide_and_three_deep_is_full_with_thirty_nine(tmp_path: Path) -> None:
    case = example("matrix_3x3_full_39")
    width, depth, by_level = case["plan"]["width"], case["plan"]["depth"], case["derived_by_us"]["by_level"]
    tree = f'\n[trees.matrix]\nwidth = {width}\ndepth = {depth}\nspill = "bfs"\n'
    bonus = '\n[[bonuses]]\ncode = "full"\nkind = "matrix"\nlabel = "Full"\nmatrix_full = 1\nlevel_full = [1, 1, 1]\n'
    company = Placed(tmp_path, HEAD + PERSONAL + ONE_RANK + tree + bonus)
    company.person("top")
    for number in range(case["expected"]["total"] - 1):
        company.person(f"p{number:02}", "top")
    assert company.settle() == 0
    mine = [row["level"] for row in company.awards() if row["payee_id"] == "top"]
    assert mine == ["1", "2"]  # one person short of the third level and of the whole
    company.person("p99", "top", "2026-11-02")
    assert company.follow("2026-11") == 0
    mine = [row["level"] for row in company.awards(out="next") if row["payee_id"] == "top"]
    assert mine == ["", "3"]
    assert sum(by_level) == len(company.people) - 1 == case["expected"]["total"]
