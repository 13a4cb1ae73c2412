"""Worked examples from Asia and Latin America and of affiliates' programmes, as in `test_published_parties`."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline, ladder
from tests.core.settlement.test_published_elsewhere import bonus
from tests.core.settlement.test_published_parties import line_of

YEN = HEAD.replace('"USD"', '"JPY"')


def company_of(folder: Path, plan: str) -> Offline:
    """A company whose products are in yen, which have no smaller unit."""
    return Offline(folder, YEN + plan, products="sku,name,price,currency\nA,A,1,JPY\n")


def test_a_stairstep_rebates_the_buyer_and_pays_what_titles_are_above(tmp_path: Path) -> None:
    """mlmwatch.info/196: K of 15 % buys for 10,000 yen, has 1,500 of it and G of 22 % above her 700."""
    plan = PERSONAL + ladder("t15", "t22") + bonus("differential", 'rate_by_rank = { t15 = "15 %", t22 = "22 %" }')
    company = company_of(tmp_path, plan)
    line_of(company, ("g", "k"))
    company.order("g", 0, 2)
    company.order("k", 10_000, 1)
    assert company.settle() == 0
    assert company.earned() == {"k": 1500, "g": 700}


@pytest.mark.parametrize(
    ("orders", "paid"),
    [(1, {"D": 5000}), (2, {"D": 5000 + 2000, "C": 1500, "B": 1000, "A": 500})],
)
def test_a_first_purchase_and_later_ones_are_shared_apart(tmp_path: Path, orders: int, paid: dict[str, int]) -> None:
    """mlmwatch.info/299: E's first 10,000 yen are 5,000 to D, her second 2,000, 1,500, 1,000 and 500 up the line."""
    repeat = 'levels = ["20 %", "15 %", "10 %", "5 %"]\norders = { only = "repeat" }'
    plan = PERSONAL + ONE_RANK + bonus("first_order", 'levels = ["50 %"]') + bonus("unilevel", repeat, "later")
    company = company_of(tmp_path, plan)
    line_of(company, "ABCDE")
    for day in range(orders):
        company.order("E", 10_000, on=f"2026-10-{day + 5:02}")
    assert company.settle() == 0
    assert company.earned() == paid


@pytest.mark.parametrize(("points", "paid"), [(999, None), (1000, 1000), (3000, 5000), (6000, 10_000)])
def test_a_branch_that_balanced_pays_by_ones_own_circle(tmp_path: Path, points: int, paid: int | None) -> None:
    """pollster.com.tw: of a branch's balance of 10,000 a small circle has 10 %, a middle one 50, a large one 100.

    From how many points on a circle is middle or large is ours, and that 10,000 is what a rule pays.
    """
    circles = "".join(
        f'\n[[ranks]]\ncode = "{code}"\nname = "{code}"\nneeds = [{{ kpi = "pv", minimum = {minimum} }}]\n'
        for code, minimum in (("small", 1000), ("middle", 3000), ("large", 6000))
    )
    match = 'matches = ["balance"]\nlevels_by_rank = { small = ["10 %"], middle = ["50 %"], large = ["100 %"] }'
    balance = 'when = "true"\nbase = "cv"\nrate = "50 %"'
    company = Offline(
        tmp_path, HEAD + PERSONAL + circles + bonus("rule", balance, "balance") + bonus("matching", match)
    )
    line_of(company, ("ming", "branch"))
    company.order("ming", 0, points)
    company.order("branch", 20_000, 0)
    assert company.settle() == 0
    assert company.earned("a") == ({} if paid is None else {"ming": paid})


@pytest.mark.parametrize("above", ["ABC", "BC"])
def test_forty_percent_of_an_order_is_shared_by_three_and_nobody_has_a_missing_ones(tmp_path: Path, above: str) -> None:
    """besnow.org: of D's 100 40 are shared 50, 30 and 20 %: C 20, B 12, A 8, who may be missing."""
    words = 'levels = ["50 %", "30 %", "20 %"]\norders = { volume_counted = "40 %" }'
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("unilevel", words))
    line_of(company, (*above, "D"))
    company.order("D", 100)
    assert company.settle() == 0
    shared = {"A": 8, "B": 12, "C": 20}
    assert company.earned() == {person: shared[person] for person in above}


def test_an_affiliate_is_paid_by_the_size_of_each_order(tmp_path: Path) -> None:
    """pastebin.com/F832AA6M: 25 at 10 % are 2.50, 75 at 15 % 11.25 and 200 at 20 % 40."""
    words = 'when = "true"\nper = "order"\namount = "base * (20 % if base >= 100 else 15 % if base > 50 else 10 %)"\n'
    company = Offline(
        tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("rule", words + 'orders = { customers_as = "sponsor" }')
    )
    company.person("affiliate")
    for customer, bought in (("one", 25), ("two", 75), ("three", 200)):
        company.person(customer, "affiliate", kind="customer")
        company.order(customer, bought)
    assert company.settle() == 0
    assert sorted(Decimal(row["amount"]) for row in company.awards()) == [Decimal("2.50"), Decimal("11.25"), 40]


@pytest.mark.parametrize(("own", "brought", "paid"), [((1, 5, 50), 10, "2.00"), ((50,), 50, "10"), ((1,), 10, "0.20")])
def test_what_a_referral_brings_is_at_most_a_fifth_of_ones_own_lines(
    tmp_path: Path, own: tuple[int, ...], brought: int, paid: str
) -> None:
    """mmgp.com on 2xCoin: 20 % of 10 fill lines of 1, 5 and 50 with 0.20, 1.00 and 0.80; 20 % of 50 are 10."""
    lines = '\n[kpis.lines]\nlabel = "Own lines"\nmeasure = "cv"\ncycles = "all"\n'
    words = 'when = "true"\nper = "referral"\namount = "20 % * min(base, kpi.lines)"'
    company = Offline(tmp_path, HEAD + lines + PERSONAL + ONE_RANK + bonus("rule", words))
    line_of(company, ("you", "referral"))
    for size in own:
        company.order("you", size, on="2026-09-05")
    company.order("referral", brought)
    assert company.settle() == 0
    assert company.earned() == {"you": Decimal(paid)}


@pytest.mark.parametrize(
    ("sold", "paid"), [(1000, 100), (1500, 180), (2500, 375), (3500, 630), (6000, 1450), (8000, 2000)]
)
def test_a_seller_in_brazil_is_paid_by_the_table_and_a_bonus_from_six_thousand(
    tmp_path: Path, sold: int, paid: int
) -> None:
    """slideshare.net, "Novo catalogo": 1,500 at 12 % are 180, 3,500 at 18 % 630; 250 from 6,000 on, 350 from 7,000."""
    steps = ", ".join(
        f'{{ from = {start}, rate = "{rate} %" }}'
        for start, rate in ((1, 10), ("1000.01", 12), (2000, 15), ("3000.01", 18), (5000, 20))
    )
    table = bonus("differential", f'of = "own"\nschedule_kpi = "pv"\nschedule = [{steps}]')
    more = "min(500, 250 + 100 * floor((kpi.pv - 6000) / 1000) - 50 * max(floor((kpi.pv - 7000) / 1000), 0))"
    monthly = bonus("rule", f'when = "kpi.pv >= 6000"\namount = "{more}"', "monthly")
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + table + monthly)
    company.person("seller")
    company.order("seller", sold)
    assert company.settle() == 0
    assert company.earned() == {"seller": paid}


@pytest.mark.parametrize(("associates", "new", "paid"), [(4, 0, None), (5, 1, 500), (5, 2, 1000), (10, 1, 2000)])
def test_a_leader_in_mexico_is_paid_by_associates_and_newcomers(
    tmp_path: Path, associates: int, new: int, paid: int | None
) -> None:
    """fortoulasociados.com.mx: five of 1,500 and 10,000 together 500, with two new ones 1,000; ten and 25,000 2,000."""
    kpis = (
        '\n[kpis.associates]\nlabel = "Associates"\nmeasure = "legs"\nleg_kpi = "pv"\nleg_minimum = 1500\n'
        '\n[kpis.bought]\nlabel = "What they buy"\nmeasure = "qv"\nover = "frontline"\nfloor = 1500\n'
        '\n[kpis.new]\nlabel = "New ones"\nmeasure = "orders"\nover = "frontline"\norders = { only = "first" }\n'
    )
    rules = "".join(
        bonus("rule", f'when = "{count} and kpi.new {sign} 2"\namount = {amount}', f"{name}_{amount}")
        for name, count, amounts in (
            ("base", "5 <= kpi.associates < 10 and kpi.bought >= 10000", (500, 1000)),
            ("novel", "kpi.associates >= 10 and kpi.bought >= 25000", (2000, 3000)),
        )
        for sign, amount in zip(("<", ">="), amounts, strict=True)
    )
    company = Offline(tmp_path, HEAD + kpis + PERSONAL + ONE_RANK + rules)
    company.person("leader")
    for number in range(associates):
        company.person(f"a{number}", "leader")
        if number >= new:
            company.order(f"a{number}", 0, 1500, on="2026-09-05")
        company.order(f"a{number}", 0, 2500)
    assert company.settle() == 0
    assert company.earned() == ({} if paid is None else {"leader": paid})
