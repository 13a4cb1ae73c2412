"""Whose rank would wait for itself, where KPIs along placement trees look at ranks.

A rank waits for the ranks of all below in the sponsor tree, and for those of all below in a placement tree where a KPI
looks at them. As long as people stand below those who brought them, nobody waits for herself. Where two stand below
each other, the one in this tree and the other in that, both would, and so would all between them:

| sponsors         | places         | in a circle |
| ---------------- | -------------- | ----------- |
| a → b → c        | a → b, a → c   | nobody      |
| a → b → c        | a → c → b      | b, c        |
| a → b, a → c → d | a → d → b → c  | b, c, d     |
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import numpy as np

from core.forest.kernel import Indices, Ints, kernel
from core.live.picture import Picture
from core.live.places import Places


@kernel
def _peel(parents: Indices, waits_for: Ints, free: Indices) -> int:
    """Take away who waits for nobody who is left, again and again; returns how many, who then stand in `free` first."""
    for tree in range(parents.shape[0]):
        for node in range(parents.shape[1]):
            if parents[tree, node] >= 0:
                waits_for[parents[tree, node]] += 1
    last = 0
    for node in range(parents.shape[1]):
        if waits_for[node] == 0:
            free[last] = node
            last += 1
    at = 0
    while at < last:
        for tree in range(parents.shape[0]):
            above = parents[tree, free[at]]
            if above >= 0:
                waits_for[above] -= 1
                if waits_for[above] == 0:
                    free[last] = above
                    last += 1
        at += 1
    return last


def circled(trees: Sequence[tuple[Picture, Places]]) -> Indices:
    """The people, by person id and rising, who wait for themselves; of all trees in which a KPI looks at ranks.

    Args:
        trees: everybody with her sponsor and her place, holes among them, who do nothing and pass on; who has left and
            has no place is nowhere.
    """
    if not trees:
        return np.zeros(0, np.int32)
    size = 1 + max(int(picture.persons.max(initial=0)) for picture, _ in trees)
    parents = np.full((2 * len(trees), size), -1, np.int32)
    for number, (picture, places) in enumerate(trees):
        persons, lives = np.append(picture.persons, np.int32(-1)), picture.flags > 0
        parents[2 * number, picture.persons] = np.where(lives | places.stands, persons[places.line], -1)
        parents[2 * number + 1, picture.persons] = np.where(lives, persons[places.enroller], -1)
    free = np.zeros(size, np.int32)
    waiting = np.ones(size, np.bool_)
    waiting[free[: _peel(parents, np.zeros(size, np.int64), free)]] = False
    left = np.flatnonzero(waiting)
    below: dict[int, list[int]] = {one: [] for one in left.tolist()}
    for tree in parents:
        for one in left[np.isin(tree[left], left)].tolist():
            below[int(tree[one])].append(one)
    rings = (ring for ring in knots(below) if len(ring) > 1)
    return np.array(sorted(chain.from_iterable(rings)), np.int32)


def knots(below: Mapping[int, Sequence[int]]) -> Iterator[list[int]]:
    """Sets of those who all lead to each other, each as large as can be, by Tarjan's way without recursion."""
    number: dict[int, int] = {}
    lowest: dict[int, int] = {}
    path: list[int] = []
    where: dict[int, int] = {}
    """On the path."""
    done: set[int] = set()
    for start in below:
        if start in number:
            continue
        number[start] = lowest[start] = len(number)
        where[start] = len(path)
        path.append(start)
        walk = [(start, iter(below[start]))]
        while walk:
            one, following = walk[-1]
            for other in following:
                if other not in number:
                    number[other] = lowest[other] = len(number)
                    where[other] = len(path)
                    path.append(other)
                    walk.append((other, iter(below[other])))
                    break
                if other not in done:
                    lowest[one] = min(lowest[one], number[other])
            else:
                walk.pop()
                if walk:
                    lowest[walk[-1][0]] = min(lowest[walk[-1][0]], lowest[one])
                if lowest[one] == number[one]:
                    ring, path[where[one] :] = path[where[one] :], []
                    done.update(ring)
                    yield ring
