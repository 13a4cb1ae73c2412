"""How many nodes stand at and below a node, kept up while whole trees are hung in, however deep they are.

Hanging a tree in adds its size to everybody above, which on a chain of a million would be a million additions a time.
Paths are therefore kept in splay trees (link-cut trees without cutting): an addition to a whole path is one addition,
and whatever is asked costs in the long run a logarithm.

Every node holds its count less that of the node above it in its splay tree, so that what is added there is added here.
"""

import numpy as np

from core.forest.kernel import Indices, Ints, inlined, kernel
from core.forest.layout import breadth_first

ABOVE, LEFT, RIGHT = 0, 1, 2
"""Rows of `links`: above in the splay tree (or, from its top, the node above in the forest), and the two below."""


@inlined
def _is_top(links: Indices, node: int) -> bool:
    """Whether no node of its own splay tree stands above it."""
    above = links[ABOVE, node]
    return bool(above < 0 or (links[LEFT, above] != node and links[RIGHT, above] != node))


@inlined
def _rotate(links: Indices, less: Ints, node: int) -> None:
    """The node takes the place of the one above it in the splay tree."""
    above = links[ABOVE, node]
    higher = links[ABOVE, above]
    side = LEFT if links[LEFT, above] == node else RIGHT
    other = LEFT + RIGHT - side
    middle = links[other, node]
    if not _is_top(links, above):
        links[LEFT if links[LEFT, higher] == above else RIGHT, higher] = node
    links[ABOVE, node], links[ABOVE, above] = higher, node
    links[other, node], links[side, above] = above, middle
    own = less[node]
    less[node] += less[above]
    less[above] = -own
    if middle >= 0:
        links[ABOVE, middle] = above
        less[middle] += own


@kernel
def _to_top(links: Indices, less: Ints, node: int) -> None:
    """Bring the node to the top of its splay tree."""
    while not _is_top(links, node):
        above = links[ABOVE, node]
        if not _is_top(links, above):
            higher = links[ABOVE, above]
            alike = (links[LEFT, above] == node) == (links[LEFT, higher] == above)
            _rotate(links, less, above if alike else node)
        _rotate(links, less, node)


@kernel
def _expose(links: Indices, less: Ints, node: int) -> None:
    """Make the way from the root to the node one splay tree with the node on top."""
    last, at = -1, node
    while at >= 0:
        _to_top(links, less, at)
        beside = links[RIGHT, at]
        if beside >= 0:
            less[beside] += less[at]
        if last >= 0:
            less[last] -= less[at]
        links[RIGHT, at] = last
        last, at = at, links[ABOVE, at]
    _to_top(links, less, node)


@kernel
def count_of(links: Indices, less: Ints, node: int) -> int:
    """How many stand at and below the node."""
    _to_top(links, less, node)
    return int(less[node])


@kernel
def hang_in(links: Indices, less: Ints, root: int, above: int) -> None:
    """Hang the tree of `root` in below `above`, which stands in another tree."""
    _to_top(links, less, root)
    _expose(links, less, above)
    less[above] += less[root]
    links[ABOVE, root] = above


def counting(up: Indices, sizes: Ints) -> tuple[Indices, Ints]:
    """The arrays of a forest as it stands.

    Args:
        up: each node's parent; -1 for a root.
        sizes: how many stand at and below each.
    """
    links = np.full((3, len(up)), -1, np.int32)
    links[ABOVE] = up
    return links, sizes.astype(np.int64)


def sizes_of(up: Indices) -> Ints:
    """How many stand at and below each node."""
    order, _, ordered_parent = breadth_first(up)
    ordered = np.ones(len(up), np.int64)
    _add_up(ordered_parent, ordered)
    found = np.empty_like(ordered)
    found[order] = ordered
    return found


@kernel
def _add_up(parent: Indices, figure: Ints) -> None:
    for node in range(parent.size - 1, -1, -1):
        if parent[node] >= 0:
            figure[parent[node]] += figure[node]
