"""Who stands above a source, counted in generations of leaders, and where volume stops on its way up."""

import numpy as np

from core.forest.above import Marks, nearest_above
from core.forest.kernel import Indices, Ints, kernel


@kernel
def _count(
    start: Indices,
    apart: Indices,
    met: Indices,
    up: Indices,
    leader: Marks,
    earner: Marks,
    last: int,
    found: Indices,
) -> int:
    room, count = found.shape[1], 0
    for at in range(start.size):
        node, number, closing = start[at], 1, met[at]
        while node >= 0 and number <= last:
            if earner[node]:
                if count < room:
                    found[0, count], found[1, count] = at, node
                    found[2, count], found[3, count] = number, closing
                count += 1
            if leader[node] and node != apart[at]:
                number += 1
                closing = node
            node = up[node]
    return count


def generations(
    parent: Indices, leader: Marks, earner: Marks, sources: Indices, *, last: int, opener: bool, apart: Indices
) -> Indices:
    """Who stands so many leaders above each source.

    Args:
        last: the furthest generation.
        opener: a leader opens a generation instead of closing one: the source's own counts from 1 on, and what lies
            below the first leader is in none.
        apart: of each source a node that does not count as a leader for it; -1 for none.

    Returns:
        `[4, found]`: the place in `sources`, the earner, the generation from 1, and the leader who closed the one
        before (`opener`: who opened this one), -1 where there is none; by source, then upwards.

    | chain, root first | sources | leaders | closer         | opener |
    | ----------------- | ------- | ------- | -------------- | ------ |
    | e > a > b > c     | c       | a       | e 2, a 1, b 1  | e 1    |
    """
    up = nearest_above(parent, leader | earner)
    if opener:
        above = nearest_above(parent, leader)
        met = np.where(leader[sources], sources, above[sources]).astype(np.int32)
        start = np.where(met >= 0, up[met], -1).astype(np.int32)
    else:
        met = np.full(len(sources), -1, np.int32)
        start = up[sources]
    found = np.empty((4, 0), np.int32)
    count = _count(start, apart, met, up, leader, earner, last, found)
    found = np.empty((4, count), np.int32)
    _count(start, apart, met, up, leader, earner, last, found)
    return found


@kernel
def _endless(start: Indices, up: Indices, wanted: Marks, depth: Indices, limit: Indices, found: Indices) -> int:
    room, count = found.shape[1], 0
    for at in range(start.size):
        node, below = start[at], -1
        while node >= 0 and depth[node] >= limit[at]:
            if wanted[node]:
                if count < room:
                    found[0, count], found[1, count], found[2, count] = at, node, below
                count += 1
            below = node
            node = up[node]
    return count


def endless(start: Indices, up: Indices, wanted: Marks, depth: Indices, limit: Indices) -> Indices:
    """Everybody wanted on the way up from each start, itself included, down to a depth from the root.

    Args:
        start: where each way begins; -1 for nowhere.
        up: the next node of the way.
        limit: the way ends before a node of a smaller depth.

    Returns:
        `[3, found]`: the place in `start`, who is wanted, and the node that the way met just before, -1 for none.
    """
    found = np.empty((3, 0), np.int32)
    count = _endless(start, up, wanted, depth, limit, found)
    found = np.empty((3, count), np.int32)
    _endless(start, up, wanted, depth, limit, found)
    return found


def risen(parent: Indices, steps: int) -> Indices:
    """The node so many steps above each; -1 where the tree is not so high. Doubles the step, so few of them cost."""
    found = np.arange(len(parent), dtype=np.int32)
    leap = parent
    while steps:
        if steps & 1:
            found = np.where(found >= 0, leap[found], -1).astype(np.int32)
        leap = np.where(leap >= 0, leap[leap], -1).astype(np.int32)
        steps >>= 1
    return found


@kernel
def _higher(parent: Indices, marked: Marks, grade: Indices, found: Indices) -> None:
    for node in range(parent.size):
        above = parent[node]
        while above >= 0 and (not marked[above] or (marked[node] and grade[above] <= grade[node])):
            above = found[above]
        found[node] = above


def higher_above(parent: Indices, marked: Marks, grade: Indices) -> Indices:
    """For every marked node the nearest marked one above of a higher grade, for others the nearest marked; else -1."""
    found = np.empty_like(parent)
    _higher(parent, marked, grade, found)
    return found


@kernel
def _legs(parent: Indices, inside: Marks, count: Indices) -> None:
    for node in range(parent.size - 1, -1, -1):
        above = parent[node]
        if inside[node] and above >= 0:
            inside[above] = True
            count[above] += 1


def legs_with(parent: Indices, marked: Marks) -> Indices:
    """In how many of everybody's legs somebody marked stands, the head of the leg included."""
    count = np.zeros_like(parent)
    _legs(parent, marked.copy(), count)
    return count


def guaranteed(above: Indices, own: Ints, earns: Marks, guarantee: int) -> tuple[Ints, Ints, Ints]:
    """What leaders receive, keep back and pass up where each is guaranteed so much of her own.

    Args:
        above: the next leader above each, who has a smaller number; -1 for none.
        own: what each earns herself for whoever is above.

    Returns:
        What each receives, what of it fills her own up to the guarantee, and what she passes up.

    | chain, top first | own        | guarantee | received | fills | passed up |
    | ---------------- | ---------- | --------- | -------- | ----- | --------- |
    | a > b > c        | 0, 300, 500 | 400      | 400, 500, 0 | 400, 100, 0 | 400, 400, 500 |
    """
    received, fills, passed = np.zeros_like(own), np.zeros_like(own), np.zeros_like(own)
    run = _guaranteed if own.dtype == np.int64 else _plainly_guaranteed
    run(above, own, earns, guarantee, received, fills, passed)
    return received, fills, passed


def _plainly_guaranteed(
    above: Indices, own: Ints, earns: Marks, guarantee: int, received: Ints, fills: Ints, passed: Ints
) -> None:
    for node in range(len(above) - 1, -1, -1):
        if earns[node]:
            fills[node] = min(received[node], max(0, guarantee - own[node]))
        else:
            fills[node] = received[node]
        passed[node] = own[node] + fills[node]
        if above[node] >= 0:
            received[above[node]] += passed[node]


_guaranteed = kernel(_plainly_guaranteed)
