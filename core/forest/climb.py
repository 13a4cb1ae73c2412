"""The climb of one change: what it alters at its node and at each ancestor, and nothing else.

Before a node is touched, what it gives is noted for the columns that can change; afterwards the difference goes to its
parent. The climb ends where a node gives what it gave before. With a journal every write can be taken back, which is
how a supposition is answered by the very code that applies a change.
"""

import numpy as np

from core.forest import program as p
from core.forest.gives import first_at_least, gives, grade_of, held, late_child, parent_of, term_of, value_of, woken
from core.forest.kernel import Ints, inlined, kernel
from core.forest.notes import (
    ASKED,
    CHANGED,
    ENTRIES,
    HELD,
    NEW,
    OLD,
    RECORDING,
    ROW,
    STAMP,
    TICK,
    Notes,
    put,
    put_flags,
    put_grade,
    take_back,
)
from core.forest.program import Nodes, Program
from core.forest.race import crossed_mark, passes, race

SAME = -1
FRESH = -2
"""As flags."""
ROOT = -1
"""As top: climb as far as it goes."""
SHORT = -1
"""As an answer."""
NO_VALUES = np.zeros(0, np.int64)
"""For changes that are to stay."""


@inlined
def _ask(notes: Notes, row: int, amount: int) -> None:
    """Remember what the node gives to `row` so far."""
    at = notes.counters[ASKED]
    notes.asked[STAMP, row] = notes.counters[TICK]
    notes.asked[ROW, at] = row
    notes.asked[OLD, at] = amount
    notes.counters[ASKED] = at + 1


@inlined
def _settle(program: Program, nodes: Nodes, notes: Notes, node: int) -> None:
    """Compare what was asked with what the node gives now; the differences are what its parent must hear of."""
    grade = held(nodes, node)
    found = 0
    for at in range(notes.counters[ASKED]):
        row, old = notes.asked[ROW, at], notes.asked[OLD, at]
        new = gives(program, nodes, node, row, grade)
        if new != old:
            notes.changed[ROW, found], notes.changed[OLD, found], notes.changed[NEW, found] = row, old, new
            found += 1
    notes.counters[CHANGED] = found


@kernel
def _largest_again(program: Program, nodes: Nodes, node: int, row: int) -> int:
    """The largest leg when the one that was it shrank: every child is asked again."""
    largest = p.NOTHING
    first = first_at_least(nodes.parent, nodes.size[0], node)
    last = first_at_least(nodes.parent, nodes.size[0], node + 1)
    for child in range(first, last):
        largest = max(largest, gives(program, nodes, child, row, held(nodes, child)))
    first = first_at_least(nodes.late_parent, nodes.late_parent.size, node)
    last = first_at_least(nodes.late_parent, nodes.late_parent.size, node + 1)
    for at in range(first, last):
        child = late_child(nodes, at)
        largest = max(largest, gives(program, nodes, child, row, held(nodes, child)))
    return largest


@inlined
def _receive(program: Program, nodes: Nodes, notes: Notes, node: int, at: int) -> None:
    """Work one of a child's changes into the node's own row."""
    row, old, new = notes.changed[ROW, at], notes.changed[OLD, at], notes.changed[NEW, at]
    stood = nodes.figures[row, node]
    if program.rows[row, p.OP] != p.LARGEST:
        put(nodes, notes, row, node, stood + new - old)
    elif new >= stood:
        put(nodes, notes, row, node, new)
    elif old == stood:
        put(nodes, notes, row, node, _largest_again(program, nodes, node, row))


@inlined
def _regrade(program: Program, nodes: Nodes, notes: Notes, node: int) -> None:
    grade = grade_of(program, nodes, node)
    before = held(nodes, node)
    if grade == before:
        return
    for at in range(program.rules[p.GRADED_ROWS], program.rules[p.GRADED_ROWS + 1]):
        row = program.pool[at]
        if notes.asked[STAMP, row] != notes.counters[TICK]:
            _ask(notes, row, gives(program, nodes, node, row, before))
    put_grade(nodes, notes, node, grade)


@inlined
def _hear(program: Program, nodes: Nodes, notes: Notes, node: int) -> None:
    """Take the child's changes in, and find out what of the node's own giving they change."""
    notes.counters[TICK] += 1
    notes.counters[ASKED] = 0
    grade = held(nodes, node)
    for at in range(notes.counters[CHANGED]):
        row = notes.changed[ROW, at]
        for reader_at in range(program.rows[row, p.READERS_FROM], program.rows[row, p.READERS_TO]):
            reader = program.pool[reader_at]
            if notes.asked[STAMP, reader] != notes.counters[TICK]:
                _ask(notes, reader, gives(program, nodes, node, reader, grade))
    crossed = False
    for at in range(notes.counters[CHANGED]):
        row = notes.changed[ROW, at]
        before = nodes.figures[row, node]
        _receive(program, nodes, notes, node, at)
        crossed = crossed or crossed_mark(program, row, before, nodes.figures[row, node])
    if crossed:
        _regrade(program, nodes, notes, node)


@inlined
def _short(program: Program, notes: Notes) -> bool:
    """Whether the journal may not hold what one node's change can write."""
    return bool(
        notes.counters[RECORDING] and notes.counters[ENTRIES] + 2 * program.rows.shape[0] + 4 > len(notes.journal)
    )


@inlined
def _own_part(program: Program, nodes: Nodes, node: int, row: int) -> int:
    """What a LINE row of the node holds of her own, which asks for no grade."""
    return int(term_of(program, nodes, node, program.rows[row, p.TERM], 0))


@inlined
def _begin(program: Program, nodes: Nodes, notes: Notes, node: int, fresh: bool) -> None:
    """Note what the node gives so far, and the terms that it holds; a fresh node gave and held nothing."""
    notes.counters[TICK] += 1
    notes.counters[ASKED] = 0
    for at in range(program.rules[p.STARTS], program.rules[p.STARTS + 1]):
        row = program.pool[at]
        if not fresh:
            _ask(notes, row, gives(program, nodes, node, row, held(nodes, node)))
        else:
            _ask(notes, row, p.NOTHING if program.rows[row, p.OP] == p.LARGEST else 0)
    for at in range(program.rules[p.LINES], program.rules[p.LINES + 1]):
        row = program.pool[at]
        notes.changed[HELD, row] = 0 if fresh else _own_part(program, nodes, node, row)


@inlined
def _touch(program: Program, nodes: Nodes, notes: Notes, node: int, amounts: Ints) -> None:
    """Add to the node's own rows, and let flags, rows that hold her own term, and grade follow."""
    for row in range(amounts.size):
        if amounts[row] != 0:
            put(nodes, notes, row, node, nodes.figures[row, node] + amounts[row])
    awake = woken(program, nodes, node)
    if awake != nodes.flags[node]:
        put_flags(nodes, notes, node, awake)
    for at in range(program.rules[p.LINES], program.rules[p.LINES + 1]):
        row = program.pool[at]
        difference = _own_part(program, nodes, node, row) - notes.changed[HELD, row]
        if difference != 0:
            put(nodes, notes, row, node, nodes.figures[row, node] + difference)
    grade = grade_of(program, nodes, node)
    if grade != nodes.grade[node]:
        put_grade(nodes, notes, node, grade)


@kernel
def change(
    program: Program, nodes: Nodes, notes: Notes, changed: Ints, amounts: Ints, flags: int, top: int, values: Ints
) -> int:
    """Change nodes one after the other, and carry each effect up.

    All of it is one kernel, because every kernel that calls another is compiled together with it once more.

    Args:
        changed: the nodes.
        amounts: what is added to their own rows, `[node, own row]`.
        flags: what all of them get (AWAKE follows by itself); `SAME` leaves them, `FRESH` is for nodes just appended.
        top: climbs end there; or `ROOT`.
        values: with any room in it, this is a supposition: it gets all values of `top`, and everything is taken back.

    Returns:
        The grade that `top` holds or would hold; `SHORT` when a supposition needs a longer journal. 0 for `ROOT`.
    """
    notes.counters[ENTRIES], notes.counters[RECORDING] = 0, int(values.size > 0)
    for at in range(changed.size):
        node = changed[at]
        if _short(program, notes):
            take_back(nodes, notes)
            return SHORT
        _begin(program, nodes, notes, node, flags == FRESH)
        if flags >= 0:
            put_flags(nodes, notes, node, flags)
        _touch(program, nodes, notes, node, amounts[at])
        while True:
            _settle(program, nodes, notes, node)
            if notes.counters[CHANGED] == 0 or node == top:
                break
            if passes(program, notes):
                node = race(program, nodes, notes, node, top)
            above = parent_of(nodes, node)
            if above < 0 or node == top:
                break
            if _short(program, notes):
                take_back(nodes, notes)
                return SHORT
            _hear(program, nodes, notes, above)
            node = above
    for value in range(values.size):
        values[value] = value_of(program, nodes, top, value)
    grade = held(nodes, top) if top >= 0 else 0
    take_back(nodes, notes)
    return grade
