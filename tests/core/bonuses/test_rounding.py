import numpy as np
import pytest

from core.bonuses.rules.rounding import rounded, rounded_together, with_residue

THIRDS = np.array([100, 100, 100], np.int64)
"""Three times a third of 100 units, in parts of three."""


@pytest.mark.parametrize(
    ("parts", "half_up", "down", "half_even"), [(25, 3, 2, 2), (-25, -3, -2, -2), (26, 3, 2, 3), (35, 4, 3, 4)]
)
def test_halves_go_as_the_plan_says(parts: int, half_up: int, down: int, half_even: int) -> None:
    units = np.array([parts], np.int64)
    found = [int(rounded(units, 10, mode)[0]) for mode in ("half_up", "down", "half_even")]
    assert found == [half_up, down, half_even]


def test_a_payees_sum_is_rounded_once_and_the_lines_add_up_to_it() -> None:
    payee = np.zeros(3, np.int32)
    [together] = rounded_together([(payee, THIRDS, 3)], "half_up")
    assert together.tolist() == [34, 33, 33]
    assert rounded(THIRDS, 3, "half_up").tolist() == [33, 33, 33]


def test_lines_of_several_bonuses_are_rounded_together() -> None:
    payee = np.zeros(1, np.int32)
    parts = [(payee, np.array([5], np.int64), 10), (payee, np.array([5], np.int64), 10)]
    assert [one.tolist() for one in rounded_together(parts, "half_up")] == [[1], [0]]


def test_the_largest_line_can_take_what_rounding_leaves() -> None:
    units = np.array([14, 24, 14], np.int64)
    amount = rounded(units, 10, "half_up")
    assert with_residue(amount, units, 10).tolist() == [1, 3, 1]


def test_amounts_beyond_64_bits_are_exact() -> None:
    units = np.array([3 * 10**30 + 1], object)
    assert rounded(units, 2 * 10**30, "half_up").tolist() == [2]
