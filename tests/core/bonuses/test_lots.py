"""Volume that waits on a side: the table of the rule, and sums that must hold whatever happens."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.bonuses.arrays import Lots
from core.bonuses.rules.lots import LEFT, RIGHT, kept, sums, used, with_new

TWO_AGO, ONE_AGO, NOW = 100, 50, 30


def lots(*volumes: int, side: int = LEFT) -> Lots:
    """Of one person on one side, the oldest first, this cycle's last."""
    count = len(volumes)
    return Lots(
        node=np.zeros(count, np.int32),
        side=np.full(count, side, np.int32),
        age=np.arange(count - 1, -1, -1, dtype=np.int32),
        volume=np.array(volumes, np.int64),
        leg=np.full(count, -1, np.int32),
    )


def told(found: Lots) -> dict[int, int]:
    return dict(zip(found.age.tolist(), found.volume.tolist(), strict=True))


def both(volume: int) -> dict[int, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    return {side: np.array([volume if side == LEFT else 0], np.int64) for side in (LEFT, RIGHT)}


def test_the_oldest_is_used_first() -> None:
    assert told(used(lots(TWO_AGO, ONE_AGO, NOW), both(120))) == {1: 30, 0: 30}


@pytest.mark.parametrize(
    ("cycles", "most", "left"),
    [(1, None, {0: 30}), (2, None, {1: 50, 0: 30}), (None, 70, {1: 40, 0: 30}), (2, 60, {1: 30, 0: 30}), (None, 0, {})],
)
def test_old_lots_end_and_the_youngest_are_kept(cycles: int | None, most: int | None, left: dict[int, int]) -> None:
    assert told(kept(lots(TWO_AGO, ONE_AGO, NOW), cycles=cycles, most=most)) == left


@pytest.mark.parametrize(
    ("fresh", "left"),
    [(30, {2: 100, 1: 50, 0: 30}), (-110, {1: 40}), (-150, {}), (-170, {0: -20}), (0, {2: 100, 1: 50})],
)
def test_a_return_takes_from_the_oldest_and_what_is_short_waits(fresh: int, left: dict[int, int]) -> None:
    carried = lots(TWO_AGO, ONE_AGO, 0)
    assert told(with_new(Lots(*(getattr(carried, name)[:2] for name in Lots.__slots__)), both(fresh))) == left


def test_what_was_short_is_taken_from_what_comes_next() -> None:
    node, side, age = (np.array([one], np.int32) for one in (0, LEFT, 1))
    owed = Lots(node, side, age, np.array([-20], np.int64), -age)
    assert told(with_new(owed, both(30))) == {0: 10}
    assert told(with_new(owed, both(5))) == {0: -15}


rows = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 2), st.integers(1, 3), st.integers(1, 50)), max_size=12)


@settings(max_examples=60, deadline=None)
@given(rows, st.lists(st.integers(-60, 60), min_size=8, max_size=8))
def test_every_side_holds_what_was_carried_and_what_came_in(
    carried: list[tuple[int, int, int, int]], new: list[int]
) -> None:
    columns = np.array(carried or np.zeros((0, 4)), np.int64).T
    node, side_of, age = (column.astype(np.int32) for column in columns[:3])
    before = Lots(node, side_of, age, columns[3], np.full_like(node, -1))
    fresh = {LEFT: np.array(new[:4], np.int64), RIGHT: np.array(new[4:], np.int64)}
    found = with_new(before, fresh)
    for side in (LEFT, RIGHT):
        assert (sums(found, side, 4) == sums(before, side, 4) + fresh[side]).all()
    half = {side: np.maximum(sums(found, side, 4), 0) // 2 for side in (LEFT, RIGHT)}
    left = used(found, half)
    for side in (LEFT, RIGHT):
        assert (sums(left, side, 4) == sums(found, side, 4) - half[side]).all()
