from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forest import ordering
from core.forest.ordering import depths, in_turn, lines_stand, taken

numbers = st.lists(st.tuples(st.integers(-3, 3), st.integers(-(2**40), 2**40), st.integers(0, 1)), max_size=20)


@given(numbers)
def test_rows_come_by_the_first_key_then_by_the_next_and_equal_ones_stay(rows: list[tuple[int, int, int]]) -> None:
    keys = [np.array([row[place] for row in rows], np.int64) for place in range(3)]
    assert in_turn(keys).tolist() == sorted(range(len(rows)), key=rows.__getitem__)


def test_numbers_of_a_greater_range_are_counted_in_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordering, "DIGIT", 3)
    key = np.array([26, 0, 13, 9, 1, 26, 2], np.int64)
    assert in_turn([key]).tolist() == [1, 4, 6, 3, 2, 0, 5]


def test_what_stands_in_turn_already_is_left() -> None:
    assert in_turn([np.array([1, 1, 2]), np.array([4, 5, 0])]).tolist() == [0, 1, 2]


PLACE, SIZE = np.array([2, 0, 1, -1], np.int64), np.array([1, 0, -1], np.int64)
"""Of three people and of two rates, and of nobody and no rate."""
line = st.tuples(*(st.integers(least, 2 if least == 0 else 1) for least in (0, -1, -1, 0, -1)))


@given(st.lists(line, min_size=1, max_size=3))
def test_lines_stand_where_nobody_would_move(rows: list[tuple[int, ...]]) -> None:
    payee, order, source, level, rate = (np.array(column, np.int32) for column in zip(*rows, strict=True))
    keys: list[Any] = [PLACE[payee], order, np.where(order >= 0, -1, PLACE[source]), level, SIZE[rate]]
    stays = in_turn(keys).tolist() == list(range(len(rows)))
    assert lines_stand((payee, order, source, level, rate), PLACE, SIZE) == stays


def test_depths_tell_how_many_stand_above() -> None:
    assert depths(np.array([-1, 0, 1, 0, -1], np.int32)).tolist() == [0, 1, 2, 1, 0]


def test_taking_is_what_indexing_is() -> None:
    which = np.array([2, 0, 2], np.int32)
    for values in (np.array([1, 5, 9], np.int64), np.array([1, 5, 9], np.int8), np.array([1, 2**70, 3], object)):
        assert taken(values, which).tolist() == values[which].tolist()
    assert taken(np.zeros(0, np.int64), np.zeros(0, np.int32)).tolist() == []


def test_rows_are_put_in_turn_wherever_the_first_one_out_of_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordering, "STRETCH", 2)
    for at in range(1, 7):
        key = np.arange(7)
        key[at] = -1
        assert in_turn([np.zeros(7, np.int64), key]).tolist() == [at, *(one for one in range(7) if one != at)]
    assert in_turn([np.arange(7), -np.arange(7)]).tolist() == list(range(7))
