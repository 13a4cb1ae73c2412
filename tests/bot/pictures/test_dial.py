import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.dial import START, SWEEP, angle, edges, position, segment

GOLD_DIAMOND_SE = (1000, 5000, 9000)


@pytest.mark.parametrize(
    ("value", "reached", "place"),
    [
        (0, 0, 0.0),
        (-500, 0, 0.0),  # more returned than bought
        (500, 0, 0.125),
        (999, 0, 0.24975),
        (1000, 1, 0.25),  # exactly on a threshold counts
        (3000, 1, 0.375),
        (5000, 2, 0.5),
        (9000, 3, 0.75),
        (11000, 3, 0.875),
        (13000, 3, 1.0),
        (999_999, 3, 1.0),  # far above the top rests at the end
    ],
)
def test_the_needle_moves_in_proportion_between_equal_segments(value: int, reached: int, place: float) -> None:
    assert segment(value, GOLD_DIAMOND_SE) == reached
    assert position(value, GOLD_DIAMOND_SE) == pytest.approx(place)


def test_without_thresholds_the_needle_says_something_or_nothing() -> None:
    assert [position(value, ()) for value in (-1, 0, 1)] == [0.0, 0.0, 0.5]


def test_two_equal_thresholds_are_passed_together() -> None:
    assert position(99, (100, 100, 200)) < 0.25
    assert position(100, (100, 100, 200)) == pytest.approx(0.5)


def test_a_threshold_of_nothing_is_reached_at_once() -> None:
    assert position(0, (0, 10)) == pytest.approx(1 / 3)


def test_the_scale_runs_over_the_top_and_ends_as_far_down_as_it_began() -> None:
    assert (angle(0), angle(1)) == (START, START + SWEEP)
    assert angle(0.5) == 270
    assert [edges(index, 4)[1] for index in range(3)] == [edges(index, 4)[0] for index in range(1, 4)]


@given(st.lists(st.integers(0, 10**12), max_size=12), st.integers(-(10**12), 10**13), st.integers(0, 10**9))
def test_more_never_moves_the_needle_back(thresholds: list[int], value: int, more: int) -> None:
    rising = sorted(thresholds)
    low, high = position(value, rising), position(value + more, rising)
    assert 0 <= low <= high <= 1


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=12), st.integers(-(10**12), 10**13))
def test_the_needle_stands_in_the_segment_of_the_rank_reached(thresholds: list[int], value: int) -> None:
    rising = sorted(thresholds)
    start, end = (share / (len(rising) + 1) for share in (segment(value, rising), segment(value, rising) + 1))
    assert start - 1e-9 <= position(value, rising) <= end + 1e-9
