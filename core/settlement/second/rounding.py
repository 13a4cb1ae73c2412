"""Rounding by definition: one exact amount at a time."""

from collections.abc import Sequence
from fractions import Fraction
from math import floor


def rounded(value: Fraction, mode: str) -> int:
    """A whole number by the plan's mode; a half goes away from zero, down is towards zero.

    | value | half_up | down | half_even |
    | ----- | ------- | ---- | --------- |
    | 2.5   | 3       | 2    | 2         |
    | -2.5  | -3      | -2   | -2        |
    | 3.5   | 4       | 3    | 4         |
    """
    if mode == "half_even":
        return round(value)
    parts, whole = abs(value.numerator), value.denominator
    size = (2 * parts + whole) // (2 * whole) if mode == "half_up" else parts // whole
    return size if value.numerator >= 0 else -size


def together(values: Sequence[Fraction], mode: str) -> list[int]:
    """Values whose sum is rounded once: each cut down, and the missing units given to those that were cut most."""
    cut = [floor(value) for value in values]
    missing = rounded(sum(values, Fraction(0)), mode) - sum(cut)
    most = sorted(range(len(values)), key=lambda at: (cut[at] - values[at], at))
    for at in most[:missing]:
        cut[at] += 1
    return cut
