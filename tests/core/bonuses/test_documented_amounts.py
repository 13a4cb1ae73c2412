"""The worked tables of `docs/plan-language.md` on amounts for each, points' worth and fast starts by rank."""

from pathlib import Path

import pytest

from core.__main__ import main
from core.plan.reading import check
from core.plan.telling import located
from i18n.translator import translator
from tests.core.bonuses.plans import bonus, company_of, told
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline

BY_ORDERS = 'base = "orders"\n'


@pytest.mark.parametrize(
    ("levels", "paid"),
    [
        ('["25 each", "0.5 each"]', "a 2 c 0.50|a 2 c 0.50|b 1 c 25.00|b 1 c 25.00"),
        ('["25 %", "0.5 %"]', "a 2 c 0.01|a 2 c 0.01|b 1 c 0.25|b 1 c 0.25"),
    ],
)
@pytest.mark.parametrize("kind", ["unilevel", "fast_start"])
def test_amounts_for_each_order_are_paid_level_by_level(tmp_path: Path, kind: str, levels: str, paid: str) -> None:
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus(kind, f"{BY_ORDERS}levels = {levels}"))
    for person, above in (("a", None), ("b", "a"), ("c", "b")):
        company.person(person, above)
    company.order("c", 10)
    company.order("c", 1000)
    assert company.settle() == 0
    assert "|".join(told(company)) == paid


@pytest.mark.parametrize(
    ("kind", "words", "paid"),
    [
        ("differential", 'rate_by_rank = { bronze = "30 each", gold = "50 each" }', "b 0 b 30.00|x 1 b 20.00"),
        ("infinity", 'rate_by_rank = { bronze = "1 each", gold = "1.5 each" }', "x 1 b 1.50"),
        ("generation", 'leader_rank = "bronze"\ngenerations = ["2 each", "3 each"]', "x 1 b 2.00"),
        ("breakaway", 'leader_rank = "bronze"\ngenerations = ["2.25 each"]', "x 1 b 2.25"),
    ],
)
def test_every_kind_that_has_percentages_can_pay_amounts(tmp_path: Path, kind: str, words: str, paid: str) -> None:
    """What makes their ranks is of another product than what counts."""
    company = company_of(tmp_path, bonus(kind, BY_ORDERS + words + '\norders = { products = ["A"] }'), "x3 b1")
    company.orders = [one.replace(",A,1,", ",RANK,1,") for one in company.orders]
    company.products += "RANK,Rank,1,USD\n"
    company.order("b", 100, 0)
    assert company.settle() == 0
    assert "|".join(told(company)) == paid


def test_an_amount_for_each_newcomer_is_explained_as_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    company = Offline(
        tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("unilevel", 'base = "heads"\nlevels = ["12.5 each"]')
    )
    company.person("a")
    company.person("b", "a", joined="2026-10-03")
    assert company.settle() == 0
    assert told(company) == ["a 1 b 12.50"]
    capsys.readouterr()
    assert main(["explain", "--run", str(tmp_path / "out"), "--person", "a", "--award", "1"]) == 0
    assert "$12.50 for each is $12.50." in capsys.readouterr().out.splitlines()
    main(["plan", "show", str(tmp_path / "plan.toml")])
    assert "    levels: 12.5 each" in capsys.readouterr().out.splitlines()


UNFIT = (
    '"5 each" is an amount for each of what is counted, so the bonus needs base = "orders" or base = "heads"; it has '
    '"cv".'
)
BARE = 'A bare number is a percentage: 5 pays 0.05 for each. An amount is written with its word: "5 each".'
NONE = (
    '"levels" must be a percentage from 0 to 1,000 such as "12.5 %", or an amount such as "0.25 each"; "five each" '
    "stands here."
)


@pytest.mark.parametrize(
    ("base", "levels", "sentence"), [("cv", '"5 each"', UNFIT), ("orders", "5", BARE), ("orders", '"five each"', NONE)]
)
def test_an_amount_in_the_wrong_place_is_told(base: str, levels: str, sentence: str) -> None:
    text = HEAD + PERSONAL + ONE_RANK + bonus("unilevel", f'base = "{base}"\nlevels = [{levels}]')
    place = f"plan:{text.splitlines().index(f'levels = [{levels}]') + 1}:11: "
    _, problems = check(text)
    assert place + sentence in [located(one, "plan", translator("en")) for one in problems]


@pytest.mark.parametrize(("currency", "cv", "rates"), [("INR", 18, ""), ("USD", 1, "2026-01-01,USD,INR,18\n")])
def test_points_are_worth_what_a_product_or_a_rate_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], currency: str, cv: int, rates: str
) -> None:
    head = HEAD.replace('"USD"', '"INR"') + f'\n[volume]\ncurrency = "{currency}"\n'
    company = Offline(tmp_path, head + PERSONAL + ONE_RANK + bonus("unilevel", 'levels = ["12 %"]'))
    company.products = "sku,name,price,currency\nA,A,1,INR\n"
    company.person("you")
    company.person("a", "you")
    company.order("a", 300 * cv, 300)
    (tmp_path / "rates.csv").write_text("date,from,to,rate\n" + rates, encoding="utf-8")
    assert company.settle("2026-10", "--rates", str(tmp_path / "rates.csv")) == 0
    assert told(company) == ["you 1 a 648.00"]
    capsys.readouterr()
    main(["explain", "--run", str(tmp_path / "out"), "--person", "you", "--award", "1"])
    how = "12% of that is ₹648.00" + (", with $1.00 counted as ₹18.00." if rates else ".")
    assert how in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("ranks", "rolls_up", "paid"),
    [
        ("t2 s2 n0", "false", "s 1 n 8.00"),
        ("t2 s2 n0", "true", "s 1 n 8.00"),
        ("t2 s3 n0", "false", ""),
        ("t2 s3 n0", "true", "t 1 n 8.00"),
        ("t3 s0 n0", "false", ""),
        ("t3 s0 n0", "true", ""),
    ],
)
def test_a_fast_start_can_go_by_rank(tmp_path: Path, ranks: str, rolls_up: str, paid: str) -> None:
    words = f'levels_by_rank = {{ silver = ["8 %"], gold = [] }}\nwindow_days = 400\nrolls_up = {rolls_up}'
    company = company_of(tmp_path, bonus("fast_start", words), ranks)
    company.order("n", 100, 0)
    assert company.settle() == 0
    assert "|".join(told(company)) == paid


@pytest.mark.parametrize(("ordered", "paid"), [(99, "5.00"), (100, "10.00")])
def test_a_fast_start_can_go_by_a_figure(tmp_path: Path, ordered: int, paid: str) -> None:
    words = 'levels = ["5 %"]\nlevels_kpi = "pv"\nlevels_steps = [{ from = 100, levels = ["10 %"] }]\nwindow_days = 400'
    company = company_of(tmp_path, bonus("fast_start", words), "s0 n0")
    company.order("s", 0, ordered)
    company.order("n", 100, 0)
    assert company.settle() == 0
    assert told(company) == [f"s 1 n {paid}"]


def test_the_newcomer_is_level_one_by_her_own_rank(tmp_path: Path) -> None:
    words = 'levels_by_rank = { bronze = ["20 %"], gold = ["30 %", "7 %"] }\npays_newcomer = true\nwindow_days = 400'
    company = company_of(tmp_path, bonus("fast_start", words), "t3 s3 n1")
    company.order("n", 100, 0)
    assert company.settle() == 0
    assert told(company) == ["n 1 n 20.00", "s 2 n 7.00"]


TOP_UPS = 'levels = ["250 each", "100 each"]\norders = { minimum = 2000 }'


@pytest.mark.parametrize(
    ("orders", "paid"),
    [
        (("2000",), [250, 100]),
        (("1999.99",), []),
        (("3000", "2500"), [500, 200]),
        (("2000", "-2500", "-1"), [250, 100]),
    ],
)
def test_orders_of_so_much_alone_can_count(tmp_path: Path, orders: tuple[str, ...], paid: list[int]) -> None:
    company = company_of(tmp_path, bonus("unilevel", BY_ORDERS + TOP_UPS), "t0 s0 b0")
    for size in orders:
        company.order("b", size.lstrip("-"), kind="return" if size.startswith("-") else "sale")
    assert company.settle() == 0
    assert [company.earned().get(person, 0) for person in "st" if paid] == paid


def test_a_return_of_so_much_takes_away_what_its_size_gave(tmp_path: Path) -> None:
    company = company_of(tmp_path, bonus("unilevel", 'levels = ["10 %"]\norders = { minimum = 50 }'), "t0 s0")
    for size in ("80", "40", "-60", "-45"):
        company.order("s", size.lstrip("-"), kind="return" if size.startswith("-") else "sale")
    assert company.settle() == 0
    assert told(company) == ["t 1 s -6.00", "t 1 s 8.00"]


def test_only_the_lines_that_count_make_an_order_large(tmp_path: Path) -> None:
    words = 'levels = ["10 %"]\norders = { minimum = 50, without_products = ["KIT"] }'
    company = company_of(tmp_path, bonus("unilevel", words), "t0 s0")
    company.products = "sku,name,price,currency\nA,A,1,USD\nKIT,Kit,1,USD\n"
    for order, goods, kit in (("o1", 50, 100), ("o2", 49, 100)):
        company.orders.append(f"{order},s,2026-10-05,A,1,1,sale,{goods},{goods}")
        company.orders.append(f"{order},s,2026-10-05,KIT,1,1,sale,{kit},{kit}")
    assert company.settle() == 0
    assert told(company) == ["t 1 s 5.00"]


def test_a_minimum_of_what_counts_as_one_is_told_with_the_word_that_is_meant() -> None:
    words = 'base = "orders"\nlevels = ["250 each"]\nminimum_order = 2000'
    said = [
        located(one, "plan", translator("en"))
        for one in check(HEAD + PERSONAL + ONE_RANK + bonus("first_order", words))[1]
    ]
    assert any("orders = { minimum = … } asks how large one is" in one for one in said), said
