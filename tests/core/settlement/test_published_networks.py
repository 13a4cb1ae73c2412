"""Worked examples of ranks, rebates and levels of the companies of `test_published_hybrids`, and as there."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline
from tests.core.settlement.test_published_elsewhere import bonus

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
