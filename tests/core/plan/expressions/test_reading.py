import pytest

from core.plan.expressions.members import members
from core.plan.expressions.model import Expression, Mistake, Type
from core.plan.expressions.reading import parse
from core.plan.expressions.vocabulary import cycle_words, order_words
from core.plan.reading import example
from core.plan.service import parsed

PLAN = parsed(example("demo"))
WORDS = order_words(PLAN.kpis, PLAN.volume.scale)
RANKS = [rank.code for rank in PLAN.ranks]


def read(text: str, wanted: Type | None = None) -> tuple[Expression | None, list[Mistake]]:
    return parse(text, WORDS, ranks=RANKS, wanted=wanted)


@pytest.mark.parametrize(
    ("text", "code", "marked"),
    [
        ("ranck >= gold", "plan_rule_word_unknown", "ranck"),
        ("rank >= glod", "plan_name_unknown", "glod"),
        ('rank >= "glod"', "plan_name_unknown", '"glod"'),
        ("order.qvv > 1", "plan_rule_word_unknown", "order.qvv"),
        ("referrals_ordered(3) > 1", "plan_rule_word_unknown", "referrals_ordered"),  # of a cycle, not of an order
        ("order.qv = 3", "plan_rule_sign_near", "="),
        ("active && referred", "plan_rule_sign_near", "&&"),
        ("person.country == “ES”", "plan_rule_sign_near", "“"),
        ("200points", "plan_rule_sign", "200points"),
        ("order.qv > ٣", "plan_rule_sign", "٣"),
        ('person.country == "ES', "plan_rule_quote", '"ES'),
        ("active ANd referred", "plan_rule_wanted", "ANd"),
        ("order.qv > 1,000", "plan_rule_wanted", ",000"),
        ("active)", "plan_rule_wanted", ")"),
        ("order.qv > [1]", "plan_rule_wanted", "[1]"),
        ("rank in gold", "plan_rule_wanted", "gold"),
        ("active and", "plan_rule_ends", ""),
        ("(active", "plan_rule_ends", ""),
        ("", "plan_rule_ends", ""),
        ("5 if active", "plan_rule_ends", ""),
        ('order.qv > "5"', "plan_rule_type", '"5"'),
        ("active + 1", "plan_rule_type", "active + 1"),
        ("rank == order.qv", "plan_rule_type", "order.qv"),
        ("not rank", "plan_rule_type", "rank"),
        ("active in [active]", "plan_rule_type", "active in [active]"),
        ("5 if active else gold", "plan_rule_type", "gold"),
        ("order.qv in [1, order.cv]", "plan_rule_constant", "order.cv]"),
        ('person.kind < "customer"', "plan_rule_no_order", '< "customer"'),
        ("person.kind == customer", "plan_rule_quotes", "customer"),
        ('person.kind == "costumer"', "plan_choice_unknown", '"costumer"'),
        ('"es" == person.country', "plan_choice_unknown", '"es"'),
        ("person.status in ['active', 'gone']", "plan_choice_unknown", "'gone']"),
        ("bought >= 1", "plan_rule_arguments", "bought >= 1"),
        ("bought(3) >= 1", "plan_rule_arguments", "bought(3) >= 1"),
        ('bought("A", "B") >= 1', "plan_rule_arguments", 'bought("A", "B") >= 1'),
        ("min(1) >= 1", "plan_rule_arguments", "min(1) >= 1"),
        ("rank(1) >= gold", "plan_rule_no_argument", "rank(1) >= gold"),
        ("order.qv / (1 - 1) > 2", "plan_rule_by_zero", "1 - 1) > 2"),
        ("1234567890123456 > order.qv", "plan_rule_number", "1234567890123456 > order.qv"),
        ("__import__('os')", "plan_rule_word_unknown", "__import__('os')"),
        ("active.__class__", "plan_rule_word_unknown", "active.__class__"),
    ],
)
def test_a_mistake_is_told_where_it_stands(text: str, code: str, marked: str) -> None:
    expression, mistakes = read(text)
    assert expression is None
    assert [mistake.code for mistake in mistakes] == [code]
    assert text[mistakes[0].at :].startswith(marked)
    assert marked or mistakes[0].at == len(text)


def test_all_wrong_words_are_told_at_once() -> None:
    _, mistakes = read("ranck >= gold and kpi.gw > 3 and person.kind == 'costumer'")
    assert [mistake.at for mistake in mistakes] == [0, 18, 48]


def test_what_an_expression_gives_is_known_beforehand() -> None:
    types = {"order.qv": Type.NUMBER, "active": Type.TRUTH, "rank": Type.RANK, "person.country": Type.TEXT}
    for text, type_ in types.items():
        expression, _ = read(text)
        assert expression is not None
        assert expression.type is type_
        others = [other for other in Type if other is not type_]
        assert [[mistake.code for mistake in read(text, other)[1]] for other in others] == [["plan_rule_type"]] * 4


def test_long_and_deep_texts_are_refused_before_they_cost_anything() -> None:
    assert [mistake.code for mistake in read("1" + " " * 2000)[1]] == ["plan_rule_long"]
    for deep in ("(" * 51 + "1" + ")" * 51, "-" * 51 + "1", "not " * 51 + "active", "abs(" * 51 + "1" + ")" * 51):
        assert [mistake.code for mistake in read(deep)[1]] == ["plan_rule_deep"]
    assert read("(" * 50 + "1" + ")" * 50)[0] is not None


def test_a_long_sum_is_not_deep() -> None:
    expression, _ = read(" + ".join(["order.qv"] * 180) + " > 5")
    assert expression is not None


def test_kpi_with_a_code_that_is_no_word_is_asked_for_in_quotes() -> None:
    [first, *_] = PLAN.kpis
    odd = cycle_words([type(first)("30-days", first.label, first.measure)], 4)
    expression, _ = parse('kpi."30-days" > 5', odd)
    assert expression is not None
    assert expression.names == {"kpi.30-days"}


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("rank >= gold and (active and kpi.gv >= 1000)", ["rank >= gold", "active", "kpi.gv >= 1000"]),
        ("100 <= kpi.gv < 500 and (active or referred)", ["100 <= kpi.gv < 500", "active or referred"]),
        (
            "((kpi.gv + kpi.pv) >= 9 and not (active or referred))",
            ["(kpi.gv + kpi.pv) >= 9", "not (active or referred)"],
        ),
        ('(active) and person.language == "a) and (b"', ["active", 'person.language == "a) and (b"']),
        ("rank >= gold or active", ["rank >= gold or active"]),
        ("(active) and (active if referred else active)", ["active", "active if referred else active"]),
    ],
)
def test_what_must_all_hold_is_taken_apart_and_each_part_means_what_it_says(text: str, apart: list[str]) -> None:
    whole, _ = read(text)
    assert whole is not None
    found = members(whole)
    assert [one.text for one in found] == apart
    assert [one.tree for one in found] == [expression.tree for one in apart if (expression := read(one)[0])]
