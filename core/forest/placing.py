"""Trees with so many places below everybody: where whoever has no place of her own goes.

A *top* is a node without a given place; she goes, with all who were given places below her, to the first free place
below her start, in the order of the nodes, but never before her start. The *start* is the nearest above her in another
tree, that of the sponsors, who does not stand below her. Below the start S with two places, of which A has the left
and nobody the right, and B and C stand below A:

| spill       | the first three go to                                       |
| ----------- | ----------------------------------------------------------- |
| bfs         | S right; then, level by level, below the first: left, right |
| balanced    | S right; below that: left, right, for A's side has more     |
| outer_left  | the lowest free place of S left, A left, ...                |
| outer_right | S right, and always right below it                          |
| weak        | S right, and as outer_right while that side has fewer       |
| manual      | nowhere: they wait                                          |

With `top` everybody's start is whoever stands on top of the first one, and places are taken as with bfs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from core.forest.counts import count_of, counting, hang_in, sizes_of
from core.forest.kernel import Indices, Ints, inlined, kernel
from core.forest.layout import breadth_first
from core.forest.wide import Passing, right_below

ROOT, WAITS = -1, -2
BFS, OUTER_LEFT, OUTER_RIGHT, BALANCED, WEAK = 0, 1, 2, 3, 4
COUNTING = BALANCED
"""From this one on people are counted."""
SPILLS = {"bfs": BFS, "balanced": BALANCED, "outer_left": OUTER_LEFT, "outer_right": OUTER_RIGHT, "weak": WEAK}
MANUAL, TOP = "manual", "top"
LAID_OUT = 1000
"""Trees with more places below everybody are open: there whoever has none comes right below her start."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where everybody stands."""

    up: Indices
    """Who stands in the place above; ROOT for the top of a tree, WAITS for who has no place."""
    slot: Indices
    """Which of the places below, from 0; -1 for a root and for who has none."""


@kernel
def _tops(up: Indices, top: Indices) -> None:
    """The top above every node, herself included; `top` comes filled with -1."""
    for node in range(up.size):
        at = node
        while top[at] < 0 and up[at] >= 0:
            at = up[at]
        found = top[at] if top[at] >= 0 else at
        at = node
        while top[at] < 0:
            top[at] = found
            if up[at] >= 0:
                at = up[at]


@inlined
def _nearest(link: Indices, node: int) -> int:
    """Along the links to whoever links to herself, halving the way for those who come later."""
    while link[node] != node:
        link[node] = link[link[node]]
        node = link[node]
    return node


NEW, COMING, THERE = 0, 1, 2
"""Whether a top's turn has not come, has come but waits for those above her, or is over."""


@kernel
def _in_turn(sponsor: Indices, top: Indices, state: Indices, start: Indices, stack: Indices, turn: Indices) -> int:
    """Fill `turn` with the tops, nobody before her sponsor, and `start`; returns how many there are."""
    count = 0
    for first in range(top.size):
        if top[first] != first or state[first] != NEW:
            continue
        depth, stack[0], state[first], start[first] = 1, first, COMING, sponsor[first]
        while depth:
            node = stack[depth - 1]
            above = start[node]
            while above >= 0 and state[top[above]] == COMING:
                above = sponsor[above]
            start[node] = above
            if above < 0 or state[top[above]] == THERE:
                state[node], turn[count] = THERE, node
                count, depth = count + 1, depth - 1
            else:
                before = top[above]
                stack[depth], state[before], start[before] = before, COMING, sponsor[before]
                depth += 1
    return count


def in_turn(sponsor: Indices, up: Indices) -> tuple[Indices, Indices]:
    """The tops in the order in which they are placed, and below whom each would be; -1 for nobody.

    They are gone through by number, and before each come those tops below whom her sponsor stands who have not come
    yet. Where that leads back to her, as given places can have it, the sponsor's sponsor is asked, and so on.
    """
    top = np.full(len(up), -1, np.int32)
    _tops(up, top)
    start, turn, stack = (np.full(len(up) + 1, -1, np.int32) for _ in range(3))
    count = _in_turn(sponsor, top, np.zeros(len(up), np.int32), start, stack, turn)
    return turn[:count], start[:-1]


@inlined
def _free_below(child: Indices, free: Indices, node: int) -> int:
    """How many levels below the node the nearest free place is."""
    nearest = len(free)
    for slot in range(child.shape[1]):
        below = child[node, slot]
        if below < 0:
            return 1
        nearest = min(nearest, int(free[below]))
    return nearest + 1


@kernel
def _measure(order: Indices, child: Indices, free: Indices) -> None:
    for at in range(order.size - 1, -1, -1):
        free[order[at]] = _free_below(child, free, order[at])


@inlined
def _first_level(child: Indices, free: Indices, node: int) -> int:
    """Whoever has the first free place below her, level by level from the left."""
    while free[node] > 1:
        wanted = free[node] - 1
        for slot in range(child.shape[1]):
            if free[child[node, slot]] == wanted:
                node = child[node, slot]
                break
    return node


@inlined
def _fewest(child: Indices, links: Indices, less: Ints, node: int) -> int:
    """Down to whoever has fewest below her, the leftmost of equal ones, until somebody has a free place."""
    while True:
        best, least = -1, 0
        for slot in range(child.shape[1]):
            below = child[node, slot]
            if below < 0:
                return node
            count = count_of(links, less, below)
            if best < 0 or count < least:
                best, least = below, count
        node = best


@inlined
def _weaker(child: Indices, links: Indices, less: Ints, node: int) -> int:
    """Which of two sides has fewer people, the left of equal ones."""
    left, right = child[node, 0], child[node, 1]
    if left < 0 or right < 0:
        return 0 if left < 0 else 1
    return 0 if count_of(links, less, left) <= count_of(links, less, right) else 1


@inlined
def _free_slot(child: Indices, node: int) -> int:
    slot = 0
    while child[node, slot] >= 0:
        slot += 1
    return slot


class Work(NamedTuple):
    """What is kept up while people are placed."""

    up: Indices
    slot: Indices
    child: Indices
    """`[node, slot]`: who stands there; -1 where the place is free."""
    free: Indices
    """How many levels below each the nearest free place is."""
    lines: Indices
    """Of the left and of the right outside line somebody further down, who stands lowest when it is herself."""
    links: Indices
    less: Ints
    """As `core.forest.counts` has them."""


@kernel
def _place_below(work: Work, spill: int, start: int) -> tuple[int, int]:
    """Whose free place below the start is next, and which of hers."""
    child = work.child
    if spill == BFS:
        node = _first_level(child, work.free, start)
        return node, _free_slot(child, node)
    if spill == BALANCED:
        node = _fewest(child, work.links, work.less, start)
        return node, _free_slot(child, node)
    side = 0 if spill == OUTER_LEFT else 1
    if spill == WEAK:
        side = _weaker(child, work.links, work.less, start)
    return _nearest(work.lines[side], start), (child.shape[1] - 1) * side


@kernel
def _keep_up(work: Work, spill: int, top: int, node: int) -> None:
    """Somebody was placed just below the node."""
    if work.less.size > 0:
        hang_in(work.links, work.less, top, node)
    while spill == BFS and node >= 0:
        found = _free_below(work.child, work.free, node)
        if found == work.free[node]:
            break
        work.free[node] = found
        node = work.up[node]


@kernel
def _spill(work: Work, spills: Indices, tops: Indices, start: Indices) -> None:
    for at in range(tops.size):
        top = tops[at]
        if start[top] < 0:
            continue
        spill = spills[at]
        node, slot = _place_below(work, spill, start[top])
        work.up[top], work.slot[top], work.child[node, slot] = node, slot, top
        if slot == 0:
            work.lines[0, node] = top
        if slot == work.child.shape[1] - 1:
            work.lines[1, node] = top
        _keep_up(work, spill, top, node)


def _below_the_first(up: Indices) -> Indices:
    """As sponsors: for everybody whoever stands on top of the first one, for herself nobody."""
    head = 0
    while len(up) and up[head] >= 0:
        head = int(up[head])
    found = np.full(len(up), head, np.int32)
    found[head : head + 1] = -1
    return found


def placed(
    sponsor: Indices,
    up: Indices,
    slot: Indices,
    *,
    width: int,
    spill: str | Sequence[str],
    passing: Passing | None = None,
) -> Places:
    """Everybody's place.

    Args:
        sponsor: in the order in which people are placed; -1 for nobody.
        up: given places: who stands in the place above; -1 where none is given. They make no circle.
        slot: which place below her, from 0; -1 where none is given.
        width: places below everybody.
        spill: one of `SPILLS`, TOP or MANUAL; or one for each, where these are outer_left, outer_right and weak.
        passing: who is passed up, in a tree without an end of places.
    """
    up, slot = up.astype(np.int32), slot.astype(np.int32)
    if spill == MANUAL:
        alone = np.ones(len(up), np.bool_)
        alone[up[up >= 0]] = False
        up[alone & (up < 0)] = WAITS
        return Places(up, slot)
    if spill == TOP:
        sponsor, spill = _below_the_first(up), "bfs"
    tops, start = in_turn(sponsor, up)
    if width > LAID_OUT:
        return Places(*right_below(up, slot, tops, start, None if passing is None else passing.of(sponsor)))
    named = [spill] * len(up) if isinstance(spill, str) else spill
    ways = np.array([OUTER_LEFT if width == 1 else SPILLS[one] for one in named], np.int32)[tops]
    _spill(_work(up, slot, width, int(ways.max(initial=0))), ways, tops, start)
    return Places(up, slot)


def _work(up: Indices, slot: Indices, width: int, spill: int) -> Work:
    """What the given places come to."""
    count, given = len(up), np.flatnonzero(up >= 0)
    child = np.full((count, width), -1, np.int32)
    child[up[given], slot[given]] = given
    free = np.ones(count, np.int32)
    if spill == BFS:
        _measure(breadth_first(up)[0], child, free)
    lines = np.tile(np.arange(count, dtype=np.int32), (2, 1))
    for line, outside in zip(lines, (child[:, 0], child[:, -1]), strict=True):
        np.copyto(line, outside, where=outside >= 0)
    links, less = counting(up, sizes_of(up)) if spill >= COUNTING else counting(up[:0], np.zeros(0, np.int64))
    return Work(up, slot, child, free, lines, links, less)
