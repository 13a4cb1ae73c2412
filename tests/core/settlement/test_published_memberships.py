"""Worked examples of levels, lines and first orders of further companies, as in `test_published_campaigns`."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline, ladder
from tests.core.settlement.test_published_campaigns import CUSTOMERS, SOLD, kpi
from tests.core.settlement.test_published_elsewhere import bonus
from tests.core.settlement.test_published_parties import line_of

LIFE = ((150, 5), (300, 10), (600, 15), (1_000, 20), (1_500, 25), (2_500, 30), (4_000, 35), (6_000, 40), (10_000, 45))


def test_life_leadership_values_customers_points_at_a_half(tmp_path: Path) -> None:
    """vdocuments.us/life-comp-plan-us-10: 100 points of registered customers pay 25, and count as 50 for the bonus.

    By hand: Ann's 200 and 50 and Bob's 300 and 100 are 650, 15 % to her; he has 10 % of 400, she 37.50 and 20.
    """
    points = kpi("life", 'measure = "qv"\nover = "line"\ninclude_self = true\ncustomer_share = "50 %"')
    listed = ", ".join(f'{{ from = {start}, rate = "{rate} %" }}' for start, rate in LIFE)
    steps = f'schedule_kpi = "life"\nschedule = [{listed}]'
    plan = points + bonus("rule", f'when = "true"\nper = "order"\nrate = "25 %"\n{CUSTOMERS}', "customers")
    plan += bonus("differential", f'{steps}\norders = {{ who = "distributors" }}', "members")
    plan += bonus("differential", f'{steps}\norders = {{ who = "customers", volume_counted = "50 %" }}', "half")
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + plan)
    line_of(company, ("ann", "bob"))
    for person, own, sold in (("ann", 200, 100), ("bob", 300, 200)):
        company.person(f"{person}s", person, kind="customer")
        company.order(person, own)
        company.order(f"{person}s", sold)
    assert company.settle() == 0
    assert company.earned("customers") == {"ann": 25, "bob": 50}
    assert [company.kpi(one, "life") for one in ("bob", "ann")] == [400, 650]
    bonuses = [company.earned(code) for code in ("members", "half")]
    assert {one: sum(found.get(one, 0) for found in bonuses) for one in ("ann", "bob")} == {"ann": 57.5, "bob": 40}


def test_partner_co_pays_every_line_but_the_strongest_up_to_13334(tmp_path: Path) -> None:
    """library.partner.co, annasoave.net: 15 % of a pay line up to 13,334 a week, none of the power line. By hand."""
    weeks = '\n[calendars.week]\nkind = "week"\n'
    lines_kpi = kpi("lines", 'measure = "cv"\nover = "line"\ncap_per_leg = 13334')
    power = kpi("power", 'measure = "cv"\nover = "largest_leg"')
    words = "when = \"true\"\namount = '15 % * (kpi.lines - min(kpi.power, 13334))'"
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + weeks + lines_kpi + power + bonus("rule", words))
    paid = {
        "three": ((20_000, 15_000, 4_000), "2600.10"),
        "equal": ((13_334, 13_334), "2000.10"),
        "one": ((9_000,), "0"),
    }
    for top, (lines, _) in paid.items():
        company.person(top)
        for number, volume in enumerate(lines):
            company.person(f"{top}{number}", top)
            company.order(f"{top}{number}", volume)
    assert company.settle("2026-W41") == 0
    assert company.earned() == {top: Decimal(amount) for top, (_, amount) in paid.items() if amount != "0"}


def test_whole_food_farmacy_pays_first_orders_to_who_was_qualified_a_month_before(tmp_path: Path) -> None:
    """wholefoodfarmacy.com, "Enroller Bonus": 45 % of a first order of 175 PV are 78.75 to who had 40 a month before.

    Who places her own first order of 40 is qualified at once; later orders go to seven levels.
    """
    before = kpi("before", 'measure = "reached"\nof_kpi = "pv"\nof_minimum = 40\npast_cycles = 1')
    fresh = kpi("fresh", 'measure = "orders"\norders = { only = "first" }')
    own = '{ all = [{ kpi = "fresh", minimum = 1 }, { kpi = "pv", minimum = 40 }] }'
    words = f'levels = ["45 %"]\nearner = [{{ any = [{{ kpi = "before", minimum = 1 }}, {own}] }}]'
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + before + fresh + bonus("first_order", words))
    for sponsor, own_orders in (("early", {9: 40}), ("late", {8: 40, 10: 40}), ("new", {10: 40}), ("idle", {9: 39})):
        company.person(sponsor)
        company.person(f"of_{sponsor}", sponsor)
        for month, volume in own_orders.items():
            company.order(sponsor, volume, on=f"2026-{month:02}-02")
        company.order(f"of_{sponsor}", 175)
        company.order(f"of_{sponsor}", 175, on="2026-10-06")
    assert company.settle("2026-09", out="9") == 0
    assert company.settle("2026-10", "--carry", str(tmp_path / "9")) == 0
    assert company.earned() == {"early": Decimal("78.75"), "new": Decimal("78.75")}


def test_frequense_pays_the_enroller_and_her_upline_for_a_first_order(tmp_path: Path) -> None:
    """frequense.zendesk.com: of Monica's first order of 100 Allison has 20 and Rachel 5; weeks go from Saturday on."""
    week = '\n[calendars.week]\nkind = "period"\ndays = 7\nfrom = 2026-01-03\n'
    plan = HEAD + PERSONAL + ONE_RANK + week + bonus("first_order", 'levels = ["20 %", "5 %"]')
    company = Offline(tmp_path, plan)
    line_of(company, ("above", "rachel", "allison"))
    company.person("monica", "allison", kind="customer")
    company.order("monica", 100, on="2026-10-09")
    company.order("monica", 100, on="2026-10-10")
    for cycle, paid in (("2026-P40", {"allison": 20, "rachel": 5}), ("2026-P41", {})):
        assert company.settle(cycle, out=cycle) == 0
        assert company.earned(out=cycle) == paid


def test_whoever_sold_to_the_customer_is_the_first_level(tmp_path: Path) -> None:
    """erfolgsassistent.de on MLM Verwalter: of five levels of 20, 10, 10, 5 and 5 % the seller has the first, 20 %."""
    company = Offline(
        tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("unilevel", 'levels = ["20 %", "10 %", "10 %", "5 %", "5 %"]')
    )
    line_of(company, ("p1", "p2", "p3"))
    company.person("customer", "p3", kind="customer")
    company.order("customer", 100)
    assert company.settle() == 0
    assert company.earned() == {"p3": 20, "p2": 10, "p1": 10}


@pytest.mark.parametrize(
    ("rates", "line", "paid"),
    [
        ({"three": 30, "five": 50}, ("five", "three"), {"above": 20, "seller": 30}),
        ({"assistant": 9, "executive": 13}, ("executive", "assistant"), {"above": 4, "seller": 9}),
        ({"assistant": 9, "executive": 13}, ("executive", "executive"), {"seller": 13}),
    ],
)
def test_the_difference_of_two_ranks_is_paid_on_what_a_customer_bought(
    tmp_path: Path, rates: dict[str, int], line: tuple[str, str], paid: dict[str, int]
) -> None:
    """mlm-info.de: 50 less 30 % are 20 to A, B has 30; i9Life's blog: 13 less 9 % are 4, and of an equal nothing."""
    listed = ", ".join(f'{rank} = "{rate} %"' for rank, rate in rates.items())
    plan = HEAD + PERSONAL + ladder(*rates) + bonus("differential", f"rate_by_rank = {{ {listed} }}")
    company = Offline(tmp_path, plan)
    line_of(company, ("above", "seller"))
    company.person("customer", "seller", kind="customer")
    for person, rank in zip(("above", "seller"), line, strict=True):
        company.order(person, 0, list(rates).index(rank) + 1)
    company.order("customer", 100, 0)
    assert company.settle() == 0
    assert company.earned() == paid


def test_ringana_counts_the_points_of_customers_for_activity_and_caps_the_strongest_team(tmp_path: Path) -> None:
    """natural-kefir-drinks.de: a customer's 177.50 and 95.50 euros are 86.40 and 53.80, together 140.20 points.

    ringana.com: 110 make her active, and the strongest team counts up to 7,000; teams of 9,000 and 8,000 are ours.
    """
    plan = kpi("customers", SOLD)
    plan += kpi("strongest", 'measure = "qv"\nover = "largest_leg"\nwho = "distributors"')
    plan += kpi("others", 'measure = "qv"\nover = "lesser_legs"\nwho = "distributors"')
    amount = "'kpi.others + min(kpi.strongest, 7000)'"
    words = f'pays = "points"\nwhen = "kpi.customers >= 110"\namount = {amount}'
    company = Offline(tmp_path, HEAD.replace("USD", "EUR") + PERSONAL + ONE_RANK + plan + bonus("rule", words))
    company.products = "sku,name,price,currency,qv\nABC,FRESH pack,177.50,EUR,86.40\nBIO,BEYOND,95.50,EUR,53.80\n"
    company.products += "A,A,1,EUR,1\n"
    company.person("ann")
    company.person("customer", "ann", kind="customer")
    for sku, price in (("ABC", "177.50"), ("BIO", "95.50")):
        company.orders.append(f"{sku},customer,2026-10-05,{sku},1,{price},sale,,")
    for team, volume in (("strong", 9_000), ("weak", 8_000)):
        company.person(team, "ann")
        company.order(team, volume)
    assert company.settle() == 0
    assert company.kpi("ann", "customers") == Decimal("140.20")
    assert company.earned() == {"ann": 15_000}


def test_arbonne_pays_four_percent_of_sixty_five_percent_of_retail(tmp_path: Path) -> None:
    """info.5y1.org: 4 % of the override volume, which is 65 % of the retail volume; clients pay 35 % of it. By hand."""
    team = 'levels = ["4 %"]\norders = { who = "distributors", volume_counted = "65 %" }'
    clients = bonus("rule", f'when = "true"\nper = "order"\nrate = "35 %"\n{CUSTOMERS}', "clients")
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("unilevel", team, "team") + clients)
    line_of(company, ("ann", "bob"))
    company.person("client", "bob", kind="customer")
    company.order("bob", 1_000)
    company.order("client", 100)
    assert company.settle() == 0
    assert [company.earned(one) for one in ("team", "clients")] == [{"ann": 26}, {"bob": 35}]


def test_vilavi_pays_ten_for_a_partner_of_the_first_line_who_bought_25_to_50(tmp_path: Path) -> None:
    """vilavi.usedocs.com, "Mentor's bonus": 10 for 25 to 49.99 PV of a period; from 50 on it goes by the contract."""
    words = 'when = "true"\nper = "referral"\namount = \'10 if 25 <= base < 50 else 0\''
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("rule", words))
    for volume in ("24.99", "25", "49.99", "50"):
        company.person(f"mentor of {volume}")
        company.person(volume, f"mentor of {volume}")
        company.order(volume, volume)
    assert company.settle() == 0
    assert company.earned() == {"mentor of 25": 10, "mentor of 49.99": 10}


def test_a_member_who_chose_the_direct_programme_has_thirty_percent_of_one_level(tmp_path: Path) -> None:
    """best-project-manager.com: 15, 8, 4 and 3 % on four levels, or 30 % of those whom one brought, as she chose.

    A choice holds from the next month on; here it is an order of a product that costs nothing. The sum is ours.
    """
    chosen = kpi("chosen", 'measure = "orders"\norders = { products = ["DIRECT"] }')
    chosen += kpi("direct", 'measure = "reached"\nof_kpi = "chosen"\nof_minimum = 1\npast_cycles = 1')
    package = '\n[[packages]]\ncode = "direct"\nname = "Direct"\nneeds = [{ kpi = "direct", minimum = 1 }]\n'
    levels = 'levels = ["15 %", "8 %", "4 %", "3 %"]\nlevels_by_package = { direct = ["30 %"] }'
    company = Offline(tmp_path, HEAD + PERSONAL + chosen + ONE_RANK + package + bonus("unilevel", levels))
    company.products = "sku,name,price,currency,cv,qv\nDIRECT,Choice,0,USD,0,0\nA,A,1,USD,1,1\n"
    line_of(company, ("a", "b", "c", "d"))
    for person in ("b", "c"):
        company.orders.append(f"{person},{person},2026-09-05,DIRECT,1,0,sale,0,0")
    company.order("d", 100)
    assert company.settle("2026-09", out="9") == 0
    assert company.settle("2026-10", "--carry", str(tmp_path / "9")) == 0
    assert company.earned() == {"c": 30, "a": 4}


def test_primerica_advances_a_quarter_of_a_years_premium(tmp_path: Path) -> None:
    """web204mlm.blogspot.com: of 500 a year a new representative of 25 % has 125; a leader of 35 % is ours."""
    rates = 'rate_by_rank = { representative = "25 %", leader = "35 %" }'
    company = Offline(tmp_path, HEAD + PERSONAL + ladder("representative", "leader") + bonus("differential", rates))
    line_of(company, ("leader", "representative"))
    company.person("client", "representative", kind="customer")
    company.order("leader", 0, 2)
    company.order("representative", 0, 1)
    company.order("client", 500)
    assert company.settle() == 0
    assert company.earned() == {"representative": 125, "leader": 50}
