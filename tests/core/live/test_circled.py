"""Whose rank would wait for itself: both engines find the same, by ways of their own."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forest.placing import WAITS
from core.live.circled import circled
from core.live.picture import Picture
from core.live.places import Places
from core.settlement.second.people import NOBODY, Tree
from core.settlement.second.waiting import SPONSOR, steps
from core.settlement.second.waiting import circled as circled_by_hand

Parents = list[int]


def by_engine(sponsors: Parents, lines: list[Parents], living: list[bool]) -> set[int]:
    persons = 3 * np.arange(len(sponsors), dtype=np.int32) + 2
    trees = []
    for line in lines:
        above = np.array(line, np.int32)
        places = Places(above, above, above, np.array(sponsors, np.int32))
        flags = np.array(living, np.uint8)
        own = np.zeros((0, len(persons)), np.int64)
        trees.append((Picture(persons, above, flags, np.zeros(0, np.int8), own), places))
    return {(int(one) - 2) // 3 for one in circled(trees)}


def of_trees(sponsors: Parents, lines: list[Parents], living: list[bool]) -> dict[str, Tree]:
    everybody = [True] * len(sponsors)
    placed = {str(number): Tree(line, everybody) for number, line in enumerate(lines)}
    return {SPONSOR: Tree(sponsors, living), **placed}


@pytest.mark.parametrize(
    ("sponsors", "line", "found"),
    [
        ([-1, 0, 1], [-1, 0, 0], set()),
        ([-1, 0, 1], [-1, 2, 0], {1, 2}),
        ([-1, 0, 0, 2], [-1, 3, 1, 0], {1, 2, 3}),
        ([-1, 0, 1, 2, 3], [-1, 2, 0, 4, 1], {1, 2, 3, 4}),
    ],
)
def test_the_documented_table_of_circles(sponsors: Parents, line: Parents, found: set[int]) -> None:
    living = [True] * len(sponsors)
    assert by_engine(sponsors, [line], living) == found
    assert circled_by_hand(of_trees(sponsors, [line], living)) == found


def test_who_has_left_and_has_no_place_is_nowhere() -> None:
    """0 brought 1, below whom 2 waited for a place in the one tree; in the other 2 stands above 0."""
    none, sponsors = np.full(3, -1, np.int32), np.array([-1, 0, -1], np.int32)
    people = Picture(np.arange(3, dtype=np.int32), none, np.array([1, 1, 0], np.uint8), np.zeros(0, np.int8),
                     np.zeros((0, 3), np.int64))  # fmt: skip
    waiting = Places(np.array([-1, -1, WAITS], np.int32), none, np.array([-1, -1, 1], np.int32), sponsors)
    standing = Places(np.array([2, -1, -1], np.int32), none, np.array([2, -1, -1], np.int32), sponsors)
    assert circled([(people, waiting), (people, standing)]).tolist() == []
    assert circled([(replace(people, flags=np.ones(3, np.uint8)), waiting), (people, standing)]).tolist() == [0, 1, 2]


def test_without_a_tree_nobody_waits() -> None:
    assert circled([]).tolist() == []


@st.composite
def forests(draw: st.DrawFn) -> tuple[Parents, list[Parents], list[bool]]:
    """Sponsors of whom none has left, and one or two other trees of the same people, mixed up more or less."""
    count = draw(st.integers(1, 12))
    living = [draw(st.integers(0, 4)) > 0 for _ in range(count)]
    there = [one for one in range(count) if living[one]]
    sponsors = [NOBODY] * count
    for number, one in enumerate(there):
        sponsors[one] = draw(st.sampled_from([NOBODY, *there[:number]]))
    lines = []
    for _ in range(draw(st.integers(1, 2))):
        order, line = draw(st.permutations(range(count))), [NOBODY] * count
        for number, one in enumerate(order):
            line[one] = draw(st.sampled_from([NOBODY, *order[:number]]))
        lines.append(line)
    return sponsors, lines, living


@given(forest=forests())
def test_both_engines_find_the_same_circles(forest: tuple[Parents, list[Parents], list[bool]]) -> None:
    trees = of_trees(*forest)
    found = circled_by_hand(trees)
    assert by_engine(*forest) == found
    made = list(steps(trees, found))
    assert len(made) == len(set(made))
    place = {step: number for number, step in enumerate(made)}
    for person in trees[SPONSOR].down:
        for name, tree in trees.items():
            assert all(place[child, name] < place[person, None] for child in tree.children[person])
