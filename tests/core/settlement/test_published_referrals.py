"""Worked examples of referral programmes, parties and small plans, as in `test_published_parties`."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline, ladder
from tests.core.settlement.test_published_elsewhere import bonus
from tests.core.settlement.test_published_parties import WITH_CUSTOMERS, line_of

BROUGHT = """[kpis.brought]
label = "Referrals so far"
measure = "orders"
over = "frontline"
who = "customers"
cycles = "all"
orders = { only = "first" }

[ladder]"""
PLACED = ("id", "sponsor_id", "joined_on", "country", "language", "name", "kind", "binary_parent_id", "binary_side")


def test_a_network_commission_is_of_the_order_or_of_the_sellers_commission(tmp_path: Path) -> None:
    """glamorgirlbeauty.com: David's order of 1,000 is 100 to him; 5, 4 and 2 % are of the 100, or of the 1,000."""
    levels = 'levels = ["5 %", "4 %", "2 %"]'
    own = bonus("rule", 'when = "true"\nper = "order"\nrate = "10 %"', "own")
    of_commission = bonus("matching", f'base = "earnings"\nmatches = ["own"]\n{levels}', "of_commission")
    plan = own + of_commission + bonus("unilevel", levels, "of_order")
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + plan)
    line_of(company, ("john", "victor", "michelle", "david"))
    company.order("david", 1000)
    assert company.settle() == 0
    assert company.earned("own") == {"david": 100}
    assert company.earned("of_commission") == {"michelle": 5, "victor": 4, "john": 2}
    assert company.earned("of_order") == {"michelle": 50, "victor": 40, "john": 20}


def test_a_title_is_paid_on_its_own_sales_and_on_two_levels(tmp_path: Path) -> None:
    """socialbug.io, "Payout levels": Gold has 30 % of its own sales, 6 and 4 % below; the sale is ours."""
    own = bonus("rule", 'when = "rank >= gold"\nper = "order"\nrate = "30 %"')
    plan = own + bonus("unilevel", 'levels_by_rank = { gold = ["6 %", "4 %"] }', "below")
    company = Offline(tmp_path, HEAD + PERSONAL + ladder("gold") + plan)
    line_of(company, ("john", "mike", "jessica"))
    for person, sale in (("john", 0), ("mike", 0), ("jessica", 100)):
        company.order(person, sale, 1)
    assert company.settle() == 0
    assert company.earned() == {"jessica": 30, "mike": 6, "john": 4}


def test_a_party_pays_who_held_it_and_who_recruited_her(tmp_path: Path) -> None:
    """hybridmlm.io, "Party MLM plan": 10 % of 1,000 and 5 % of Bob's 800 are 100 and 40; Bob has 80, and 5 % of 500."""
    own = bonus("rule", f'when = "true"\nper = "order"\nrate = "10 %"\n{WITH_CUSTOMERS}', "own")
    plan = own + bonus("unilevel", f'levels = ["5 %"]\n{WITH_CUSTOMERS}', "team")
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + plan)
    line_of(company, ("alice", "bob", "charlie", "david"))
    for host, sold in (("alice", 1000), ("bob", 800), ("charlie", 500)):
        company.person(f"guest_of_{host}", host, kind="customer")
        company.order(f"guest_of_{host}", sold)
    assert company.settle() == 0
    assert company.earned("own") == {"alice": 100, "bob": 80, "charlie": 50}
    assert company.earned("team") == {"alice": 40, "bob": 25}


def test_the_sixth_referral_pays_more_than_the_fifth_and_the_eleventh_more_than_the_tenth(tmp_path: Path) -> None:
    """soporte.geniusreferrals.com: 5 for each of the first five, 8 up to the tenth, 10 for each later one.

    Seven came in October and five in November: 5 x 5 + 2 x 8, and 3 x 8 + 2 x 10, by hand.
    """
    steps = '[{ from = 0, rate = "5 each" }, { from = 5, rate = "8 each" }, { from = 10, rate = "10 each" }]'
    words = f'base = "orders"\nof = "own"\nschedule_kpi = "brought"\nschedule_mode = "rising"\nschedule = {steps}'
    counted = 'orders = { who = "customers", customers_as = "sponsor", only = "first" }'
    plan = PERSONAL.replace("[ladder]", BROUGHT) + ONE_RANK + bonus("differential", f"{words}\n{counted}")
    company = Offline(tmp_path, HEAD + plan)
    company.person("promoter")
    for number in range(12):
        company.person(f"friend{number}", "promoter", kind="customer")
        company.order(f"friend{number}", 10, on="2026-10-05" if number < 7 else "2026-11-05")
    assert company.settle() == 0
    assert company.earned() == {"promoter": 41}
    assert company.settle("2026-11", "--carry", str(tmp_path / "out"), out="11") == 0
    assert company.earned(out="11") == {"promoter": 44}


def test_a_first_order_and_later_ones_have_levels_of_their_own(tmp_path: Path) -> None:
    """github.com/bhavesh-gharat-kit/wear-and-earn: 70 of 100 go to five levels: 21 … 7, and later 24.50 … 3.50."""
    counted = 'volume_counted = "70 %"'
    first = bonus("unilevel", f'levels = [30, 25, 20, 15, 10]\norders = {{ only = "first", {counted} }}', "first")
    later = bonus("unilevel", f'levels = [35, 25, 20, 15, 5]\norders = {{ only = "repeat", {counted} }}', "later")
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + first + later)
    line_of(company, [*(f"level{number}" for number in range(5, 0, -1)), "buyer"])
    for day in (5, 6):
        company.order("buyer", 100, on=f"2026-10-{day:02}")
    assert company.settle() == 0
    for code, parts in (("first", ("21", "17.5", "14", "10.5", "7")), ("later", ("24.5", "17.5", "14", "10.5", "3.5"))):
        assert company.earned(code) == {f"level{at}": Decimal(part) for at, part in enumerate(parts, start=1)}


@pytest.mark.parametrize(
    ("line", "paid"),
    [("dcba", {"d": 100, "c": 50, "b": 40, "a": 20}), ("abcd", {"a": 210}), ("bdca", {"b": 190, "a": 20})],
)
def test_a_percentage_pays_what_those_below_left_of_it(tmp_path: Path, line: str, paid: dict[str, int]) -> None:
    """A simulator's notes, "PowerUp bonus": 1,000 below people of 10, 15, 19 and 21 %, either way; the third is ours.

    The first letter stands right above who bought.
    """
    rates = 'rate_by_rank = { d = "10 %", c = "15 %", b = "19 %", a = "21 %" }'
    company = Offline(tmp_path, HEAD + PERSONAL + ladder("d", "c", "b", "a") + bonus("differential", rates))
    line_of(company, [*reversed(line), "buyer"])
    for place, person in enumerate("dcba", start=1):
        company.order(person, 0, place)
    company.order("buyer", 1000, 0)
    assert company.settle() == 0
    assert company.earned() == paid


def test_the_gap_to_those_right_below_is_paid(tmp_path: Path) -> None:
    """safal4u.com: at 50 % 25 % of A's volume are yours and 20 % of B's, who are at 25 and 30 %; volumes are ours."""
    codes = ("advisor", "senior", "leader", "organiser", "manager", "emerald")
    rates = ", ".join(f"{code} = {rate}" for code, rate in zip(codes, (25, 30, 35, 40, 45, 50), strict=True))
    words = f"rate_by_rank = {{ {rates} }}"
    company = Offline(tmp_path, HEAD + PERSONAL + ladder(*codes) + bonus("differential", words))
    company.person("you")
    company.order("you", 0, 6)
    for person, sold, place in (("a", 1000, 1), ("b", 2000, 2)):
        company.person(person, "you")
        company.order(person, sold, place)
    assert company.settle() == 0
    gaps = {row["source_person_id"]: Decimal(row["amount"]) for row in company.awards() if row["payee_id"] == "you"}
    assert gaps == {"a": 250, "b": 400}


def test_be_infinity_pays_twelve_percent_of_what_the_first_level_bought(tmp_path: Path) -> None:
    """docs.be-infinity.com, DSB - Example 2: 72, 552, 144 and 72 of four users, nothing of User 5 below, 840 in all."""
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("unilevel", 'levels = ["12 %"]'))
    company.person("user")
    for number, volume in enumerate((600, 4600, 1200, 600), start=1):
        company.person(f"user{number}", "user")
        company.order(f"user{number}", volume)
    company.person("user5", "user4")
    company.order("user5", 1000)
    assert company.settle() == 0
    paid = {row["source_person_id"]: row["amount"] for row in company.awards() if row["payee_id"] == "user"}
    assert paid == {"user1": "72.00", "user2": "552.00", "user3": "144.00", "user4": "72.00"}
    assert company.earned()["user"] == 840


def test_be_infinity_cuts_nine_cycles_by_a_twentieth(tmp_path: Path) -> None:
    """docs.be-infinity.com, BB - Example 4: 1,800 and 20,800 are nine cycles of 20; after the paycut 171 are paid.

    What the whole company may pay is ours: 5 % of a turnover of 3,420, of which 171 is just that.
    """
    words = 'base = "qv"\npay = "cycles"\ncycle_left = 200\ncycle_right = 200\nvalue = 20'
    cut = '\n[[caps]]\ncode = "paycut"\nper = "company"\nshare = "5 %"\nbonuses = ["a"]\n'
    trees = '\n[trees.binary]\nspill = "manual"\n'
    company = Offline(
        tmp_path, HEAD + trees + PERSONAL + ONE_RANK + bonus("binary", words) + cut, people_columns=PLACED
    )
    company.people.append(("user", "", "2026-01-01", "DE", "de", "user", "", "", ""))
    for side, volume, turnover in (("left", 1800, 420), ("right", 20800, 3000)):
        company.people.append((side, "user", "2026-01-01", "DE", "de", side, "", "user", side))
        company.order(side, turnover, volume)
    assert company.settle() == 0
    assert company.earned("a") == {"user": 180}
    assert company.earned("paycut") == {"user": -9}


def test_a_step_of_150_and_150_pays_who_has_somebody_on_each_side(tmp_path: Path) -> None:
    """maknom.blogspot.com: A, C and D on the left and B, E and F on the right bring U 1,200, and A and B nothing yet.

    Each has 50; at most 25 steps a week are paid, and what is beyond is gone, also what waits; 26 are by hand.
    """
    words = 'calendar = "week"\npay = "cycles"\ncycle_left = 150\ncycle_right = 150\nvalue = 1200'
    words += '\npersonal_actives_each_side = 1\ncap = 30000\ncarry = "flush_at_cap"'
    weeks = (
        '\n[calendars.month]\nkind = "month"\n\n[calendars.week]\nkind = "week"\n\n[trees.binary]\nspill = "manual"\n'
    )
    company = Offline(tmp_path, HEAD + weeks + PERSONAL + ONE_RANK + bonus("binary", words), people_columns=PLACED)
    company.people.append(("u", "", "2026-01-01", "BD", "en", "u", "", "", ""))
    for person, above, side in zip("abcdef", "uuaabb", ("left", "right") * 3, strict=True):
        company.people.append((person, above, "2026-01-01", "BD", "en", person, "", above, side))
        company.order(person, 50, on="2026-10-05")
    company.order("c", 4900, on="2026-10-12")
    company.order("f", 3900, on="2026-10-12")
    week = ("--calendar", "week")
    assert company.settle("2026-W41", *week) == 0
    assert company.earned() == {"u": 1200}
    assert company.settle("2026-W42", *week, "--carry", str(tmp_path / "out"), out="42") == 0
    assert [row["amount"] for row in company.awards(out="42") if row["payee_id"] == "u"] == ["30000.00"]
    assert {row["person_id"] for row in company.rows("carry_volume", "42")} == {"a", "b"}


@pytest.mark.parametrize(("levels", "paid"), [(1, 400), (2, 1200), (3, 2800), (4, 5360)])
def test_an_auto_pool_pays_each_level_when_it_is_full(tmp_path: Path, levels: int, paid: int) -> None:
    """smonline.co.in: 4, 16, 64 and 256 people at 100, 50, 25 and 10 each are 400, 800, 1,600 and 2,560: 5,360."""
    trees = '\n[trees.matrix]\nwidth = 4\ndepth = 4\nspill = "top"\n'
    pool = bonus("matrix", "level_full = [400, 800, 1600, 2560]\nearner = [{ kpi = 'pv', minimum = 1 }]")
    company = Offline(tmp_path, HEAD + trees + PERSONAL + ONE_RANK + pool)
    company.person("first")
    company.order("first", 1)
    for number in range(sum(4**level for level in range(1, levels + 1))):
        company.person(f"p{number:03}", f"p{number - 1:03}" if number else "first")
    assert company.settle() == 0
    assert company.earned() == {"first": paid}


def test_a_newcomer_pays_so_much_to_each_of_three_levels(tmp_path: Path) -> None:
    """k5.ru: 5 people on the first level at 60, 25 on the second and 125 on the third at 30 each are 4,800."""
    levels = bonus(
        "unilevel", 'base = "orders"\nlevels = ["60 each", "30 each", "30 each"]\norders = { only = "first" }'
    )
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + levels)
    company.person("you")
    above = ["you"]
    for level in range(1, 4):
        below = [f"{level}-{number:03}" for number in range(5**level)]
        for number, person in enumerate(below):
            company.person(person, above[number // 5])
            company.order(person, 36)
        above = below
    assert company.settle() == 0
    assert company.earned()["you"] == 4800
