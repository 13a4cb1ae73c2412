"""From a picture to a state: lay the tree out, compute everything."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np

from core.calendar.model import Cycle
from core.forest.kernel import Indices
from core.forest.layout import laid_out, numbered
from core.forest.ordering import take_into
from core.forest.program import Nodes
from core.forest.sweep import sweep
from core.live.beside import Beside
from core.live.calculation import Calculation
from core.live.joining import Joining
from core.live.picture import Picture, parents
from core.live.state import State

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
    above = parents(picture)
    count = len(above)
    room = count + spare + count // SPARE_SHARE
    roomy, ordered_parent = laid_out(above, room - count)
    order = roomy[:count]
    figures = np.empty((calculation.rows, room), np.int64)
    for row, own in enumerate(picture.own):
        take_into(figures[row], own, order)
    nodes = Nodes(
        size=np.array([count, count], np.int64),
        parent=ordered_parent,
        late_parent=np.zeros(0, np.int32),
        late_child=np.zeros(0, np.int32),
        figures=figures,
        flags=take_into(np.zeros(room, np.uint8), picture.flags, order),
        grade=np.zeros(room, np.int8),
        title=take_into(np.zeros(room, np.int8), picture.titles, order) if len(picture.titles) else picture.titles,
    )
    sweep(calculation.program, nodes)
    in_turn = above is picture.sponsors  # then a person's id is the number of her row
    persons = roomy if in_turn else take_into(np.zeros(room, np.int32), picture.persons, order)
    joined = take_into(np.zeros(room, np.int64), picture.joined, order) if len(picture.joined) else picture.joined
    state = State(
        calculation,
        cycle,
        windows,
        nodes,
        persons=persons,
        index=_index(persons[:count], room),
        joining=Joining(joined, picture.today),
        beside=beside,
    )
    state.settle()
    return state


def _index(persons: Indices, room: int) -> Indices:
    """Indices by person id, with room for the ids that come next."""
    ids = int(persons.max(initial=0)) + 1
    found = np.empty(ids + room - len(persons), np.int32)
    found[0 if ids > len(persons) else ids :] = -1
    return numbered(persons, found)
