"""Bringing nodes into breadth-first order, in which every list of children is one stretch of the arrays."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.forest.kernel import Flags, Indices, kernel

STRETCH = 1024
"""Nodes whose children are looked up at once."""
FEW = 4
"""Children that are looked up together with where they begin; most have no more."""
WHOSE, BEGIN, SIZE, CHILD = 0, 1, 2, 3
"""Rows of what is looked up."""


class NotATree(Exception):
    """Some nodes hang under nobody that a root leads to: a circle. `nodes` are these, in the order given."""

    def __init__(self, nodes: Indices) -> None:
        super().__init__(f"{len(nodes)} nodes in circles")
        self.nodes = nodes


@kernel
def _count(parent: Indices, sizes: NDArray[Any], numbers: NDArray[Any]) -> bool:
    """Give every node its number among its siblings, from 0, as they were given.

    Args:
        sizes: one longer than `parent`, all 0; how many children each has, from place 1 on. At place 0 are roots.

    Returns:
        Whether all sizes can be told in so few bits as their array has.
    """
    fits = True
    for node in range(parent.size):
        above = parent[node] + 1
        numbers[node] = sizes[above]
        sizes[above] = sizes.dtype.type(np.int64(sizes[above]) + 1)
        fits &= sizes[above] != 0
    return fits


@kernel
def _begin(sizes: NDArray[Any], starts: Indices) -> None:
    """Where each node's children begin, from place 1 on."""
    starts[0] = 0
    for place in range(sizes.size):
        starts[place + 1] = starts[place] + sizes[place]


@kernel
def _group(parent: Indices, starts: Indices, numbers: NDArray[Any], children: Indices) -> None:
    for node in range(parent.size):
        children[starts[parent[node] + 1] + numbers[node]] = node


@kernel
def _mark(sizes: NDArray[Any], parents: Flags) -> None:
    """Set a bit for every node that has children."""
    for node in range(sizes.size - 1):
        parents[node >> 3] |= np.uint8(sizes[node + 1] > 0) << np.uint8(node & 7)


@kernel
def _look_up(starts: Indices, order: Indices, children: Indices, where: Indices, some: int) -> None:
    """Where the children of some nodes begin, how many there are, and the first few of them."""
    for at in range(some):
        node = order[where[WHOSE, at]]
        where[BEGIN, at], where[SIZE, at] = starts[node], starts[node + 1] - starts[node]
    for at in range(some):
        begin = where[BEGIN, at]
        for few in range(FEW):
            where[CHILD + few, at] = children[begin + few]


@kernel
def _put(children: Indices, where: Indices, some: int, order: Indices, parent: Indices, reached: int) -> int:
    """Put the children of some nodes in order; returns how many have been reached then."""
    for at in range(some):
        whose, size = where[WHOSE, at], where[SIZE, at]
        for few in range(FEW):  # what is too much is written over by those who follow
            order[reached + few], parent[reached + few] = where[CHILD + few, at], whose
        begin = where[BEGIN, at]
        for child in range(FEW, size):
            order[reached + child], parent[reached + child] = children[begin + child], whose
        reached += size
    return reached


@kernel
def _walk(starts: Indices, children: Indices, parents: Flags, order: Indices, parent: Indices, where: Indices) -> int:
    """Fill `order` (old number by new) and `parent` (by new number); returns how many were reached.

    Nodes stand anywhere in memory. Where their children are, and who the first few of these are, is looked up for a
    stretch of nodes at once, so that the machine waits for all of them together: one by one takes three times as long.
    Of those who have none, most in a real company, only a bit is looked at, and all bits stay near.

    Args:
        starts: of each node's children, and after all of them.
        children, order, parent: with room for `FEW` more.
        where: rows WHOSE, BEGIN, SIZE and those from CHILD on, of the nodes of a stretch.
    """
    reached = int(np.int64(starts[0]))
    for at in range(reached):
        order[at], parent[at] = children[at], -1
    done = 0
    while done < reached:
        end, some = min(reached, done + STRETCH), 0
        for at in range(done, end):
            where[WHOSE, some] = at
            some += (parents[order[at] >> 3] >> (order[at] & 7)) & 1
        _look_up(starts, order, children, where, some)
        reached = _put(children, where, some, order, parent, reached)
        done = end
    return int(reached)


@kernel
def _off(which: Indices) -> int:
    found = 0
    for at in range(which.size):
        found |= which[at] - at
    return found


def stand_in_turn(which: Indices) -> bool:
    """Whether the numbers are 0, 1, 2 and so on."""
    return _off(which) == 0


@kernel
def _number(which: Indices, found: Indices) -> None:
    for at in range(which.size):
        found[which[at]] = at


def numbered(which: Indices, found: Indices) -> Indices:
    """Write 0 to `found[which[0]]`, 1 to `found[which[1]]` and so on; returns `found`."""
    _number(which, found)
    return found


def laid_out(parent: Indices, spare: int = 0) -> tuple[Indices, Indices]:
    """As `breadth_first`, without the new number of each old one.

    Args:
        spare: so many zeros follow what is found.
    """
    count = len(parent)
    for width in (np.uint8, np.int32):  # as a rule nobody has more than 255, and so little memory is soon looked at
        sizes, numbers = np.zeros(count + 1, width), np.empty(count, width)
        if _count(parent, sizes, numbers):
            break
    starts, children = np.empty(count + 2, np.int32), np.empty(count + FEW, np.int32)
    _begin(sizes, starts)
    _group(parent, starts, numbers, children)
    parents = np.zeros((count >> 3) + 1, np.uint8)
    _mark(sizes, parents)
    order, ordered_parent = (np.empty(count + max(spare, FEW), np.int32) for _ in range(2))
    where = np.empty((CHILD + FEW, STRETCH + 1), np.int32)
    reached = _walk(starts[1:], children, parents, order, ordered_parent, where)
    if reached < count:
        missing = np.ones(count, np.bool_)
        missing[order[:reached]] = False
        raise NotATree(np.flatnonzero(missing).astype(np.int32))
    order[count:], ordered_parent[count:] = 0, 0
    return order[: count + spare], ordered_parent[: count + spare]


def breadth_first(parent: Indices) -> tuple[Indices, Indices, Indices]:
    """An order in which parents come before children and siblings stand together, as they were given.

    Args:
        parent: each node's parent by number, -1 for a root.

    Returns:
        The old number of each new one, the new number of each old one, and parents by new numbers (never falling).

    Raises:
        NotATree: there is a circle.
    """
    order, ordered_parent = laid_out(parent)
    return order, numbered(order, np.empty_like(parent)), ordered_parent
