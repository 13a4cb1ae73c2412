"""Legs of somebody above = walking up from each node."""

from random import Random

import numpy as np

from core.forest.kernel import Indices
from core.forest.layout import breadth_first
from core.forest.legs import legs_of


def by_walking(parent: list[int], node: int, top: int) -> tuple[int, int]:
    level, at = 1, node
    while at >= 0 and parent[at] != top:
        at, level = parent[at], level + 1
    return (at, level) if top >= 0 and at >= 0 else (-1, 0)


def test_the_documented_table() -> None:
    head, level = legs_of(np.array([-1, 0, 0, 1, 3], np.int32), np.array([-1, 0, 1, -1, 0], np.int32))
    assert (head.tolist(), level.tolist()) == ([-1, 1, -1, -1, 1], [0, 1, 0, 0, 3])


def test_every_leg_is_that_which_a_walk_up_comes_through() -> None:
    random = Random(7)
    for count in (1, 2, 9, 60):
        given: Indices = np.array([random.randrange(-1, max(1, node // 2)) for node in range(count)], np.int32)
        _, _, parent = breadth_first(np.where(given < np.arange(count), given, -1).astype(np.int32))
        top: Indices = np.array([random.randrange(-1, count) for _ in range(count)], np.int32)
        head, level = legs_of(parent, top)
        walked = [by_walking(parent.tolist(), node, int(top[node])) for node in range(count)]
        assert list(zip(head.tolist(), level.tolist(), strict=True)) == walked
