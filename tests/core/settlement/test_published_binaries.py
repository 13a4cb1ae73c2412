"""Worked examples of binary plans of further companies and vendors, as in `test_published_elsewhere`."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.core.bonuses.placed import Placed
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, ladder
from tests.core.settlement.test_published_elsewhere import bonus

TREE = '\n[trees.binary]\nspill = "manual"\n'


@pytest.mark.parametrize(("rank", "paid"), [("bronze", 2000), ("silver", 4000), ("gold", 6000)])
def test_a_binary_can_pay_a_percentage_by_rank_of_the_weaker_leg(tmp_path: Path, rank: str, paid: int) -> None:
    """netready.co.za, "Binary Commission": John has legs of 100,000 and 200,000; 2, 4 or 6 % by his rank."""
    ranks = ("bronze", "silver", "gold")
    rates = 'pay = "percent"\nrate_by_rank = { bronze = "2 %", silver = "4 %", gold = "6 %" }'
    company = Placed(tmp_path, HEAD + PERSONAL + ladder(*ranks) + TREE + bonus("binary", rates))
    company.person("John")
    company.order("John", 0, 1 + ranks.index(rank))
    for side, volume in (("left", 100_000), ("right", 200_000)):
        company.placed(side, "John", side)
        company.order(side, volume, 0)
    assert company.settle() == 0
    assert company.earned() == {"John": Decimal(paid)}
    assert company.waits("John") == {"right": "100000"}


def test_a_binary_matches_the_weaker_leg_and_carries_the_rest_of_the_other(tmp_path: Path) -> None:
    """mylistbuilders.com on the binary plan: B has 100 and 200 below, C 100 and 100; 10 % each, 100 wait for B."""
    plan = HEAD + PERSONAL + ONE_RANK + TREE + bonus("binary", 'rate = "10 %"')
    company = Placed(tmp_path, plan)
    company.person("A")
    for person, above, side in (
        ("B", "A", "left"), ("C", "A", "right"),
        ("D", "B", "left"), ("E", "B", "right"), ("F", "C", "left"), ("G", "C", "right"),
    ):  # fmt: skip
        company.placed(person, above, side)
    for person, volume in (("D", 100), ("E", 200), ("F", 100), ("G", 100)):
        company.order(person, volume)
    assert company.settle() == 0
    assert company.earned() == {"A": 20, "B": 10, "C": 10}
    assert company.waits("B") == {"right": "100"}
    assert company.waits("C") == {}


@pytest.mark.parametrize(("pv", "paid"), [(25, 8), (50, 16), (100, 24)])
def test_hb_naturals_pays_by_own_volume_for_every_two_hundred_on_each_leg(tmp_path: Path, pv: int, paid: int) -> None:
    """hbn.zendesk.com, "How do I optimize": 4, 8 or 12 % of each 200 of both legs, with an active of hers on each."""
    ranks = "".join(
        f'\n[[ranks]]\ncode = "v{least}"\nname = "v{least}"\nneeds = [{{ kpi = "pv", minimum = {least} }}]\n'
        for least in (25, 50, 100)
    )
    words = 'pay = "cycles"\ncycle_left = 200\ncycle_right = 200\npersonal_actives_each_side = 1\n'
    words += "value_by_rank = { v25 = 8, v50 = 16, v100 = 24 }"
    active = HEAD.replace("minimum = 0", "minimum = 25")
    company = Placed(tmp_path, active + PERSONAL + ranks + TREE + bonus("binary", words))
    company.person("you")
    company.order("you", pv)
    for side, volume in (("left", 5000), ("right", 300)):
        company.placed(side, "you", side)
        company.order(side, volume, 25)
    assert company.settle() == 0
    assert company.earned()["you"] == paid
    assert company.waits("you") == {"left": "4800", "right": "100"}


def test_a_cycle_of_a_third_and_two_thirds_pays_on_the_smaller_part(tmp_path: Path) -> None:
    """itmncgroup.com, "1/3-2/3": 600 points make a cycle, 200 on one leg and 400 on the other."""
    words = 'pay = "cycles"\ncycle_left = 200\ncycle_right = 400\neither_side = true\nvalue = 20'
    company = Placed(tmp_path, HEAD + PERSONAL + ONE_RANK + TREE + bonus("binary", words))
    company.person("you")
    for side, volume in (("left", 400), ("right", 200)):
        company.placed(side, "you", side)
        company.order(side, volume)
    assert company.settle() == 0
    assert company.earned() == {"you": 20}
    assert company.waits("you") == {}


def test_thz_pairs_from_the_third_level_on_and_pays_a_part_as_credit(tmp_path: Path) -> None:
    """thzwater.blogspot.com, "Calculation": 8,000 PV wait on the left, 50 PV come on the right, on level 3.

    12 % of 50, at RM 4.50 a PV, are 27.00; 22.95 are paid, and 4.05 are for products. 7,950 PV are left.
    """
    words = bonus("binary", 'rate = "12 %"\nfrom_level = 3') + '\n[payout]\ncredit = "15 %"\n'
    company = Placed(tmp_path, HEAD + PERSONAL + ONE_RANK + TREE + words)
    company.person("you")
    for side in ("left", "right"):
        company.placed(f"{side}1", "you", side)
        company.placed(f"{side}2", f"{side}1", "left")
        company.placed(f"{side}3", f"{side}2", "left")
    company.order("left3", 36_000, 8000)
    company.order("right2", 90, 20)  # on the second level, which does not count
    company.order("right3", 225, 50)
    assert company.settle() == 0
    assert company.earned()["you"] == 27
    row = company.payouts()["you"]
    assert (row["paid"], row["to_credit"]) == ("22.95", "4.05")
    assert company.waits("you") == {"left": "35775"}  # 7,950 at 4.50


def test_enagic_pays_eight_points_of_a_sale_the_nearest_first(tmp_path: Path) -> None:
    """water-mania.com, "The 8-Point Commission Structure": Joe, 1A, sells a K8 and has one point of 340.

    You are 3A and have three, 1,020; your upline is entitled to six, and four are left.
    """
    ranks = ("1A", "2A", "3A", "4A", "5A", "6A")
    points = ", ".join(f'{rank} = "{340 * place} each"' for place, rank in enumerate(ranks, start=1))
    words = f'base = "orders"\nrate_by_rank = {{ {points} }}\norder_max = "2720 each"\norders = {{ who = "customers" }}'
    company = Placed(tmp_path, HEAD + PERSONAL + ladder(*ranks) + bonus("infinity", words))
    for person, above, own in (("top", None, 6), ("upline", "top", 6), ("you", "upline", 3), ("Joe", "you", 1)):
        company.person(person, above)
        company.order(person, 0, own)
    company.person("buyer", "Joe", kind="customer")
    company.order("buyer", 4980)
    assert company.settle() == 0
    assert company.earned() == {"Joe": 340, "you": 1020, "upline": 1360}
