"""Looking up from nodes: the nearest marked one above, what has been seen on the way, how many marks stand between."""

import numpy as np
from numpy.typing import NDArray

from core.forest.kernel import Indices, Ints, kernel

Marks = NDArray[np.bool_]


@kernel
def _nearest(parent: Indices, marked: Marks, found: Indices) -> None:
    for node in range(parent.size):
        above = parent[node]
        if above >= 0 and not marked[above]:
            above = found[above]
        found[node] = above


def nearest_above(parent: Indices, marked: Marks) -> Indices:
    """For every node the nearest marked one above it; -1 where there is none.

    Args:
        parent: each node's parent, which has a smaller index; -1 for a root.
    """
    found = np.empty_like(parent)
    _nearest(parent, marked, found)
    return found


@kernel
def _carry(parent: Indices, step: Indices, takes: Marks, seen: Ints) -> None:
    for node in range(parent.size - 1, -1, -1):
        own, above = step[node], parent[node]
        for state in range(seen.shape[1] - 1, -1, -1):  # what moves goes to a state that was looked at before
            amount = seen[node, state]
            if amount == 0:
                continue
            after = state
            if own > state // 2:
                after = 2 * own
            elif own > 0 and state == 2 * own and takes[node]:
                after = state + 1
            if after != state:
                seen[node, state] = 0
                seen[node, after] += amount
        if above >= 0:
            for state in range(seen.shape[1]):
                seen[above, state] += seen[node, state]


def carried_up(parent: Indices, step: Indices, takes: Marks, own: Ints, steps: int) -> Ints:
    """Every group's sum by the highest step that its parts have met on their way up, the node itself included.

    Args:
        step: each node's step from 0, which is none.
        takes: a node of exactly the highest step met so far marks what passes, once, if it takes.
        own: what each node brings itself; it has met no step before.
        steps: how many steps there are, 0 included.

    Returns:
        `[node, state]`: state `2 * step` for what has met this step, one more for what was marked at it.

    | chain, root first | step | own  | sum at the root by step |
    | ----------------- | ---- | ---- | ----------------------- |
    | root > a          | 1, 2 | 5, 7 | 1: 5, 2: 7              |
    """
    seen = np.zeros((len(parent), 2 * steps), np.int64)
    seen[:, 0] = own
    _carry(parent, step, takes, seen)
    return seen
