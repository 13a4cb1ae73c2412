"""Packages in rules, in files and in legs, by the tables of the page."""

from pathlib import Path

import pytest

from core.kernel.errors import Severity
from core.plan.reading import check
from core.settlement.telling.ruled import told_rule
from i18n.languages import LANGUAGES
from i18n.translator import translator
from tests.core.settlement.offline import HEAD, PERSONAL, Offline, ladder
from tests.core.settlement.test_packages import PRODUCTS, buys, packages
from tests.core.settlement.test_published_elsewhere import bonus

ASKED = {
    "package >= gold": True,
    "package == silver": False,
    "rank == silver and package > silver": True,
    'package in [none, "bronze"]': False,
    "bronze <= package < gold": False,
    '"gold" == package': True,
    "silver < package": True,
}


def paying(*rules: str) -> str:
    """A plan with ranks and packages of the same names, and a bonus of 1 for each rule."""
    found = (bonus("rule", f"when = '{rule}'\namount = 1", f"b{place}") for place, rule in enumerate(rules))
    return HEAD + PERSONAL + ladder("silver", "gold") + packages("bronze", "silver", "gold") + "".join(found)


def test_a_rule_asks_for_the_package_and_files_name_it(tmp_path: Path) -> None:
    company = Offline(tmp_path, paying(*ASKED), products=PRODUCTS)
    company.person("you")
    company.person("nobody")
    company.order("you", 0, 1)
    buys(company, "you", 600)
    assert company.settle() == 0
    assert [company.earned(f"b{place}").get("you", 0) == 1 for place in range(len(ASKED))] == list(ASKED.values())
    told = {row["person_id"]: (row["paid_rank"], row["package"]) for row in company.rows("ranks")}
    assert told == {"you": ("silver", "gold"), "nobody": ("", "")}
    assert "nobody" in company.earned("b3")


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("package >= golf", "plan_name_unknown_near"),
        ("package >= 2", "plan_rule_type"),
        ("package >= rank", "plan_rule_type"),
        ("package", "plan_rule_type"),
    ],
)
def test_what_is_no_package_is_told(rule: str, code: str) -> None:
    _, problems = check(paying(rule))
    assert [one.code for one in problems if one.severity is Severity.FAULT][:1] == [code]


def test_without_packages_nobody_can_ask_for_them() -> None:
    text = paying("package >= gold").split("\n[[packages]]")[0] + bonus("rule", "when = 'package >= gold'\namount = 1")
    _, problems = check(text)
    assert [one.code for one in problems if one.severity is Severity.FAULT] == ["plan_rule_word_unknown"]


def test_a_rule_about_packages_is_told_in_words() -> None:
    plan, _ = check(paying("package >= gold"))
    assert plan is not None
    rule = 'package > silver and package != none and rank >= "silver"'
    told = "your package: higher than Silver, and your package: not no package, and your rank: silver or higher"
    assert told_rule(rule, plan, translator("en")) == told
    assert len({told_rule(rule, plan, translator(language)) for language in LANGUAGES}) == len(LANGUAGES)


LEGS = """
[kpis.gold_packs]
label = "Gold packages of the group"
measure = "qv"
over = "line"
include_self = true
cycles = "all"
orders = { products = ["PACK"] }
floor = 600

[kpis.gold_legs]
label = "Legs with a Gold package"
measure = "legs"
leg_kpi = "gold_packs"
leg_minimum = 600
"""


@pytest.mark.parametrize(("bought", "legs"), [((600,), 1), ((100, 600), 1), ((500, 300, 300), 0)])
def test_a_leg_has_a_package_anywhere(tmp_path: Path, bought: tuple[int, ...], legs: int) -> None:
    company = Offline(tmp_path, HEAD + PERSONAL + LEGS + ladder("member"), products=PRODUCTS)
    company.person("you")
    for place, volume in enumerate(bought):
        company.person(f"p{place}", f"p{place - 1}" if place else "you")
        buys(company, f"p{place}", volume)
    assert company.settle() == 0
    [found] = [row["value"] for row in company.rows("kpis") if (row["person_id"], row["kpi"]) == ("you", "gold_legs")]
    assert found == str(legs)


def rows(kind: str, words: str) -> str:
    """A bonus for each row of a table by the packages of both."""
    found = {
        "silver": ('{ silver = ["5 %"], gold = ["6 %"] }', '{ with_package = "silver", below_package = "gold" }'),
        "gold": ('{ silver = ["5 %"], gold = ["10 %"] }', '{ with_package = "gold" }'),
    }
    return "".join(
        bonus(kind, f"{words}\nlevels_by_package = {levels}\norders = {of}", code)
        for code, (levels, of) in found.items()
    )


PAIRS = {
    ("gold", None): 0, ("gold", "silver"): 6, ("gold", "gold"): 10,
    ("silver", None): 0, ("silver", "silver"): 5, ("silver", "gold"): 5,
}  # fmt: skip
BOUGHT = {None: 0, "silver": 300, "gold": 600}


def of_pairs(folder: Path, bonuses: str) -> Offline:
    """A sponsor and a newcomer of each pair."""
    plan = HEAD + PERSONAL + ladder("member") + packages("silver", "gold") + bonuses
    company = Offline(folder, plan, products=PRODUCTS)
    for place, (sponsor, newcomer) in enumerate(PAIRS):
        company.person(f"s{place}")
        company.person(f"n{place}", f"s{place}", "2026-10-02")
        company.person(f"c{place}", f"n{place}", "2026-01-01")
        buys(company, f"s{place}", BOUGHT[sponsor])
        if newcomer:
            buys(company, f"n{place}", BOUGHT[newcomer], on="2026-10-03")
    return company


def test_percentages_stand_in_a_table_by_the_packages_of_both(tmp_path: Path) -> None:
    company = of_pairs(tmp_path, rows("fast_start", "window_days = 60"))
    for place in range(len(PAIRS)):
        company.order(f"n{place}", 100)
    assert company.settle() == 0
    found = [sum(company.earned(code).get(f"s{place}", 0) for code in BOUGHT if code) for place in range(len(PAIRS))]
    assert found == list(PAIRS.values())


def test_so_they_do_in_a_match_of_what_others_earned(tmp_path: Path) -> None:
    first = bonus("unilevel", 'levels = ["100 %"]', "first")
    company = of_pairs(tmp_path, first + rows("matching", 'matches = ["first"]'))
    for place in range(len(PAIRS)):
        company.order(f"c{place}", 100)
    assert company.settle() == 0
    found = [sum(company.earned(code).get(f"s{place}", 0) for code in BOUGHT if code) for place in range(len(PAIRS))]
    assert found == list(PAIRS.values())


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ('orders = { with_package = "gold" }', []),
        ('orders = { with_package = "golf" }', ["plan_name_unknown_near"]),
        ('orders = { products = ["A"] }', ["plan_word_useless"]),
    ],
)
def test_a_match_chooses_by_people_alone(words: str, codes: list[str]) -> None:
    first = bonus("unilevel", 'levels_by_package = { silver = ["5 %"] }', "first")
    match = bonus("matching", f'matches = ["first"]\nlevels = ["5 %"]\n{words}', "b")
    _, problems = check(HEAD + PERSONAL + ladder("member") + packages("silver", "gold") + first + match)
    assert [one.code for one in problems if one.severity is Severity.FAULT] == codes


def test_orders_cannot_ask_for_packages_that_are_not_declared() -> None:
    words = 'levels = ["5 %"]\norders = { with_package = "gold" }'
    _, problems = check(HEAD + PERSONAL + ladder("member") + bonus("unilevel", words))
    assert [one.code for one in problems if one.severity is Severity.FAULT] == ["plan_word_beside"]
