"""The worked tables of `docs/plan-language.md` on customers' orders, levels by a figure, shares, mentors and rules."""

from pathlib import Path

import pytest

from core.__main__ import main
from core.kernel.errors import Severity
from core.plan.reading import check
from tests.core.bonuses.plans import because, bonus, company_of, told
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, WITH_RETURNS, Offline

CUSTOMERS = '\n[kpis.customers]\nlabel = "C"\nmeasure = "heads"\nover = "frontline"\nwho = "customers"\n'
LEVELS = 'levels = ["10 %", "5 %"]\n'


@pytest.mark.parametrize(
    ("orders", "levels", "rule"),
    [
        ("", "s 1 c 5.00|t 1 s 10.00|t 2 c 2.50", "s 0 s 20.00"),
        ('customers_as = "sponsor"', "t 1 s 10.00|t 1 s 5.00", "s 0 s 10.00|s 0 s 20.00"),
        ('customers_as = "sponsor", who = "customers"', "t 1 s 5.00", "s 0 s 10.00"),
        ('who = "customers"', "s 1 c 5.00|t 2 c 2.50", ""),
        ('who = "distributors"', "t 1 s 10.00", "s 0 s 20.00"),
    ],
)
def test_a_customers_order_can_count_as_her_sponsors(tmp_path: Path, orders: str, levels: str, rule: str) -> None:
    words = f"orders = {{ {orders} }}\n"
    plan = bonus("unilevel", LEVELS + words, "levels")
    plan += bonus("rule", f'when = "person.kind == \'distributor\'"\nper = "order"\nrate = "20 %"\n{words}', "rule")
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + plan)
    for person, above in (("t", None), ("s", "t")):
        company.person(person, above)
    company.person("c", "s", kind="customer")
    company.order("s", 100)
    company.order("c", 50)
    assert company.settle() == 0
    assert "|".join(told(company, "levels")) == levels
    assert "|".join(told(company, "rule")) == rule


def test_a_customer_of_a_customer_is_the_distributors_too(tmp_path: Path) -> None:
    company = company_of(tmp_path, bonus("unilevel", LEVELS + 'orders = { customers_as = "sponsor" }'), "t1 s1")
    company.person("c", "s", kind="customer")
    company.person("d", "c", kind="customer")
    company.person("alone", kind="customer")
    company.order("d", 50)
    company.order("alone", 50)
    assert company.settle() == 0
    assert told(company) == ["t 1 s 5.00"]


@pytest.mark.parametrize(("customers", "paid"), [(7, "7.00"), (8, "14.00"), (20, "20.00")])
def test_levels_can_come_by_a_figure(tmp_path: Path, customers: int, paid: str) -> None:
    steps = "".join(f'  {{ from = {least}, levels = ["{rate} %"] }},\n' for least, rate in ((1, 7), (8, 14), (20, 20)))
    words = f'levels_kpi = "customers"\nlevels_steps = [\n{steps}]\norders = {{ who = "customers" }}'
    company = Offline(tmp_path, HEAD + PERSONAL + CUSTOMERS + ONE_RANK + bonus("unilevel", words))
    company.person("s")
    for number in range(customers):
        company.person(f"c{number:02}", "s", kind="customer")
    company.order("c00", 100)
    assert company.settle() == 0
    assert told(company) == [f"s 1 c00 {paid}"]


def test_a_pool_can_be_divided_by_what_other_bonuses_give(tmp_path: Path) -> None:
    points = bonus("unilevel", 'base = "orders"\npays = "shares"\nlevels = [500, 500]', "points")
    pool = bonus("pool", 'share = "1 %"\ndivision = "earned"\nshares_from = ["points"]')
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + pool + points)
    for person, above in (("a", None), ("b", "a"), ("c", "b")):
        company.person(person, above)
    company.order("c", 100_000)
    assert company.settle() == 0
    assert told(company, "points") == ["a 2 c 5", "b 1 c 5"]
    assert told(company, "it") == ["a 0 - 500.00", "b 0 - 500.00"]


@pytest.mark.parametrize(
    ("to", "below_gold", "gold"),
    [
        ("person", "n 0 - 100.00", "n 0 - 100.00"),
        ("sponsor", "", "s 1 n 100.00"),
        ("next_qualified", "x 1 n 100.00", "s 1 n 100.00"),
    ],
)
def test_an_award_can_go_to_whoever_is_above(tmp_path: Path, to: str, below_gold: str, gold: str) -> None:
    earner = "" if to == "person" else 'minimum_rank = "gold"\n'
    words = f'amount_by_rank = {{ silver = 100 }}\nonce = true\nto = "{to}"\n{earner}'
    for line, paid in (("x3 s1 n2", below_gold), ("x3 s3 n2", gold)):
        folder = tmp_path / line[3:5]
        folder.mkdir()
        company = company_of(folder, bonus("rank_award", words), line)
        assert company.settle() == 0
        assert "|".join(one for one in told(company) if one.startswith("n") or " n " in one) == paid


RULES = [
    ("order", "base * (25 % if base >= 500 else 20 %)", "x 0 x 150.00|x 0 x 80.00"),
    ("person", "20 * floor(kpi.gv / 500)", "x 0 x 60.00"),
    ("referral", "min(base * 10 %, 25)", "x 1 a 10.00|x 1 b 25.00"),
]


@pytest.mark.parametrize(("per", "amount", "paid"), RULES)
def test_an_amount_can_be_an_expression(tmp_path: Path, per: str, amount: str, paid: str) -> None:
    words = f"when = 'referrals > 0'\nper = \"{per}\"\namount = '{amount}'"
    company = company_of(tmp_path, bonus("rule", words), "x0")
    company.person("a", "x")
    company.person("b", "x")
    for person, volumes in (("x", (400, 600)), ("a", (100,)), ("b", (400,))):
        for volume in volumes:
            company.order(person, volume, volume if person == "x" else {"a": 300, "b": 400}[person])
    assert company.settle() == 0
    assert "|".join(told(company)) == paid


def test_a_return_takes_away_what_its_order_was_paid(tmp_path: Path) -> None:
    """Fixed amounts too, and by the step that the sale reached."""
    plan = bonus("rule", 'when = "true"\nper = "order"\namount = 5', "fixed")
    plan += bonus("rule", "when = 'true'\nper = \"order\"\namount = 'base * (25 % if base >= 500 else 20 %)'", "step")
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + plan, order_columns=WITH_RETURNS)
    company.person("x")
    sale = company.sold("x", 600, on="2026-10-05")
    company.sold("x", 100, on="2026-10-06")
    company.sold_back(sale, "x", 600, on="2026-10-07")
    assert company.settle() == 0
    assert company.earned("fixed") == {"x": 5}
    assert company.earned("step") == {"x": 20}


@pytest.mark.parametrize(
    ("amount", "code", "word"),
    [
        ('"base * 20"', None, None),
        ('"bse * 20 %"', "plan_rule_word_unknown_near", "bse"),
        ('"base > 20"', "plan_rule_type", None),
        ("true", "plan_value_wrong", None),
        ('"25 %"', "plan_value_wrong", None),
    ],
)
def test_an_amount_that_is_no_number_is_told(amount: str, code: str | None, word: str | None) -> None:
    plan = HEAD + PERSONAL + ONE_RANK + bonus("rule", f'when = "true"\namount = {amount}')
    faults = [one for one in check(plan)[1] if one.severity is Severity.FAULT]
    assert [one.code for one in faults][:1] == ([code] if code else [])
    assert word is None or faults[0].facts["found"] == word


def test_shares_that_no_pool_counts_are_a_fault() -> None:
    shares = bonus("unilevel", 'pays = "shares"\nlevels = [100]', "points")
    pool = 'share = "1 %"\ndivision = "earned"\nshares_from = ["{}"]'
    cases = {
        shares: ["plan_shares_unused"],
        shares + bonus("pool", pool.format("points")): [],
        shares + bonus("unilevel", "levels = [5]", "money") + bonus("pool", pool.format("money")): [
            "plan_shares_unlike",
            "plan_shares_unused",
        ],
    }
    for bonuses, codes in cases.items():
        found = check(HEAD + PERSONAL + ONE_RANK + bonuses)[1]
        assert sorted(one.code for one in found if one.severity is Severity.FAULT) == codes


@pytest.mark.parametrize(
    ("who", "paid"),
    [("", "s 1 c 10.00"), ('who = "customers"', "c 1 d 10.00"), ('who = "all"', "c 1 d 10.00|s 1 c 10.00")],
)
def test_customers_can_earn_for_their_friends(tmp_path: Path, who: str, paid: str) -> None:
    company = company_of(tmp_path, bonus("first_order", f"amount = 10\nminimum_order = 50\n{who}"), "s1")
    company.person("c", "s", kind="customer")
    company.person("d", "c", kind="customer")
    for customer in ("c", "d"):
        company.order(customer, 60)
    assert company.settle() == 0
    assert "|".join(told(company)) == paid
    assert {row["person_id"] for row in company.rows("payouts")} == {one[0] for one in paid.split("|")}


def test_what_an_expression_comes_to_is_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the order is counted with is told only where the expression asks for it."""
    words = "when = 'true'\nper = \"order\"\namount = "
    amounts = ("'base * (25 % if base >= 500 else 20 %)'", "'2 * kpi.pv'")
    company = company_of(tmp_path, "".join(bonus("rule", words + one, f"b{n}") for n, one in enumerate(amounts)), "x0")
    company.order("x", 600, 7)
    assert company.settle() == 0
    told_so = []
    for award in ("1", "2"):
        capsys.readouterr()
        assert main(["explain", "--run", str(tmp_path / "out"), "--person", "x", "--award", award]) == 0
        told_so += [line for line in capsys.readouterr().out.splitlines() if line.startswith("The plan works")]
    assert told_so == [
        (
            "The plan works it out so: what counts for it × (25%, if what counts for it: at least 500; otherwise 20%). "
            "What counts for it is 600."
        ),
        "The plan works it out so: 2 × “Personal volume”.",
    ]


def test_parts_of_a_pool_are_rounded_so_that_they_are_the_pool(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pool = bonus("pool", 'share = "0.01 %"\ndivision = "points"\nshares_kpi = "pv"')
    company = company_of(tmp_path, pool, "a1")
    for person in ("b", "c"):
        company.person(person, "a")
        company.order(person, 0, 1)
    company.order("a", 100, 0)
    assert company.settle() == 0
    assert told(company) == ["a 0 - 0.01", "b 0 - 0.00", "c 0 - 0.00"]
    capsys.readouterr()
    assert main(["explain", "--run", str(tmp_path / "out"), "--person", "a", "--award", "1"]) == 0
    assert "≈ $0.003333 is rounded to $0.01, so that all parts together are the pool." in capsys.readouterr().out


@pytest.mark.parametrize(("words", "codes"), [("", ["plan_word_beside"]), ('pays = "badge"', []), ("amount = 5", [])])
def test_a_rule_that_pays_nothing_is_told(words: str, codes: list[str]) -> None:
    plan = HEAD + PERSONAL + ONE_RANK + bonus("rule", f'when = "true"\n{words}')
    assert [one.code for one in check(plan)[1] if one.severity is Severity.FAULT] == codes


RETAIL = 'base = "margin"\nwhen = "true"\nper = "order"\nrate = "100 %"\n'
OF_CUSTOMERS = 'orders = { who = "customers", customers_as = "sponsor" }'


@pytest.mark.parametrize(
    ("buyer", "price", "quantity", "kind", "paid"),
    [
        ("c", "160", 1, "sale", "s 0 s 40.00"),
        ("c", "144", 2, "sale", "s 0 s 48.00"),
        ("c", "110", 1, "sale", ""),
        ("c", "160", 1, "return", "s 0 s -40.00"),
        ("s", "120", 1, "sale", ""),
    ],
)
def test_a_margin_is_what_was_paid_beyond_the_distributors_price(
    tmp_path: Path, buyer: str, price: str, quantity: int, kind: str, paid: str
) -> None:
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("rule", RETAIL + OF_CUSTOMERS))
    company.products = "sku,name,price,currency\nA,Regimen,120,USD\n"
    company.person("s")
    company.person("c", "s", kind="customer")
    company.orders.append(f"o1,{buyer},2026-10-05,A,{quantity},{price},{kind},0,0")
    assert company.settle() == 0
    assert "|".join(told(company)) == paid


def test_an_order_can_name_the_distributors_price_of_its_day(tmp_path: Path) -> None:
    """One line at a loss takes nothing from another: 8.50, no 6.50, and the product's own price where none is named."""
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("rule", RETAIL + OF_CUSTOMERS))
    company.order_columns += ",distributor_price"
    company.products = "sku,name,price,currency\nA,A,120,USD\nB,B,7,USD\n"
    company.person("s")
    company.person("c", "s", kind="customer")
    rows = ("A,1,125.50,sale,0,0,117", "B,2,6,sale,0,0,", "B,1,6,sale,0,0,5.75")
    company.orders += [f"o1,c,2026-10-05,{row}" for row in rows]
    assert company.settle() == 0
    assert told(company) == ["s 0 s 8.75"]
    assert "base" in because(company.awards()[0])


def test_a_margin_in_another_currency_is_converted_by_the_rate_of_its_day(tmp_path: Path) -> None:
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("rule", RETAIL + OF_CUSTOMERS))
    company.products = "sku,name,price,currency\nA,A,100,EUR\n"
    company.person("s")
    company.person("c", "s", kind="customer")
    company.orders.append("o1,c,2026-10-05,A,1,133.33,sale,0,0")
    (tmp_path / "rates.csv").write_text("date,from,to,rate\n2026-10-01,EUR,USD,1.1\n", encoding="utf-8")
    assert company.settle("2026-10", "--rates", str(tmp_path / "rates.csv")) == 0
    assert told(company) == ["s 0 s 36.66"]


def test_a_margin_looks_at_the_products_that_count(tmp_path: Path) -> None:
    words = 'orders = { who = "customers", customers_as = "sponsor", without_products = ["KIT"] }'
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("rule", RETAIL + words))
    company.products = "sku,name,price,currency\nA,A,100,USD\nKIT,Kit,40,USD\n"
    company.person("s")
    company.person("c", "s", kind="customer")
    company.orders += [f"o1,c,2026-10-05,{row}" for row in ("A,1,130,sale,0,0", "KIT,1,49,sale,0,0")]
    assert company.settle() == 0
    assert told(company) == ["s 0 s 30.00"]
