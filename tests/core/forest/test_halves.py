from fractions import Fraction

import numpy as np
import pytest

from core.forest.halves import MODES, whole_numbers
from core.settlement.second.rounding import rounded


@pytest.mark.parametrize("mode", MODES)
def test_parts_are_rounded_as_one_is(mode: str) -> None:
    units = np.array([0, 4, 5, 6, 14, 15, 16, 25, 26, 2**62, -4, -5, -6, -15, -25, -(2**62)], np.int64)
    for parts in (1, 2, 10, 3):
        expected = [rounded(Fraction(int(one), parts), mode) for one in units.tolist()]
        assert whole_numbers(units, parts, mode).tolist() == expected
