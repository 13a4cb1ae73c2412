"""Long lines: climbing while a change only passes from node to node and no condition can see it."""

from core.forest import program as p
from core.forest.gives import parent_of
from core.forest.kernel import kernel
from core.forest.notes import CHANGED, ENTRIES, NEW, OLD, RECORDING, ROW, Notes, put
from core.forest.program import Nodes, Program


@kernel
def crossed_mark(program: Program, row: int, before: int, after: int) -> bool:
    """Whether a condition of the ladder may see the row's change."""
    if program.rows[row, p.REGRADE]:
        return True
    for at in range(program.rows[row, p.MARKS_FROM], program.rows[row, p.MARKS_TO]):
        mark = program.pool[at]
        if (before < mark) != (after < mark):
            return True
    return False


@kernel
def passes(program: Program, notes: Notes) -> bool:
    """Whether every change goes from node to node as it is, so long as no grade changes."""
    for at in range(notes.counters[CHANGED]):
        row = notes.changed[ROW, at]
        operation = program.rows[row, p.OP]
        adds_up = operation == p.LINE or (operation == p.SHIFT and program.rows[row, p.KEEP])
        alone = program.rows[row, p.READERS_TO] - program.rows[row, p.READERS_FROM] == 1
        if not adds_up or not alone or program.rows[row, p.GRADE] > 0 or program.rows[row, p.REGRADE]:
            return False
    return True


@kernel
def race(program: Program, nodes: Nodes, notes: Notes, node: int, top: int) -> int:
    """Climb while changes only pass, which on long lines is nearly always; returns the node that passed them last."""
    if notes.counters[CHANGED] == 1:
        return _race_one(program, nodes, notes, node, top)
    changes, recording = notes.counters[CHANGED], notes.counters[RECORDING]
    while node != top:
        above = parent_of(nodes, node)
        if above < 0 or (recording and notes.counters[ENTRIES] + changes > notes.journal.shape[0]):
            break
        crossed = False
        for at in range(changes):
            row, difference = notes.changed[ROW, at], notes.changed[NEW, at] - notes.changed[OLD, at]
            before = nodes.figures[row, above]
            crossed = crossed or crossed_mark(program, row, before, before + difference)
        if crossed:
            break
        for at in range(changes):
            row, difference = notes.changed[ROW, at], notes.changed[NEW, at] - notes.changed[OLD, at]
            put(nodes, notes, row, above, nodes.figures[row, above] + difference)
        node = above
    return node


@kernel
def _race_one(program: Program, nodes: Nodes, notes: Notes, node: int, top: int) -> int:
    row = notes.changed[ROW, 0]
    difference = notes.changed[NEW, 0] - notes.changed[OLD, 0]
    low, high = program.rows[row, p.MARKS_FROM], program.rows[row, p.MARKS_TO]
    figures, parent, recording = nodes.figures[row], nodes.parent, notes.counters[RECORDING]
    room = notes.journal.shape[0] - notes.counters[ENTRIES]
    while node != top:
        above = parent[node]
        if above < 0 or (recording and room <= 0):
            break
        before = figures[above]
        after = before + difference
        crossed = False
        for at in range(low, high):
            crossed = crossed or ((before < program.pool[at]) != (after < program.pool[at]))
        if crossed:
            break
        if recording:
            put(nodes, notes, row, above, after)
            room -= 1
        else:
            figures[above] = after
        node = above
    return node
