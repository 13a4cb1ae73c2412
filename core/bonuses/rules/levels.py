"""Who is the n-th person above: the five ways of counting, for a million starts at once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from core.bonuses.arrays import NOBODY
from core.forest.above import Marks, nearest_above
from core.forest.kernel import Indices

Paid = Callable[[int], Marks]
"""Everybody who would be paid at a level: she qualifies, and she is paid so deep."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Who is paid at one level: for which starts, who, and below whom the way to her began."""

    level: int
    start: Indices
    """Places among the starts."""
    payee: Indices
    below: Indices


def climb(
    parent: Indices, starts: Indices, last: int, *, compression: str, placed: Marks, paid: Paid, lost_goes_on: bool
) -> Iterator[Reached]:
    """Level by level, who is paid for what each start brings.

    Args:
        placed: who holds a place in the counting.
        lost_goes_on: what nobody at a level earns goes to the next above who would, as with `roll_up`.

    Above the buyer B stand C, D, E and F, of whom D fails and each other one is paid at every level:

    | compression | level 1 | level 2 | level 3 |
    | ----------- | ------- | ------- | ------- |
    | none        | C       | -       | E       |
    | static      | C       | E       | F       |
    | dynamic     | C       | E       | F       |
    | roll_up     | C       | E       | E       |
    | run         | C       | -       | E       |

    `static` takes out who fails `placed`; `dynamic` gives level n to the first who is paid so deep, and goes on above
    her; of D and a failing D2 above her, `none` loses two levels and `run` one.
    """
    walk = _WALKS[compression](parent, placed, paid)
    at, below, waiting = starts, starts, np.zeros(len(starts), np.bool_)
    for level in range(1, last + 1):
        if compression == "dynamic":
            walk = _Static(parent, placed & paid(level), paid)
        below = np.where(waiting, below, at)
        at, reached, waiting = walk.step(at, waiting)
        yield _reached(parent, level, at, reached, below, paid(level), lost_goes_on or compression == "roll_up")
        if not (at >= 0).any():
            return


def _reached(
    parent: Indices, level: int, at: Indices, reached: Marks, below: Indices, paid: Marks, goes_on: bool
) -> Reached:
    earns = reached & (at >= 0) & paid[at]
    payee = np.where(earns, at, NOBODY)
    if goes_on:
        missed = (at >= 0) & ~earns
        payee = np.where(missed, nearest_above(parent, paid)[at], payee)
    start = np.flatnonzero(payee >= 0).astype(np.int32)
    return Reached(level, start, payee[start], below[start])


class _None:
    """Everybody in the line counts."""

    def __init__(self, parent: Indices, _placed: Marks, _paid: Paid) -> None:
        self.up = parent

    def step(self, at: Indices, waiting: Marks) -> tuple[Indices, Marks, Marks]:
        """The next above each; who has come to the top stays nowhere."""
        above = np.where(at >= 0, self.up[at], NOBODY)
        return above, np.ones(len(at), np.bool_), waiting


class _Static(_None):
    """Who holds no place is not there."""

    def __init__(self, parent: Indices, placed: Marks, paid: Paid) -> None:
        super().__init__(parent, placed, paid)
        self.up = nearest_above(parent, placed)


class _Run(_None):
    """People in a row who hold no place use up one level together.

    Where the next above holds none, the level is lost and the way stands before the first above who holds one:
    `waiting` says so, and the place is already hers.
    """

    def __init__(self, parent: Indices, placed: Marks, paid: Paid) -> None:
        super().__init__(parent, placed, paid)
        self.placed, self.nearest = placed, nearest_above(parent, placed)

    def step(self, at: Indices, waiting: Marks) -> tuple[Indices, Marks, Marks]:
        """As above; a level that a run uses up is reached by nobody."""
        above = np.where(at >= 0, self.up[at], NOBODY)
        gap = ~waiting & (above >= 0) & ~self.placed[above]
        after = np.where(waiting, at, np.where(gap, self.nearest[at], above))
        return after, ~gap, gap


_WALKS: dict[str, type[_None]] = {
    "none": _None,
    "static": _Static,
    "dynamic": _Static,
    "roll_up": _None,
    "run": _Run,
}
