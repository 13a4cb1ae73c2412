"""Long lines: climbing while a change only passes from node to node and no condition can see it."""

from core.forest import program as p
from core.forest.gives import parent_of
from core.forest.kernel import Ints, inlined
from core.forest.notes import CEILING, CHANGED, ENTRIES, FLOOR, NEW, OLD, RECORDING, ROW, Notes, put
from core.forest.program import Nodes, Program

STRETCH_FIRST = 64
STRETCH_MAX = 4096
"""A stretch grows while all goes well: memory is quickest in long ones, and near a mark short ones are soon undone."""
LEAP_FROM = 8
"""Shorter stretches are not worth looking at twice."""


@inlined
def crossed_mark(program: Program, row: int, before: int, after: int) -> bool:
    """Whether a condition of the ladder may see the row's change."""
    if program.rows[row, p.REGRADE]:
        return True
    for at in range(program.rows[row, p.MARKS_FROM], program.rows[row, p.MARKS_TO]):
        mark = program.pool[at]
        if (before < mark) != (after < mark):
            return True
    return False


@inlined
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


@inlined
def _marks_around(program: Program, notes: Notes, at: int, figure: int) -> None:
    """Note between which marks the figure may move unnoticed: from FLOOR on, up to but not at CEILING."""
    row = notes.changed[ROW, at]
    floor, ceiling = p.NOTHING, p.UNLIMITED
    for place in range(program.rows[row, p.MARKS_FROM], program.rows[row, p.MARKS_TO]):
        mark = program.pool[place]
        if mark <= figure:
            floor = mark
        elif mark < ceiling:
            ceiling = mark
    notes.changed[FLOOR, at], notes.changed[CEILING, at] = floor, ceiling


@inlined
def _unnoticed(program: Program, nodes: Nodes, notes: Notes, node: int) -> bool:
    """Whether no mark lies between what stands at the node and what would."""
    for at in range(notes.counters[CHANGED]):
        before = nodes.figures[notes.changed[ROW, at], node]
        after = before + notes.changed[NEW, at] - notes.changed[OLD, at]
        if min(before, after) < notes.changed[FLOOR, at] or max(before, after) >= notes.changed[CEILING, at]:
            _marks_around(program, notes, at, before)
            if after < notes.changed[FLOOR, at] or after >= notes.changed[CEILING, at]:
                return False
    return True


@inlined
def _stretch(nodes: Nodes, node: int, top: int, reach: int) -> int:
    """How many steps up from the node lead to its neighbour each time, as they do where lines do not branch."""
    longest = min(reach, node - max(top, 0))
    before = nodes.parent[node - longest + 1 : node + 1]  # a slice, which needs no look at negative indices
    steps = 0
    while steps < longest and before[longest - 1 - steps] == node - steps - 1:
        steps += 1
        if steps == LEAP_FROM:  # it looks like a long one: all at once is quicker than one by one
            others = 0
            for place in range(longest):
                others += before[place] != node - longest + place
            if others == 0:
                return longest
    return steps


@inlined
def _add_within(figures: Ints, difference: int, low: int, high: int) -> bool:
    """Add the difference to figures that lie from `low` on and below `high`; if one does not, leave them all."""
    outside = 0
    for one in range(figures.size):
        outside += (figures[one] < low) | (figures[one] >= high)
        figures[one] += difference
    if outside:
        for one in range(figures.size):
            figures[one] -= difference
    return outside == 0


@inlined
def _leap(nodes: Nodes, notes: Notes, node: int, steps: int) -> bool:
    """Add the changes to the `steps` neighbours before the node at once; False when a mark may be near."""
    for at in range(notes.counters[CHANGED]):
        figures = nodes.figures[notes.changed[ROW, at], node - steps : node]
        difference = notes.changed[NEW, at] - notes.changed[OLD, at]
        low = notes.changed[FLOOR, at] - min(difference, 0)
        high = notes.changed[CEILING, at] - max(difference, 0)
        if not _add_within(figures, difference, low, high):
            for done in range(at):
                figures = nodes.figures[notes.changed[ROW, done], node - steps : node]
                difference = notes.changed[NEW, done] - notes.changed[OLD, done]
                for one in range(steps):
                    figures[one] -= difference
            return False
    return True


@inlined
def race(program: Program, nodes: Nodes, notes: Notes, node: int, top: int) -> int:
    """Climb while changes only pass, which on long lines is nearly always; returns the node that passed them last."""
    changes, recording = notes.counters[CHANGED], notes.counters[RECORDING]
    for at in range(changes):
        notes.changed[FLOOR, at], notes.changed[CEILING, at] = 0, 0  # between which there is no figure
    reach = STRETCH_FIRST
    while node != top:
        steps = 0 if recording else _stretch(nodes, node, top, reach)
        if steps >= LEAP_FROM and _leap(nodes, notes, node, steps):
            node -= steps
            reach = min(2 * reach, STRETCH_MAX)
            continue
        reach = STRETCH_FIRST
        above = parent_of(nodes, node)
        if above < 0 or (recording and notes.counters[ENTRIES] + changes > notes.journal.shape[0]):
            break
        if not _unnoticed(program, nodes, notes, above):
            break
        for at in range(changes):
            row, difference = notes.changed[ROW, at], notes.changed[NEW, at] - notes.changed[OLD, at]
            put(nodes, notes, row, above, nodes.figures[row, above] + difference)
        node = above
    return node
