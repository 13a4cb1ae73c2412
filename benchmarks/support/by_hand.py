"""The benchmark plan written out by hand for numba: what somebody would write who needs this one plan and no other."""

import numba
import numpy as np

from core.forest.kernel import Flags, Grades, Indices, Ints

WHOLE = 10_000
LEVELS = 10

# Of each rank: own volume, group volume, active people in the line.
LADDER = np.array(
    [
        (50, 200, 1),
        (100, 500, 3),
        (100, 1_500, 6),
        (150, 4_000, 12),
        (150, 10_000, 25),
        (200, 30_000, 60),
        (200, 100_000, 150),
    ],
    np.int64,
) * np.array([WHOLE, WHOLE, 1])
ACTIVE_FROM = 50 * WHOLE


@numba.njit(cache=True)
def own_volumes(buyer: Indices, qv: Ints, count: int) -> Ints:
    own = np.zeros(count, np.int64)
    for at in range(buyer.size):
        own[buyer[at] - 1] += qv[at]
    return own


@numba.njit(cache=True)
def depth_first(sponsor: Indices) -> Indices:
    """An order in which sponsors come before those below them: the usual stack of children's lists."""
    count = sponsor.size
    first = np.full(count + 1, -1, np.int32)
    following = np.full(count, -1, np.int32)
    for person in range(count - 1, -1, -1):
        following[person] = first[sponsor[person]]
        first[sponsor[person]] = person
    order = np.empty(count, np.int32)
    stack = np.empty(count, np.int32)
    height = reached = 0
    person = first[0]
    while person >= 0:
        stack[height] = person
        height += 1
        person = following[person]
    while height > 0:
        height -= 1
        person = stack[height]
        order[reached] = person
        reached += 1
        below = first[person + 1]
        while below >= 0:
            stack[height] = below
            height += 1
            below = following[below]
    return order


@numba.njit(cache=True)
def laid_out(sponsor: Indices, order: Indices) -> Indices:
    """Sponsors by place in `order`; -1 for a root."""
    place = np.empty(order.size, np.int32)
    for at in range(order.size):
        place[order[at]] = at
    above = np.empty(order.size, np.int32)
    for at in range(order.size):
        boss = sponsor[order[at]]
        above[at] = -1 if boss == 0 else place[boss - 1]
    return above


@numba.njit(cache=True)
def figures_and_ranks(
    above: Indices, own: Ints, distributor: Flags, ladder: Ints, group: Ints, heads: Ints, levels: Ints, rank: Grades
) -> None:
    """One pass from the last to the first; outputs are given, people stand in an order with sponsors first."""
    count = above.size
    group[:] = own
    heads[:] = 0
    levels[:] = 0
    for at in range(count - 1, -1, -1):
        rank[at] = 0
        if distributor[at]:
            while (
                rank[at] < ladder.shape[0]
                and own[at] >= ladder[rank[at], 0]
                and group[at] >= ladder[rank[at], 1]
                and heads[at] >= ladder[rank[at], 2]
            ):
                rank[at] += 1
        boss = above[at]
        if boss >= 0:
            group[boss] += group[at]
            heads[boss] += heads[at] + (own[at] >= ACTIVE_FROM)
            levels[boss, 0] += own[at]
            for level in range(1, levels.shape[1]):
                levels[boss, level] += levels[at, level - 1]
