"""The pass over all nodes: from own figures, flags and parents to every column and grade."""

import numpy as np

from core.forest import program as p
from core.forest.gives import gives, grade_of, grade_within, held, parent_of, value_of, woken
from core.forest.kernel import Flags, Grades, Indices, Ints, allocating_kernel, kernel
from core.forest.program import Nodes, Program


@kernel
def _sweep_row(figures: Ints, row: int, source: int, parent: Indices, count: int) -> None:
    """Add to `row` of every parent what its children have in `source`."""
    for node in range(count - 1, -1, -1):
        above = parent[node]
        if above >= 0:
            figures[row, above] += figures[source, node]


@kernel
def _add_terms(program: Program, nodes: Nodes, row: int, count: int, above: bool) -> None:
    """Add every node's term to the row, its own place or its parent's."""
    term = program.rows[row, p.TERM]
    source, mask, floor = (
        program.terms[term, p.TERM_ROW],
        program.terms[term, p.TERM_MASK],
        program.terms[term, p.TERM_FLOOR],
    )
    figures, flags, parent = nodes.figures, nodes.flags, nodes.parent
    for node in range(count):
        place = parent[node] if above else node
        figure = figures[source, node] if source >= 0 else 1
        if place >= 0:
            figures[row, place] += figure * ((flags[node] & mask == mask) & (figure >= floor))


@kernel
def _sweep_plain(program: Program, nodes: Nodes, row: int, count: int) -> None:
    """One row at a time streams through memory; rows that need no grade are done so."""
    operation, source = program.rows[row, p.OP], program.rows[row, p.SOURCE]
    if source >= 0:
        _sweep_row(nodes.figures, row, source, nodes.parent, count)
    else:
        _add_terms(program, nodes, row, count, operation != p.LINE)
    if operation == p.LINE or program.rows[row, p.KEEP]:
        _sweep_row(nodes.figures, row, row, nodes.parent, count)


@kernel
def _prepare(program: Program, nodes: Nodes, count: int) -> None:
    for row in range(program.rules[p.OWN_ROWS], program.rows.shape[0]):
        operation = program.rows[row, p.OP]
        nodes.figures[row, :count] = p.NOTHING if operation == p.LARGEST else 0
        if operation == p.LINE and program.rows[row, p.GRADE] > 0:
            _add_terms(program, nodes, row, count, False)


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
def _gauge(figures: Ints, minima: Ints, grade: Grades) -> None:
    """Lower every grade to what one gauge allows; the minima of the rungs never fall."""
    for node in range(grade.size):
        reached = 0
        for rung in range(minima.size):
            reached += figures[node] >= minima[rung]
        grade[node] = min(int(np.int64(grade[node])), reached)


@kernel
def _climb(program: Program, nodes: Nodes, count: int) -> None:
    for node in range(count):
        nodes.grade[node] = grade_within(program, nodes, node, held(nodes, node))


def _grade(program: Program, nodes: Nodes, count: int) -> None:
    """Grades that no row looks at: one gauge after the other streams through memory, then whatever else rungs ask."""
    first, last = program.rules[p.RUNGS : p.RUNGS + 2].tolist()
    rungs, grade = last - first, nodes.grade[:count]
    _graded(nodes.flags, rungs, grade)
    begin, end = program.rules[p.GAUGES : p.GAUGES + 2].tolist()
    for at in range(begin, end, rungs + 1):
        _gauge(nodes.figures[program.pool[at]], program.pool[at + 1 : at + 1 + rungs], grade)
    if (program.pool[first:last] != p.HOLDS).any():
        _climb(program, nodes, count)


@kernel
def _wake(program: Program, nodes: Nodes, count: int) -> None:
    for node in range(count):
        nodes.flags[node] = woken(program, nodes, node)


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
