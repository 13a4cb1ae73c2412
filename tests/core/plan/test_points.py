from datetime import date
from decimal import Decimal

import pytest

from core.kernel.errors import Severity
from core.plan.language.inside import place_inside
from core.plan.language.source import Node, parse
from core.plan.model import (
    Converting,
    ExpireAt,
    Limits,
    Occasion,
    Plan,
    PointsSpec,
    Receiver,
    Redeeming,
    Tier,
    Transferring,
    TransferTo,
)
from core.plan.model.points import DEFAULT_NAME
from core.plan.reading import check, example
from core.plan.service import parsed
from core.plan.showing import Showing
from core.plan.telling import located
from i18n.translator import LANGUAGES, translator
from tests.core.plan.plans import SMALL

ENGLISH = translator("en")
BEGIN = SMALL.count("\n") + 2
"""The line in which what is put behind the small plan begins."""


def plan_with(section: str) -> Plan:
    plan, problems = check(f"{SMALL}\n{section}\n")
    assert plan is not None, [located(problem, "plan.toml", ENGLISH) for problem in problems]
    return plan


def programme(section: str) -> PointsSpec:
    points = plan_with(section).points
    assert points is not None
    return points


def faults(section: str) -> list[tuple[int, int, str]]:
    """Line within the section, column and sentence of every fault."""
    problems = check(f"{SMALL}\n{section}\n")[1]
    told = [located(problem, "", ENGLISH) for problem in problems if problem.severity is Severity.FAULT]
    parts = [sentence.split(":", 3) for sentence in told]
    return [(int(line) - BEGIN + 1, int(column), text.strip()) for _, line, column, text in parts]


def rule(words: str) -> str:
    return f'[[points.rules]]\ncode = "extra"\nlabel = "Extra"\n{words}'


def test_a_plan_without_the_section_has_no_programme() -> None:
    assert parsed(SMALL).points is None


def test_what_the_section_does_not_say_holds_as_usual() -> None:
    points = programme("[points]")
    assert points == PointsSpec()
    assert (points.name, points.redeem, points.transfer, points.convert) == (DEFAULT_NAME, None, None, None)


def test_every_word_is_read() -> None:
    points = programme("""\
[points]
name.en = { one = "mile", other = "miles" }
since = 2026-11-01
safe_after_days = 0
expire_after_months = 6
expire_at = "year_end"
may_go_negative = false
warn_days = [1, 10]
tier_months = 24
redeem = { mixed = true, points_share_least = "25 %", quantity_most = 3, daily = 900, earns = true }
transfer = { to = "anyone", least = 5, most = 50, daily = 100 }
convert = { to_credit = 0.01, from_credit = 0.02, from_commissions = 0.015, to_commissions = 0.01, least = 100 }
tiers = [{ code = "blue", label = "Blue", earned = 0 }, { code = "red", label = "Red", earned = 10 }]""")
    assert points == PointsSpec(
        name={"en": {"one": "mile", "other": "miles"}},
        since=date(2026, 11, 1),
        safe_after_days=0,
        expire_after_months=6,
        expire_at=ExpireAt.YEAR_END,
        may_go_negative=False,
        warn_days=(10, 1),
        tiers=(Tier("blue", {"en": "Blue"}, 0), Tier("red", {"en": "Red"}, 10)),
        tier_months=24,
        redeem=Redeeming(mixed=True, points_share_least=Decimal("0.25"), quantity_most=3, daily=900, earns=True),
        transfer=Transferring(Limits(5, 50, 100), TransferTo.ANYONE),
        convert=Converting(Decimal("0.01"), Decimal("0.02"), Decimal("0.015"), Decimal("0.01"), Limits(100)),
    )


def test_points_that_never_expire_have_no_end() -> None:
    assert programme('[points]\nexpire = "never"').expire_after_months is None


def test_rules_are_read_with_what_they_ask_for() -> None:
    [read] = programme(rule('on = "cycle"\nwhen = "rank >= gold"\npoints = 12.5\nto = "sponsor"\nonce = true')).rules
    assert (read.code, read.on, read.to, read.once) == ("extra", Occasion.CYCLE, Receiver.SPONSOR, True)
    assert (read.when.names, read.points.text, read.points.names) == (frozenset({"rank"}), "12.5", frozenset())


@pytest.mark.parametrize(
    ("gift", "cost"),
    [
        ("to_credit", "from_credit"),
        ("to_credit", "from_commissions"),
        ("to_commissions", "from_credit"),
        ("to_commissions", "from_commissions"),
    ],
)
def test_no_way_there_and_back_may_gain(gift: str, cost: str) -> None:
    gains = f"[points.convert]\n{gift} = 0.02\n{cost} = 0.0199"
    sentence = f'"{cost}" is 0.0199, less than "{gift}" with 0.02: whoever converted there and back would gain.'
    assert faults(gains) == [(3, len(cost) + 4, sentence)]
    assert faults(f"[points.convert]\n{gift} = 0.02\n{cost} = 0.02") == []


@pytest.mark.parametrize(
    ("section", "place", "part"),
    [
        ("[points]\nsave_after_days = 3", (2, 1), 'did you mean "safe_after_days"?'),
        ('[points]\nexpire = "nevr"', (2, 10), 'did you mean "never"?'),
        ('[points]\nexpire = "never"\nexpire_at = "day"', (3, 1), "points never expire here"),
        ("[points]\nexpire_after_months = 0", (2, 23), "a whole number from 1 to 120"),
        ("[points]\nwarn_days = [7, 7]", (2, 13), "a list of whole numbers from 1 to 366, each once"),
        ("[points]\nwarn_days = [true]", (2, 13), "a list of whole numbers from 1 to 366, each once"),
        ("[points]\ntier_months = 3", (2, 1), "it is read only where the plan says [[points.tiers]]"),
        ('[points]\nname = { es = "punto" }', (2, 1), "has no English text"),
        ('[points.redeem]\npoints_share_least = "30 %"', (2, 1), "mixed = true"),
        ("[points.redeem]\nquantity_most = 0", (2, 17), "a whole number of 1 or more"),
        ('[points.transfer]\nto = "lines"', (2, 6), 'did you mean "line"?'),
        ("[points.transfer]\nleast = 10\nmost = 9", (3, 8), "a whole number of 10 or more"),
        ("[points.convert]\nto_credit = 0", (2, 13), "a number above 0"),
        ("[points.convert]\nto_credit = 0.0000001", (2, 13), "more than 6 decimals"),
        ("[points]\nredeem = 3", (2, 10), "[points.redeem]"),
        ('[[points.tiers]]\ncode = "a"\nlabel = "A"\nearned = -1', (4, 10), "a whole number of 0 or more"),
        (rule('on = "order"\nwhen = "true"\npoints = "active"'), (6, 11), "a number is expected here"),
        (rule('on = "order"\nwhen = "5"\npoints = 1'), (5, 9), "yes or no is expected here"),
        (rule('on = "order"\nwhen = "rank > 1"\npoints = 1'), (5, 16), '"1" is a number; a rank is expected here.'),
        (rule('on = "order"\nwhen = "order.qv > \'5\'"\npoints = 1'), (5, 20), '"5" is a text; a number is expected'),
        (rule('on = "order"\nwhen = true\npoints = 1'), (5, 8), "a rule in quotes"),
        (rule('on = "order"\nwhen = "true"\npoints = [1]'), (6, 10), "a number, or a rule in quotes"),
        (rule('on = "order"\nwhen = "true"\npoints = 0.0123456789'), (6, 10), "9 decimals"),
        (rule('on = "order"\nwhen = "true"\npoints = -5'), (6, 10), "0 or more: a rule gives points"),
        (rule('on = "order"\nwhen = "true"\npoints = "2 - 2.5"'), (6, 10), "0 or more: a rule gives points"),
        (rule('on = "oder"\nwhen = "true"\npoints = 1'), (4, 6), 'did you mean "order"?'),
        (rule('on = "order"\nwhen = "true"\npoints = 1\nto = "referer"'), (7, 6), 'did you mean "referrer"?'),
        (rule("on = \"order\"\nwhen = 'ranck >= gold'\npoints = 1"), (5, 9), 'did you mean "rank"?'),
        (rule('on = "order"\nwhen = "rank >= glod"\npoints = 1'), (5, 17), 'did you mean "gold"?'),
        (rule('on = "order"\nwhen = "bought(\\"A\\") > 1 and ranck"\npoints = 1'), (5, 31), 'mean "rank"?'),
        (rule('on = "order"\nwhen = """\nactive and\n  kpi.pw > 3"""\npoints = 1'), (7, 3), 'did you mean "kpi.pv"?'),
        (rule('on = "cycle"\nwhen = "order.first"\npoints = 1'), (5, 9), '"order.first" is not a word that this rule'),
        (rule('on = "order"\nwhen = "order.qv = 3"\npoints = 1'), (5, 18), "did you mean ==?"),
        (
            rule('on = "order"\nwhen = "active and"\npoints = 1'),
            (5, 19),
            "The rule ends where this is expected: a word",
        ),
        (rule('on = "order"\nwhen = "(active"\npoints = 1'), (5, 16), 'The rule ends where this is expected: ")".'),
        (rule('on = "order"\nwhen = "bought > 1"\npoints = 1'), (5, 9), 'as in bought("…")'),
    ],
)
def test_a_fault_is_told_with_its_place_and_what_was_expected(section: str, place: tuple[int, int], part: str) -> None:
    [(line, column, sentence)] = faults(section)
    assert ((line, column), part in sentence) == (place, True), sentence


def test_a_rule_cannot_ask_for_a_kpi_that_is_switched_off() -> None:
    off = '[kpis.idle]\nlabel = "Idle"\nmeasure = "qv"\non = false\n'
    [(line, _, sentence)] = faults(off + rule('on = "order"\nwhen = "kpi.idle > 1"\npoints = 1'))
    assert (line, sentence) == (9, 'Nothing can ask for "idle", because it is switched off (on = false).')


def test_rules_and_tiers_have_codes_of_their_own_and_tiers_rise() -> None:
    same = rule('on = "order"\nwhen = "true"\npoints = 1')
    tier = '[[points.tiers]]\ncode = "blue"\nlabel = "Blue"\nearned = 5'
    found = faults(f"{same}\n{same}\n{tier}\n{tier}")
    assert [(line, column) for line, column, _ in found] == [(8, 8), (18, 8), (20, 10)]
    assert "a second time" in found[0][2]
    assert "a whole number of 6 or more" in found[2][2]


def text_node(source: str) -> Node:
    table = parse(f"text = {source}").table
    assert table is not None
    return table["text"]


@pytest.mark.parametrize(
    ("source", "letters"),
    [
        ('"ab"', "ab"),
        ("'a\\b'", "a\\b"),
        (r'"a\"b\\"', "a\\b\\"),
        (r'"\u0041b"', "\\b"),
        (r'"""a \""" b"""', 'a \\"" b'),
        ('"""\nab\ncd"""', "ab\ncd"),
        ("'''\nab'''", "ab"),
        ('"""a\\\n   b"""', "ab"),
    ],
)
def test_every_letter_of_a_text_is_found_in_the_file(source: str, letters: str) -> None:
    node = text_node(source)
    lines = f"text = {source}\n".split("\n")
    places = [place_inside(node, at) for at in range(len(letters))]
    assert [f"{lines[place.line - 1]}\n"[place.column - 1] for place in places] == list(letters)


def test_the_plan_shows_the_whole_programme() -> None:
    shown = "\n".join(Showing(parsed(example("demo")), ENGLISH).lines())
    for line in (
        "Points, called “stars”",
        "can be spent 14 days after the order was paid",
        "expire after 12 months, at the end of the month; warned 30, 7, 1 days before",
        "redeemed: up to 5 of a product, 20,000 a day, with money, 25 % or more in points, earns nothing",
        "transferred: within her line and upline, 10 to 5,000 at once, 10,000 a day",
        "to credit at 0.04 EUR, from credit at 0.06 EUR",
        "200 to who brought her\n    when order.first and referred",
        "tier comet “Comet”: 1,200 in 12 months",
    ):
        assert line in shown
    least = "\n".join(Showing(plan_with('[points]\nexpire = "never"'), ENGLISH).lines())
    assert "never expire" in least
    assert "redeemed: no" in least


def test_the_demo_company_says_its_words_in_every_language() -> None:
    points = parsed(example("demo")).points
    assert points is not None
    for words in (points.name, *(rule.label for rule in points.rules), *(tier.label for tier in points.tiers)):
        assert set(LANGUAGES) <= words.keys()
    assert [translator("de").company(points.name, count) for count in (1, 2)] == ["Stern", "Sterne"]
