"""Worked examples of codes, compression and customers' programmes, as in `test_published_parties`."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline, ladder
from tests.core.settlement.test_published_elsewhere import bonus
from tests.core.settlement.test_published_parties import WITH_CUSTOMERS, line_of
from tests.core.settlement.test_published_referrals import PLACED


def test_a_coded_plan_matches_the_fourth_whom_you_bring_and_her_first_three(tmp_path: Path) -> None:
    """kirpi4ik.dp.ua: Anthony, your fourth, brings five and has 500, Carol, his first, four and has 400: so have you.

    The first three of each are their enroller's enroller's; that every order pays 100 is how the source counts.
    """
    tree = '\n[trees.matrix]\nwidth = "open"\ndepth = 1\npassed_up = 3\n'
    match = bonus("matching", 'tree = "matrix"\nmatches = ["fast_track"]\nlevels = ["100 %"]', "coded")
    plan = tree + PERSONAL + ONE_RANK + bonus("first_order", "amount = 100", "fast_track") + match
    company = Offline(tmp_path, HEAD + plan)
    company.person("company")
    company.person("you", "company", joined="2026-01-02")
    brought = (("you", "f1 f2 f3 anthony"), ("anthony", "carol a2 a3 a4 a5"), ("carol", "c1 c2 c3 c4"))
    for sponsor, people in brought:
        for day, person in enumerate(people.split(), start=3):
            company.person(person, sponsor, joined=f"2026-01-{day:02}")
            company.order(person, 100)
    assert company.settle() == 0
    assert company.earned("fast_track") == {"you": 400, "anthony": 500, "carol": 400}
    matched = {row["source_person_id"]: row["amount"] for row in company.awards("coded") if row["payee_id"] == "you"}
    assert matched == {"anthony": "500.00", "carol": "400.00"}


def test_a_level_goes_to_the_next_above_who_is_paid_so_deep(tmp_path: Path) -> None:
    """mlmsoftwaremanual.com, "Generous" compression: who is not paid at a level is passed over; 100 at 1 % is ours.

    Titles 6, 5, 4 and 3 are paid on 4, 3, 2 and 1 levels; above H stand G 6, F 3, E none, D 6, C 4, B 6 and A 6.
    """
    words = "levels = [1, 1, 1, 1]\ndepth_by_rank = { t3 = 1, t4 = 2, t5 = 3, t6 = 4 }\ncompression = "
    plan = HEAD + PERSONAL + ladder("t3", "t4", "t5", "t6") + bonus("unilevel", f'{words}"dynamic"')
    company = Offline(tmp_path, plan)
    line_of(company, ("top", *"ABCDEFGH"))
    for person, title in zip("ABCDFG", (6, 6, 4, 6, 3, 6), strict=True):
        company.order(person, 0, title - 2)
    company.order("H", 100, 0)
    assert company.settle() == 0
    assert {row["level"]: row["payee_id"] for row in company.awards()} == {"1": "G", "2": "D", "3": "B", "4": "A"}


def test_asea_pays_the_difference_of_prices_and_adds_customers_to_the_lesser_side(tmp_path: Path) -> None:
    """The plan at wixlib.com: 30 for a retail case of 150, 25 for each preferred one; 100 and 50 join the lesser side.

    Five and three cases below and 10 % of the lesser side are ours: of 300 and 100 + 2 x 50 it is 50.00.
    """
    customers = 'orders = { who = "customers", customers_as = "sponsor"'
    retail = bonus("rule", f'when = "true"\nper = "order"\nbase = "margin"\nrate = "100 %"\n{customers} }}', "retail")
    preferred = f'when = "true"\nper = "order"\nrate = "50 %"\n{customers}, products = ["AUTOSHIP"] }}'
    team = f'rate = "10 %"\nown_volume_to = "weak"\n{WITH_CUSTOMERS}'
    plan = '\n[trees.binary]\nspill = "manual"\nwho = "distributors"\n' + PERSONAL + ONE_RANK + retail
    company = Offline(tmp_path, HEAD + plan + bonus("rule", preferred, "preferred") + bonus("binary", team, "team"))
    company.people_columns = PLACED
    company.products = "sku,name,price,currency,cv,qv\nCASE,Case,120,USD,100,100\nAUTOSHIP,Case,120,USD,50,50\n"
    for person, kind, side in (
        ("left", "", "left"),
        ("right", "", "right"),
        ("shop", "customer", ""),
        ("pc", "customer", ""),
    ):
        company.people.append((person, "a", "2026-01-01", "US", "en", person, kind, "a" if side else "", side))
    company.people.insert(0, ("a", "", "2026-01-01", "US", "en", "a", "", "", ""))
    for buyer, sku, cases, price in (("left", "CASE", 3, 120), ("right", "CASE", 5, 120), ("shop", "CASE", 1, 150),
                                     ("pc", "AUTOSHIP", 2, 120)):  # fmt: skip
        company.orders.append(f"{buyer},{buyer},2026-10-05,{sku},{cases},{price},sale,,")
    assert company.settle() == 0
    assert {row["bonus"]: row["amount"] for row in company.awards()} == {
        "retail": "30.00", "preferred": "50.00", "team": "50.00"
    }  # fmt: skip


def test_a_customer_has_fifteen_for_a_friends_first_order(tmp_path: Path) -> None:
    """cellworks.lifevantage.com, "Share 15, get 15": the customer who shared has 15 once for each friend who buys."""
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("first_order", 'who = "customers"\namount = 15'))
    company.person("distributor")
    company.person("ann", "distributor", kind="customer")
    for friend in ("jill", "joe"):
        company.person(friend, "ann", kind="customer")
        for day in (2, 9):
            company.order(friend, 85, on=f"2026-10-{day:02}")
    assert company.settle() == 0
    assert company.earned() == {"ann": 30}


@pytest.mark.parametrize(("directs", "paid"), [(3, "33.75"), (6, "101.25"), (9, "202.50"), (11, "291.50")])
def test_a_direct_bonus_is_higher_for_the_fourth_and_the_seventh(tmp_path: Path, directs: int, paid: str) -> None:
    """github.com/nhlchrs/pronext-backend, "Direct bonus slabs": 11.25, 22.50, 33.75 and from the tenth on 44.50 a sale.

    That they are counted anew every thirty days is left out.
    """
    slabs = ((1, 3, "11.25"), (4, 6, "22.50"), (7, 9, "33.75"), (10, 99, "44.50"))
    plan = "".join(
        bonus(
            "unilevel",
            f'base = "orders"\nlevels = ["{each} each"]\norders = {{ only = "first", brought_from = {first}, '
            f"brought_to = {last} }}",
            f"from_{first}",
        )
        for first, last, each in slabs
    )
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + plan)
    company.person("sponsor")
    for number in range(directs):
        company.person(f"direct{number:02}", "sponsor")
        company.order(f"direct{number:02}", 135)
    assert company.settle() == 0
    assert company.earned() == {"sponsor": Decimal(paid)}
