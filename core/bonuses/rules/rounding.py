"""From exact lines to whole minor units: by line, by bonus or by payee, and what rounding leaves.

Three lines of 0.333 for one person, half up:

| by      | lines            | together |
| ------- | ---------------- | -------- |
| line    | 0.33 0.33 0.33   | 0.99     |
| bonus   | 0.34 0.33 0.33   | 1.00     |

By bonus and by payee a person's sum is rounded once; her lines are cut down, and the missing units go to the lines that
were cut most, the first of them first. What is left between the exact sum and what is paid is the residue; where it
goes to the `largest` line, as many whole units as it holds change that line, and a part of a unit remains.

Where a company pays steps of several minor units, such as whole forints or 0.05 francs, a step is the unit of all this.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

import numpy as np

from core.bonuses.arrays import Exact
from core.bonuses.rules.amounts import product
from core.forest.halves import ROOM, whole_numbers
from core.forest.kernel import Indices, Ints
from core.forest.ordering import in_turn


def rounded(units: Exact, denominator: int, mode: str, step: int = 1) -> Ints:
    """Whole minor units of exact amounts.

    | parts of 10 | half_up | down | half_even | half_up in steps of 5 |
    | ----------- | ------- | ---- | --------- | --------------------- |
    | 25          | 3       | 2    | 2         | 5                     |
    | -25         | -3      | -2   | -2        | -5                    |
    | 26          | 3       | 2    | 3         | 5                     |

    Args:
        step: of how many minor units the results are multiples.
    """
    return _steps(units, denominator * step, mode) * step


def rounded_one(exact: Fraction, mode: str, step: int = 1) -> int:
    """The same of one amount."""
    return int(rounded(np.array([exact.numerator], object), exact.denominator, mode, step)[0])


def _steps(units: Exact, denominator: int, mode: str) -> Ints:
    if units.dtype != object and denominator < ROOM:
        return whole_numbers(units, denominator, mode)
    if any(type(one) is Fraction for one in units.tolist()):
        return _rounded_each(units, denominator, mode)
    return _whole(_dividable(units, denominator), denominator, mode)


def _dividable(units: Exact, denominator: int) -> Exact:
    """The units as numbers that the denominator divides: that of marginal rates can be beyond 64 bits."""
    return units if denominator < ROOM else units.astype(object)


def _rounded_each(units: Exact, denominator: int, mode: str) -> Ints:
    """Of fractions each by its own denominator."""
    exact = [Fraction(one) / denominator for one in units.tolist()]
    numerators = np.array([one.numerator for one in exact], object)
    denominators = np.array([one.denominator for one in exact], object)
    return _whole(numerators, denominators, mode)


def _whole(units: Exact, denominator: Exact | int, mode: str) -> Ints:
    size, sign = np.abs(units), np.sign(units)
    whole, doubled = size // denominator, 2 * (size % denominator)
    if mode == "half_up":
        whole = whole + (doubled >= denominator)
    elif mode == "half_even":
        whole = whole + ((doubled > denominator) | ((doubled == denominator) & (whole % 2 == 1)))
    return np.asarray(sign * whole).astype(np.int64)


def rounded_together(parts: Sequence[tuple[Indices, Exact, int]], mode: str, step: int = 1) -> list[Ints]:
    """Lines of one or more bonuses, so that each payee's sum is rounded once.

    Args:
        parts: of each bonus the payees, the exact amounts and their denominator; all in one unit.
        step: as in `rounded`.

    Returns:
        Each bonus's lines in whole minor units.
    """
    denominator = lcm(*(one for _, _, one in parts)) * step
    payee = np.concatenate([one for one, _, _ in parts])
    finer = [product(exact, np.array([denominator // (its * step)], object)) for _, exact, its in parts]
    units = _dividable(np.concatenate(finer), denominator)
    cut = np.asarray(units // denominator).astype(np.int64)
    people, place = np.unique(payee, return_inverse=True)
    if units.dtype != object and len(units) and int(np.abs(units).max()) * int(np.bincount(place).max()) >= 2 * ROOM:
        units = units.astype(object)  # their sum could have no room in 64 bits
    sums = np.zeros(len(people), units.dtype)
    np.add.at(sums, place, units)
    wanted = rounded(sums, denominator, mode)
    given = np.zeros(len(people), np.int64)
    np.add.at(given, place, cut)
    rest = units - cut.astype(units.dtype) * denominator
    cut += _handed_out(place.astype(np.int64), rest, wanted - given)
    return list(np.split(cut * step, np.cumsum([len(one) for one, _, _ in parts])[:-1]))


def handed_out(units: Exact, denominator: int, mode: str, place: Ints, step: int = 1) -> Ints:
    """Shares of one sum: the sum is rounded once, and whole units go to the shares that were cut most.

    | shares of 10.00 in thirds | half up, in minor units |
    | ------------------------- | ----------------------- |
    | 333.33…, 333.33…, 333.33… | 334, 333, 333           |

    Args:
        place: who of equal ones comes first.
        step: as in `rounded`.
    """
    denominator *= step
    units = _dividable(units, denominator)
    cut = np.asarray(units // denominator).astype(np.int64)
    whole = np.array([sum(units.tolist())], object)
    missing = int(rounded(whole, denominator, mode)[0]) - sum(cut.tolist())
    rest = units - cut.astype(units.dtype) * denominator
    cut[np.lexsort((place, -rest))[:missing]] += 1
    return cut * step


def _handed_out(place: Ints, rest: Exact, missing: Ints) -> Ints:
    """One unit more for the lines of each payee that were cut most; `missing` says how many she gets."""
    if rest.dtype == object:
        order = np.array(sorted(range(len(place)), key=lambda at: (place[at], -rest[at], at)), np.int32)
    else:
        order = in_turn([place, -rest])
    whose = place[order]
    turn = np.arange(len(order)) - np.searchsorted(whose, whose)
    more = np.zeros(len(place), np.int64)
    more[order] = turn < missing[whose]
    assert more.sum() == missing.sum(), "a sum is rounded to less than one unit a line away"
    return more


def with_residue(amount: Ints, units: Exact, denominator: int, step: int = 1) -> Ints:
    """The lines with what rounding left of their sum, in whole steps, put on the largest, the first of equal ones."""
    if not len(amount):
        return amount
    exact = sum(units.tolist())
    left = rounded(np.array([exact - sum(amount.tolist()) * denominator], object), denominator, "half_up", step)
    found = amount.copy()
    found[int(np.argmax(amount))] += int(left[0])
    return found


def cut_down(exact: Fraction, step: int) -> int:
    """The most minor units that are whole steps and not more than an amount that the plan names."""
    return exact.numerator // (exact.denominator * step) * step
