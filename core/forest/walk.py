"""Walking down a tree level by level, and up from a node."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from core.forest.gives import first_at_least
from core.forest.kernel import Indices, Ints, allocating_kernel, kernel
from core.forest.program import Nodes


@kernel
def level_between(nodes: Nodes, top: int, node: int) -> int:
    """How many steps `node` stands below `top`: 0 for herself, -1 when she is not below."""
    steps = 0
    while node > top:
        node = nodes.parent[node]
        steps += 1
    return steps if node == top else -1


@kernel
def any_below(parent: Indices, top: int, nodes: Indices) -> bool:
    """Whether one of the nodes is `top` or stands below."""
    for at in range(nodes.size):
        node = np.int64(nodes[at])
        while node > top:
            node = np.int64(parent[node])
        if node == top:
            return True
    return False


@allocating_kernel
def which_below(parent: Indices, top: int, nodes: Ints) -> NDArray[np.bool_]:
    """Of each node whether it is `top` or stands below."""
    found = np.empty(nodes.size, np.bool_)
    for at in range(nodes.size):
        node = nodes[at]
        while node > top:
            node = np.int64(parent[node])
        found[at] = node == top
    return found


@allocating_kernel
def way_up(parent: Indices, node: int) -> Indices:
    """The node and all above it, the nearest first."""
    steps, at = 0, np.int64(node)
    while at >= 0:
        steps += 1
        at = np.int64(parent[at])
    found = np.empty(steps, np.int32)
    at = np.int64(node)
    for step in range(steps):
        found[step] = at
        at = np.int64(parent[at])
    return found


@kernel
def _next_span(nodes: Nodes, low: int, high: int) -> tuple[int, int]:
    """The children of the ordered nodes `low` to `high`, again one stretch."""
    count = nodes.size[0]
    return first_at_least(nodes.parent, count, low), first_at_least(nodes.parent, count, high)


@kernel
def _late_children(nodes: Nodes, low: int, high: int) -> tuple[int, int]:
    """Where in `late_child` the later children of nodes `low` to `high` stand."""
    count = nodes.late_parent.size
    return first_at_least(nodes.late_parent, count, low), first_at_least(nodes.late_parent, count, high)


def children(nodes: Nodes, node: int) -> Indices:
    """The node's children, the later ones last."""
    low, high = _next_span(nodes, node, node + 1)
    late, late_end = _late_children(nodes, node, node + 1)
    ordered = np.arange(low, high, dtype=np.int32)
    return ordered if late == late_end else np.concatenate([ordered, nodes.late_child[late:late_end]])


def levels(nodes: Nodes, node: int, deepest: int | None = None) -> Iterator["Level"]:
    """The levels below the node, from the first, until one is empty; a level costs what it has of later nodes."""
    low, high = node, node + 1
    if node >= nodes.size[0]:
        low, high = 0, 0
    late = np.array([node] if node >= nodes.size[0] else [], np.int32)
    depth = 0
    while deepest is None or depth < deepest:
        depth += 1
        start, end = _late_children(nodes, low, high)
        found = [nodes.late_child[start:end]]
        for one in late:
            start, end = _late_children(nodes, int(one), int(one) + 1)
            found.append(nodes.late_child[start:end])
        late = np.concatenate(found)
        low, high = _next_span(nodes, low, high) if high > low else (0, 0)
        if low == high and not late.size:
            return
        yield Level(depth, low, high, late)


class Level:
    """The nodes of one level below somebody: a stretch of the arrays, and the later ones by number."""

    __slots__ = ("depth", "high", "late", "low")

    def __init__(self, depth: int, low: int, high: int, late: Indices) -> None:
        self.depth, self.low, self.high, self.late = depth, low, high, late

    def __len__(self) -> int:
        return self.high - self.low + len(self.late)

    def __iter__(self) -> Iterator[int]:
        yield from range(self.low, self.high)
        yield from self.late.tolist()

    def nodes(self) -> Indices:
        """All of them in one array."""
        ordered = np.arange(self.low, self.high, dtype=np.int32)
        return np.concatenate([ordered, self.late]) if self.late.size else ordered


@allocating_kernel
def spans(nodes: Nodes, node: int) -> Ints:
    """Where each level below the node stands among the ordered nodes: first and end, one row a level."""
    depth = 0
    low, high = (node, node + 1) if node < nodes.size[0] else (0, 0)
    start, end = low, high
    while high > low:
        low, high = _next_span(nodes, low, high)
        depth += high > low
    found = np.zeros((depth, 2), np.int64)
    for level in range(depth):
        start, end = _next_span(nodes, start, end)
        found[level, 0], found[level, 1] = start, end
    return found


@allocating_kernel
def census(nodes: Nodes, node: int, masks: Ints) -> Ints:
    """How many nodes of each level below carry each mask's flags: `[level - 1, mask]`, however deep it goes."""
    stretches = spans(nodes, node)
    deepest = stretches.shape[0]
    for one in range(nodes.size[0], nodes.size[1]):
        deepest = max(deepest, level_between(nodes, node, one))
    found = np.zeros((deepest, masks.size), np.int64)
    for level in range(stretches.shape[0]):
        for one in range(stretches[level, 0], stretches[level, 1]):
            for at in range(masks.size):
                found[level, at] += nodes.flags[one] & masks[at] == masks[at]
    for one in range(nodes.size[0], nodes.size[1]):
        level = level_between(nodes, node, one)
        if level > 0:
            for at in range(masks.size):
                found[level - 1, at] += nodes.flags[one] & masks[at] == masks[at]
    return found
