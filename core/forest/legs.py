"""In which leg of somebody above nodes stand, however deep: one pass over everybody, whatever the tree looks like."""

import numpy as np

from core.forest.kernel import Indices, kernel

Found = tuple[Indices, Indices]


@kernel
def _number(parent: Indices, depth: Indices, size: Indices, entry: Indices, free: Indices) -> None:
    """Depths, how many stand in each node's line, herself included, and numbers by which a line is one stretch."""
    count = parent.size
    for node in range(count):
        depth[node] = depth[parent[node]] + 1 if parent[node] >= 0 else 0
    for node in range(count - 1, -1, -1):
        if parent[node] >= 0:
            size[parent[node]] += size[node]
    begun = 0
    for node in range(count):
        above = parent[node]
        if above >= 0:
            entry[node] = free[above]
            free[above] += size[node]
        else:
            entry[node] = begun
            begun += size[node]
        free[node] = entry[node] + 1


@kernel
def _look(parent: Indices, top: Indices, size: Indices, entry: Indices, head: Indices) -> None:
    """By halves among the children of `top`, who stand together: the last whose line begins no later than the node."""
    count = parent.size
    for node in range(count):
        above = top[node]
        if above < 0 or not entry[above] < entry[node] < entry[above] + size[above]:
            continue
        low, high = np.searchsorted(parent, above), np.searchsorted(parent, above + 1)
        while high - low > 1:
            middle = (low + high) // 2
            if entry[middle] <= entry[node]:
                low = middle
            else:
                high = middle
        head[node] = low


def legs_of(parent: Indices, top: Indices) -> Found:
    """The head of the leg of `top` in which each node stands, and on which level below `top`; -1 and 0 for neither.

    | parent         | top             | heads         | levels     |
    | -------------- | --------------- | ------------- | ---------- |
    | -1, 0, 0, 1, 3 | -1, 0, 1, -1, 0 | -1, 1, -1, -1, 1 | 0, 1, 0, 0, 3 |

    Args:
        parent: breadth first, as `core.forest.layout.breadth_first` orders nodes; -1 for a root.
        top: for each node whose legs are asked about; -1 for nobody's.
    """
    depth, entry, free = (np.zeros_like(parent) for _ in range(3))
    size, head = np.ones_like(parent), np.full_like(parent, -1)
    _number(parent, depth, size, entry, free)
    _look(parent, top, size, entry, head)
    return head, np.where(head >= 0, depth - depth[top], 0).astype(np.int32)
