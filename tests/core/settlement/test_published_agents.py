"""Worked examples of agencies, memberships and kits, fixed amounts among them, as in `test_published_parties`."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.core.bonuses.placed import Placed
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline
from tests.core.settlement.test_published_elsewhere import bonus
from tests.core.settlement.test_published_parties import line_of

ACTIVE = HEAD[HEAD.index("\n[activity]") :]
TIERS = ("3.5 %", "0.2 %", "0.1 %", "0.1 %", "0.1 %", "0.5 %", "0.5 %")
OPENED = ((5, "4 %"), (10, "2.5 %"), (15, "1.5 %"), (20, "1 %"), (25, "2.5 %"), (40, "5 %"))


@pytest.mark.parametrize(
    ("agents", "paid"),
    [
        (4, ("350", "20", "10", "10", "10", "50", "50")),
        (5, ("350", "400", "10", "10", "10", "50", "50")),
        (15, ("350", "400", "250", "150", "10", "50", "50")),
        (40, ("350", "400", "250", "150", "100", "250", "500")),
    ],
)
def test_exp_opens_a_tier_with_so_many_qualified_agents(tmp_path: Path, agents: int, paid: tuple[str, ...]) -> None:
    """jaimeresendiz.com and yourrealestatecareer.net: seven tiers, the higher share from 5, 10, 15 … agents on.

    An agent qualifies with 5,000 in six months. What a commission of 10,000 on each tier comes to is our reckoning.
    """
    tables, levels = [], list(TIERS)
    for tier, (least, rate) in enumerate(OPENED, start=1):
        levels[tier] = rate
        tables.append(f"  {{ from = {least}, levels = {levels} }},\n")
    qualified = (
        '\n[kpis.flqa]\nlabel = "Front-line agents"\nmeasure = "heads"\nover = "frontline"\nactive_only = true\n'
    )
    words = f'levels = {list(TIERS)}\nlevels_kpi = "flqa"\nlevels_steps = [\n{"".join(tables)}]'
    head = HEAD.replace(ACTIVE, '\n[activity]\nmeasure = "qv"\nminimum = 5000\ncycles = 6\n')
    company = Offline(tmp_path, head + qualified + PERSONAL + ONE_RANK + bonus("unilevel", words))
    line_of(company, ["jaime", *(f"tier{number}" for number in range(1, 8))])
    for number in range(1, 8):
        company.order(f"tier{number}", 10_000)
    for number in range(agents - 1):  # the first tier's agent qualifies too
        company.person(f"agent{number}", "jaime")
        company.order(f"agent{number}", 0, 5000, on="2026-05-20")
    company.person("late", "jaime")
    company.order("late", 0, 5000, on="2026-04-30")
    assert company.settle() == 0
    found = {
        row["level"]: row["amount"] for row in company.awards() if row["payee_id"] == "jaime" and row["base"] != "0"
    }
    assert tuple(Decimal(found[str(tier)]) for tier in range(1, 8)) == tuple(map(Decimal, paid))


def test_livegood_pays_a_quarter_for_each_member_of_its_matrix(tmp_path: Path) -> None:
    """badassnetwork.com: 0.25 for each of 8,190 members on twelve levels are 2,047.50; here the first six, 126.

    25 for a new affiliate, and half of what they earn of whom a Bronze brought: three brought, five below.
    """
    kpis = '\n[kpis.brought]\nlabel = "B"\nmeasure = "heads"\nover = "frontline"\n'
    kpis += '\n[kpis.below]\nlabel = "M"\nmeasure = "heads"\nover = "line"\n'
    bronze = '\n[[ranks]]\ncode = "bronze"\nname = "Bronze"\n'
    bronze += 'needs = [{ kpi = "brought", minimum = 3 }, { kpi = "below", minimum = 5 }]\n'
    each = ", ".join(['"0.25 each"'] * 6)
    plan = "\n[trees.matrix]\nwidth = 2\ndepth = 15\n"
    plan += bonus("matrix", f'base = "orders"\norders = {{ products = ["A"] }}\nlevels = [{each}]', "matrix")
    plan += bonus("rule", 'when = "true"\nper = "referral"\namount = "25 if base >= 40 else 0"\n'
                  'orders = { products = ["AFFILIATE"] }', "start")  # fmt: skip
    plan += bonus("matching", 'matches = ["matrix"]\nlevels_by_rank = { bronze = ["50 %"] }', "match")
    company = Offline(tmp_path, HEAD + kpis + PERSONAL + ONE_RANK + bronze + plan)
    company.products += "AFFILIATE,Affiliate,40,USD\n"
    company.person("you")
    for number in range(126):
        company.person(f"m{number:03}", "you", joined="2026-09-01")
        company.order(f"m{number:03}", "9.95")
    company.orders.append("affiliate,m007,2026-10-06,AFFILIATE,1,40,sale,40,40")
    assert company.settle() == 0
    assert company.earned("matrix")["you"] == Decimal("31.50")
    assert company.earned("start") == {"you": 25}
    theirs = 2 * 62 + 4 * 30 + 8 * 14 + 16 * 6 + 32 * 2  # members below each of levels 1 to 5
    assert company.earned("match") == {"you": theirs * Decimal("0.125")}


def test_sfi_pays_sponsor_and_co_sponsor_apart(tmp_path: Path) -> None:
    """myfulltimeincome.blogspot.com on SFI: of 28 in CV the sponsor has 20 %, 5.60, and the co-sponsor 8 %, 2.24."""
    plan = '\n[trees.matrix]\nwidth = "open"\ndepth = 1\nspill = "manual"\n'
    plan += bonus("unilevel", 'levels = ["20 %"]', "direct")
    plan += bonus("unilevel", 'tree = "matrix"\nlevels = ["8 %"]', "co_sponsor")
    company = Placed(tmp_path, HEAD + PERSONAL + ONE_RANK + plan)
    for person, sponsor in (("sponsor", None), ("helper", None), ("affiliate", "sponsor"), ("alone", "sponsor")):
        company.person(person, sponsor)
    company.matrix["affiliate"] = ("helper", "")
    for buyer in ("affiliate", "alone"):
        company.order(buyer, 28)
    assert company.settle() == 0
    assert company.earned("direct") == {"sponsor": Decimal("11.20")}
    assert company.earned("co_sponsor") == {"helper": Decimal("2.24")}


@pytest.mark.parametrize(("kits", "paid"), [("SILVER", 50), ("GOLD", 100), ("SILVER UP", 100), ("BRONZE", 0)])
def test_lifewave_pays_for_a_kit_and_what_an_upgrade_is_above_it(tmp_path: Path, kits: str, paid: int) -> None:
    """vdocuments.site, "LifeWave compensation plan bonuses": 50 for Silver, 100 for Gold, 50 from Silver to Gold."""
    worth = {"BRONZE": 0, "SILVER": 50, "GOLD": 100, "UP": 50}
    start = 'base = "orders"\nwindow_days = 30\norders = { products = ["SILVER", "UP"] }\nlevels = ["50 each"]'
    gold = start.replace('"SILVER", "UP"', '"GOLD"').replace("50 each", "100 each")
    company = Offline(
        tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("fast_start", start) + bonus("fast_start", gold, "b")
    )
    company.products += "".join(f"{kit},{kit},1,USD\n" for kit in worth)
    line_of(company, ("above", "sponsor"))
    company.person("new", "sponsor", joined="2026-10-01")
    for day, kit in enumerate(kits.split(), start=2):
        company.orders.append(f"{kit},new,2026-10-{day:02},{kit},1,1,sale,165,165")
    company.orders.append("late,new,2026-10-31,GOLD,1,1,sale,275,275")
    assert company.settle() == 0
    assert company.earned() == ({"sponsor": paid} if paid else {})
    assert paid == sum(worth[kit] for kit in kits.split())


def test_lifewave_pays_out_sixty_percent_of_the_weeks_volume(tmp_path: Path) -> None:
    """lifewavesplash.com, "Payout cap": of 100,000 in a week 60,000 are paid; cycles and matching alone are cut.

    Cycles of 330 and 660 pay so much here that they come to more; kits are no part of it.
    """
    plan = '\n[calendars.week]\nkind = "week"\n\n[trees.binary]\nspill = "manual"\n'
    cycles = 'pay = "cycles"\ncycle_left = 330\ncycle_right = 660\neither_side = true\nvalue = 800'
    plan += bonus("binary", cycles, "cycles") + bonus("matching", 'matches = ["cycles"]\nlevels = ["25 %"]', "match")
    plan += bonus("goal_award", 'kpi = "pv"\nminimum = 1\namount = 100', "kits")
    plan += '\n[[caps]]\ncode = "payout"\nper = "company"\nshare = "60 %"\nbonuses = ["cycles", "match"]\n'
    company = Placed(tmp_path, HEAD + plan + PERSONAL + ONE_RANK)
    company.person("sponsor")
    company.placed("you", "sponsor", "left")
    for side in ("left", "right"):
        company.placed(side, "you", side)
        company.order(side, 50_000, on="2026-10-06")
    assert company.settle("2026-W41") == 0
    paid = company.earned()
    assert company.earned("cycles") == {"you": 100 * 800}
    assert company.earned("match") == {"sponsor": 100 * 200}
    assert paid["you"] + paid["sponsor"] == 60_000
    assert paid["left"] == paid["right"] == 100


@pytest.mark.parametrize(
    ("volume", "status", "royalty", "exemplary"),
    [(0, "white", "3.83", 0), (1, "yellow", "4.79", 0), (2, "pink", "4.79", "1.53"), (4, "green", "5.75", 0)],
)
def test_younique_pays_by_status_on_sales_without_tax(
    tmp_path: Path, volume: int, status: str, royalty: str, exemplary: str | int
) -> None:
    """slideshare.net and younique.desk.com: a mascara of 23.00 with tax is 19.17 without: 20, 25 or 30 % of it.

    Pink and Blue have 8 % of what a newcomer sells in her first 90 days, and Green has it no more.
    """
    codes = ("white", "yellow", "pink", "blue", "green")
    ranks = "".join(
        f'\n[[ranks]]\ncode = "{code}"\nname = "{code}"\nneeds = [{{ kpi = "pv", minimum = {least} }}]\n'
        for least, code in enumerate(codes)
    )
    sales = 'of = "own"\nrate_by_rank = { white = 20, yellow = 25, green = 30 }\norders = { customers_as = "sponsor" }'
    plan = bonus("differential", sales, "sales")
    plan += bonus("fast_start", 'window_days = 90\nlevels_by_rank = { pink = ["8 %"], green = [] }', "exemplary")
    company = Offline(tmp_path, HEAD + PERSONAL + ranks + plan)
    company.person("presenter")
    company.order("presenter", 0, volume)
    company.person("customer", "presenter", kind="customer")
    company.order("customer", "19.17", 23)
    company.person("new", "presenter", joined="2026-10-01")
    company.order("new", "19.17", 23)
    assert company.settle() == 0
    assert {row["person_id"]: row["paid_rank"] for row in company.rows("ranks")}["presenter"] == status
    assert company.earned("sales")["presenter"] == Decimal(royalty)
    assert company.earned("exemplary") == ({"presenter": Decimal(exemplary)} if exemplary else {})


def test_a_day_pays_ten_pairs_and_keeps_the_stronger_leg(tmp_path: Path) -> None:
    """mlmsoftworks.com: 350 on the weaker leg are 3 pairs of 100; of 14 pairs a day pays 10, the stronger leg waits.

    That a pair is worth 20, and what stands on the legs, is ours.
    """
    plan = '\n[calendars.day]\nkind = "day"\n\n[trees.binary]\nspill = "manual"\n' + PERSONAL + ONE_RANK
    words = 'pay = "cycles"\ncycle_left = 100\ncycle_right = 100\nvalue = 20\ncap = 200\ncap_uses_volume = true'
    company = Placed(tmp_path, HEAD + plan + bonus("binary", words))
    company.person("centre")
    for side in ("left", "right"):
        company.placed(side, "centre", side)
    company.order("left", 350)
    company.order("right", 500)
    assert company.settle("2026-10-05") == 0
    assert company.earned() == {"centre": 60}
    assert company.waits("centre") == {"left": "50", "right": "200"}
    company.order("left", 1350, on="2026-10-06")
    company.order("right", 1800, on="2026-10-06")
    assert company.follow("2026-10-06") == 0
    assert company.earned(out="next") == {"centre": 200}
    assert company.waits("centre", out="next") == {"right": "600"}
