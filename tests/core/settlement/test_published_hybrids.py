"""Worked examples of binary and hybrid plans of further companies, as in `test_published_elsewhere`.

Where a source states the rule and not what it comes to, the docstring says "by hand": the sum is ours, from its rule.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.core.bonuses.placed import Placed
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline, ladder
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


DXN = """
[kpis.accumulated]
label = "Accumulated group volume"
measure = "qv"
over = "line"
include_self = true
cycles = "all"

[kpis.group]
label = "Personal group volume"
measure = "qv"
over = "line"
include_self = true
stop_at_rank = "qsa"

[kpis.lines]
label = "Lines with a qualified Star Agent"
measure = "legs"
leg_with_rank = "qsa"
"""


def dxn() -> str:
    """Group bonus by accumulated volume up to Star Agent; from there on by qualification and qualified lines."""
    steps = {"p6": 100, "p9": 300, "p12": 1000, "p15": 2000, "p18": 3250, "sa": 4500}
    asks = {code: f'{{ kpi = "accumulated", minimum = {least} }}' for code, least in steps.items()}
    qualified = asks["sa"] + ', { kpi = "pv", minimum = 100 }, { kpi = "group", minimum = 300 }'
    asks |= {"qsa": qualified, "q27": qualified + ', { kpi = "lines", minimum = 1 }'}
    ranks = "".join(
        f'\n[[ranks]]\ncode = "{code}"\nname = "{code}"\nneeds = [{needs}]\n' for code, needs in asks.items()
    )
    rates = dict(zip(asks, (6, 9, 12, 15, 18, 21, 25, 27), strict=True))
    table = ", ".join(f'{code} = "{rate} %"' for code, rate in rates.items())
    return HEAD + PERSONAL + DXN + ranks + bonus("differential", f"rate_by_rank = {{ {table} }}")


def test_dxn_pays_a_star_agent_with_one_qualified_line_what_it_leaves_to_the_others(tmp_path: Path) -> None:
    """slideshare.net, "DXN Simple Marketing Plan": 880 of diamond group volume at 27 %, each point worth 0.28.

    Star Agents of 280 and 200 have 21 %, a qualified one of 300 has 25 %: 66.52 less 16.46, 11.76 and 21 is 17.3.
    """
    company = Offline(tmp_path, dxn())
    company.person("you")
    for person, volume, own in (("first", 280, 80), ("second", 200, 50), ("third", 300, 100)):
        company.person(person, "you")
        company.person(f"below {person}", person)
        company.order(person, 0, 4500, on="2026-09-05")  # what made them Star Agents
        company.order(person, str(Decimal("0.28") * own), own)
        company.order(f"below {person}", str(Decimal("0.28") * (volume - own)), volume - own)
    company.order("you", 28, 100)
    assert company.settle() == 0
    ranks = {row["person_id"]: row["paid_rank"] for row in company.rows("ranks")}
    assert ranks == {
        "you": "q27", "first": "sa", "second": "sa", "third": "qsa",
        "below first": "p6", "below second": "p6", "below third": "p6",
    }  # fmt: skip
    assert company.kpi("you", "group") == 580  # those who are not qualified are compressed
    assert company.earned()["you"] == Decimal("17.30")


def test_synergy_gives_back_a_quarter_of_what_is_beyond_the_elite_level(tmp_path: Path) -> None:
    """nlblog.synergyworldwide.com: 25 % of the volume beyond 200 of a month. By hand: 50 of 400, nothing of 200."""
    words = 'of = "own"\nschedule_kpi = "pv"\nschedule_mode = "marginal"\nschedule = [{ from = 200, rate = "25 %" }]'
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("differential", words))
    for person, volume in (("a", 400), ("b", 200)):
        company.person(person)
        company.order(person, volume)
    assert company.settle() == 0
    assert company.earned() == {"a": 50}


def test_acn_pays_on_the_bills_of_seven_levels(tmp_path: Path) -> None:
    """slideplayer.com/17525156: ¼, ¼, ¼, ½, 1, 2 and 7 % of bills; 2, 4 … 128 representatives with 25 customers of 22.

    By hand: their customers' bills are 550 each, so that the levels are 2.75, 5.50, 11, 44, 176, 704 and 4,928. The
    first of the rates is that of one's own customers, who are paid by volume elsewhere.
    """
    rates = ", ".join(f'"{rate} %"' for rate in ("0", "0.25", "0.25", "0.25", "0.5", "1", "2", "7"))
    whole = '\n[rounding]\nby = "bonus"\n'
    company = Offline(tmp_path, HEAD + whole + PERSONAL + ONE_RANK + bonus("unilevel", f"levels = [{rates}]"))
    company.person("r")
    level = ["r"]
    for _ in range(7):
        level = [above + side for above in level for side in "lr"]
        for person in level:
            company.person(person, person[:-1])
            company.person(f"{person}-customers", person, kind="customer")
            company.order(f"{person}-customers", 25 * 22)
    assert company.settle() == 0
    assert company.earned()["r"] == Decimal("5871.25")


@pytest.mark.parametrize(
    ("bills", "rank"),
    [
        ((100_000, 90_000), "svp"),
        ((200_000, 60_000), "member"),
        ((75_000, 75_000), "svp"),
        ((75_000, 74_999), "member"),
    ],
)
def test_acn_counts_seventy_five_thousand_of_a_leg_at_most(tmp_path: Path, bills: tuple[int, int], rank: str) -> None:
    """North American plan of October 2015: downline billing of 150,000, at most 75,000 of a leg."""
    asks = '{ kpi = "billing", minimum = 150000, leg_cap = 75000 }'
    plan = HEAD + PERSONAL + '\n[kpis.billing]\nlabel = "Billing"\nmeasure = "qv"\nover = "line"\n' + ONE_RANK
    company = Offline(tmp_path, plan + f'\n[[ranks]]\ncode = "svp"\nname = "SVP"\nneeds = [{asks}]\n')
    company.person("you")
    for leg, bill in enumerate(bills):
        company.person(f"leg{leg}", "you")
        company.order(f"leg{leg}", bill)
    assert company.settle() == 0
    assert [row["paid_rank"] for row in company.rows("ranks") if row["person_id"] == "you"] == [rank]


@pytest.mark.parametrize(("legs", "rank"), [((500, 120), "director"), ((700, 119), "member"), ((480, 120), "director")])
def test_kannaway_counts_eighty_percent_of_one_leg_at_most(tmp_path: Path, legs: tuple[int, int], rank: str) -> None:
    """behindmlm.com on the plan of 2014: a Director has 28 of her own and 600 below, no more than 80 % from one leg."""
    asks = '{ kpi = "pv", minimum = 28 }, { kpi = "down", minimum = 600, leg_cap = "80 %" }'
    plan = HEAD + PERSONAL + '\n[kpis.down]\nlabel = "Downline"\nmeasure = "qv"\nover = "line"\n' + ONE_RANK
    company = Offline(tmp_path, plan + f'\n[[ranks]]\ncode = "director"\nname = "Director"\nneeds = [{asks}]\n')
    company.person("you")
    company.order("you", 28)
    for leg, volume in enumerate(legs):
        company.person(f"leg{leg}", "you")
        company.order(f"leg{leg}", volume)
    assert company.settle() == 0
    assert [row["paid_rank"] for row in company.rows("ranks") if row["person_id"] == "you"] == [rank]
