"""Whole numbers of exact parts, rounded for millions at once."""

import numpy as np

from core.forest.kernel import Ints, kernel

MODES = ("down", "half_up", "half_even")
ROOM = 2**61
"""Parts of a size that can be doubled twice in 64 bits."""


@kernel
def _round(units: Ints, denominator: int, mode: int, found: Ints) -> None:
    for at in range(units.size):
        size = abs(units[at])
        whole = size // denominator
        doubled = 2 * (size - whole * denominator)
        if mode > 0 and (doubled > denominator or (doubled == denominator and (mode == 1 or whole & 1))):
            whole += 1
        found[at] = whole if units[at] >= 0 else -whole


def whole_numbers(units: Ints, denominator: int, mode: str) -> Ints:
    """`units / denominator` as whole numbers.

    Args:
        units: of 64 bits, as the denominator, which is below `ROOM`.
        mode: one of `MODES`; down is towards zero, a half goes away from zero or to the even number.
    """
    found = np.empty(len(units), np.int64)
    _round(units, denominator, MODES.index(mode), found)
    return found
