"""Bringing nodes into breadth-first order, in which every list of children is one stretch of the arrays."""

import numpy as np

from core.forest.kernel import Indices, allocating_kernel


class NotATree(Exception):
    """Some nodes hang under nobody that a root leads to: a circle. `nodes` are these, in the order given."""

    def __init__(self, nodes: Indices) -> None:
        super().__init__(f"{len(nodes)} nodes in circles")
        self.nodes = nodes


@allocating_kernel
def _breadth_first(parent: Indices, order: Indices, place: Indices, ordered_parent: Indices) -> int:
    """Fill `order` (old number by new), `place` (new by old), parents by new number; returns how many were reached.

    Counting sort by parent first, so that children keep the order in which they were given.
    """
    count = parent.size
    starts = np.zeros(count + 2, np.int32)
    for node in range(count):
        starts[parent[node] + 2] += 1
    for node in range(1, count + 2):
        starts[node] += starts[node - 1]
    children = np.empty(count, np.int32)
    filled = starts.copy()
    for node in range(count):
        at = parent[node] + 1
        children[filled[at]] = node
        filled[at] += 1
    reached = 0
    for at in range(starts[1]):
        order[reached] = children[at]
        ordered_parent[reached] = -1
        reached += 1
    done = 0
    while done < reached:
        node = order[done]
        place[node] = done
        for at in range(starts[node + 1], starts[node + 2]):
            order[reached] = children[at]
            ordered_parent[reached] = done
            reached += 1
        done += 1
    return reached


def breadth_first(parent: Indices) -> tuple[Indices, Indices, Indices]:
    """An order in which parents come before children and siblings stand together, as they were given.

    Args:
        parent: each node's parent by number, -1 for a root.

    Returns:
        The old number of each new one, the new number of each old one, and parents by new numbers (never falling).

    Raises:
        NotATree: there is a circle.
    """
    order = np.empty_like(parent)
    place = np.full_like(parent, -1)
    ordered_parent = np.empty_like(parent)
    reached = _breadth_first(parent, order, place, ordered_parent)
    if reached < len(parent):
        raise NotATree(np.flatnonzero(place < 0).astype(np.int32))
    return order, place, ordered_parent
