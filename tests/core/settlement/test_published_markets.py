"""Worked examples from outside direct selling, each with its source, as in `test_published_parties`.

Exchanges and tokens, energy, insurance, real estate, co-operatives and parties.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, WITH_RETURNS, Offline, ladder
from tests.core.settlement.test_published_elsewhere import bonus
from tests.core.settlement.test_published_parties import line_of
from tests.core.settlement.test_published_referrals import PLACED

RETURNED = "\n[returns]\nwithin_days = 365\n"


def placed(company: Offline, *places: tuple[str, str, str]) -> None:
    """People of a binary tree, each with whom she stands below and on which side."""
    company.people_columns = PLACED
    company.people.append(("you", "", "2026-01-01", "US", "en", "you", "", "", ""))
    for person, parent, side in places:
        company.people.append((person, parent, "2026-01-01", "US", "en", person, "", parent, side))


def test_betfin_pays_eight_percent_of_the_weaker_leg_each_day_and_carries_the_rest(tmp_path: Path) -> None:
    """betfin.gitbook.io, "Binary matching example": 160,000 and 100,000 pay 8,000; 60,000 and 100,000 then 4,800."""
    day = '\n[calendars.day]\nkind = "day"\n\n[trees.binary]\nspill = "manual"\n'
    company = Offline(tmp_path, HEAD + day + PERSONAL + ONE_RANK + bonus("binary", 'rate = "8 %"\ncarry = "keep"'))
    placed(company, ("a", "you", "left"), ("b", "you", "right"), ("c", "a", "left"), ("d", "a", "right"),
           ("e", "b", "left"), ("f", "b", "right"))  # fmt: skip
    for person, volume in (("a", 100_000), ("b", 10_000), ("c", 10_000), ("d", 50_000), ("e", 90_000)):
        company.order(person, volume, on="2026-10-05")
    company.order("f", 100_000, on="2026-10-06")
    assert company.settle("2026-10-05", out="first") == 0
    assert company.earned(out="first")["you"] == 8000
    assert company.settle("2026-10-06", "--carry", str(tmp_path / "first")) == 0
    assert company.earned()["you"] == 4800
    waits = {row["side"]: row["volume"] for row in company.rows("carry_volume") if row["person_id"] == "you"}
    assert {side: Decimal(volume) for side, volume in waits.items()} == {"right": 40_000}


def test_aindx_pays_what_a_level_is_above_those_below(tmp_path: Path) -> None:
    """aindx.gitbook.io: of E's 10,000 D of 8 % has 800, C of 11 % 300, B of 10 % nothing, A of 12 % 100; E nothing."""
    rates = ", ".join(f'l{level} = "{level + 4} %"' for level in range(1, 9))
    words = f'base = "price"\ndifferential = true\nrate_by_rank = {{ {rates} }}'
    plan = PERSONAL + ladder(*(f"l{level}" for level in range(1, 9))) + bonus("infinity", words)
    company = Offline(tmp_path, HEAD + plan)
    company.order_columns = "order_id,person_id,date,sku,qty,unit_price,kind,cv,qv"
    line_of(company, "ABCDE")
    for person, level, invested in zip("ABCDE", (8, 6, 7, 4, 1), (0, 0, 0, 0, 10_000), strict=True):
        company.orders.append(f"{person},{person},2026-10-05,A,1,{invested},sale,0,{level}")
    assert company.settle() == 0
    assert company.earned() == {"D": 800, "C": 300, "A": 100}


@pytest.mark.parametrize(("deposit", "directs", "paid"), [(200, 5, "2.50"), (100, 5, "2.50"), (100, 3, None)])
def test_imp_opens_levels_by_deposit_and_directs(tmp_path: Path, deposit: int, directs: int, paid: str | None) -> None:
    """docs.imp.money: 1,000 fifteen levels below are 0.25 %, 2.50; levels 11 to 15 ask for 100 and four directs."""
    steps = ((10, 0, 3), (50, 2, 5), (100, 3, 10), (100, 4, 15), (200, 5, 21))
    counts = '\n[kpis.directs]\nlabel = "Directs"\nmeasure = "heads"\nover = "frontline"\n'
    counts += '\n[kpis.deposit]\nlabel = "Deposit"\nmeasure = "cv"\ncycles = "all"\n'
    ranks = "".join(
        f'\n[[ranks]]\ncode = "to{levels}"\nname = "{levels} levels"\nneeds = [{{ kpi = "deposit", minimum = {own} }}, '
        f'{{ kpi = "directs", minimum = {brought} }}]\n'
        for own, brought, levels in steps
    ).replace(', { kpi = "directs", minimum = 0 }', "")
    depth = ", ".join(f"to{levels} = {levels}" for _, _, levels in steps)
    levels = [2, 1.5, 1.25, 1, 1, 1, *[0.5] * 6, *[0.25] * 7, 0.5, 1]
    rates = ", ".join(f'"{rate} %"' for rate in levels)
    words = f"levels = [{rates}]\ndepth_by_rank = {{ {depth} }}"
    company = Offline(tmp_path, HEAD + counts + PERSONAL + ranks + bonus("unilevel", words))
    line_of(company, ("you", *(f"p{level:02}" for level in range(1, 16))))
    for number in range(1, directs):
        company.person(f"direct{number}", "you")
    company.order("you", deposit, on="2026-03-01")
    company.order("p15", 1000)
    assert sum(levels) == 14
    assert company.settle() == 0
    assert company.earned().get("you") == (None if paid is None else Decimal(paid))


def test_planetary_lottery_pays_five_percent_and_a_ticket_for_every_three(tmp_path: Path) -> None:
    """whitepaper.planetarylottery.com: 300 tickets of referrals bring 15 and 100 tickets, eight bring 2."""
    brought = '\n[kpis.brought]\nlabel = "Tickets of referrals"\nmeasure = "qv"\nover = "frontline"\n'
    tickets = bonus("rule", 'pays = "points"\nwhen = "true"\namount = "floor(kpi.brought / 3)"', "t")
    plan = HEAD + brought + PERSONAL + ONE_RANK + bonus("unilevel", 'levels = ["5 %"]') + tickets
    company = Offline(tmp_path, plan)
    for person, sponsor in (("a", None), ("b", "a"), ("c", "a"), ("x", None), ("y", "x"), ("z", "x")):
        company.person(person, sponsor)
    for person, bought in (("b", 120), ("c", 180), ("y", 4), ("z", 4)):
        company.order(person, bought)
    assert company.settle() == 0
    assert company.earned("a") == {"a": 15, "x": Decimal("0.40")}
    assert company.earned("t") == {"a": 100, "x": 2}


def test_north_american_power_pays_customers_down_to_six_levels(tmp_path: Path) -> None:
    """energychoicematters.com, 2011: 5 for a customer whom you referred, 25 cents a month for those of six levels."""
    first = bonus("unilevel", 'who = "all"\nbase = "orders"\norders = { only = "first" }\nlevels = ["5 each"]', "new")
    cents = ", ".join(['"0.25 each"'] * 6)
    monthly = bonus("unilevel", f'who = "all"\nbase = "orders"\nlevels = [{cents}]', "monthly")
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + first + monthly)
    for above, person in zip((None, *"abcdefg"), "abcdefgh", strict=True):
        company.person(person, above, kind="customer")
        company.order(person, 90)
    assert company.settle() == 0
    assert company.earned("new") == dict.fromkeys("abcdefg", Decimal(5))
    assert company.earned("monthly")["a"] == Decimal("1.50")
    assert company.earned("monthly")["g"] == Decimal("0.25")


def test_an_agent_owes_what_was_advanced_for_months_that_are_not_paid(tmp_path: Path) -> None:
    """comissio's help, "Renewals and Debit": six months are 600; cancelled after two, 400 is charged back."""
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + RETURNED + bonus("unilevel", 'levels = ["50 %"]'))
    company.order_columns = WITH_RETURNS
    company.person("agent")
    company.person("client", "agent", kind="customer")
    policy = company.sold("client", 1200, on="2026-08-03")
    company.sold_back(policy, "client", 800, on="2026-10-03")
    assert company.settle("2026-08", out="august") == 0
    assert company.earned(out="august") == {"agent": 600}
    assert company.settle("2026-09", "--carry", str(tmp_path / "august"), out="september") == 0
    assert company.settle("2026-10", "--carry", str(tmp_path / "september")) == 0
    assert company.earned() == {"agent": -400}


def test_real_pays_five_percent_of_what_fees_leave_and_cuts_all_to_sixty_percent(tmp_path: Path) -> None:
    """support.therealbrokerage.com: 9,720 pay 486; 750 of 620,000 is cut where 600,000 of 1,000,000 can be paid.

    The source rounds the ratio to 0.12 % and so comes to 720; 600 of 620 parts of 750 are 725.81. QV is the split.
    """
    ratio = '\n[[caps]]\ncode = "ratio"\nper = "company"\nshare = "60 %"\nshare_of = "qv"\n'
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("unilevel", 'levels = ["5 %"]') + ratio)
    for person, sponsor in (("you", None), ("agent", "you"), ("others", None), ("all", "others")):
        company.person(person, sponsor)
    company.order("agent", 15_000, 2250)
    company.order("all", 12_385_000, 997_750)
    assert company.settle() == 0
    assert company.earned("a") == {"you": 750, "others": 619_250}
    assert company.earned() == {"you": Decimal("725.81"), "others": Decimal("599274.19")}
    company.orders = ["o1,agent,2026-10-05,A,1,10000,sale,9720,1500"]
    assert company.settle() == 0
    assert company.earned() == {"you": 486}


def test_a_co_op_divides_what_its_board_declares_by_purchases(tmp_path: Path) -> None:
    """wholefoodscoop.org: of 3,710,000 of members' sales 2,600 are 35.04; half of a refund is paid, half retained.

    By the figures the board declared 100,000: an order of its own, whose product nobody else buys.
    """
    bought = '\n[kpis.bought]\nlabel = "Bought"\nmeasure = "cv"\norders = { without_products = ["SURPLUS"] }\n'
    pot = 'base = "price"\norders = { products = ["SURPLUS"] }\nshare = "50 %"\nwho = "all"\ndivision = "volume"\n'
    plan = '\n[calendars.year]\nkind = "year"\n' + bought + PERSONAL + ONE_RANK
    company = Offline(tmp_path, HEAD + plan + bonus("pool", pot + 'shares_kpi = "bought"'))
    company.products = "sku,name,price,currency,cv,qv\nA,Food,1,USD,1,1\nSURPLUS,Surplus,1,USD,0,0\n"
    for person in ("co-op", "suzy", "others"):
        company.person(person)
    company.orders = [
        "o1,suzy,2026-05-05,A,1,2600,sale,2600,2600",
        "o2,others,2026-05-05,A,1,3707400,sale,3707400,3707400",
        "o3,co-op,2026-12-31,SURPLUS,1,100000,sale,0,0",
    ]
    assert company.settle("2026") == 0
    assert company.earned() == {"suzy": Decimal("35.04"), "others": Decimal("49964.96")}


@pytest.mark.parametrize(("sold", "credit", "paid"), [(215, "21.50", "53.75"), (150, None, "37.50")])
def test_a_hostess_has_a_tenth_from_two_hundred_on(tmp_path: Path, sold: int, credit: str | None, paid: str) -> None:
    """workfromhomewith31.blogspot.com: a party of 215 gives its hostess 21.50 in products, the consultant 25 %."""
    party = '\n[kpis.party]\nlabel = "Her party"\nmeasure = "cv"\nover = "frontline"\n'
    hostess = 'who = "customers"\nlevels = ["10 %"]\nearner = [{ kpi = "party", minimum = 200 }]'
    sales = 'levels = ["0 %", "25 %"]'
    plan = HEAD + party + PERSONAL + ONE_RANK + bonus("unilevel", hostess, "hostess") + bonus("unilevel", sales)
    company = Offline(tmp_path, plan)
    company.person("consultant")
    company.person("ann", "consultant", kind="customer")
    for guest, part in (("one", sold - 100), ("two", 100)):
        company.person(guest, "ann", kind="customer")
        company.order(guest, part)
    assert company.settle() == 0
    assert company.earned("hostess") == ({} if credit is None else {"ann": Decimal(credit)})
    assert company.earned("a") == {"consultant": Decimal(paid)}
