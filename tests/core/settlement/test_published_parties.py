"""Worked examples of party plans, customer programmes, pools and matrices, as in `test_published_elsewhere`.

Where a source names the rule and no result, the docstring says that the result is ours, worked out by hand.
"""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline, ladder
from tests.core.settlement.test_published_elsewhere import bonus

EVERYBODYS = (
    '\n[kpis.customers]\nlabel = "Active customers"\nmeasure = "heads"\nover = "frontline"\nwho = "customers"\n'
)
WITH_CUSTOMERS = 'orders = { customers_as = "sponsor" }'


def line_of(company: Offline, people: Sequence[str]) -> None:
    """One below the other, the first on top."""
    for above, person in zip((None, *people), people, strict=False):
        company.person(person, above)


def scale(*steps: tuple[int, int]) -> str:
    """Own sales by steps of their sum."""
    listed = ", ".join(f'{{ from = {start}, rate = "{rate} %" }}' for start, rate in steps)
    return bonus("differential", f'of = "own"\nschedule_kpi = "pv"\nschedule = [{listed}]')


def test_pampered_chef_pays_the_first_half_at_its_own_step_and_all_of_it_at_that_of_the_month(tmp_path: Path) -> None:
    """chefsuccess.com, "Commission calculation": parties of 200, 350, 500 and 600 are paid at 23 % in the end.

    In the middle of the month the first two alone were at 20 %; from 750 on it is 22 %, from 1,250 on 23 %.
    """
    halves = '\n[calendars.month]\nkind = "month"\n\n[calendars.half]\nkind = "fortnight"\n'
    advances = '\n[advances]\ncalendar = "half"\nshare = "100 %"\n'
    company = Offline(tmp_path, HEAD + halves + PERSONAL + ONE_RANK + scale((0, 20), (750, 22), (1250, 23)) + advances)
    company.person("consultant")
    for party, day in ((200, 4), (350, 12), (500, 18), (600, 27)):
        company.order("consultant", party, on=f"2026-10-{day:02}")
    assert company.settle("2026-10-A", "--calendar", "half", out="half") == 0
    assert company.earned(out="half") == {"consultant": Decimal("110.00")}
    assert company.settle("2026-10", "--carry", str(tmp_path / "half")) == 0
    assert company.earned("a") == {"consultant": Decimal("379.50")}
    assert company.earned()["consultant"] == Decimal("269.50")


@pytest.mark.parametrize(("sold", "rate"), [(2499, 25), (2500, 30), (5000, 32), (10_000, 35)])
def test_stella_and_dot_pays_by_what_was_sold_in_the_month(tmp_path: Path, sold: int, rate: int) -> None:
    """ridesharecentral.com on Stella & Dot: 25 %, from 2,500 on 30 %, from 5,000 on 32 %, from 10,000 on 35 %."""
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + scale((0, 25), (2500, 30), (5000, 32), (10_000, 35)))
    company.person("stylist")
    company.order("stylist", sold)
    assert company.settle() == 0
    assert company.earned() == {"stylist": Decimal(sold * rate) / 100}


def test_color_street_pays_each_line_in_the_currency_of_the_country(tmp_path: Path) -> None:
    """thegoldthebeautiful.com: 25 % of 12, 13 and 13 at 1.27 is 3.81 + 4.13 + 4.13; what is free pays nothing."""
    words = 'when = "true"\nper = "order"\nrate = "25 %"\ncurrency = "CAD"'
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("rule", words))
    company.person("stylist")
    orders = [company.order("stylist", volume) for volume in (0, 12, 13, 13)]
    (tmp_path / "rates.csv").write_text("date,from,to,rate\n2026-07-01,USD,CAD,1.27\n", encoding="utf-8")
    assert company.settle("2026-10", "--rates", str(tmp_path / "rates.csv")) == 0
    paid = {row["source_order_id"]: row["amount"] for row in company.awards()}
    assert paid == dict(zip(orders[1:], ("3.81", "4.13", "4.13"), strict=True))
    assert company.earned() == {"stylist": Decimal("12.07")}


def test_an_agency_has_what_its_contract_is_above_the_agents_and_both_are_advanced_nine_months(tmp_path: Path) -> None:
    """revival-agencies.com and insurance-forums.com: 100 a month at 80 % is 960; 720 now, the rest in three months.

    An agency of 100 % has the 20 % between, in the same parts, which is our reckoning.
    """
    words = 'rate_by_rank = { agent = 80, agency = 100 }\npaid_now = "75 %"\nrest_in_cycles = [10, 11, 12]'
    company = Offline(tmp_path, HEAD + PERSONAL + ladder("agent", "agency") + bonus("differential", words))
    line_of(company, ("agency", "agent"))
    company.order("agency", 0, 2, on="2026-01-10")
    company.order("agent", 1200, 1, on="2026-01-15")
    assert company.settle("2026-01", out="1") == 0
    assert company.earned(out="1") == {"agent": 720, "agency": 180}
    for month in range(2, 11):
        assert company.settle(f"2026-{month:02}", "--carry", str(tmp_path / str(month - 1)), out=str(month)) == 0
    assert company.earned(out="9") == {}
    assert company.earned(out="10") == {"agent": 80, "agency": 20}


@pytest.mark.parametrize(("volume", "value"), [(100, "1.80"), (200, "3.60")])
def test_plexus_divides_its_pool_by_points_of_seven_levels(tmp_path: Path, volume: int, value: str) -> None:
    """fdocuments.in, "Plexus Point System": 45 % of the volume by 25 points each are 1.80 a point for 100 PV."""
    points = 'base = "orders"\npays = "shares"\nlevels = [500, 500, 500, 400, 300, 200, 100]'
    pool = 'share = "45 %"\ndivision = "earned"\nshares_from = ["points"]'
    plan = HEAD + PERSONAL + ONE_RANK + bonus("unilevel", points, "points") + bonus("pool", pool)
    company = Offline(tmp_path, plan)
    line_of(company, [f"level{number}" for number in range(7, 0, -1)])
    for buyer in "abcd":
        company.person(buyer, "level1")
        company.order(buyer, volume)
    assert company.settle() == 0
    shares = (5, 5, 5, 4, 3, 2, 1)
    assert company.earned("points") == {f"level{at}": 4 * share for at, share in enumerate(shares, start=1)}
    assert company.earned("a") == {f"level{at}": 4 * share * Decimal(value) for at, share in enumerate(shares, start=1)}
    assert "points" not in {row["currency"] for row in company.rows("payouts")}


def test_young_living_pays_fifty_for_a_kit(tmp_path: Path) -> None:
    """livingwiththieves.com: a kit of 100 PV brings its enroller 25 and 25 % of it, 50; and hers 10 % of it."""
    kit = 'levels = ["25 %", "10 %"]\nwindow_cycles = 3'
    plan = bonus("fast_start", kit) + bonus("first_order", 'amount = 25\norders = { products = ["A"] }', "kit")
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + plan)
    line_of(company, ("hers", "enroller"))
    company.person("new", "enroller", joined="2026-10-03")
    company.order("new", 100)
    assert company.settle() == 0
    assert company.earned() == {"enroller": 50, "hers": 10}
    company.order("new", 200, on="2026-12-31")
    company.order("new", 400, on="2027-01-01")
    assert company.settle("2026-12", out="third") == 0
    assert company.earned(out="third") == {"enroller": 50, "hers": 20}
    assert company.settle("2027-01", out="fourth") == 0
    assert company.awards(out="fourth") == []


@pytest.mark.parametrize(("customers", "rate"), [(1, 7), (7, 7), (8, 14), (19, 14), (20, 20)])
def test_melaleuca_pays_for_customers_by_how_many_there_are(tmp_path: Path, customers: int, rate: int) -> None:
    """The Melaleuca Compensation Plan: 7, 14 or 20 % of what customers buy, by 1, 8 or 20 of them; amounts are ours."""
    words = 'levels_kpi = "customers"\nlevels_steps = [\n'
    words += "".join(f'  {{ from = {start}, levels = ["{of} %"] }},\n' for start, of in ((8, 14), (20, 20), (1, 7)))
    plan = HEAD + EVERYBODYS + PERSONAL + ONE_RANK + bonus("unilevel", words + ']\norders = { who = "customers" }')
    company = Offline(tmp_path, plan)
    company.person("executive")
    company.person("friend", "executive")
    company.order("friend", 1000)  # whoever is no customer has no part in it
    for number in range(customers):
        company.person(f"c{number:02}", "executive", kind="customer")
        company.order(f"c{number:02}", "35.5")
    assert company.settle() == 0
    assert company.earned() == {
        "executive": customers * (Decimal("35.5") * rate / 100).quantize(Decimal("0.01"), "ROUND_HALF_UP")
    }


def test_cabi_pays_more_on_the_first_level_from_a_group_volume_on(tmp_path: Path) -> None:
    """cabionline.com: 3, 5, 3 and 2 % on four levels, 8 % on the first from 24,000 of one's own and first level on."""
    group = '\n[kpis.gqv]\nlabel = "Group"\nmeasure = "qv"\nover = "frontline"\ninclude_self = true\n'
    words = 'levels = ["3 %", "5 %", "3 %", "2 %"]\nlevels_kpi = "gqv"\n'
    words += 'levels_steps = [{ from = 24000, levels = ["8 %", "5 %", "3 %", "2 %"] }]'
    company = Offline(tmp_path, HEAD + group + PERSONAL + ONE_RANK + bonus("unilevel", words))
    line_of(company, ("leader", "stylist", "second", "third", "fourth", "fifth"))
    for person, volume in (("leader", 4000), ("stylist", 20_000), ("second", 3900), ("fourth", 1000), ("fifth", 1000)):
        company.order(person, volume)
    assert company.settle() == 0
    earned = company.earned()
    assert earned["leader"] == 1600 + 195 + 20
    assert earned["stylist"] == 117 + 30 + 20  # 23,900: the levels as they are, of which `fifth` is the fourth


RISING = """
kind = "differential"
of = "own"
schedule_kpi = "ever"
schedule_mode = "rising"
schedule = [{ from = 0, rate = "20 %" }, { from = 1000, rate = "25 %" }]
"""
SPOKEN = """
kind = "rule"
when = "true"
amount = "base * 25 % - 5 % * min(base, max(1000 - (kpi.ever - base), 0))"
"""


@pytest.mark.parametrize("words", [RISING, SPOKEN])
def test_scentsy_pays_the_first_thousand_ever_at_the_lower_rate(tmp_path: Path, words: str) -> None:
    """Scentsy's catalog of 2020: 20 % of the first 1,000 ever, then 25 %: of 100 that is 25.00; the rest is ours."""
    ever = '\n[kpis.ever]\nlabel = "Ever"\nmeasure = "cv"\ncycles = "all"\n'
    plan = HEAD + ever + PERSONAL + ONE_RANK + f'\n[[bonuses]]\ncode = "a"\nlabel = "A"\n{words}'
    company = Offline(tmp_path, plan)
    company.person("consultant")
    for volume, month in ((900, 9), (600, 10), (100, 11)):
        company.order("consultant", volume, on=f"2026-{month:02}-05")
    for cycle, paid in (("2026-09", "180.00"), ("2026-10", "145.00"), ("2026-11", "25.00")):
        assert company.settle(cycle, out=cycle) == 0
        assert company.earned(out=cycle) == {"consultant": Decimal(paid)}


def test_monavie_pays_half_of_what_preferred_customers_buy(tmp_path: Path) -> None:
    """MonaVie's plan of 2011: a preferred customer's case with 50 PV pays 25, and counts as the distributor's own."""
    words = 'when = "true"\nper = "order"\nrate = "50 %"\norders = { who = "customers", customers_as = "sponsor" }'
    plan = (
        HEAD
        + PERSONAL
        + ONE_RANK
        + bonus("rule", words)
        + bonus("unilevel", f'levels = ["10 %"]\n{WITH_CUSTOMERS}', "b")
    )
    company = Offline(tmp_path, plan)
    line_of(company, ("sponsor", "you"))
    company.person("customer", "you", kind="customer")
    company.order("you", 100)
    company.order("customer", 50)
    assert company.settle() == 0
    assert company.earned("a") == {"you": 25}
    assert company.earned("b") == {"sponsor": 15}


RETAIL = 'base = "margin"\nwhen = "true"\nper = "order"\nrate = "100 %"\norders = { customers_as = "sponsor" }'


def test_rodan_and_fields_pays_what_customers_paid_beyond_wholesale(tmp_path: Path) -> None:
    """pdfslide.us, "Compensation plan at a glance": a regimen of 160 costs a consultant 120, a preferred customer 144.

    A retail customer's leaves 40, a preferred customer's 24; the consultant's own order leaves nothing.
    """
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("rule", RETAIL))
    company.products = "sku,name,price,currency\nA,Regimen,120,USD\n"
    company.person("consultant")
    for buyer, price in (("consultant", 120), ("retail", 160), ("preferred", 144)):
        if buyer != "consultant":
            company.person(buyer, "consultant", kind="customer")
        company.orders.append(f"{buyer},{buyer},2026-10-05,A,1,{price},sale,0,0")
    assert company.settle() == 0
    paid = {row["source_order_id"]: row["amount"] for row in company.awards()}
    assert paid == {"retail": "40.00", "preferred": "24.00"}


def test_nikken_pays_a_direct_the_retail_profit_and_her_sponsor_the_override(tmp_path: Path) -> None:
    """getwealthyinwellness.com, "Where does the money come from?": Herb, a Direct, ordered 149 at wholesale himself.

    His customer paid 307.50 for what is 246 at wholesale: he has 61.50. His sponsor has 10 % of 316 CV, 31.60.
    """
    plan = bonus("rule", RETAIL) + bonus(
        "differential",
        'rate_by_rank = { direct = 0, executive = "10 %" }\norders = { customers_as = "sponsor" }',
        "over",
    )
    company = Offline(tmp_path, HEAD + PERSONAL + ladder("direct", "executive") + plan)
    company.products = "sku,name,price,currency\nA,Water,246,USD\nB,Own,149,USD\n"
    line_of(company, ["executive", "herb"])
    company.person("customer", "herb", kind="customer")
    company.order("executive", 0, 2)
    company.orders += [
        "own,herb,2026-10-05,B,1,149,sale,119.20,1",
        "sold,customer,2026-10-06,A,1,307.50,sale,196.80,0",
    ]
    assert company.settle() == 0
    assert company.earned("a") == {"herb": Decimal("61.50")}
    assert company.earned("over") == {"executive": Decimal("31.60")}
