"""The climb of one change: what it alters at its node and at each ancestor, and nothing else.

Before a node is touched, what it gives is noted for the columns that can change; afterwards the difference goes to its
parent. The climb ends where a node gives what it gave before. With a journal every write can be taken back, which is
how a supposition is answered by the very code that applies a change.
"""

from typing import cast

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

# Not literals, for which kernels would be compiled once more.
SAME = cast("int", np.int64(-1))
"""As flags: leave them."""
ROOT = cast("int", np.int64(-1))
"""As top: climb as far as it goes."""
OLD_NODE = cast("int", np.int64(0))
"""As `fresh`: the node gave something before."""


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
def _climb(program: Program, nodes: Nodes, notes: Notes, node: int, top: int) -> bool:
    """Carry up to `top`, or to the root, what the node now gives otherwise; False when the journal is too short."""
    while True:
        _settle(program, nodes, notes, node)
        if notes.counters[CHANGED] == 0 or node == top:
            return True
        if passes(program, notes):
            node = race(program, nodes, notes, node, top)
        above = parent_of(nodes, node)
        if above < 0 or node == top:
            return True
        if _short(program, notes):
            return False
        _hear(program, nodes, notes, above)
        node = above


@inlined
def _begin(program: Program, nodes: Nodes, notes: Notes, node: int, fresh: int) -> None:
    """Note what the node gives so far; a fresh node gave nothing."""
    notes.counters[TICK] += 1
    notes.counters[ASKED] = 0
    for at in range(program.rules[p.STARTS], program.rules[p.STARTS + 1]):
        row = program.pool[at]
        if not fresh:
            _ask(notes, row, gives(program, nodes, node, row, held(nodes, node)))
        else:
            _ask(notes, row, p.NOTHING if program.rows[row, p.OP] == p.LARGEST else 0)


@kernel
def change(
    program: Program, nodes: Nodes, notes: Notes, node: int, amounts: Ints, flags: int, top: int, fresh: int
) -> bool:
    """Add `amounts` to the node's own rows, set its flags (AWAKE follows by itself), and carry the effect up.

    Args:
        amounts: one for each own row.
        flags: the new ones, or `SAME`.
        top: the climb ends there; or `ROOT`.
        fresh: 1 when the node was just appended, with zeros, else `OLD_NODE`.

    Returns:
        False when the journal is too short; then nothing is certain until `take_back`.
    """
    if _short(program, notes):
        return False
    _begin(program, nodes, notes, node, fresh)
    for at in range(program.rules[p.LINES], program.rules[p.LINES + 1]):
        row = program.pool[at]
        notes.changed[HELD, row] = 0 if fresh else term_of(program, nodes, node, program.rows[row, p.TERM])
    for row in range(amounts.size):
        if amounts[row] != 0:
            put(nodes, notes, row, node, nodes.figures[row, node] + amounts[row])
    if flags >= 0:
        put_flags(nodes, notes, node, flags)
    awake = woken(program, nodes, node)
    if awake != nodes.flags[node]:
        put_flags(nodes, notes, node, awake)
    for at in range(program.rules[p.LINES], program.rules[p.LINES + 1]):
        row = program.pool[at]
        difference = term_of(program, nodes, node, program.rows[row, p.TERM]) - notes.changed[HELD, row]
        if difference != 0:
            put(nodes, notes, row, node, nodes.figures[row, node] + difference)
    grade = grade_of(program, nodes, node)
    if grade != nodes.grade[node]:
        put_grade(nodes, notes, node, grade)
    return _climb(program, nodes, notes, node, top)


@kernel
def change_many(program: Program, nodes: Nodes, notes: Notes, changed: Ints, amounts: Ints) -> None:
    """`change` for each of many nodes in turn; `amounts[k]` holds one amount for each own row of node `changed[k]`."""
    for at in range(changed.size):
        change(program, nodes, notes, changed[at], amounts[at], SAME, ROOT, OLD_NODE)


@kernel
def suppose(program: Program, nodes: Nodes, notes: Notes, changed: Ints, amounts: Ints, top: int, values: Ints) -> int:
    """The grade that `top` would hold after these changes, and into `values` all her values; nothing stays changed.

    Returns:
        -1 when the journal is too short; with a longer one it may be asked again.
    """
    notes.counters[ENTRIES], notes.counters[RECORDING] = 0, 1
    for at in range(changed.size):
        if not change(program, nodes, notes, changed[at], amounts[at], SAME, top, OLD_NODE):
            take_back(nodes, notes)
            return -1
    for value in range(values.size):
        values[value] = value_of(program, nodes, top, value)
    grade = int(nodes.grade[top])
    take_back(nodes, notes)
    return grade
