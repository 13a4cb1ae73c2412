"""Sorting many rows by several whole numbers: counted into places, so that millions take a moment."""

from collections.abc import Sequence

import numpy as np

from core.forest.kernel import Indices, Ints, kernel

DIGIT = 2**20
"""Numbers of a greater range are counted in two goes or more."""


@kernel
def _counted(key: Ints, least: int, divisor: int, order: Indices, starts: Ints, found: Indices) -> None:
    for row in range(key.size):
        starts[(key[row] - least) // divisor % (starts.size - 1) + 1] += 1
    for digit in range(starts.size - 1):
        starts[digit + 1] += starts[digit]
    for at in range(order.size):
        row = order[at]
        digit = (key[row] - least) // divisor % (starts.size - 1)
        found[starts[digit]] = row
        starts[digit] += 1


def in_turn(keys: Sequence[Ints | Indices]) -> Indices:
    """The numbers of the rows by the first key, where that is equal by the second, and so on; equal rows stay in turn.

    | first, second  | in turn |
    | -------------- | ------- |
    | 2 1 2, 0 9 -1  | 1 2 0   |
    """
    order = np.arange(len(keys[0]), dtype=np.int32)
    if not len(order) or _sorted(keys):
        return order
    for given in reversed(keys):
        key = given.astype(np.int64)
        least, most = int(key.min()), int(key.max())
        divisor = 1
        while (most - least) // divisor > 0:
            digits = min((most - least) // divisor + 1, DIGIT)
            found = np.empty_like(order)
            _counted(key, least, divisor, order, np.zeros(digits + 1, np.int64), found)
            order, divisor = found, divisor * digits
    return order


def _sorted(keys: Sequence[Ints | Indices]) -> bool:
    """Whether the rows stand in turn already."""
    equal = np.ones(len(keys[0]) - 1, np.bool_)
    for key in keys:
        if (equal & (key[1:] < key[:-1])).any():
            return False
        equal &= key[1:] == key[:-1]
    return True


@kernel
def _deepen(parent: Indices, found: Indices) -> None:
    for node in range(parent.size):
        found[node] = 0 if parent[node] < 0 else found[parent[node]] + 1


def depths(parent: Indices) -> Indices:
    """How many stand above each node.

    Args:
        parent: each node's parent, which has a smaller index; -1 for a root.
    """
    found = np.empty_like(parent)
    _deepen(parent, found)
    return found
