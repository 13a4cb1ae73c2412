from fractions import Fraction

import numpy as np
import pytest

from core.bonuses.arrays import Basis, Unit
from core.bonuses.rules.amounts import ascending, shares
from core.bonuses.rules.rounding import handed_out, rounded, rounded_together, with_residue

THIRDS = np.array([100, 100, 100], np.int64)
"""Three times a third of 100 units, in parts of three."""


@pytest.mark.parametrize(
    ("parts", "half_up", "down", "half_even"), [(25, 3, 2, 2), (-25, -3, -2, -2), (26, 3, 2, 3), (35, 4, 3, 4)]
)
def test_halves_go_as_the_plan_says(parts: int, half_up: int, down: int, half_even: int) -> None:
    units = np.array([parts], np.int64)
    found = [int(rounded(units, 10, mode)[0]) for mode in ("half_up", "down", "half_even")]
    assert found == [half_up, down, half_even]


@pytest.mark.parametrize(("parts", "half_up", "down", "half_even"), [(25, 5, 0, 0), (-25, -5, 0, 0), (75, 10, 5, 10)])
def test_steps_of_several_units_are_rounded_alike(parts: int, half_up: int, down: int, half_even: int) -> None:
    units = np.array([parts], np.int64)
    found = [int(rounded(units, 10, mode, step=5)[0]) for mode in ("half_up", "down", "half_even")]
    assert found == [half_up, down, half_even]


def test_what_is_missing_to_a_sum_is_handed_out_in_steps() -> None:
    payee, place = np.zeros(3, np.int32), np.arange(3)
    [together] = rounded_together([(payee, THIRDS, 3)], "half_up", step=10)
    assert together.tolist() == [40, 30, 30]
    assert handed_out(THIRDS, 3, "half_up", place, step=10).tolist() == [40, 30, 30]
    assert with_residue(np.array([30, 30, 30]), THIRDS, 3, step=10).tolist() == [40, 30, 30]


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


@pytest.mark.parametrize(("mode", "wanted"), [("half_up", [1, -1, 0]), ("down", [0, 0, 0])])
def test_small_parts_of_a_denominator_beyond_64_bits_are_rounded(mode: str, wanted: list[int]) -> None:
    units, payee = np.array([6 * 10**18, -6 * 10**18, 4 * 10**18], np.int64), np.arange(3, dtype=np.int32)
    assert rounded(units, 10**19, mode).tolist() == wanted
    [together] = rounded_together([(payee, units, 10**19)], mode)
    assert together.tolist() == wanted


def test_shares_of_a_sum_can_be_parts_of_a_denominator_beyond_64_bits() -> None:
    units = np.array([6 * 10**18, 7 * 10**18], np.int64)
    assert handed_out(units, 10**19, "half_up", np.array([0, 1], np.int64)).tolist() == [0, 1]


def test_nothing_times_a_rate_beyond_64_bits_is_nothing() -> None:
    units, _ = shares(np.zeros(2, np.int64), np.zeros(2, np.int32), [Fraction(10**23, 3)], Basis(0), Unit("EUR", 0))
    assert units.tolist() == [0, 0]


def test_fractions_are_rounded_each_by_its_own_denominator() -> None:
    units = np.array([Fraction(5, 2), Fraction(-5, 2), Fraction(7, 3), 4], object)
    found = {mode: rounded(units, 1, mode).tolist() for mode in ("half_up", "down", "half_even")}
    assert found == {"half_up": [3, -3, 2, 4], "down": [2, -2, 2, 4], "half_even": [2, -2, 2, 4]}


def test_more_rates_than_have_a_common_denominator_stay_exact() -> None:
    primes = [one for one in range(2, 400) if all(one % other for other in range(2, one))]
    rates = [Fraction(100, prime) for prime in primes]
    base, which = np.array(primes, np.int64), np.arange(len(primes), dtype=np.int32)
    units, denominator = shares(base, which, rates, Basis(0), Unit("EUR", 0))
    assert (denominator, units.tolist()) == (1, [1] * len(primes))
    assert rounded(units, denominator, "half_up").tolist() == [1] * len(primes)
    assert ascending(rates) == list(range(len(primes)))[::-1]


def test_shares_of_one_sum_add_up_to_it() -> None:
    place = np.array([2, 0, 1], np.int64)
    found = handed_out(np.array([1000, 1000, 1000], np.int64), 3, "half_up", place)
    assert found.tolist() == [333, 334, 333]


def test_a_sum_that_has_no_room_in_64_bits_is_rounded_once_all_the_same() -> None:
    payee, units = np.zeros(4, np.int32), np.full(4, 2**61 + 1, np.int64)
    [found] = rounded_together([(payee, units, 3)], "half_up")
    exact = Fraction(4 * (2**61 + 1), 3)
    assert sum(found.tolist()) == round(exact)


@pytest.mark.parametrize("kind", [np.int64, object])
def test_missing_units_go_to_the_lines_of_a_payee_that_were_cut_most(kind: type) -> None:
    payee = np.array([5, 2, 5, 2, 5, 2], np.int32)
    [found] = rounded_together([(payee, np.array([14, 36, 17, 33, 19, 33], kind), 10)], "half_up")
    assert found.tolist() == [1, 4, 2, 3, 2, 3]
