import pickle
from collections import Counter
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from core.plan.expressions.columns import Texts
from core.plan.expressions.evaluation import truths, value, values, whole, wholes
from core.plan.expressions.model import Call, Case, Expression
from core.plan.expressions.reading import parse
from core.plan.expressions.vocabulary import cycle_words, order_words
from core.plan.reading import example
from core.plan.service import parsed

PLAN = parsed(example("demo"))
RANKS = [rank.code for rank in PLAN.ranks]
GOLD = PLAN.rank_index("gold")


def rule(text: str) -> Expression:
    words = {**order_words(PLAN.kpis, PLAN.volume.scale), **cycle_words(PLAN.kpis, PLAN.volume.scale)}
    expression, mistakes = parse(text, words, ranks=RANKS)
    assert expression is not None, mistakes
    return expression


BASKET: Case = {
    "order.amount": 119_300_000,  # 119.30 at six decimals
    "order.qv": 110_0000,
    "order.lines": 3,
    "bought": Counter({"BL-100": 1, "SH-220": 2}),
    "rank": GOLD,
    "active": True,
    "person.country": "ES",
}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("order.amount", Fraction("119.3")),
        ("floor(order.amount * 5 %)", 5),
        ("order.qv / 3", Fraction(110, 3)),  # by a number: exact
        ("order.qv / order.lines", Fraction("36.666667")),  # by a word: six decimals
        ("-order.qv / order.lines", Fraction("-36.666667")),
        ("1 / (order.lines - 3)", 0),  # by nothing: nothing
        ("2 + 3 * 4 - 5", 9),
        ("(2 + 3) * -4", -20),
        ("7 / 2 / 7", Fraction(1, 2)),
        ("min(order.lines, 2, 5)", 2),
        ("max(order.qv, order.amount)", Fraction("119.3")),
        ("abs(order.lines - 5.5)", Fraction(5, 2)),
        ("floor(-0.5)", -1),
        ("bought('BL-100') + bought('SH-220')", 3),
        ("bought('XX-999') >= 1", False),
        ("100 < order.qv <= 110", True),
        ("rank >= gold", True),
        ('rank > "gold" or rank == none', False),
        ("rank in [silver, gold]", True),
        ("person.country not in ('DE', 'FR')", True),
        ("not active or person.country == 'ES' and active", True),
        ("(gold if active else silver) == rank", True),
        ("10 if rank >= diamond else 5 if rank >= gold else 0", 5),
        ("0.1 + 0.2 == 0.3", True),
        ('"DE" if not active else person.country', "ES"),
    ],
)
def test_a_case_has_one_exact_answer(text: str, result: object) -> None:
    assert value(rule(text), BASKET) == result


def test_an_expression_names_what_it_asks_for() -> None:
    asked = rule("bought('BL-100') >= 1 and referrals_ordered(3) >= 2 and kpi.gv > 0")
    assert asked.names == {"bought", "referrals_ordered", "kpi.gv"}
    assert asked.calls == {Call("bought", "BL-100"), Call("referrals_ordered", 3)}


def test_a_word_that_the_case_does_not_tell_is_no_nothing() -> None:
    with pytest.raises(KeyError):
        value(rule("order.count > 1"), BASKET)
    with pytest.raises(KeyError):
        values(rule("referrals_ordered(3) > 1"), {"referrals_ordered": {2: np.array([1])}}, 1)


def test_numbers_are_whole_units_of_any_kind_and_never_overflow() -> None:
    square = rule("order.count * order.count")
    assert value(square, {"order.count": np.int64(10**10)}) == 10**20
    for fraction in (Decimal("1.5"), 1.5, "1"):
        with pytest.raises(TypeError):
            value(square, {"order.count": fraction})
    with pytest.raises(AssertionError):
        values(square, {"order.count": np.array([1.5])}, 1)


def test_numbers_beyond_64_bits_do_not_overflow() -> None:
    huge = rule("order.amount * order.amount * order.lines")
    columns = {"order.amount": np.array([9 * 10**18, 1, 0]), "order.lines": np.array([3, -1, 2], np.int8)}
    assert values(huge, columns, 3).tolist() == [Fraction(243 * 10**36, 10**12), Fraction(-1, 10**12), 0]
    assert wholes(huge, columns, 3).tolist() == [243 * 10**24, 0, 0]


def test_whole_numbers_come_back_as_64_bits_where_they_fit() -> None:
    columns = {"order.lines": np.array([3, 5], np.int16), "order.count": np.array([10**10, 7])}
    assert values(rule("order.lines * 2"), columns, 2).dtype == np.int64
    assert values(rule("order.count * order.count - order.count * order.count"), columns, 2).dtype == np.int64
    assert values(rule("order.count * order.count"), columns, 2).tolist() == [10**20, 49]


def test_one_value_stands_for_all_rows() -> None:
    assert values(rule("7"), {}, 3).tolist() == [7, 7, 7]
    assert values(rule("true"), {}, 2).tolist() == [True, True]
    assert values(rule("rank if active else gold"), {"rank": 1, "active": False}, 2).tolist() == [GOLD, GOLD]
    assert truths(rule("person.country == 'ES'"), {"person.country": "ES"}, 2).tolist() == [True, True]


def test_texts_are_compared_by_what_they_say_and_not_by_their_codes() -> None:
    countries = Texts(np.array([0, 1, 2]), ("ES", "DE", "FR"))
    languages = Texts(np.array([1, 1, 1]), ("FR", "DE"))
    columns = {"person.country": countries, "person.language": languages}
    assert values(rule("person.country == person.language"), columns, 3).tolist() == [False, True, False]


def test_a_fraction_is_cut_off_towards_zero() -> None:
    half = rule("order.lines / 2")
    columns = {"order.lines": np.array([3, -3, 4])}
    assert wholes(half, columns, 3).tolist() == [1, -1, 2]
    assert [whole(half, {"order.lines": lines}) for lines in (3, -3, 4)] == [1, -1, 2]


def test_an_expression_can_be_sent_to_another_process_and_equals_itself_read_again() -> None:
    asked = rule("min(50 * referrals_ordered(3), 500)")
    assert pickle.loads(pickle.dumps(asked)) == asked == rule(asked.text)
