"""Orders are added up by buyer, those of the stretch that are paid."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.settlement.cycle.adding import EVER, added

ORDERS = [(0, 5, 5, 10), (1, 0, 7, 20), (1, 8, 8, -5), (0, 9, 9, 40), (0, 5, None, 80), (-1, 5, 5, 160)]
"""Person, ordered at, paid at, amount."""
AMOUNTS = st.integers(-9, 9) | st.integers(-(2**33), 2**33)


def sums(rows: list[tuple[int, int, int | None, int]], start: int) -> list[int]:
    names = ("person", "ordered_at", "paid_at", "amount")
    orders = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.Int64), orient="row")
    return list(added(orders, orders["amount"].to_numpy(), 2, start, 9))


@pytest.mark.parametrize("start", [0, EVER])
def test_only_paid_orders_of_the_stretch_count(start: int) -> None:
    assert sums(ORDERS, start) == [10, 15]


def test_the_first_moment_is_inside_and_the_last_outside() -> None:
    assert sums([(0, 4, 4, 1), (0, 5, 5, 2), (0, 8, 8, 4), (0, 9, 9, 8)], 5) == [6, 0]


def test_of_orders_of_one_moment_all_are_inside_or_outside() -> None:
    assert sums([(0, 5, 5, 1), (0, 5, 5, 2), (0, 5, 5, 4), (0, 9, 9, 8), (0, 9, 9, 16)], 5) == [7, 0]


@given(rows=st.lists(st.tuples(st.integers(-1, 1), st.integers(0, 12), st.sampled_from([None, 1]), AMOUNTS)))
def test_orders_in_any_turn_come_to_what_they_are_one_by_one(rows: list[tuple[int, int, int | None, int]]) -> None:
    counted = [(person, amount) for person, moment, paid, amount in rows if 3 <= moment < 9 and paid]
    each = [sum(amount for whose, amount in counted if whose == person) for person in (0, 1)]
    assert sums(rows, 3) == each
    assert sums(sorted(rows, key=lambda row: row[1]), 3) == each


@pytest.mark.parametrize("sign", [1, -1])
def test_sums_beyond_32_bits_are_whole(sign: int) -> None:
    assert sums([(0, 1, 1, sign * 2**31), (1, 1, 1, sign * 2**30)] * 2, 0) == [sign * 2**32, sign * 2**31]


def test_where_all_are_paid_none_is_left_out() -> None:
    assert sums([(0, 5, 5, 10), (1, 5, 5, 20)], 0) == [10, 20]


def test_nobody_ordered() -> None:
    assert sums([], 0) == [0, 0]


def test_amounts_that_were_worked_out_count_as_those_of_the_table() -> None:
    orders = pl.DataFrame({"person": [0, 1], "ordered_at": [1, 2], "paid_at": [1, 2]})
    assert added(orders, np.array([3, 4]), 2, 0, 9).tolist() == [3, 4]
