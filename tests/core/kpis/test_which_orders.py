"""KPIs and activity that take in some orders only, settled by both engines."""

from decimal import Decimal
from pathlib import Path

import pytest

from core.plan.reading import check
from core.plan.showing import Showing
from i18n.translator import translator
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline

CHOICES = {
    "first": 'only = "first"',
    "repeated": 'only = "repeat"',
    "subscribed": 'products = ["SUB"]',
    "no_kit": 'without_products = ["KIT"]',
    "early": "within_days = 30",
    "early_goods": 'within_days = 30, without_products = ["KIT"]',
}
TABLE = {
    "volume": (120, 50, 20, 70, 140, 40),
    "orders": (1, 2, 2, 3, 2, 2),
}
"""As `docs/plan-language.md` has it."""
PRODUCTS = "sku,name,price,currency\nKIT,Kit,1,USD\nSUB,Subscription,1,USD\nOIL,Oil,1,USD\n"
LINES = """
o1,b,2026-10-05,KIT,1,1,sale,100,100
o1,b,2026-10-05,SUB,1,1,sale,20,20
o2,b,2026-11-03,SUB,1,1,sale,20,20
o3,b,2026-11-04,OIL,1,1,sale,50,50
r1,b,2026-11-10,SUB,1,1,return,20,20
"""


def kpi(code: str, words: str) -> str:
    return f'\n[kpis.{code}]\nlabel = "{code}"\n{words}\n'


def shop(folder: Path, *kpis: str, head: str = HEAD) -> Offline:
    company = Offline(folder, head + PERSONAL.replace("[ladder]", "".join(kpis) + "\n[ladder]") + ONE_RANK)
    company.products = PRODUCTS
    company.person("you")
    company.person("b", "you", joined="2026-10-05")
    company.orders += LINES.split()
    return company


def test_the_documented_orders_count_as_the_table_says(tmp_path: Path) -> None:
    since, measures = 'cycles = "all"', {"volume": "qv", "orders": "orders"}
    company = shop(
        tmp_path,
        *(
            kpi(f"{code}_{name}", f'measure = "{measure}"\nover = "frontline"\n{since}\norders = {{ {words} }}')
            for code, words in CHOICES.items()
            for name, measure in measures.items()
        ),
    )
    assert company.settle("2026-11") == 0
    for name, expected in TABLE.items():
        assert [int(company.kpi("you", f"{code}_{name}")) for code in CHOICES] == list(expected)


def test_a_filter_goes_together_with_the_other_words_of_a_kpi(tmp_path: Path) -> None:
    company = shop(
        tmp_path,
        kpi("line", 'measure = "qv"\nover = "line"\ninclude_self = true\norders = { only = "first" }'),
        kpi(
            "part",
            'measure = "cv"\nover = "frontline"\nwho = "customers"\ncustomer_share = "50 %"\n'
            'orders = { only = "repeat" }',
        ),
        kpi("floored", 'measure = "qv"\nover = "line"\nfloor = 121\norders = { only = "first" }'),
        kpi("legs", 'measure = "legs"\nleg_kpi = "line"\nleg_minimum = 120'),
    )
    company.person("shopper", "you", kind="customer")
    company.orders += ["o5,you,2026-10-06,OIL,1,1,sale,7,7"]
    company.orders += [
        f"{order},shopper,2026-10-{day},OIL,1,1,sale,30,30" for order, day in (("o6", "07"), ("o7", "08"))
    ]
    assert company.settle() == 0
    found = {code: company.kpi("you", code) for code in ("line", "part", "floored", "legs")}
    assert found == {"line": 7 + 120 + 30, "part": 15, "floored": 0, "legs": 1}


def test_whoever_bought_a_kit_alone_is_not_active(tmp_path: Path) -> None:
    head = HEAD.replace("minimum = 0", 'minimum = 20\norders = { without_products = ["KIT"] }')
    company = shop(tmp_path, kpi("awake", 'measure = "heads"\nover = "line"\nactive_only = true'), head=head)
    company.person("c", "you")
    company.orders += ["o8,c,2026-10-06,KIT,1,1,sale,100,100"]
    assert company.settle() == 0
    assert company.kpi("you", "awake") == Decimal(1)


def test_primemybody_combines_no_smaller_orders(tmp_path: Path) -> None:
    """primemybody.freshdesk.com, "What are the requirements to be active?".

    Active for thirty days is whoever has ordered at least 89 at once; smaller orders are not combined. By hand: the
    order of 5 October counts up to 3 November.
    """
    rule = 'measure = "orders"\nminimum = 1\ndays = 30\norders = { minimum = 89 }'
    head = HEAD.replace('measure = "qv"\nminimum = 0', rule) + '\n[calendars.day]\nkind = "day"\n'
    company = shop(tmp_path, kpi("awake", 'measure = "heads"\nover = "line"\nactive_only = true'), head=head)
    company.orders = []
    for person, amounts in (("c", (89,)), ("d", (88, 88)), ("e", (89,))):
        company.person(person, "you")
        company.orders += [f"{person}{n},{person},2026-10-05,OIL,1,1,sale,{qv},{qv}" for n, qv in enumerate(amounts)]
    company.orders += ["r,e,2026-10-06,OIL,1,1,return,89,89"]
    for day, heads in (("2026-10-05", 2), ("2026-11-03", 2), ("2026-11-04", 0)):
        assert company.settle(day) == 0
        assert company.kpi("you", "awake") == heads


def test_an_order_is_as_large_as_the_lines_that_count(tmp_path: Path) -> None:
    company = shop(
        tmp_path,
        kpi("whole", 'measure = "qv"\nover = "line"\norders = { minimum = 120 }'),
        kpi("goods", 'measure = "qv"\nover = "line"\norders = { minimum = 20.5, without_products = ["KIT"] }'),
        kpi("small", 'measure = "orders"\nover = "line"\norders = { minimum = 20, without_products = ["KIT"] }'),
    )
    assert company.settle() == 0
    assert [company.kpi("you", code) for code in ("whole", "goods", "small")] == [120, 0, 1]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ('measure = "qv"\norders = { minimum = "10" }', "plan_value_wrong"),
        ('measure = "qv"\norders = { minimum = 0.00001 }', "plan_too_fine"),
        ('measure = "qv"\norders = { only = "once" }', "plan_choice_unknown"),
        ('measure = "qv"\norders = { sellers = ["A"] }', "plan_word_unknown"),
        ('measure = "qv"\norders = { products = "A" }', "plan_value_wrong"),
        ('measure = "qv"\norders = { products = ["A"], without_products = ["A"] }', "plan_value_wrong"),
        ('measure = "qv"\norders = { within_days = 0 }', "plan_value_wrong"),
        ('measure = "qv"\norders = "first"', "plan_table_wanted"),
        ('measure = "heads"\nover = "line"\norders = { only = "first" }', "plan_word_useless"),
        ('measure = "legs"\nleg_kpi = "pv"\nleg_minimum = 1\norders = { only = "first" }', "plan_word_useless"),
    ],
)
def test_orders_that_no_kpi_can_choose_are_a_fault(words: str, code: str) -> None:
    plan, problems = check(HEAD + PERSONAL.replace("[ladder]", kpi("extra", words) + "\n[ladder]") + ONE_RANK)
    assert plan is None
    assert [one.code for one in problems] == [code]


def test_a_plan_is_shown_with_its_orders_and_days() -> None:
    chosen = 'only = "first", products = ["A"], without_products = ["B"], within_days = 9, minimum = 5'
    words = f"days = 30\norders = {{ {chosen} }}"
    head = HEAD.replace("minimum = 0", f"minimum = 1\n{words}\nnewcomer_days = 5")
    kpis = PERSONAL.replace("[ladder]", kpi("x", f'measure = "qv"\n{words}') + "[ladder]")
    plan, problems = check(head + kpis + ONE_RANK)
    assert plan is not None, problems
    lines = [line.strip() for line in Showing(plan, translator("en")).lines()]
    told = "first orders only, only of A, without B, ordered within 9 days of joining, orders of 5 QV or more only"
    assert f"x “x”: QV, her own, {told}, over the last 30 days" in lines
    assert f"active      QV of 1 or more over the last 30 days, {told}" in lines
    assert "and newcomers for 5 days, that of joining the first" in lines
