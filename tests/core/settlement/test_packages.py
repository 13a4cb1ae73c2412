"""Packages beside ranks: who has which, what goes by them, how they are told. The first table is that of the page."""

from decimal import Decimal
from pathlib import Path

import pytest

from core.__main__ import main
from core.kernel.errors import Severity
from core.plan.reading import check
from core.plan.showing import Showing
from core.settlement.rules.lack import Lack, Missing
from core.settlement.telling.lacks import lack_sentence
from i18n.languages import LANGUAGES
from i18n.translator import translator
from tests.core.bonuses.placed import Placed
from tests.core.settlement.offline import HEAD, PERSONAL, Offline, ladder
from tests.core.settlement.test_published_elsewhere import bonus

TREE = '\n[trees.binary]\nspill = "manual"\n'
PACKS = {"bronze": 100, "silver": 300, "gold": 600, "vip": 1200}
PRODUCTS = "sku,name,price,currency\nA,A,1,USD\nPACK,Package,1,USD\n"
COUNTED = """
[kpis.packs]
label = "Packages bought"
measure = "qv"
cycles = "all"
orders = { products = ["PACK"] }
"""


def packages(*codes: str) -> str:
    return COUNTED + "".join(
        f'\n[[packages]]\ncode = "{code}"\nname = "{code.title()}"\n'
        f'needs = [{{ kpi = "packs", minimum = {PACKS[code]} }}]\n'
        for code in codes
    )


def buys(company: Offline, person: str, qv: int, *, on: str = "2026-09-05", kind: str = "sale") -> None:
    """A package that brings no commission."""
    company.orders.append(f"o{len(company.orders) + 1:05},{person},{on},PACK,1,{qv},{kind},0,{qv}")


def teams(folder: Path, words: str, more: str = "") -> Placed:
    """`you` with a person on each side, a line of four above her, and ranks apart from packages."""
    plan = HEAD + PERSONAL + ladder("silver", "star") + packages("bronze", "silver", "gold", "vip") + TREE
    words = f'pay = "cycles"\ncycle_left = 50\ncycle_right = 50\n{words}'
    company = Placed(folder, plan + bonus("binary", words) + more, products=PRODUCTS)
    for above, person in zip((None, "m4", "m3", "m2", "m1"), ("m4", "m3", "m2", "m1", "you"), strict=True):
        company.person(person, above)
    for side in ("left", "right"):
        company.placed(side, "you", side)
    return company


VALUES = "value_by_package = { bronze = 40, silver = 50, gold = 60 }"
DEPTHS = (
    'matches = ["a"]\nlevels = ["5 %", "5 %", "5 %", "5 %"]\ndepth_by_package = { bronze = 1, silver = 2, gold = 4 }'
)


@pytest.mark.parametrize(
    ("bought", "paid", "matched"),
    [((), 0, 0), ((100,), 120, 0), ((100, 200), 150, 0), ((600,), 180, 5)],
)
def test_the_package_decides_the_value_of_a_cycle_and_the_depth_of_a_match(
    tmp_path: Path, bought: tuple[int, ...], paid: int, matched: int
) -> None:
    company = teams(
        tmp_path, f"{VALUES}\ncap_by_rank = {{ silver = 500, star = 5000 }}", bonus("matching", DEPTHS, "b")
    )
    company.order("you", 0, 1)
    for side in ("left", "right"):
        company.order(side, 150)
    for volume in bought:
        buys(company, "you", volume)
        buys(company, "m4", volume)
    buys(company, "m1", 100)
    assert company.settle() == 0
    assert company.earned("a") == ({"you": paid} if paid else {})
    assert company.earned("b").get("m1", 0) == Decimal(paid) / 20
    four_below = company.earned("b").get("m4", Decimal(0)) * 100 / (paid or 1)
    assert four_below == matched


@pytest.mark.parametrize(("package", "cycle"), [("bronze", 40), ("silver", 50), ("gold", 60), ("vip", 80)])
def test_karatbars_pays_a_cycle_and_matches_generations_by_the_package(
    tmp_path: Path, package: str, cycle: int
) -> None:
    """kbgoldintro.com on the new pay plan: cycles of 40, 50, 60, 80; 5 % of commissions on 2, 4, 5, 7 generations.

    By hand: how large a cycle is, and how many there are.
    """
    values = ", ".join(f"{code} = {value}" for code, value in zip(PACKS, (40, 50, 60, 80), strict=True))
    depths = ", ".join(f"{code} = {depth}" for code, depth in zip(PACKS, (2, 4, 5, 7), strict=True))
    levels = f'matches = ["a"]\nlevels = {["5 %"] * 7}\ndepth_by_package = {{ {depths} }}'
    company = teams(tmp_path, f"value_by_package = {{ {values} }}", bonus("matching", levels, "b"))
    for side in ("left", "right"):
        company.order(side, 100)
    for person in ("you", "m1", "m2", "m3", "m4"):
        buys(company, person, PACKS[package])
    assert company.settle() == 0
    assert company.earned("a") == {"you": 2 * cycle}
    reached = ["m1", "m2"] if package == "bronze" else ["m1", "m2", "m3", "m4"]
    assert company.earned("b") == dict.fromkeys(reached, Decimal(2 * cycle) / 20)


def test_an_upgrade_and_a_package_sent_back_change_it_from_their_cycle_on(tmp_path: Path) -> None:
    company = Offline(
        tmp_path,
        HEAD + PERSONAL + ladder("member") + packages("bronze", "gold")
        + bonus("unilevel", 'levels_by_package = { bronze = ["5 %"], gold = ["10 %"] }'),
        products=PRODUCTS,
    )  # fmt: skip
    company.person("you")
    company.person("friend", "you")
    buys(company, "you", 100, on="2026-09-05")
    buys(company, "you", 500, on="2026-10-06")
    buys(company, "you", 500, on="2026-11-06", kind="return")
    for month in ("09", "10", "11"):
        company.order("friend", 100, on=f"2026-{month}-02")
    found = []
    for month in ("09", "10", "11"):
        assert company.settle(f"2026-{month}", out=month) == 0
        found.append(company.earned(out=month)["you"])
    assert found == [5, 10, 5]


def test_rates_go_by_the_lower_of_two_packages_and_caps_by_the_package(tmp_path: Path) -> None:
    cap = '\n[[caps]]\ncode = "most"\nper = "person"\namount_by_package = { bronze = 4, gold = 9 }\n'
    words = 'levels_by_package = { bronze = ["5 %"], gold = ["10 %"] }\npair_rule = "lower_of_both"'
    plan = HEAD + PERSONAL + ladder("member") + packages("bronze", "gold") + bonus("unilevel", words) + cap
    company = Offline(tmp_path, plan, products=PRODUCTS)
    for person, sponsor, bought in (
        ("gold", None, 600),
        ("low", "gold", 100),
        ("high", "gold", 600),
        ("bronze", None, 150),
        ("far", "bronze", 600),
    ):
        company.person(person, sponsor)
        buys(company, person, bought)
    for buyer, volume in (("low", 60), ("high", 70), ("far", 100)):
        company.order(buyer, volume)
    assert company.settle() == 0
    assert company.earned("a") == {"gold": 10, "bronze": 5}
    assert company.earned("most") == {"gold": -1, "bronze": -1}


def test_a_line_tells_the_package_and_whoever_has_none_what_she_needs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    company = teams(tmp_path, VALUES)
    for side in ("left", "right"):
        company.order(side, 50)
    buys(company, "you", 300)
    assert company.settle() == 0
    assert '"package":"silver"' in company.awards()[0]["because"]
    capsys.readouterr()
    assert main(["explain", "--run", str(tmp_path / "out"), "--person", "you", "--award", "1"]) == 0
    assert "Your package counts for it: Silver." in capsys.readouterr().out
    plan, _ = check(company.plan)
    assert plan is not None
    needed = Missing(Lack.PACKAGE, rank="bronze")
    sentences = {lack_sentence(needed, plan, translator(language)) for language in LANGUAGES}
    assert len(sentences) == len(LANGUAGES)
    assert lack_sentence(needed, plan, translator("en")) == "It asks for the package Bronze."
    shown = list(Showing(plan, translator("en")).lines())
    assert "    value_by_package: bronze 40; silver 50; gold 60" in shown
    assert "    packs ≥ 600" in shown


CYCLES = """
kind = "binary"
pay = "cycles"
cycle_left = 1
cycle_right = 1
value = 1
rate_by_package = { bronze = "1 %" }
cap_by_package = { bronze = 1 }
"""
RATES = 'kind = "infinity"\nrate_by_package = { bronze = "1 %" }'


@pytest.mark.parametrize(
    ("declared", "words", "code", "facts"),
    [
        (packages(), RATES, "plan_word_beside", {"word": "[[packages]]", "when": "rate_by_package"}),
        (packages("bronze"), 'kind = "infinity"\nrate = "1 %"', "plan_word_useless", {"word": "packages"}),
        (packages("bronze"), RATES + '\nrate_by_rank = { silver = "1 %" }', "plan_word_useless",
         {"word": "rate_by_package"}),
        (packages("bronze"), RATES.replace("bronze", "bronse"), "plan_name_unknown_near", {"nearest": "bronze"}),
        (packages("bronze", "gold").replace('[{ kpi = "packs", minimum = 600 }]', "[]"), RATES, "plan_package_empty",
         {"package": "gold"}),
        (packages("bronze", "bronze"), RATES, "plan_name_twice", {"name": "bronze"}),
        (packages("bronze"), CYCLES, "plan_word_useless", {"word": "rate_by_package"}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_by_the_word_that_the_file_has(
    declared: str, words: str, code: str, facts: dict[str, str]
) -> None:
    head = HEAD + PERSONAL + ladder("silver") + declared + TREE
    _, problems = check(f'{head}\n[[bonuses]]\ncode = "a"\nlabel = "A"\n{words}\n')
    faults = [one for one in problems if one.severity is Severity.FAULT]
    assert [(one.code, {word: one.facts[word] for word in facts}) for one in faults] == [(code, facts)]
