"""Stairsteps, breakaways and generations as companies published them: each with its source; facts only, in our words.

Where a source states amounts they are compared; where it states a rule alone, the docstring says so, and the amounts
are the rule worked out by hand on figures of ours.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline, ladder

GROUP = '\n[kpis.gv]\nlabel = "Group"\nmeasure = "qv"\nover = "line"\ninclude_self = true\n'
AMWAY = ((200, 3), (600, 6), (1200, 9), (2400, 12), (4000, 15), (7000, 18), (10000, 21))


def bonus(kind: str, words: str, code: str = "a") -> str:
    return f'\n[[bonuses]]\ncode = "{code}"\nkind = "{kind}"\nlabel = "{code}"\n{words}\n'


def steps(*found: tuple[int, int]) -> str:
    return "schedule = [" + ", ".join(f'{{ from = {start}, rate = "{rate} %" }}' for start, rate in found) + "]\n"


def rank(code: str, needs: str, more: str = "") -> str:
    return f'\n[[ranks]]\ncode = "{code}"\nname = "{code}"\nneeds = [{needs}]\n{more}'


def line(company: Offline, *people: str) -> None:
    """People below each other, the first on top."""
    for above, person in zip((None, *people), people, strict=False):
        company.person(person, above)


def test_dxn_pays_whole_forints(tmp_path: Path) -> None:
    """DXN Hungary's plan: 15 % of 13,350 forints are 2,002, though forints have two decimals."""
    head = HEAD.replace('"USD"', '"HUF"') + '\n[rounding]\nunit = 1\nmode = "down"\n'
    company = Offline(
        tmp_path, head + PERSONAL + ladder("star") + bonus("differential", "rate_by_rank = { star = 15 }")
    )
    company.products = "sku,name,price,currency\nA,A,1,HUF\n"
    company.person("star")
    company.order("star", 13350)
    assert company.settle() == 0
    assert company.earned() == {"star": 2002}


def test_amway_pays_ruby_on_what_no_leader_below_has_taken_away(tmp_path: Path) -> None:
    """amway.com.hk, "Ruby Bonus": 2 % of the 400,000 BV of A, B and C is 8,000, because 25,000 of 20,000 PV are there.

    D stays a Direct Distributor, though at 15 % this month; E and G reach 21 % by F and H below them.
    """
    ruby = "".join(
        f'\n[kpis.ruby_{figure}]\nlabel = "Ruby"\nmeasure = "{measure}"\nover = "line"\ninclude_self = true\n'
        'stop_at_rank = "direct"\n'
        for figure, measure in (("pv", "qv"), ("bv", "cv"))
    )
    made = '\n[kpis.made]\nlabel = "Was made one"\nmeasure = "points"\n'
    direct = '{ any = [{ kpi = "gv", minimum = 10000 }, { kpi = "made", minimum = 1 }] }'
    plan = HEAD + GROUP + ruby + made + PERSONAL + rank("direct", direct, "grace = 12\n")
    plan += bonus("differential", 'schedule_kpi = "gv"\n' + steps(*AMWAY), "performance")
    plan += bonus("rule", 'base = "ruby_bv"\nrate = "2 %"\nwhen = "kpi.ruby_pv >= 20000"', "ruby")
    company = Offline(tmp_path, plan)
    volume = {"A": 15000, "B": 8000, "C": 2000, "D": 4000, "E": 2000, "F": 10000, "G": 2000, "H": 10000}
    for person, above in zip("ABCEGDFH", (None, "A", "A", "A", "A", "C", "E", "G"), strict=True):
        company.person(person, above)
        company.order(person, 16 * volume[person], volume[person])
    company.products = "sku,name,price,currency,points\nA,A,1,USD,0\nM,M,1,USD,1\n"
    company.order("D", 0, on="2026-09-10")
    company.orders[-1] = company.orders[-1].replace(",A,", ",M,")
    assert company.settle("2026-09", out="before") == 0
    assert company.settle("2026-10", "--carry", str(tmp_path / "before")) == 0
    assert company.kpi("A", "ruby_pv") == 25000
    assert company.earned("ruby") == {"A": 8000}
    own = {row["payee_id"]: row["rate"] for row in company.awards("performance") if not row["level"]}
    assert own == {"A": "21", "B": "18", "C": "15", "D": "15", "E": "21", "F": "21", "G": "21", "H": "21"}


@pytest.mark.parametrize(("first", "paid"), [(100, 12), (150, 15)])
def test_oriflame_pays_the_first_line_or_the_group_whichever_is_more(tmp_path: Path, first: int, paid: int) -> None:
    """hr.oriflame.com on bonus points: the rule alone; 10 % of the first line, or what is left of the group's rate.

    At 9 % with a leg of 200 at 3 % the group is worth 12.00; the first line 10.00 or 15.00.
    """
    plan = HEAD + GROUP + PERSONAL + ONE_RANK
    plan += bonus("unilevel", 'levels = ["10 %"]', "first_line")
    plan += bonus("differential", f'schedule_kpi = "gv"\nof = "below"\n{steps((200, 3), (600, 6), (1200, 9))}', "group")
    plan += '\n[[caps]]\ncode = "higher"\nper = "person"\nkeep = "highest"\nbonuses = ["first_line", "group"]\n'
    company = Offline(tmp_path, plan)
    line(company, "you", "first", "second")
    company.order("you", 1000)
    company.order("first", first)
    company.order("second", 200 - first)
    assert company.settle() == 0
    assert company.earned()["you"] == paid


def test_nikken_splits_twenty_percent_and_overrides_who_broke_away(tmp_path: Path) -> None:
    """getwealthyinwellness.com on Herb's first week: of 316 the Executive has 31.60, and the Silver above her as much.

    The Platinum above that is paid 6 % of the Silver's personal group; by the rule, to more levels the higher the rank.
    """
    override = 'leader_rank = "silver"\ngenerations_by_rank = { silver = ["6 %", "6 %"], gold = ["6 %", "6 %", "6 %"], '
    override += 'platinum = ["6 %", "6 %", "6 %", "6 %"] }'
    plan = HEAD + PERSONAL + ladder("direct", "senior", "executive", "silver", "gold", "platinum")
    plan += bonus("differential", "rate_by_rank = { senior = 5, executive = 10, silver = 20 }", "rebate")
    company = Offline(tmp_path, plan + bonus("breakaway", override, "leadership"))
    people = {"Top": 4, "Gold": 5, "Silver": 4, "Misty": 6, "Greg": 4, "You": 3, "Herb": 1}
    line(company, *people)
    for person, place in people.items():
        company.order(person, 0, place)
    company.order("Herb", 316, 0)
    assert company.settle() == 0
    assert company.earned("rebate") == {"You": Decimal("31.60"), "Greg": Decimal("31.60")}
    paid = {row["payee_id"]: (row["level"], row["amount"]) for row in company.awards("leadership")}
    assert paid == {"Misty": ("1", "18.96"), "Silver": ("2", "18.96"), "Gold": ("3", "18.96")}


@pytest.mark.parametrize(("discount", "paid"), [(25, 250), (35, 150), (42, 80), (50, 0)])
def test_herbalife_pays_the_difference_of_two_discounts(tmp_path: Path, discount: int, paid: int) -> None:
    """Herbalife's book: who buys at 50 % has 15 % of what a Senior Consultant buys at 35 %, and so 8 to 25 %."""
    discounts = {"member": 25, "senior": 35, "producer": 42, "supervisor": 50}
    rates = ", ".join(f"{code} = {rate}" for code, rate in discounts.items())
    words = f'of = "below"\nrate_by_rank = {{ {rates} }}'
    company = Offline(tmp_path, HEAD + PERSONAL + ladder(*discounts) + bonus("differential", words))
    line(company, "Joe", "Lee")
    company.order("Joe", 2000, 4)
    company.order("Lee", 1000, 1 + list(discounts.values()).index(discount))
    assert company.settle() == 0
    assert company.earned() == ({"Joe": paid} if paid else {})


@pytest.mark.parametrize(("own", "paid"), [(0, 360), (600, 520)])
def test_mary_kay_pays_nine_or_thirteen_percent_on_a_team_of_five(tmp_path: Path, own: int, paid: int) -> None:
    """A National Director's training: with five active and 4,000 it is 360, with 600 ordered by oneself 520.

    Active is 225 in the month or the two before; a newcomer whose first order is 600 or more brings another 50.
    """
    plan = HEAD.replace("minimum = 0", "minimum = 225\ncycles = 3") + PERSONAL + ONE_RANK
    team = 'per = "referral"\nwhen = "referrals_active >= 5'
    plan += bonus("rule", f'{team} and kpi.pv < 600"\nrate = "9 %"', "nine")
    plan += bonus("rule", f'{team} and kpi.pv >= 600"\nrate = "13 %"', "thirteen")
    plan += bonus("first_order", "amount = 50\nminimum_order = 600", "qualified")
    company = Offline(tmp_path, plan)
    company.person("leader")
    for number, ordered in enumerate((1500, 1200, 800, 500)):
        company.person(f"c{number}", "leader")
        company.order(f"c{number}", 225, on="2026-08-20")
        company.order(f"c{number}", ordered)
    company.person("c4", "leader")
    company.order("c4", 225, on="2026-08-20")
    company.person("new", "leader", joined="2026-10-02")
    if own:
        company.order("leader", own)
    assert company.settle() == 0
    assert sum(company.earned(code).get("leader", Decimal(0)) for code in ("nine", "thirteen")) == paid
    company.order("new", 600)
    assert company.settle(out="after") == 0
    assert company.earned("qualified", out="after") == {"leader": 50}


@pytest.mark.parametrize(("alice", "percent"), [(1, 8), (2, 3), (3, 0)])
def test_forever_leaves_less_of_a_leg_the_higher_it_climbs(tmp_path: Path, alice: int, percent: int) -> None:
    """togethertothetop.com: a Supervisor's 8 % on Alice become 3 % when she is Assistant Supervisor, then nothing."""
    rates = "rate_by_rank = { assistant = 5, supervisor = 8, assistant_manager = 13, manager = 18 }"
    ranks = ladder("new", "assistant", "supervisor", "assistant_manager", "manager")
    company = Offline(tmp_path, HEAD + PERSONAL + ranks + bonus("differential", f'{rates}\nof = "below"'))
    line(company, "you", "Alice")
    company.order("you", 0, 3)
    company.order("Alice", 1000, alice)
    assert company.settle() == 0
    assert company.earned() == ({"you": 10 * percent} if percent else {})


def test_natures_sunshine_rebates_by_volume_and_pays_the_rest_of_the_group(tmp_path: Path) -> None:
    """anaturalherbs.com has the schedule, 10 % from 100 to 30 % from 3,000; amounts by hand, on 500, 300, 250, 99."""
    schedule = steps((100, 10), (300, 12), (600, 18), (1000, 27), (3000, 30))
    company = Offline(
        tmp_path, HEAD + GROUP + PERSONAL + ONE_RANK + bonus("differential", f'schedule_kpi = "gv"\n{schedule}')
    )
    company.person("you")
    company.order("you", 500)
    for person, volume in (("b", 300), ("c", 250), ("d", 99)):
        company.person(person, "you")
        company.order(person, volume)
    assert company.settle() == 0
    # 27 % of 500, 15 % of 300, 17 % of 250 and 27 % of 99
    assert company.earned() == {"you": Decimal("249.23"), "b": 36, "c": 25}
