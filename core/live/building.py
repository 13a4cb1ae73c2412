"""From a picture to a state: lay the tree out, compute everything."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from core.calendar.model import Cycle
from core.forest.kernel import Indices
from core.forest.layout import breadth_first
from core.forest.program import Nodes
from core.forest.sweep import sweep
from core.live.beside import Beside
from core.live.calculation import Calculation
from core.live.picture import Picture, parents
from core.live.state import State

T = TypeVar("T", bound=np.generic)

SPARE = 1024
SPARE_SHARE = 1024
"""Room for one newcomer in so many people; after that everything is laid out afresh."""


def build(
    calculation: Calculation,
    cycle: Cycle,
    windows: Sequence[datetime | None],
    picture: Picture,
    *,
    spare: int = SPARE,
    beside: Mapping[int, Beside] | None = None,
) -> State:
    """A state of everything in the picture.

    Args:
        windows: when each own figure's window begins; None for the beginning of time.
        spare: newcomers that there must be room for, over a share of the people.
        beside: by own row, what keeps a figure that the picture has been given.

    Raises:
        NotATree: the sponsors make a circle.
    """
    order, place, ordered_parent = breadth_first(parents(picture))
    count = len(order)
    room = count + spare + count // SPARE_SHARE
    figures = np.empty((calculation.rows, room), np.int64)
    for row, own in enumerate(picture.own):
        np.take(own, order, out=figures[row, :count], mode="clip")  # any other mode copies all of it once more
    nodes = Nodes(
        size=np.array([count, count], np.int64),
        parent=_roomy(ordered_parent, room),
        late_parent=np.zeros(0, np.int32),
        late_child=np.zeros(0, np.int32),
        figures=figures,
        flags=_roomy(picture.flags[order], room),
        grade=np.zeros(room, np.int8),
        title=_roomy(picture.titles[order], room) if len(picture.titles) else picture.titles,
    )
    sweep(calculation.program, nodes)
    persons = _roomy(picture.persons[order], room)
    return State(
        calculation, cycle, windows, nodes, persons=persons, index=_index(picture.persons, place, room), beside=beside
    )


def _index(persons: Indices, place: Indices, room: int) -> Indices:
    """Indices by person id, with room for the ids that come next."""
    ids = int(persons.max(initial=0)) + 1
    found = np.full(ids + room - len(persons), -1, np.int32)
    found[persons] = place
    return found


def _roomy(values: NDArray[T], room: int) -> NDArray[T]:
    found = np.zeros(room, values.dtype)
    found[: len(values)] = values
    return found
