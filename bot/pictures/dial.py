"""Where a needle stands. Pure geometry; angles in degrees, clockwise from three o'clock as Pillow counts them."""

from collections.abc import Sequence
from itertools import pairwise

START = 168.0
"""Angle of the scale's left end."""
SWEEP = 204.0
"""How far the scale reaches, clockwise over the top."""
ABOVE_TOP = 0.25
"""The last segment ends this share above the top threshold; a value beyond leaves the needle at the end."""


def segment(value: int, thresholds: Sequence[int]) -> int:
    """How many thresholds the value has reached: 0 below the first. Exactly on a threshold counts.

    | value | thresholds     | segment |
    | ----- | -------------- | ------- |
    | 999   | 1000 5000 9000 | 0       |
    | 1000  | 1000 5000 9000 | 1       |
    | 20000 | 1000 5000 9000 | 3       |
    """
    return sum(value >= threshold for threshold in thresholds)


def position(value: int, thresholds: Sequence[int]) -> float:
    """The needle's place on the scale: 0 at its left end, 1 at its right end.

    Every segment is equally wide, whatever its thresholds; a negative value rests at the left end.

    Args:
        thresholds: in rising order; two equal ones leave an empty segment. Without any, the scale is one segment
            that says only "something" or "nothing".
    """
    if not thresholds:
        return 0.5 if value > 0 else 0.0
    reached = segment(value, thresholds)
    bounds = [0, *thresholds, _end(thresholds)]
    low, high = list(pairwise(bounds))[reached]
    inside = (value - low) / (high - low) if high > low else 1.0
    return (reached + min(max(inside, 0.0), 1.0)) / (len(thresholds) + 1)


def angle(place: float) -> float:
    """The angle of a place on the scale."""
    return START + SWEEP * place


def edges(index: int, count: int) -> tuple[float, float]:
    """Where the segment `index` of `count` begins and ends, as angles."""
    return angle(index / count), angle((index + 1) / count)


def _end(thresholds: Sequence[int]) -> int:
    top = thresholds[-1]
    before = thresholds[-2] if len(thresholds) > 1 else 0
    return top + max(round(top * ABOVE_TOP), top - before, 1)
