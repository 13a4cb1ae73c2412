"""Rounding by definition: one exact amount at a time."""

from collections.abc import Sequence
from fractions import Fraction
from math import floor


def rounded(value: Fraction, mode: str, step: int = 1) -> int:
    """A whole number, a multiple of the step, by the plan's mode; a half goes away from zero, down is towards zero.

    | value | half_up | down | half_even |
    | ----- | ------- | ---- | --------- |
    | 2.5   | 3       | 2    | 2         |
    | -2.5  | -3      | -2   | -2        |
    | 3.5   | 4       | 3    | 4         |
    """
    value /= step
    if mode == "half_even":
        return round(value) * step
    parts, whole = abs(value.numerator), value.denominator
    size = (2 * parts + whole) // (2 * whole) if mode == "half_up" else parts // whole
    return step * (size if value.numerator >= 0 else -size)


def together(values: Sequence[Fraction], mode: str, step: int = 1) -> list[int]:
    """Values whose sum is rounded once: each cut down, and the missing steps given to those that were cut most."""
    cut = [floor(value / step) * step for value in values]
    missing = rounded(sum(values, Fraction(0)), mode, step) - sum(cut)
    most = sorted(range(len(values)), key=lambda at: (cut[at] - values[at], at))
    for at in most[: missing // step]:
        cut[at] += step
    return cut
