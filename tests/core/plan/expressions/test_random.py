"""One meaning: for one case, for all rows at once, and worked out with plain fractions."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.plan.expressions.columns import Texts
from core.plan.expressions.evaluation import value, values, whole, wholes
from core.plan.expressions.model import Type
from core.plan.expressions.reading import parse
from tests.core.plan.expressions import drawn
from tests.core.plan.expressions.drawn import COUNTRIES, RANKS, WORDS, Drawn

SIZE = 5
NUMBERS = st.one_of(st.integers(-9, 9), st.integers(-(2**63), 2**63 - 1), st.integers(-(10**30), 10**30))
KINDS = {Type.NUMBER: drawn.number, Type.TRUTH: drawn.truth, Type.RANK: drawn.rank, Type.TEXT: drawn.word}


def rows_of(each: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(each, min_size=SIZE, max_size=SIZE)


def whole_numbers(numbers: list[int], *, small: bool) -> Any:
    fits = all(-(2**63) <= number < 2**63 for number in numbers)
    return np.array(numbers, (np.int16 if small else np.int64) if fits else object)


@st.composite
def tables(draw: drawn.Draw) -> dict[str, list[Any]]:
    """Columns of the test's vocabulary; each of numbers may be of another size."""
    numbers = {
        name: draw(rows_of(draw(st.sampled_from([st.integers(-9, 9), NUMBERS]))))
        for name in ("heads", "order.amount", "kpi.gv", "bought")
    }
    return {
        **numbers,
        "active": draw(rows_of(st.booleans())),
        "rank": draw(rows_of(st.integers(0, len(RANKS)))),
        "career_rank": draw(rows_of(st.integers(0, len(RANKS)))),
        "person.country": draw(rows_of(st.sampled_from(COUNTRIES))),
        "person.home": draw(rows_of(st.sampled_from([*COUNTRIES, "", "Ωmega"]))),
    }


@st.composite
def expressions(draw: drawn.Draw) -> tuple[Type, Drawn]:
    wanted = draw(st.sampled_from(list(KINDS)))
    return wanted, KINDS[wanted](draw, draw(st.integers(0, 3)))


def case_of(table: Mapping[str, list[Any]], row: int) -> dict[str, Any]:
    case = {name: column[row] for name, column in table.items()}
    return case | {"bought": {"A-1": case["bought"]}}


def columns_of(table: Mapping[str, list[Any]]) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for name, column in table.items():
        if WORDS[name].type in (Type.NUMBER, Type.RANK):
            columns[name] = whole_numbers(column, small=all(abs(number) < 99 for number in column))
        else:
            columns[name] = np.array(column, bool if WORDS[name].type is Type.TRUTH else object)
    columns["person.home"] = Texts.of(columns["person.home"])
    return columns | {"bought": {"A-1": columns["bought"]}}


def exact(table: Mapping[str, list[Any]], row: int) -> dict[str, Any]:
    """The case as the plain calculation wants it: numbers in whole ones."""
    return {
        name: Fraction(column[row], 10 ** WORDS[name].decimals) if WORDS[name].type is Type.NUMBER else column[row]
        for name, column in table.items()
    }


@given(drawn_one=expressions(), table=tables())
def test_one_case_all_rows_and_plain_fractions_agree(
    drawn_one: tuple[Type, Drawn], table: dict[str, list[Any]]
) -> None:
    wanted, one = drawn_one
    expression, mistakes = parse(one.text, WORDS, ranks=RANKS, wanted=wanted)
    assert expression is not None, (one.text, mistakes)
    plain = [one.meaning(exact(table, row)) for row in range(SIZE)]
    cases, columns = [case_of(table, row) for row in range(SIZE)], columns_of(table)
    assert [value(expression, case) for case in cases] == plain
    assert values(expression, columns, SIZE).tolist() == plain
    if wanted is Type.NUMBER:
        assert [whole(expression, case) for case in cases] == [int(number) for number in plain]
        assert wholes(expression, columns, SIZE).tolist() == [int(number) for number in plain]


@given(text=st.text(alphabet="kpi.gvrank >=<!+-*/()[]\"',%0159andorifelse×“\n\t", max_size=40))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    expression, mistakes = parse(text, WORDS, ranks=RANKS)
    assert (expression is None) == bool(mistakes)
    assert all(0 <= mistake.at <= len(text) for mistake in mistakes)
