"""Worked examples of discounts, guarantees and campaigns of further companies, as in `test_published_parties`.

Where a source states the rule and not what it comes to, the docstring says "by hand": the sum is ours, from its rule.
"""

from decimal import Decimal
from pathlib import Path

from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline
from tests.core.settlement.test_published_elsewhere import bonus

CUSTOMERS = 'orders = { who = "customers", customers_as = "sponsor" }'
SOLD = 'measure = "qv"\nover = "frontline"\nwho = "customers"'


def kpi(code: str, words: str) -> str:
    return f'\n[kpis.{code}]\nlabel = "{code}"\n{words}\n'


def sellers(folder: Path, plan: str, *people: str) -> Offline:
    """People, each with a customer."""
    company = Offline(folder, HEAD + PERSONAL + ONE_RANK + plan)
    for person in people:
        company.person(person)
        company.person(f"{person}s", person, kind="customer")
    return company


def rows(company: Offline, *orders: tuple[str, str, int]) -> None:
    """Orders of a product each: who, what, and its value."""
    for number, (person, sku, value) in enumerate(orders):
        company.orders.append(f"p{number},{person},2026-10-05,{sku},1,{value},sale,{value},{value}")


def test_pure_romance_pays_by_everything_that_was_sold_before(tmp_path: Path) -> None:
    """flipbook.pureromance.com, "Profit on a $100 order": 30, 35, 40, 45 and 50 by career sales of 500 to 10,000.

    That they begin anew after a quarter of less than 200 is left out.
    """
    steps = ((0, 30), (500, 35), (1_000, 40), (5_000, 45), (10_000, 50))
    listed = ", ".join(f'{{ from = {start}, rate = "{rate} %" }}' for start, rate in steps)
    ever = kpi("career", 'measure = "cv"\ncycles = "all"')
    words = f'of = "own"\nschedule_kpi = "career"\nschedule_mode = "after_order"\nschedule = [{listed}]'
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + ever + bonus("differential", words))
    profits = {0: 30, 499: 30, 500: 35, 1_000: 40, 5_000: 45, 9_999: 45, 10_000: 50}
    for career in profits:
        company.person(f"p{career}")
        company.order(f"p{career}", career, on="2026-09-05")
        company.order(f"p{career}", 100)
    assert company.settle() == 0
    assert company.earned() == {f"p{career}": profit for career, profit in profits.items()}


def test_jafra_pays_half_to_who_sells_300_at_least_every_other_month(tmp_path: Path) -> None:
    """vdocumento.com, JAFRA's plan of 2018: 40 % in the first month of 300, 50 % then, 30 % of less. By hand.

    300 in September, 100 in October and 300 in November: 120, 30 and 150.
    """
    strong = 'measure = "reached"\nof_kpi = "sold"\nof_minimum = 300\npast_cycles = 2'
    amount = "'base * (30 % if kpi.sold < 300 else (50 % if kpi.strong >= 1 else 40 %))'"
    words = f'when = "true"\nper = "person"\nbase = "sold"\namount = {amount}'
    company = sellers(tmp_path, kpi("sold", SOLD) + kpi("strong", strong) + bonus("rule", words), "ann")
    paid, carried = [], list[str]()
    for month, sold in (("09", 300), ("10", 100), ("11", 300)):
        company.order("anns", sold, on=f"2026-{month}-05")
    for month in ("09", "10", "11"):
        assert company.settle(f"2026-{month}", *carried, out=month) == 0
        carried = ["--carry", str(tmp_path / month)]
        paid += [company.earned(out=month)["ann"]]
    assert paid == [120, 30, 150]


def test_cutco_pays_for_appointments_what_commissions_do_not_bring(tmp_path: Path) -> None:
    """njlegacyrep.com, "Pay program": ten appointments at 17 are 170; with commissions of 90 the company adds 80.

    Weeks go from Tuesday to Monday; 900 at 10 % are the 90, and a better week is ours: 1,800 bring 180 and no base.
    """
    week = '\n[calendars.week]\nkind = "period"\ndays = 7\nfrom = 2026-01-06\n'
    visits = kpi("visits", 'measure = "orders"\norders = { products = ["VISIT"] }')
    base = bonus("rule", "when = \"true\"\namount = '17 * kpi.visits'", "base")
    sales = bonus("rule", f'when = "true"\nper = "order"\nrate = "10 %"\n{CUSTOMERS}', "sales")
    highest = '\n[[caps]]\ncode = "either"\nper = "person"\nkeep = "highest"\nbonuses = ["base", "sales"]\n'
    company = sellers(tmp_path, week + visits + base + sales + highest, "ann")
    company.products = "sku,name,price,currency,cv,qv\nVISIT,Visit,0,USD,0,0\nA,A,1,USD,1,1\n"
    for number in range(20):
        company.orders.append(f"v{number},ann,2026-10-{'06' if number < 10 else '13'},VISIT,1,0,sale,0,0")
    company.order("anns", 900, on="2026-10-12")
    company.order("anns", 1800, on="2026-10-13")
    for cycle, paid in (("2026-P40", 170), ("2026-P41", 180)):
        assert company.settle(cycle, out=cycle) == 0
        assert company.earned(out=cycle) == {"ann": paid}


def test_visalus_leaves_the_first_200_out_and_pays_30_percent_above_2500(tmp_path: Path) -> None:
    """marketing.vi.com, "Personal Customer Commissions": 10, 15, 20 or 25 %, 30 % only above 2,500. By hand."""
    rate = "25 % if base > 2500 else (20 % if base > 1000 else (15 % if base > 500 else 10 %))"
    amount = f"'(min(base, 2500) - 200) * ({rate}) + 30 % * max(base - 2500, 0)'"
    words = f'when = "true"\nbase = "sold"\namount = {amount}'
    paid = {"none": (200, 0), "ten": (500, 30), "fifteen": (1_000, 120), "twenty": (2_000, 360), "thirty": (3_000, 725)}
    company = sellers(tmp_path, kpi("sold", SOLD) + bonus("rule", words), *paid)
    for person, (volume, _) in paid.items():
        company.order(f"{person}s", volume)
    assert company.settle() == 0
    assert company.earned() == {person: amount for person, (_, amount) in paid.items() if amount}


def test_oriflame_pays_ten_percent_of_500_points_of_ones_own_and_1000_in_all(tmp_path: Path) -> None:
    """issuu.com/orilatam, "Program Plus": 10 % from 300 points with members' on, 75 of them one's own. By hand."""
    when = '"kpi.pv >= 75 and kpi.pv + kpi.sold >= 300"'
    words = f"when = {when}\namount = '10 % * min(min(kpi.pv, 500) + kpi.sold, 1000)'"
    paid = {"a": (75, 225, 30), "b": (74, 300, 0), "c": (75, 224, 0), "d": (700, 400, 90), "e": (600, 600, 100)}
    company = sellers(tmp_path, kpi("sold", SOLD) + bonus("rule", words), *paid)
    for person, (own, members, _) in paid.items():
        company.order(person, own)
        company.order(f"{person}s", members)
    assert company.settle() == 0
    assert company.earned() == {person: amount for person, (*_, amount) in paid.items() if amount}


def test_avon_pays_beauty_and_fashion_by_the_sales_of_a_campaign(tmp_path: Path) -> None:
    """avon.com, plan of 2025: of sales from 350 to 1,499.99 40 % of beauty and 25 % of fashion. By hand: 120 and 25."""
    campaigns = '\n[calendars.campaign]\nkind = "period"\ndays = 14\nfrom = 2026-01-01\n'
    tables = {"BEAUTY": (20, 30, 40, 45, 50), "FASHION": (20, 20, 25, 25, 25)}
    plan = campaigns + kpi("sales", 'measure = "qv"')
    for sku, rates in tables.items():
        steps = zip((40, 120, 350, 1_500, 6_500), rates, strict=True)
        listed = ", ".join(f'{{ from = {start}, rate = "{rate} %" }}' for start, rate in steps)
        words = f'of = "own"\nschedule_kpi = "sales"\nschedule = [{listed}]\norders = {{ products = ["{sku}"] }}'
        plan += bonus("differential", words, sku.lower())
    company = sellers(tmp_path, plan, "ann")
    company.products = "sku,name,price,currency\nBEAUTY,Lipstick,1,USD\nFASHION,Scarf,1,USD\n"
    rows(company, ("ann", "BEAUTY", 300), ("ann", "FASHION", 100))
    assert company.settle("2026-P20") == 0
    assert {row["bonus"]: Decimal(row["amount"]) for row in company.awards()} == {"beauty": 120, "fashion": 25}


def test_zinzino_counts_the_credits_of_kits_twice_from_eight_action_points_on(tmp_path: Path) -> None:
    """zinzino.com, campaign of 2025: 8 points for an Ultimate kit, 4 for an Advanced or Health one, 1 for a Basic one.

    A kit of 15 credits is counted twice by whoever has eight of them; that the kits sold have 15 together is ours.
    """
    first = 'over = "frontline"'
    plan = kpi("action", f'measure = "points"\n{first}') + kpi("kits", f'measure = "qv"\n{first}')
    words = 'pays = "points"\nwhen = "true"\nbase = "kits"\n' + "amount = 'base * (2 if kpi.action >= 8 else 1)'"
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + plan + bonus("rule", words))
    points = {"ULTIMATE": 8, "ADVANCED": 4, "HEALTH": 4, "BASIC": 1}
    listed = [f"{sku},{sku},1,USD,{point}" for sku, point in points.items()]
    company.products = "\n".join(["sku,name,price,currency,points", *listed, ""])
    counted = {("ULTIMATE",): 30, ("ADVANCED", "HEALTH"): 30, ("ADVANCED", "BASIC"): 15}
    for kits in counted:
        company.person("+".join(kits))
        for sku in kits:
            buyer = f"{'+'.join(kits)}:{sku}"
            company.person(buyer, "+".join(kits))
            volume = Decimal(15) / len(kits)
            company.orders.append(f"{buyer},{buyer},2026-10-05,{sku},1,1,sale,{volume},{volume}")
    assert company.settle() == 0
    assert company.earned() == {"+".join(kits): credit for kits, credit in counted.items()}


def test_belcorp_adds_up_what_was_ordered_in_a_period_of_six_campaigns(tmp_path: Path) -> None:
    """es.scribd.com/document/524013232, "Camino Brillante": from 500 Coral, 700 Ambar, 1,200 Perla, 2,100 Topacio.

    Periods go from campaign 3, 9 and 15 of 18. By hand: 600 and 700 in campaigns 7 and 8, 550 in campaign 9.
    """
    campaigns = '\n[calendars.campaign]\nkind = "period"\ndays = 20\nfrom = 2026-01-01\n'
    period = kpi("period", 'measure = "qv"\nsince = ["02-10", "06-10", "10-08"]')
    levels = {"coral": 500, "ambar": 700, "perla": 1_200, "topacio": 2_100}
    ranks = "".join(
        f'\n[[ranks]]\ncode = "{code}"\nname = "{code}"\nneeds = [{{ kpi = "period", minimum = {amount} }}]\n'
        for code, amount in levels.items()
    )
    company = Offline(tmp_path, HEAD + campaigns + PERSONAL + period + ranks)
    company.person("ann")
    for day, amount in (("2026-05-01", 600), ("2026-05-21", 700), ("2026-06-10", 550)):
        company.order("ann", amount, on=day)
    found = {}
    for cycle in ("2026-P07", "2026-P08", "2026-P09"):
        assert company.settle(cycle) == 0
        found[cycle] = [row["paid_rank"] for row in company.rows("ranks")]
    assert found == {"2026-P07": ["coral"], "2026-P08": ["perla"], "2026-P09": ["coral"]}


def test_mary_kay_counts_stars_by_quarters_that_begin_in_the_middle_of_a_month(tmp_path: Path) -> None:
    """daydreamarea.com: quarters from 16 June, September, December and March; Sapphire from 1,800, Ruby from 2,400.

    pinktruth.com: a director has 300 for five to nine stars and 400 for ten to fourteen. The orders are ours.
    """
    quarter = kpi("quarter", 'measure = "qv"\nsince = ["06-16", "09-16", "12-16", "03-16"]')
    stars = kpi("stars", 'measure = "heads"\nover = "frontline"\nwith_rank = "sapphire"')
    ranks = "".join(
        f'\n[[ranks]]\ncode = "{code}"\nname = "{code}"\nneeds = [{{ kpi = "quarter", minimum = {amount} }}]\n'
        for code, amount in (("sapphire", 1_800), ("ruby", 2_400))
    )
    bonus_of = "'500 if kpi.stars >= 15 else (400 if kpi.stars >= 10 else (300 if kpi.stars >= 5 else 0))'"
    company = Offline(
        tmp_path, HEAD + PERSONAL + quarter + stars + ranks + bonus("rule", f'when = "true"\namount = {bonus_of}')
    )
    company.person("director")
    for number in range(10):
        company.person(f"star{number}", "director")
        company.order(f"star{number}", 1_200, on="2026-09-15" if number < 4 else "2026-09-16")
        company.order(f"star{number}", 1_200, on="2026-10-05")
    assert company.settle("2026-10") == 0
    assert [row["paid_rank"] for row in company.rows("ranks")].count("ruby") == 6
    assert company.earned() == {"director": 300}


def test_mytime_pays_what_is_above_a_tier_by_the_tiers_own_percentage(tmp_path: Path) -> None:
    """help.mytime.com: two weeks at 25 %, 30 from 500, 40 from 3,000: 400 pay 100, 100 pay 25 and 5,000 pay 1,675.

    Of 1,500 it says 424.98, because its tiers end a cent before the next begins; here 425.
    """
    weeks = '\n[calendars.pay]\nkind = "period"\ndays = 14\nfrom = 2026-01-05\n'
    steps = '[{ from = 0, rate = "25 %" }, { from = 500, rate = "30 %" }, { from = 3000, rate = "40 %" }]'
    words = f'of = "own"\nschedule_kpi = "pv"\nschedule_mode = "marginal"\nschedule = {steps}'
    company = Offline(tmp_path, HEAD + weeks + PERSONAL + ONE_RANK + bonus("differential", words))
    paid = {"first": (400, 100), "second": (100, 25), "third": (1_500, 425), "fourth": (5_000, 1_675)}
    for person, (revenue, _) in paid.items():
        company.person(person)
        company.order(person, revenue)
    assert company.settle("2026-P20") == 0
    assert company.earned() == {person: amount for person, (_, amount) in paid.items()}
