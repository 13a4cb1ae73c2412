"""Who moves up where somebody left."""

import numpy as np
import pytest

from core.forest.placing import WAITS
from core.forest.promoting import promoted


@pytest.mark.parametrize(
    ("stands", "leaves", "after"),
    [
        ("a b=a0 c=a1", "a", "b c=b1"),
        ("a b=a0 c=b1 d=c0", "b", "a c=a0 d=c1"),  # c goes up, and d into her place: its shape stays
        ("a b=a0 c=a1 d=b0", "b", "a c=a1 d=a0"),
        ("a b=a0 c=b0 d=c0", "ab", "c d=c0"),  # two empty places in a row
        ("a b=a0 c=b0 d=a1", "abc", "d"),  # nobody is left on the first side
        ("a b=a0", "b", "a"),
        ("a b=a0", "ab", ""),
    ],
)
def test_whoever_comes_first_below_moves_up(stands: str, leaves: str, after: str) -> None:
    names = [one[0] for one in stands.split()]
    above = np.array([names.index(one[2]) if "=" in one else -1 for one in stands.split()], np.int32)
    slot = np.array([int(one[3]) if "=" in one else -1 for one in stands.split()], np.int32)
    found, slots = promoted(above, slot, np.array([name not in leaves for name in names]))
    told = [
        f"{name}={names[at]}{side}" if at >= 0 else name
        for name, at, side in zip(names, found.tolist(), slots.tolist(), strict=True)
        if at != WAITS
    ]
    assert " ".join(told) == after
