"""Worked examples of binary and hybrid plans of further companies, as in `test_published_elsewhere`.

Where a source states the rule and not what it comes to, the docstring says "by hand": the sum is ours, from its rule.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.core.bonuses.placed import Placed
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, ladder
from tests.core.settlement.test_published_elsewhere import WEEKS, bonus

TREE = '\n[trees.binary]\nspill = "manual"\n'
SIDES = ("left", "right")


def two_sides(folder: Path, plan: str, left: int = 0, right: int = 0, on: str = "2026-10-05") -> Placed:
    """Somebody with one person on each side, and what these order."""
    company = Placed(folder, plan)
    company.person("you")
    for side, volume in zip(SIDES, (left, right), strict=True):
        company.placed(side, "you", side)
        if volume:
            company.order(side, volume, on=on)
    return company


def waits(company: Placed, person: str = "you", out: str = "out") -> tuple[int, int]:
    """What waits on her left and on her right."""
    found = company.waits(person, out)
    return int(found.get("left", 0)), int(found.get("right", 0))


def thirds(small: int, large: int, value: int, more: str = "") -> str:
    """Cycles of so much on one side and so much on the other, whichever they are."""
    words = f'pay = "cycles"\ncycle_left = {small}\ncycle_right = {large}\neither_side = true\nvalue = {value}\n'
    return bonus("binary", words + more)


@pytest.mark.parametrize(("rank", "paid"), [("emerald", 14), ("ruby", 16), ("diamond", 18)])
def test_beachbody_decides_the_strong_leg_before_each_cycle(tmp_path: Path, rank: str, paid: int) -> None:
    """ruthiegage.com quotes the plan: 260 left and 200 right, the left gives 200 and the right 100; by rank 14, 16, 18.

    By hand: 60 and 100 wait; 60 and 100 more make 120 and 200, in which the right is the strong one.
    """
    ranks = ("emerald", "ruby", "diamond")
    value = "value_by_rank = { emerald = 14, ruby = 16, diamond = 18 }"
    company = two_sides(tmp_path, HEAD + PERSONAL + ladder(*ranks) + TREE + thirds(100, 200, 0, value), 260, 200)
    for month in ("10", "11"):
        company.order("you", 0, 1 + ranks.index(rank), on=f"2026-{month}-02")
    for side, volume in zip(SIDES, (60, 100), strict=True):
        company.order(side, volume, on="2026-11-03")
    assert company.settle() == company.follow("2026-11") == 0
    assert company.earned() == company.earned(out="next") == {"you": paid}
    assert waits(company) == (60, 100)
    assert waits(company, out="next") == (20, 0)


@pytest.mark.parametrize(
    ("left", "right", "cycles", "rest"),
    [
        (360, 180, 1, (0, 0)),
        (180, 360, 1, (0, 0)),
        (540, 540, 2, (0, 0)),
        (1000, 800, 3, (100, 80)),
        (800, 1000, 3, (80, 100)),
        (359, 5000, 1, (179, 4640)),
        (360, 5000, 2, (0, 4280)),
    ],
)
def test_vemma_lets_the_sides_switch_back_and_forth(
    tmp_path: Path, left: int, right: int, cycles: int, rest: tuple[int, int]
) -> None:
    """Vemma Europe, "Cycle Bonus": 180 points in one team and 360 in the other, about 20 a cycle. By hand otherwise.

    Of 1,000 and 800: 360 and 180 leave 640 and 620, these 280 and 440, and 180 and 360 of these 100 and 80.
    """
    company = two_sides(tmp_path, HEAD + PERSONAL + ONE_RANK + TREE + thirds(180, 360, 20), left, right)
    assert company.settle() == 0
    assert company.earned().get("you", 0) == 20 * cycles
    assert waits(company) == rest


def test_isagenix_pays_cycles_by_the_week_to_whoever_is_paid_as_consultant_by_the_month(tmp_path: Path) -> None:
    """Isagenix, "Team Compensation Plan": 900 of volume, 600 on one side and 300 on the other, are a cycle of a week.

    By hand, with a Consultant who needs 100 of her own in the month, and 54 a cycle: the 100 that she ordered on the
    13th pay the cycles of two weeks, and not that of the week which ends in November.
    """
    calendars = '\n[calendars.month]\nkind = "month"\n' + WEEKS + 'kpis_by = "month"\n'
    rank = '\n[[ranks]]\ncode = "consultant"\nname = "Consultant"\nneeds = [{ kpi = "pv", minimum = 100 }]\n'
    words = 'calendar = "week"\nminimum_rank = "consultant"\n'
    company = two_sides(tmp_path, HEAD + calendars + PERSONAL + ONE_RANK + rank + TREE + thirds(300, 600, 54, words))
    company.order("you", 0, 100, on="2026-10-13")
    weeks = (("2026-W42", "10-14", 600, 300), ("2026-W43", "10-20", 700, 300), ("2026-W44", "10-27", 500, 300))
    for _, day, *volumes in weeks:
        for side, volume in zip(SIDES, volumes, strict=True):
            company.order(side, volume, on=f"2026-{day}")
    carry: list[str] = []
    found = []
    for week, *_ in weeks:
        assert company.settle(week, "--calendar", "week", *carry, out=week) == 0
        carry = ["--carry", str(tmp_path / week)]
        found.append((company.earned(out=week).get("you"), *waits(company, out=week)))
    assert found == [(54, 0, 0), (54, 100, 0), (None, 600, 300)]
    company.order("you", 0, 100, on="2026-11-01")
    assert company.settle("2026-W44", "--calendar", "week", "--carry", str(tmp_path / "2026-W43"), out="again") == 0
    assert company.earned(out="again") == {"you": 54}


def test_prime_my_body_pays_two_cycles_and_leaves_six_hundred(tmp_path: Path) -> None:
    """support.primemybody.com, "What is a Cycle?": 20 for 200 on each side; 1,000 and 400 pay 40, and 600 wait."""
    words = 'pay = "cycles"\ncycle_left = 200\ncycle_right = 200\nvalue = 20'
    company = two_sides(tmp_path, HEAD + PERSONAL + ONE_RANK + TREE + bonus("binary", words), 1000, 400)
    assert company.settle() == 0
    assert company.earned() == {"you": 40}
    assert waits(company) == (600, 0)


def test_a_savings_account_of_the_stronger_team_balances_later_months(tmp_path: Path) -> None:
    """slideserve.com, "How to maximize the comp plan": 10 % of the lesser team, the rest is saved for later.

    Stated: 5,000 and 7,000 pay 500 and save 2,000; these balance a month to 600 and none are left; a month saves
    3,000 after 500; and 2,000 of these balance the last one to 900, which leaves 1,000. The other volumes are ours.
    """
    months = (("07", 7000, 5000), ("08", 4000, 6000), ("09", 8000, 5000), ("10", 7000, 9000))
    company = two_sides(tmp_path, HEAD + PERSONAL + ONE_RANK + TREE + bonus("binary", 'rate = "10 %"'))
    for month, *volumes in months:
        for side, volume in zip(SIDES, volumes, strict=True):
            company.order(side, volume, on=f"2026-{month}-05")
    carry: list[str] = []
    found = []
    for month, *_ in months:
        assert company.settle(f"2026-{month}", *carry, out=month) == 0
        carry = ["--carry", str(tmp_path / month)]
        found.append((int(company.earned(out=month)["you"]), *waits(company, out=month)))
    assert found == [(500, 2000, 0), (600, 0, 0), (500, 3000, 0), (900, 1000, 0)]


def test_monavie_rolls_volume_beyond_two_hundred_to_the_lesser_leg(tmp_path: Path) -> None:
    """U.S. plan of 2011 and zack-monavie.blogspot.com: 5 % of the lesser leg and 5 % of as much of the other one.

    What personal volume is in excess of 200 rolls to the lesser leg. By hand: 250 of her own, 1,000 and 400 below:
    450 match at 10 %, and 550 wait on the left.
    """
    words = 'rate = "10 %"\nown_volume_to = "weak"\nown_volume_above = 200'
    company = two_sides(tmp_path, HEAD + PERSONAL + ONE_RANK + TREE + bonus("binary", words), 1000, 400)
    company.order("you", 150)
    company.order("you", 100)
    assert company.settle() == 0
    assert company.earned() == {"you": 45}
    assert waits(company) == (550, 0)


def test_jeunesse_pays_six_hundred_and_three_hundred_and_matches_by_level(tmp_path: Path) -> None:
    """jeunesseglobal.com, "Financial Rewards": a cycle is 600 and 300, the match 20, 15, 10 and four times 5 %.

    All is capped at 60 % of global volume, as the plan says. By hand, with 35 a cycle: eight people one below the
    other, the lowest of whom has 600 and 300 below; she has one cycle, as has everybody above with somebody of 300 on
    her other side.
    """
    rates = ", ".join(f'"{rate} %"' for rate in (20, 15, 10, 5, 5, 5, 5))
    match = bonus("matching", f'matches = ["a"]\nlevels = [{rates}]', "match")
    cap = '\n[[caps]]\ncode = "cap"\nper = "company"\nshare = "60 %"\n'
    company = Placed(tmp_path, HEAD + PERSONAL + ONE_RANK + TREE + thirds(300, 600, 35) + match + cap)
    company.person("root")
    above = "root"
    line = [f"p{level}" for level in range(1, 9)]
    for person in line:
        company.placed(person, above, "left")
        above = person
    company.placed("six", above, "left")
    company.placed("three", above, "right")
    company.order("six", 600)
    company.order("three", 300)
    assert company.settle() == 0
    assert company.earned("a") == {"p8": 35}
    paid = {row["payee_id"]: Decimal(row["amount"]) for row in company.awards("match")}
    shares = {"p7": 20, "p6": 15, "p5": 10, "p4": 5, "p3": 5, "p2": 5, "p1": 5}
    assert paid == {person: Decimal(35) * share / 100 for person, share in shares.items()}
    assert company.awards("cap") == []


def test_vemma_divides_half_of_the_weeks_volume_by_its_cycles(tmp_path: Path) -> None:
    """Vemma Europe: what a cycle is worth is so much of total sales divided by the number of qualified cycles; 50 %.

    By hand: 1,080 in all; you have two cycles of 360 and 180, and whoever stands on your left has one: 180 each.
    """
    cycles = bonus("binary", 'pay = "cycles"\ncycle_left = 180\ncycle_right = 360\neither_side = true\nvalue = 1\n')
    cycles = cycles.replace("value = 1", 'value = 1\npays = "shares"')
    pool = bonus("pool", 'share = "50 %"\ndivision = "earned"\nshares_from = ["a"]', "value")
    company = two_sides(tmp_path, HEAD + PERSONAL + ONE_RANK + TREE + cycles + pool, 0, 540)
    for side, volume in (("left", 360), ("right", 180)):
        company.placed(f"left {side}", "left", side)
        company.order(f"left {side}", volume)
    assert company.settle() == 0
    assert company.earned("value") == {"you": 360, "left": 180}


def test_atomy_divides_forty_four_percent_by_scores_of_the_smaller_side(tmp_path: Path) -> None:
    """Atomy USA, "General Commission": 15 from 300,000 on, 30 from 700,000, 60, 90 … as far as the dealership goes.

    By hand: an Exclusive Distributor with 2.4 and 3 million has 90, an Agent with 0.8 and 1 million 15; of 7.2 million
    44 % are 3,168,000, and each of 105 is 30,171.428…
    """
    scores = ((300_000, 15), (700_000, 30), (1_500_000, 60), (2_400_000, 90), (6_000_000, 150))
    tiers = ", ".join(f"{{ from = {start}, pay = {score} }}" for start, score in scores)
    dealers = ("agent", "special", "dealer", "ed")
    caps = "cap_by_rank = { agent = 15, special = 30, dealer = 60, ed = 300 }"
    words = f'base = "qv"\npays = "shares"\npay = "tiers"\ntiers = [{tiers}]\n{caps}'
    pool = bonus("pool", 'base = "qv"\nshare = "44 %"\ndivision = "earned"\nshares_from = ["a"]', "commission")
    kpi = '\n[kpis.dealing]\nlabel = "Dealership"\nmeasure = "points"\n'
    ranks = ladder(*dealers).replace('kpi = "pv"', 'kpi = "dealing"')
    company = Placed(tmp_path, HEAD + PERSONAL + kpi + ranks + TREE + bonus("binary", words) + pool)
    company.products = "sku,name,price,currency,points\nA,A,1,USD,1\n"
    for person, dealership, *volumes in (("ed", 4, 2_400_000, 3_000_000), ("agent", 1, 800_000, 1_000_000)):
        company.person(person)
        for _ in range(dealership):
            company.order(person, 0)
        for side, volume in zip(SIDES, volumes, strict=True):
            company.placed(f"{person} {side}", person, side)
            company.order(f"{person} {side}", volume)
    assert company.settle() == 0
    assert company.earned("commission") == {"ed": Decimal("2715428.57"), "agent": Decimal("452571.43")}
