"""Overrides, generations, matching and starts as companies published them, as in `test_published_stairsteps`."""

from decimal import Decimal
from pathlib import Path

import pytest

from core.__main__ import main
from tests.core.bonuses.placed import Placed
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline, ladder
from tests.core.settlement.test_published_stairsteps import GROUP, bonus, line, rank

LEADER_LEGS = '\n[kpis.legs]\nlabel = "Legs with a leader"\nmeasure = "legs"\nleg_with_rank = "leader"\n'


def test_amway_pays_depth_down_to_the_first_level_of_the_next_who_earns_it(tmp_path: Path) -> None:
    """amwaywiki.com, "Monthly Depth Bonus": the rule alone; 1 % below the first level, for three 21 % groups.

    X has A, B and C, and B has three of her own: so F, G and H count for X as well, but I below F for B alone.
    """
    words = 'leader_rank = "leader"\ngenerations = ["0 %", "1 %"]\npass_up_unqualified = true\n'
    words += 'earner = [{ kpi = "legs", minimum = 3 }]'
    company = Offline(tmp_path, HEAD + LEADER_LEGS + PERSONAL + ladder("leader") + bonus("breakaway", words))
    below = {"A": "X", "B": "X", "C": "X", "D": "A", "E": "D", "F": "B", "G": "B", "H": "B", "I": "F"}
    for number, (person, above) in enumerate([("X", None), *below.items()], start=1):
        company.person(person, above)
        company.order(person, 10000 + 100 * number, 1)
    assert company.settle() == 0
    paid = {(row["payee_id"], row["source_person_id"]): Decimal(row["amount"]) for row in company.awards()}
    assert paid == {
        ("X", "D"): 105,
        ("X", "E"): 106,
        ("X", "F"): 107,
        ("X", "G"): 108,
        ("X", "H"): 109,
        ("B", "I"): 110,
    }


@pytest.mark.parametrize(
    ("own", "groups", "keeps", "passes"),
    [(10000, 1, 400, 400), (6000, 1, 240, 400), (3000, 1, 0, 520), (3000, 2, 520, 400)],
)
def test_amway_lets_a_leader_keep_all_some_or_none_of_her_leadership_bonus(
    tmp_path: Path, own: int, groups: int, keeps: int, passes: int
) -> None:
    """amwaywiki.com, "Leadership Bonus": the rules alone, with 4 % of groups of 10,000 and so 400 to be passed up.

    All is kept with a group of one's own at 21 %, some between 15 and 21 % or with two 21 % groups, else none.
    """
    personal = GROUP.replace("kpis.gv", "kpis.pg") + 'stop_at_rank = "leader"\n'
    words = 'leader_rank = "leader"\ngenerations = ["4 %"]\nguarantee = 400\n'
    words += 'earner = [{ any = [{ kpi = "legs", minimum = 2 }, { kpi = "pg", minimum = 4000 }] }]'
    plan = HEAD + GROUP + personal + LEADER_LEGS + PERSONAL + rank("leader", '{ kpi = "gv", minimum = 10000 }')
    company = Offline(tmp_path, plan + bonus("breakaway", words))
    line(company, "X", "J")
    company.order("X", 10000)
    company.order("J", own)
    for number in range(groups):
        company.person(f"leader{number}", "J")
        company.order(f"leader{number}", 10000)
    assert company.settle() == 0
    assert company.earned() == {who: Decimal(much) for who, much in (("X", passes), ("J", keeps)) if much}


@pytest.mark.parametrize(("leader", "paid"), [(1, 250), (2, 500), (3, 1000)])
def test_a_leadership_bonus_matches_more_the_higher_the_leader(tmp_path: Path, leader: int, paid: int) -> None:
    """netready.co.za, "Leadership Bonus": ten people with 100 of level commission each; 25, 50 or 100 % by rank."""
    match = 'matches = ["levels"]\nlevels_by_rank = { team = ["25 %"], silver = ["50 %"], gold = ["100 %"] }'
    plan = HEAD + PERSONAL + ladder("team", "silver", "gold")
    plan += bonus("unilevel", 'levels = ["10 %"]', "levels") + bonus("matching", match, "match")
    company = Offline(tmp_path, plan)
    company.person("Mary")
    company.order("Mary", 0, leader)
    for number in range(10):
        company.person(f"r{number}", "Mary")
        company.person(f"s{number}", f"r{number}")
        company.order(f"s{number}", 1000, 0)
    assert company.settle() == 0
    assert company.earned("match") == {"Mary": paid}


def test_pm_international_pays_first_line_levels_and_management_bonus_beside_each_other(tmp_path: Path) -> None:
    """PM-International, Canada: percentages alone; 1,000 by a Teampartner below an MM of 5 % and an IMM of 9 %."""
    plan = HEAD + PERSONAL + ladder("partner", "sm", "mm", "imm")
    plan += bonus("unilevel", 'levels = ["10 %"]', "first_line")
    plan += bonus("unilevel", 'levels = ["5 %", "3 %", "3 %", "3 %", "5 %"]\nminimum_rank = "sm"', "generations")
    plan += bonus("differential", 'of = "below"\nrate_by_rank = { sm = 2, mm = 5, imm = 9 }', "management")
    company = Offline(tmp_path, plan)
    for (person, place), above in zip((("imm", 4), ("mm", 3), ("partner", 1)), (None, "imm", "mm"), strict=True):
        company.person(person, above)
        company.order(person, 0, place)
    company.order("partner", 1000, 0)
    assert company.settle() == 0
    assert company.earned() == {"mm": 100 + 50 + 50, "imm": 30 + 40}


@pytest.mark.parametrize(("month", "paid"), [("2026-10", (25, 12, 5)), ("2026-12", (25, 12, 5)), ("2027-01", ())])
def test_4life_pays_three_levels_in_the_first_three_months(tmp_path: Path, month: str, paid: tuple[int, ...]) -> None:
    """india.4life.com, "Rapid Rewards": the rule alone; 25, 12 and 5 % of orders within the first three months."""
    start = bonus("fast_start", 'levels = ["25 %", "12 %", "5 %"]\nwindow_cycles = 3')
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + start)
    line(company, "third", "second", "first")
    company.person("new", "first", joined="2026-10-30")
    company.order("new", 100, on=f"{month}-28")
    if month == "2026-10":
        company.orders[-1] = company.orders[-1].replace("-28", "-30")
    assert company.settle(month) == 0
    assert company.earned() == dict(zip(("first", "second", "third"), paid, strict=False))


def test_4life_pays_enrollers_at_first_and_sponsors_by_level(tmp_path: Path) -> None:
    """zbook.org, "Life Rewards Plan": the rule alone; 25 % to the enroller, then levels to sponsors, who are others."""
    plan = HEAD + PERSONAL + ONE_RANK + '\n[trees.matrix]\nwidth = 100\ndepth = 9\nspill = "manual"\n'
    plan += bonus("first_order", 'levels = ["25 %"]\nexcludes = ["levels"]', "rapid")
    company = Placed(tmp_path, plan + bonus("unilevel", 'tree = "matrix"\nlevels = ["2 %", "25 %", "5 %"]', "levels"))
    company.person("enroller")
    for place, (person, above) in enumerate((("first", "enroller"), ("second", "first"), ("new", "second")), start=98):
        company.placed(person, above, place, sponsor="enroller")
    company.order("new", 100)
    second = company.order("new", 40, on="2026-10-20")
    assert company.settle() == 0
    assert company.earned("rapid") == {"enroller": 25}
    paid = {row["payee_id"]: row["amount"] for row in company.awards("levels") if row["source_order_id"] == second}
    assert company.earned("levels") == {"second": Decimal("0.80"), "first": 10, "enroller": 2}
    assert paid == {"second": "0.80", "first": "10.00", "enroller": "2.00"}


@pytest.mark.parametrize(("group", "paid"), [(2000, 25), (3000, 50)])
def test_nu_skin_leads_at_half_the_percentage_below_six_blocks(tmp_path: Path, group: int, paid: int) -> None:
    """nuskin.knowledgeowl.com, "Leading Bonus", the rule: 2.5 % on generation 1 with four blocks, 5 % with six."""
    words = 'leader_rank = "representative"\nboundary = "opener"\nminimum_rank = "representative"\n'
    words += 'generations = ["2.5 %"]\nearner = [{ kpi = "group", minimum = '
    kpi = GROUP.replace("kpis.gv", "kpis.group") + 'stop_at_rank = "representative"\n'
    plan = HEAD + kpi + PERSONAL + rank("representative", '{ kpi = "pv", minimum = 100 }')
    plan += "".join(bonus("generation", f"{words}{500 * blocks} }}]", f"from_{blocks}") for blocks in (4, 6))
    company = Offline(tmp_path, plan)
    line(company, "you", "g1", "hers")
    company.order("you", group)
    company.order("g1", 940)
    company.order("hers", 60)
    assert company.settle() == 0
    assert company.earned() == {"you": paid}


def test_avon_pays_a_promotion_in_four_parts_and_only_who_performs(tmp_path: Path) -> None:
    """Avon, 2018: 750 for a promotion in four equal parts, over campaigns that perform; grace is left out."""
    plan = HEAD + PERSONAL + ladder("star", "gold")
    words = 'amount_by_rank = { gold = 750 }\nonce = true\nminimum_rank = "gold"\n'
    words += 'paid_now = "25 %"\nrest_in_cycles = [2, 3, 4]\nrest_to_earners = true'
    company = Offline(tmp_path, plan + bonus("rank_award", words))
    company.person("you")
    for month in ("07", "09", "10"):
        company.order("you", 2, on=f"2026-{month}-05")
    paid, carry = [], list[str]()
    for month in ("2026-07", "2026-08", "2026-09", "2026-10", "2026-11"):
        assert company.settle(month, *carry, out=month) == 0
        carry = ["--carry", str(tmp_path / month)]
        paid.append(company.earned(out=month).get("you", Decimal(0)))
    assert paid == [Decimal("187.50"), 0, Decimal("187.50"), Decimal("187.50"), 0]


def test_what_was_paid_of_two_bonuses_can_be_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = HEAD + PERSONAL + ONE_RANK
    plan += bonus("unilevel", 'levels = ["10 %"]', "first") + bonus("unilevel", 'levels = ["4 %"]', "second")
    plan += '\n[[caps]]\ncode = "higher"\nper = "person"\nkeep = "highest"\nbonuses = ["first", "second"]\n'
    company = Offline(tmp_path, plan)
    line(company, "you", "below")
    company.order("below", 100)
    assert company.settle() == 0
    assert main(["explain", "--run", str(tmp_path / "out"), "--person", "you", "--award", "3"]) == 0
    assert "“first” comes to $10.00, so the $4.00 of “second” are taken off." in capsys.readouterr().out
