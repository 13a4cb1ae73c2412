"""Trees with any number of places below everybody: whoever has none comes right below her start, or is passed up.

Below a stands b in place 4; c and d, brought by a, come to places 5 and 6.
"""

from typing import NamedTuple

import numpy as np

from core.forest.above import Marks
from core.forest.kernel import Indices, Ints, kernel


class Passing(NamedTuple):
    """Which of those whom somebody brings, counted from 1 in their turn, stand below whoever stands above her."""

    numbers: tuple[int, ...]
    every: int = 0
    """After the last of these every such one too; 0 is none."""

    def of(self, sponsor: Indices) -> Marks:
        """Who is passed up, by the order in which people come.

        | numbers, every | of eight whom somebody brought |
        | -------------- | ------------------------------ |
        | (1, 2), 0      | 1, 2                           |
        | (2,), 3        | 2, 5, 8                        |
        """
        number = brought(sponsor)
        found = np.isin(number, self.numbers)
        if self.every:
            after = number - max(self.numbers)
            found |= (after > 0) & (after % self.every == 0)
        return np.asarray(found & (sponsor >= 0))


def brought(sponsor: Indices) -> Ints:
    """The how-manieth everybody is of those whom her sponsor brought, from 1."""
    order = np.argsort(sponsor, kind="stable")
    sponsors = sponsor[order]
    found = np.empty(len(sponsor), np.int64)
    found[order] = np.arange(1, len(sponsor) + 1) - np.searchsorted(sponsors, sponsors)
    return found


def right_below(
    up: Indices, slot: Indices, tops: Indices, start: Indices, passed: Marks | None = None
) -> tuple[Indices, Indices]:
    """Every top in the first place after the last one below her start that is taken, in the order of the tops.

    Args:
        up: given places: who stands in the place above; -1 where none is given. It is changed, as `slot` is.
        slot: which place below her, from 0.
        tops: who has none, in the order in which they are placed.
        start: below whom each comes; -1 for nobody.
        passed: who comes below whoever stands above her start, if anybody does; None is nobody.
    """
    last = np.full(len(up), -1, np.int32)
    given = np.flatnonzero(up >= 0)
    np.maximum.at(last, up[given], slot[given])
    below = tops[start[tops] >= 0]
    if passed is not None:
        _hand_up(up, slot, last, below, start, passed)
        return up, slot
    below = below[np.argsort(start[below], kind="stable")]
    starts = start[below]
    up[below], slot[below] = starts, last[starts] + 1 + np.arange(len(below)) - np.searchsorted(starts, starts)
    return up, slot


@kernel
def _hand_up(up: Indices, slot: Indices, last: Indices, below: Indices, start: Indices, passed: Marks) -> None:
    for at in range(below.size):
        above = start[below[at]]
        if passed[below[at]] and up[above] >= 0:
            above = up[above]
        last[above] += 1
        up[below[at]], slot[below[at]] = above, last[above]
