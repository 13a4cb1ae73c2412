"""Bringing nodes into breadth-first order, in which every list of children is one stretch of the arrays."""

import numpy as np

from core.forest.kernel import Flags, Indices, kernel

STRETCH = 256
"""Nodes whose children are looked up at once."""


class NotATree(Exception):
    """Some nodes hang under nobody that a root leads to: a circle. `nodes` are these, in the order given."""

    def __init__(self, nodes: Indices) -> None:
        super().__init__(f"{len(nodes)} nodes in circles")
        self.nodes = nodes


@kernel
def _group(parent: Indices, starts: Indices, children: Indices) -> None:
    """Counting sort by parent: children in the order they were given, those of node k from `starts[k]` on.

    Args:
        starts: two longer than `parent`, all 0; roots stand before `starts[0]`.
    """
    for node in range(parent.size):
        starts[parent[node] + 2] += 1
    for node in range(1, starts.size):
        starts[node] += starts[node - 1]
    for node in range(parent.size):
        at = parent[node] + 1
        children[starts[at]] = node
        starts[at] += 1


@kernel
def _mark(starts: Indices, parents: Flags) -> None:
    """Set a bit for every node that has children."""
    for node in range(starts.size - 2):
        parents[node >> 3] |= np.uint8(starts[node + 1] > starts[node]) << np.uint8(node & 7)


@kernel
def _walk(starts: Indices, children: Indices, parents: Flags, order: Indices, parent: Indices, stretch: Indices) -> int:
    """Fill `order` (old number by new) and `parent` (by new number); returns how many were reached.

    Nodes stand anywhere in memory. Where their children are is looked up for a stretch of nodes at once, so that the
    machine waits for all of them together: one by one takes three times as long. For those who have none, most in a
    real company, only a bit is looked at, and all bits stay near.
    """
    whose, begins, ends = stretch
    reached = int(starts[0])
    for at in range(reached):
        order[at], parent[at] = children[at], -1
    done = 0
    while done < reached:
        end, some = min(reached, done + whose.size - 1), 0
        for at in range(done, end):
            whose[some] = at
            some += (parents[order[at] >> 3] >> (order[at] & 7)) & 1
        for at in range(some):
            begins[at], ends[at] = starts[order[whose[at]]], starts[order[whose[at]] + 1]
        for at in range(some):
            for child in range(begins[at], ends[at]):
                order[reached], parent[reached] = children[child], whose[at]
                reached += 1
        done = end
    return int(reached)


@kernel
def _number(which: Indices, found: Indices) -> None:
    for at in range(which.size):
        found[which[at]] = at


def numbered(which: Indices, found: Indices) -> Indices:
    """Write 0 to `found[which[0]]`, 1 to `found[which[1]]` and so on; returns `found`."""
    _number(which, found)
    return found


def laid_out(parent: Indices) -> tuple[Indices, Indices]:
    """As `breadth_first`, without the new number of each old one."""
    count = len(parent)
    starts, children = np.zeros(count + 2, np.int32), np.empty_like(parent)
    _group(parent, starts, children)
    parents = np.zeros((count >> 3) + 1, np.uint8)
    _mark(starts, parents)
    order, ordered_parent = np.empty_like(parent), np.empty_like(parent)
    reached = _walk(starts, children, parents, order, ordered_parent, np.empty((3, STRETCH + 1), np.int32))
    if reached < count:
        missing = np.ones(count, np.bool_)
        missing[order[:reached]] = False
        raise NotATree(np.flatnonzero(missing).astype(np.int32))
    return order, ordered_parent


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
