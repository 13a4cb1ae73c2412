"""Usual orders and silence of everybody at once, beside their definitions for one person."""

from fractions import Fraction
from itertools import pairwise
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.orders.rules import usual_order
from core.outreach.rules.habits import Sales, fallen_silent, ordered_since, usual_orders

DAY = 1000
MIDNIGHTS = np.arange(0, 400) * DAY
Bought = list[tuple[int, int, int]]
"""Buyer, moment, QV."""
bought = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 200 * DAY), st.integers(-30, 90)), max_size=40)


def sales(rows: Bought) -> Sales:
    table = np.array(rows, np.int64).reshape(len(rows), 3)
    return Sales(table[:, 0], table[:, 1], np.arange(len(rows)), table[:, 2]).in_order()


@given(bought)
def test_usual_orders_of_everybody_are_those_of_each(rows: Bought) -> None:
    found = usual_orders(sales(rows), 6).tolist()
    for person in range(6):
        hers = sorted((at, number, qv) for number, (who, at, qv) in enumerate(rows) if who == person)
        assert found[person] == (usual_order([qv for _, _, qv in hers[-6:]]) if hers else 0)


def silent(rows: Bought, today: int) -> list[tuple[int, int]]:
    found = []
    for person in sorted({who for who, _, _ in rows}):
        days = sorted({at // DAY for who, at, _ in rows if who == person})
        if len(days) >= 3:
            between = [Fraction(later - earlier) for earlier, later in pairwise(days)]
            if today - days[-1] > 2 * median(between):
                found.append((person, days[-1] + 1))
    return found


@given(bought, st.integers(0, 300))
def test_silent_people_are_those_of_the_definition(rows: Bought, today: int) -> None:
    people, last = fallen_silent(sales(rows), MIDNIGHTS, today + 1)
    assert list(zip(people.tolist(), last.tolist(), strict=True)) == silent(rows, today)


@pytest.mark.parametrize(
    ("days", "first_silent"),
    [([0, 30, 60], 121), ([0, 10, 40], 81), ([0, 10, 40, 45], 66), ([0, 30], None), ([0, 0, 30], None)],
)
def test_who_is_silent_for_twice_her_median_interval_stopped(days: list[int], first_silent: int | None) -> None:
    rows = [(1, day * DAY, 10) for day in days]
    by_day = [len(fallen_silent(sales(rows), MIDNIGHTS, day + 1)[0]) for day in range(300)]
    assert by_day.index(1) == first_silent if first_silent is not None else 1 not in by_day


def test_who_ordered_since_a_moment() -> None:
    assert ordered_since(sales([(1, 5, 1), (2, 4, 1)]), 5, 4).tolist() == [False, True, False, False]
