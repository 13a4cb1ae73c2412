"""What a climb notes down: amounts before a node is touched, changes to carry on, and a journal to take all back by."""

from typing import NamedTuple

import numpy as np

from core.forest.kernel import Ints, inlined, kernel
from core.forest.program import Nodes

GRADE_ENTRY = -1
FLAGS_ENTRY = -2

STAMP = 0
HELD = 0
ROW = 1
OLD = 2
NEW = 3
FLOOR = 4
CEILING = 5


class Notes(NamedTuple):
    """Room to work in, kept between calls."""

    asked: Ints
    """Columns under suspicion at the present node: stamps by row, then rows and old amounts in order of finding."""
    changed: Ints
    """Columns whose giving changed, from the last node finished: row, old and new amount; and between
    which marks their figures may move. Before that, the terms that the first node held."""
    counters: Ints
    """Stamp, how many are asked, how many changed, journal entries, journal on."""
    journal: Ints
    """(entry's row or kind, node, what stood there) for each write."""


TICK = 0
ASKED = 1
CHANGED = 2
ENTRIES = 3
RECORDING = 4


def new_notes(rows: int, journal: int = 4096) -> Notes:
    """Empty notes for a program of that many rows."""
    return Notes(
        asked=np.zeros((3, rows + 1), np.int64),
        changed=np.zeros((6, rows + 1), np.int64),
        counters=np.zeros(5, np.int64),
        journal=np.zeros((journal, 3), np.int64),
    )


@inlined
def put(nodes: Nodes, notes: Notes, row: int, node: int, figure: int) -> None:
    """Write a figure, journalled where that is on."""
    if notes.counters[RECORDING]:
        entry = notes.counters[ENTRIES]
        notes.journal[entry, 0], notes.journal[entry, 1] = row, node
        notes.journal[entry, 2] = nodes.figures[row, node]
        notes.counters[ENTRIES] = entry + 1
    nodes.figures[row, node] = figure


@inlined
def put_grade(nodes: Nodes, notes: Notes, node: int, grade: int) -> None:
    """Write a grade, journalled where that is on."""
    if notes.counters[RECORDING]:
        entry = notes.counters[ENTRIES]
        notes.journal[entry, 0], notes.journal[entry, 1], notes.journal[entry, 2] = GRADE_ENTRY, node, nodes.grade[node]
        notes.counters[ENTRIES] = entry + 1
    nodes.grade[node] = grade


@inlined
def put_flags(nodes: Nodes, notes: Notes, node: int, flags: int) -> None:
    """Write flags, journalled where that is on."""
    if notes.counters[RECORDING]:
        entry = notes.counters[ENTRIES]
        notes.journal[entry, 0], notes.journal[entry, 1], notes.journal[entry, 2] = FLAGS_ENTRY, node, nodes.flags[node]
        notes.counters[ENTRIES] = entry + 1
    nodes.flags[node] = flags


@kernel
def take_back(nodes: Nodes, notes: Notes) -> None:
    """Undo every journalled write, the last first, and stop recording."""
    for entry in range(notes.counters[ENTRIES] - 1, -1, -1):
        row, node, before = notes.journal[entry, 0], notes.journal[entry, 1], notes.journal[entry, 2]
        if row >= 0:
            nodes.figures[row, node] = before
        elif row == GRADE_ENTRY:
            nodes.grade[node] = before
        else:
            nodes.flags[node] = before
    notes.counters[ENTRIES] = 0
    notes.counters[RECORDING] = 0
