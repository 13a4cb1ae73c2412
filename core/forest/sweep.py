"""The pass over all nodes: from own figures, flags and parents to every column and grade."""

import numpy as np

from core.forest import program as p
from core.forest.gives import gives, grade_of, grade_within, held, parent_of, value_of
from core.forest.kernel import Flags, Grades, Indices, Ints, allocating_kernel, kernel
from core.forest.program import Nodes, Program

STRETCH = 4096
"""Nodes that are looked at together, so that what is known of them stays near."""


@kernel
def _sweep_row(figures: Ints, row: int, source: int, parent: Indices, count: int) -> None:
    """Add to `row` of every parent what its children have in `source`."""
    for node in range(count - 1, -1, -1):
        above = parent[node]
        if above >= 0:
            figures[row, above] += figures[source, node]


@kernel
def _give_terms(program: Program, nodes: Nodes, row: int, count: int) -> None:
    """Add every node's term to its parent's place in the row."""
    term = program.rows[row, p.TERM]
    source, mask, floor = (
        program.terms[term, p.TERM_ROW],
        program.terms[term, p.TERM_MASK],
        program.terms[term, p.TERM_FLOOR],
    )
    figures, flags, parent = nodes.figures, nodes.flags, nodes.parent
    for node in range(count):
        figure = figures[source, node] if source >= 0 else 1
        figure *= (flags[node] & mask == mask) & (figure >= floor)
        if parent[node] >= 0:
            figures[row, parent[node]] += figure


@kernel
def _own_terms(program: Program, nodes: Nodes, row: int, count: int) -> None:
    """Write every node's term to its own place in the row."""
    term = program.rows[row, p.TERM]
    source, mask, floor = (
        program.terms[term, p.TERM_ROW],
        program.terms[term, p.TERM_MASK],
        program.terms[term, p.TERM_FLOOR],
    )
    figures, flags = nodes.figures, nodes.flags
    for node in range(count):
        figure = figures[source, node] if source >= 0 else 1
        figures[row, node] = figure * ((flags[node] & mask == mask) & (figure >= floor))


@kernel
def _sweep_plain(program: Program, nodes: Nodes, row: int, count: int) -> None:
    """One row at a time streams through memory; rows that need no grade are done so."""
    line, source = program.rows[row, p.OP] == p.LINE, program.rows[row, p.SOURCE]
    if line and source < 0:
        _own_terms(program, nodes, row, count)
    else:
        nodes.figures[row, :count] = 0
    if source >= 0:
        _sweep_row(nodes.figures, row, source, nodes.parent, count)
    elif not line:
        _give_terms(program, nodes, row, count)
    if line or program.rows[row, p.KEEP]:
        _sweep_row(nodes.figures, row, row, nodes.parent, count)


@kernel
def _prepare(program: Program, nodes: Nodes, count: int) -> None:
    for at in range(program.rules[p.OTHER], program.rules[p.OTHER + 1]):
        row = program.pool[at]
        if program.rows[row, p.OP] == p.LINE and program.rows[row, p.GRADE] > 0:
            _own_terms(program, nodes, row, count)
        else:
            nodes.figures[row, :count] = p.NOTHING if program.rows[row, p.OP] == p.LARGEST else 0


@kernel
def _sweep_other(program: Program, nodes: Nodes, count: int) -> None:
    """Grades and whatever looks at them, in one pass: every child is complete before its parent."""
    first, last = program.rules[p.OTHER], program.rules[p.OTHER + 1]
    for node in range(count - 1, -1, -1):
        grade = grade_of(program, nodes, node)
        nodes.grade[node] = grade
        above = parent_of(nodes, node)
        if above < 0:
            continue
        for at in range(first, last):
            row = program.pool[at]
            given = gives(program, nodes, node, row, grade)
            if program.rows[row, p.OP] == p.LARGEST:
                nodes.figures[row, above] = max(nodes.figures[row, above], given)
            elif given != 0:
                nodes.figures[row, above] += given


@kernel
def _graded(flags: Flags, rungs: int, grade: Grades) -> None:
    for node in range(grade.size):
        grade[node] = rungs if flags[node] & p.GRADED else 0


@kernel
def _gauge(figures: Ints, minima: Ints, grade: Grades, reached: Grades) -> None:
    """Lower every grade to what one gauge allows; the minima of the rungs never fall.

    Four rungs in one go, and so many nodes as `reached` holds, is what the machine does for many nodes at once.

    Args:
        minima: of the rungs, and more that nobody reaches, four times so many or so.
        reached: room for how many rungs some nodes reach.
    """
    for start in range(0, grade.size, reached.size):
        size = min(reached.size, grade.size - start)
        some, allowed = figures[start : start + size], grade[start : start + size]
        reached[:] = 0
        for rung in range(0, minima.size, 4):
            first, second, third, fourth = minima[rung], minima[rung + 1], minima[rung + 2], minima[rung + 3]
            for node in range(size):
                lower = np.int64(some[node] >= first) + np.int64(some[node] >= second)
                reached[node] += lower + np.int64(some[node] >= third) + np.int64(some[node] >= fourth)
        for node in range(size):
            allowed[node] = min(allowed[node], reached[node])


@kernel
def _climb(program: Program, nodes: Nodes, count: int) -> None:
    for node in range(count):
        nodes.grade[node] = grade_within(program, nodes, node, held(nodes, node))


def _grade(program: Program, nodes: Nodes, count: int) -> None:
    """Grades that no row looks at: one gauge after the other streams through memory, then whatever else rungs ask."""
    first, last = program.rules[p.RUNGS : p.RUNGS + 2].tolist()
    rungs, grade, reached = last - first, nodes.grade[:count], np.empty(STRETCH, np.int8)
    _graded(nodes.flags, rungs, grade)
    begin, end = program.rules[p.GAUGES : p.GAUGES + 2].tolist()
    unreached = np.full(-rungs % 4, p.UNLIMITED)
    for at in range(begin, end, rungs + 1):
        minima = np.append(program.pool[at + 1 : at + 1 + rungs], unreached)
        _gauge(nodes.figures[program.pool[at], :count], minima, grade, reached)
    if (program.pool[first:last] != p.HOLDS).any():
        _climb(program, nodes, count)


@kernel
def _wake(program: Program, nodes: Nodes, count: int) -> None:
    """As `core.forest.gives.woken` says of one node; without jumps, so that many are done at once."""
    row, minimum = program.rules[p.WAKE_ROW], program.rules[p.WAKE_MINIMUM]
    flags, figures = nodes.flags, nodes.figures
    for node in range(count):
        awake = (flags[node] & p.WAKEABLE != 0) & (figures[row, node] >= minimum)
        flags[node] = (flags[node] & (0xFF ^ p.AWAKE)) | (p.AWAKE * awake)


def sweep(program: Program, nodes: Nodes) -> None:
    """Compute flags, columns and grades of all nodes from their own figures.

    Not a kernel itself: with all of it in one, the compiler keeps less in registers and a chain takes twice as long.
    """
    count = int(nodes.size[1])
    _wake(program, nodes, count)
    _prepare(program, nodes, count)
    for row in program.pool[program.rules[p.PLAIN] : program.rules[p.PLAIN + 1]].tolist():
        _sweep_plain(program, nodes, row, count)
    if program.rules[p.OTHER] == program.rules[p.OTHER + 1]:
        _grade(program, nodes, count)
    else:
        _sweep_other(program, nodes, count)


@kernel
def add_figures(figures: Ints, row: int, nodes_of: Indices, amounts: Ints) -> None:
    """Add `amounts[k]` to the own row of node `nodes_of[k]`, for every k whose node is not negative."""
    for at in range(nodes_of.size):
        if nodes_of[at] >= 0:
            figures[row, nodes_of[at]] += amounts[at]


@allocating_kernel
def values_of(program: Program, nodes: Nodes, value: int, some: Indices) -> Ints:
    """One value of some nodes."""
    found = np.empty(some.size, np.int64)
    for at in range(some.size):
        found[at] = value_of(program, nodes, some[at], value)
    return found


@allocating_kernel
def column_of(program: Program, nodes: Nodes, value: int) -> Ints:
    """One value of all nodes."""
    found = np.empty(nodes.size[1], np.int64)
    for node in range(found.size):
        found[node] = value_of(program, nodes, node, value)
    return found
