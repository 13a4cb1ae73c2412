"""Filling the places of a tree that fell empty from those below."""

import numpy as np

from core.forest.above import Marks
from core.forest.kernel import Indices, Ints, kernel
from core.forest.layout import breadth_first
from core.forest.placing import WAITS


@kernel
def _count(parent: Indices, order: Indices, living: Indices, count: Ints) -> None:
    for at in range(order.size - 1, -1, -1):
        place = order[at]
        count[place] += living[place] >= 0
        if parent[place] >= 0:
            count[parent[place]] += count[place]


@kernel
def _fill(order: Indices, child: Indices, first: Indices, count: Ints, occupant: Indices) -> None:
    """From the top down, whoever comes first below an empty place goes up into it."""
    for number in range(order.size):
        place = order[number]
        if occupant[place] >= 0 or count[place] == 0:
            continue
        at = place
        while occupant[at] < 0:
            for one in range(first[at], first[at + 1]):
                if count[child[one]] > 0:
                    at = child[one]
                    break
            count[at] -= 1
        occupant[place], occupant[at] = occupant[at], -1


def promoted(above: Indices, slot: Indices, living: Marks) -> tuple[Indices, Indices]:
    """Where everybody stands once the places of those who left are filled; the shape of the tree stays.

    Args:
        above: who stands in the place above; -1 for a root, WAITS for who has none.
        slot: which of the places below her.
        living: who is still there.

    Returns:
        `above` and `slot` again; who has left waits.

    | stands before      | who leaves | stands after  |
    | ------------------ | ---------- | ------------- |
    | a, a0 b, a1 c      | a          | b, b1 c       |
    | a, a0 b, b1 c, c0 d| b          | a, a0 c, c1 d |
    """
    placed = above != WAITS
    parent = np.where(placed, above, -1).astype(np.int32)
    order, _, _ = breadth_first(parent)
    child = np.lexsort((slot, parent)).astype(np.int32)
    child = child[parent[child] >= 0]
    first = np.searchsorted(parent[child], np.arange(len(above) + 1)).astype(np.int32)
    occupant = np.where(living & placed, np.arange(len(above)), -1).astype(np.int32)
    count = np.zeros(len(above), np.int64)
    _count(parent, order, occupant, count)
    _fill(order, child, first, count, occupant)
    found_above, found_slot = np.full_like(parent, WAITS), np.full_like(slot, -1)
    taken = np.flatnonzero(occupant >= 0)
    who = occupant[taken]
    found_above[who] = np.where(parent[taken] >= 0, occupant[parent[taken]], -1)
    found_slot[who] = np.where(parent[taken] >= 0, slot[taken], -1)
    return found_above, found_slot
