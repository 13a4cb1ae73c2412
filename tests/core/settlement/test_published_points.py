"""Worked examples of plans that pay by points: what one is worth, and what adds up, as in `test_published_parties`."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from tests.core.bonuses.placed import Placed
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline
from tests.core.settlement.test_published_elsewhere import bonus
from tests.core.settlement.test_published_parties import line_of

ACCUMULATED = """
[kpis.gpv]
label = "Accumulated group points"
measure = "qv"
over = "line"
include_self = true
cycles = "all"
"""


def schedule(*steps: tuple[int, int]) -> str:
    """Percentages by everything that a group ever did."""
    listed = ", ".join(f'{{ from = {start}, rate = "{rate} %" }}' for start, rate in steps)
    return bonus("differential", f'schedule_kpi = "gpv"\nschedule = [{listed}]')


def points_worth(folder: Path, plan: str, currency: str, rate: str) -> tuple[Offline, Sequence[str]]:
    """A company that counts points as dollars, and what one of them is worth; the words that `settle` needs for it."""
    head = HEAD.replace('currency = "USD"', f'currency = "{currency}"') + '\n[volume]\ncurrency = "USD"\n'
    (folder / "rates.csv").write_text(f"date,from,to,rate\n2026-01-01,USD,{currency},{rate}\n", encoding="utf-8")
    company = Offline(folder, head + plan, products=f"sku,name,price,currency\nA,A,1,{currency}\n")
    return company, ("--rates", str(folder / "rates.csv"))


def test_vestige_pays_each_month_at_the_level_of_everything_so_far(tmp_path: Path) -> None:
    """slideplayer.com, "Vestige marketing plan": 40,000, 40,000, 41,000 and 40,000 BV at 11, 14, 17 and 20 %."""
    steps = ((16, 5), (8016, 8), (32_016, 11), (72_016, 14), (120_016, 17), (160_016, 20))
    company = Offline(tmp_path, HEAD + ACCUMULATED + PERSONAL + ONE_RANK + schedule(*steps))
    company.person("distributor")
    paid = []
    for month, volume in (("07", 40_000), ("08", 40_000), ("09", 41_000), ("10", 40_000)):
        company.order("distributor", volume, on=f"2026-{month}-05")
        assert company.settle(f"2026-{month}", out=month) == 0
        paid.append(company.earned(out=month)["distributor"])
    assert paid == [4400, 5600, 6970, 8000]


def test_vestige_leaves_the_balance_of_twelve_percent_at_eighteen_rupees_a_point(tmp_path: Path) -> None:
    """myvestige.com, "My Success Plan", July 2024: of 5,616 rupees 270, 1,440 and 1,440 go to A, B and C, 2,466 to you.

    In the second month 3,600 points at 16 % are 10,368 rupees; how they are divided is our reckoning.
    """
    plan = ACCUMULATED + PERSONAL + ONE_RANK + schedule((1, 5), (600, 8), (2400, 12), (5500, 16))
    company, rates = points_worth(tmp_path, plan, "INR", "18")
    company.person("you")
    for friend in "abc":
        company.person(friend, "you")
    for person, volume in (("you", 300), ("a", 300), ("b", 1000), ("c", 1000)):
        company.order(person, volume, on="2026-09-05")
    assert company.settle("2026-09", *rates, out="first") == 0
    assert company.earned(out="first") == {"you": 2466, "a": 270, "b": 1440, "c": 1440}
    for person, volume in (("you", 300), ("a", 300), ("b", 1500), ("c", 1500)):
        company.order(person, volume)
    assert company.settle("2026-10", *rates, "--carry", str(tmp_path / "first")) == 0
    second = company.earned()
    assert sum(second.values()) == 10_368
    assert second == {"you": 864 + 432 + 1080 + 1080, "a": 432, "b": 3240, "c": 3240}


def test_vestige_in_ghana_pays_twenty_eight_cedis_a_point(tmp_path: Path) -> None:
    """scribd.com, "Business calculations for Ghana": 2,000 points at 8, 10 and 11 % are 4,480, 5,600 and 6,160."""
    plan = ACCUMULATED + PERSONAL + ONE_RANK + schedule((1, 5), (600, 8), (2400, 10), (5500, 11))
    company, rates = points_worth(tmp_path, plan, "GHS", "28")
    company.person("distributor")
    for month, paid in (("08", 4480), ("09", 5600), ("10", 6160)):
        company.order("distributor", 2000, on=f"2026-{month}-05")
        assert company.settle(f"2026-{month}", *rates, out=month) == 0
        assert company.earned(out=month) == {"distributor": paid}


def test_vestige_divides_a_pool_by_points_of_directors_groups(tmp_path: Path) -> None:
    """vestigesupport.blogspot.com, 2020: a group of 2,001 at 6 % gives 120.06 points; 14 % is divided by all points.

    You, A below you and B below A with groups of 2,001, 2,001 and 10,001; what levels 1 and 2 add, and the amounts,
    are ours. Points have hundredths, shares have none: a share is a hundredth of a point.
    """
    group = '\n[kpis.group]\nlabel = "G"\nmeasure = "cv"\nover = "line"\ninclude_self = true\nstop_at_rank = "member"\n'
    shares = 'pays = "shares"\n'
    plan = bonus("rule", shares + 'when = "true"\nbase = "group"\nrate = "600 %"', "own")
    plan += bonus("breakaway", shares + 'leader_rank = "member"\ngenerations = ["500 %", "400 %"]', "levels")
    plan += bonus("pool", 'share = "14 %"\ndivision = "earned"\nshares_from = ["own", "levels"]', "directors")
    company = Offline(tmp_path, HEAD + group + PERSONAL + ONE_RANK + plan)
    line_of(company, ("you", "a", "b"))
    for person, volume in (("you", 2001), ("a", 2001), ("b", 10_001)):
        company.order(person, volume)
    assert company.settle() == 0
    assert company.earned("own") == {"you": 12_006, "a": 12_006, "b": 60_006}
    assert company.earned("levels") == {"you": 10_005 + 40_004, "a": 50_005}
    paid = company.earned("directors")
    assert sum(paid.values()) == Decimal("1960.42")  # 14 % of 14,003
    assert paid == {"you": Decimal("660.62"), "a": Decimal("660.58"), "b": Decimal("639.22")}


STARS = (("star3", 20), ("star4", 24), ("star5", 28), ("star7", 36), ("star8", 40))
TIENS = (
    bonus(
        "fast_start",
        'window_cycles = 1\nvolume_for_others = "0 %"\n[bonuses.levels_by_rank]\n'
        + "".join(f'{star} = ["{rate} %"]\n' for star, rate in STARS),
        "direct",
    )
    + bonus("differential", "rate_by_rank = { " + ", ".join(f"{star} = {rate}" for star, rate in STARS) + " }", "group")
    + bonus("breakaway", 'leader_rank = "star8"\ngenerations = ["1 %", "1 %"]', "leadership")
)


def tiens(folder: Path) -> Offline:
    """Ranks by everything that a network ever did; each star's figure is ours."""
    ranks = "".join(
        f'\n[[ranks]]\ncode = "{star}"\nname = "{star}"\nneeds = [{{ kpi = "gpv", minimum = {least} }}]\n'
        for (star, _), least in zip(STARS, (200, 1100, 5000, 20_000, 50_000), strict=True)
    )
    return Offline(folder, HEAD + ACCUMULATED + PERSONAL + ranks + TIENS)


def test_tiens_pays_the_whole_percentage_on_newcomers_of_ones_own(tmp_path: Path) -> None:
    """banner-store.blogspot.com, first example: three newcomers of 300, 300 and 100 at 20 % are 140."""
    company = tiens(tmp_path)
    company.person("a", joined="2026-10-01")
    company.order("a", 300)
    for friend, volume in (("b", 300), ("c", 300), ("d", 100)):
        company.person(friend, "a", joined="2026-10-02")
        company.order(friend, volume)
    assert company.settle() == 0
    assert company.earned() == {"a": 140}


def test_tiens_pays_the_difference_on_networks_below(tmp_path: Path) -> None:
    """The second example: 50 of her own at 28 % are 14, 1,500 and 4,000 at 28 less 24 % are 220; 234 in all."""
    company = tiens(tmp_path)
    line_of(company, ("a", "b"))
    company.person("c", "a")
    for person, volume in (("a", 50), ("b", 1500), ("c", 4000)):
        company.order(person, volume)
    assert company.settle() == 0
    assert company.earned()["a"] == 234


def test_tiens_pays_leaders_on_two_generations(tmp_path: Path) -> None:
    """The third example: 80 and 120 direct, 3,200 indirect, 500 and 500 of leadership bonus are 4,400."""
    company = tiens(tmp_path)
    line_of(company, ("a", "b", "b1"))
    for other in "ce":
        company.person(other, "a")
    company.person("d", "a", joined="2026-10-02")
    for person, volume in (("a", 200), ("b", 50_000), ("b1", 50_000), ("c", 40_000), ("e", 40_000), ("d", 300)):
        company.order(person, volume)
    assert company.settle() == 0
    assert company.earned("direct") == {"a": 120}
    assert company.earned("leadership")["a"] == 1000
    assert company.earned()["a"] == 4400


def test_thz_pays_fifty_points_of_a_pair_and_keeps_what_stands_by(tmp_path: Path) -> None:
    """thzwater.blogspot.com: 8,000 stand by on the left, 50 come on the right: 12 % at 4.5 are RM 27.00, 7,950 stay.

    Of these 85 % are paid out, RM 22.95: a second bonus, in points, would be the wallet's 15 %.
    """
    head = HEAD.replace('currency = "USD"', 'currency = "MYR"') + '\n[volume]\ncurrency = "USD"\n'
    tree = '\n[calendars.day]\nkind = "day"\n\n[trees.binary]\nspill = "manual"\n'
    plan = tree + PERSONAL + ONE_RANK + bonus("binary", 'rate = "12 %"') + bonus("binary", 'rate = "10.2 %"', "cash")
    company = Placed(tmp_path, head + plan, products="sku,name,price,currency\nA,A,1,MYR\n")
    company.person("a")
    company.placed("b", "a", "left")
    company.placed("c", "a", "right")
    company.order("b", 8000, on="2026-10-04")
    (tmp_path / "rates.csv").write_text("date,from,to,rate\n2026-01-01,USD,MYR,4.5\n", encoding="utf-8")
    rates = ("--rates", str(tmp_path / "rates.csv"))
    assert company.settle("2026-10-04", *rates, out="before") == 0
    assert company.earned(out="before") == {}
    company.order("c", 50, on="2026-10-05")
    assert company.settle("2026-10-05", *rates, "--carry", str(tmp_path / "before")) == 0
    assert company.earned("a") == {"a": Decimal("27.00")}
    assert company.earned("cash") == {"a": Decimal("22.95")}
    waiting = [row["volume"] for row in company.rows("carry_volume") if row["bonus"] == "a"]
    assert waiting == ["7950"]


def test_mmlm_divides_two_percent_by_seventeen_coefficients(tmp_path: Path) -> None:
    """mmlm.gitbook.io, "Global bonus": 5 Platinum, 3 Emerald and 2 Diamond have 17 points of 100,000.

    The page cuts 5,882, 11,764 and 17,646 off before it multiplies; cents and the last ones of them are ours.
    """
    ranks = "".join(
        f'\n[[ranks]]\ncode = "{code}"\nname = "{code}"\nneeds = [{{ kpi = "pv", minimum = {least} }}]\n'
        for code, least in (("platinum", 1), ("emerald", 2), ("diamond", 3))
    )
    pool = bonus("pool", 'share = "2 %"\nshares_by_rank = { platinum = 1, emerald = 2, diamond = 3 }')
    company = Offline(tmp_path, HEAD + PERSONAL + ranks + pool)
    company.person("buyer")
    company.order("buyer", 5_000_000, 0)
    for rank, count in ((1, 5), (2, 3), (3, 2)):
        for number in range(count):
            company.person(f"{rank}-{number}")
            company.order(f"{rank}-{number}", 0, rank)
    assert company.settle() == 0
    paid = company.earned()
    assert sum(paid.values()) == 100_000
    for rank, told in ((1, 5882), (2, 11_764), (3, 17_646)):
        parts = {amount for person, amount in paid.items() if person.startswith(f"{rank}-")}
        assert all(0 <= part - told <= 2 for part in parts)
        assert max(parts) - min(parts) <= Decimal("0.01")


@pytest.mark.parametrize(("boxes", "paid"), [(1, 24), (2, 80), (3, 80)])
def test_a_sponsor_bonus_goes_by_the_boxes_of_the_first_order(tmp_path: Path, boxes: int, paid: int) -> None:
    """slideserve.com, "Bonus plan": 24 dollars for a newcomer's box, 80 for two; three are ours."""
    words = 'when = "active"\nper = "referral"\namount = "80 if base >= 2 else 24 if base >= 1 else 0"\n'
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("rule", words + 'orders = { only = "first" }'))
    line_of(company, ("sponsor", "new"))
    company.order("new", boxes)
    company.order("new", 2, on="2026-10-20")
    assert company.settle() == 0
    assert company.earned() == {"sponsor": paid}
