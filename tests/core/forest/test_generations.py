from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core.forest.generations import endless, generations, guaranteed, higher_above, legs_with, risen
from core.forest.kernel import Indices
from core.forest.ordering import depths

CHAIN = np.array([-1, 0, 1, 2, 3], np.int32)
MILLION = 1_000_000


def marks(size: int, *nodes: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    found = np.zeros(size, np.bool_)
    found[list(nodes)] = True
    return found


def none(count: int) -> Indices:
    return np.full(count, -1, np.int32)


@pytest.mark.parametrize(
    ("opener", "paid"),
    [
        (False, [(1, 0, 1, -1), (2, 0, 1, -1), (3, 0, 2, 2), (4, 0, 2, 2)]),
        (True, [(2, 0, 1, 2), (3, 0, 1, 2), (4, 0, 1, 2)]),
    ],
)
def test_a_leader_closes_a_generation_or_opens_one(opener: bool, paid: list[tuple[int, int, int, int]]) -> None:
    """In the line 0 to 4 node 2 leads and 0 earns: source, earner, generation, leader met."""
    sources = np.array([1, 2, 3, 4], np.int32)
    found = generations(CHAIN, marks(5, 2), marks(5, 0), sources, last=2, opener=opener, apart=none(4))
    assert [(int(sources[at]), *rest) for at, *rest in found.T.tolist()] == paid


def test_who_is_set_apart_does_not_count_as_a_leader_for_that_source() -> None:
    sources = np.array([3, 3], np.int32)
    apart = np.array([2, -1], np.int32)
    found = generations(CHAIN, marks(5, 2), marks(5, 0, 2), sources, last=2, opener=False, apart=apart)
    assert found.T.tolist() == [[0, 2, 1, -1], [0, 0, 1, -1], [1, 2, 1, -1], [1, 0, 2, 2]]


def test_generations_of_a_chain_of_a_million_cost_what_they_find() -> None:
    chain = np.arange(-1, MILLION - 1, dtype=np.int32)
    leaders = np.zeros(MILLION, np.bool_)
    leaders[::10] = True
    sources = np.arange(MILLION, dtype=np.int32)
    found = generations(chain, leaders, leaders, sources, last=3, opener=False, apart=none(MILLION))
    assert found.shape[1] == 3 * MILLION - 3 * 1 - 10 * 3  # the first leader has nobody above, the next ten one, two


def test_an_endless_way_ends_at_its_depth() -> None:
    up = np.array([-1, 0, 0, 2, 2], np.int32)
    start, limit = np.array([3, 4, -1], np.int32), np.array([0, 2, 0], np.int32)
    found = endless(start, up, marks(5, 0, 2), depths(CHAIN), limit)
    assert found.T.tolist() == [[0, 2, 3], [0, 0, 2], [1, 2, 4]]


@pytest.mark.parametrize(("steps", "found"), [(0, [0, 1, 2, 3, 4]), (1, [-1, 0, 1, 2, 3]), (3, [-1, -1, -1, 0, 1])])
def test_so_many_steps_above(steps: int, found: list[int]) -> None:
    assert risen(CHAIN, steps).tolist() == found


def test_the_next_higher_above_is_found_past_equal_and_lower_ones() -> None:
    grade = np.array([3, 1, 2, 2, 1], np.int32)
    assert higher_above(CHAIN, marks(5, 0, 1, 2, 3, 4), grade).tolist() == [-1, 0, 0, 0, 3]
    assert higher_above(CHAIN, marks(5, 0, 1, 4), grade).tolist() == [-1, 0, 1, 1, 0]


def test_legs_count_once_however_many_stand_in_them() -> None:
    parent = np.array([-1, 0, 0, 1, 1, 2], np.int32)
    assert legs_with(parent, marks(6, 1, 3, 4)).tolist() == [1, 2, 0, 0, 0, 0]


@pytest.mark.parametrize("kind", [np.int64, object])
def test_each_leader_passes_up_her_own_and_what_fills_it_up(kind: type) -> None:
    above = np.array([-1, 0, 1], np.int32)
    own: NDArray[Any] = np.array([0, 300, 500], kind)
    received, fills, passed = guaranteed(above, own, marks(3, 0, 1, 2), 400)
    assert [received.tolist(), fills.tolist(), passed.tolist()] == [[400, 500, 0], [400, 100, 0], [400, 400, 500]]


def test_who_earns_nothing_passes_all_of_it_up() -> None:
    above, own = np.array([-1, 0, 1], np.int32), np.array([0, 300, 500], np.int64)
    _, fills, passed = guaranteed(above, own, marks(3, 0, 2), 400)
    assert (fills.tolist(), passed.tolist()) == ([400, 500, 0], [400, 800, 500])
