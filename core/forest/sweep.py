"""The pass over all nodes: from own figures, flags and parents to every column and grade."""

from typing import cast

import numpy as np

from core.forest import program as p
from core.forest.gives import gives, grade_of, parent_of, term_of, value_of, woken
from core.forest.kernel import Indices, Ints, kernel
from core.forest.program import Nodes, Program

NO_GRADE = cast("int", np.int64(0))
"""Not a literal, for which kernels would be compiled once more."""


@kernel
def _sweep_line(figures: Ints, row: int, parent: Indices, count: int) -> None:
    for node in range(count - 1, -1, -1):
        above = parent[node]
        if above >= 0:
            figures[row, above] += figures[row, node]


@kernel
def _sweep_shift(figures: Ints, row: int, source: int, parent: Indices, count: int) -> None:
    for node in range(count - 1, -1, -1):
        above = parent[node]
        if above >= 0:
            figures[row, above] += figures[source, node]


@kernel
def _sweep_below(program: Program, nodes: Nodes, row: int, count: int) -> None:
    term = program.rows[row, p.TERM]
    for node in range(count - 1, -1, -1):
        above = parent_of(nodes, node)
        if above >= 0:
            nodes.figures[row, above] += nodes.figures[row, node] + term_of(program, nodes, node, term)


@kernel
def _fill_term(program: Program, nodes: Nodes, row: int, count: int) -> None:
    """Start a LINE row with the nodes' own terms."""
    term = program.rows[row, p.TERM]
    source, mask = program.terms[term, p.TERM_ROW], program.terms[term, p.TERM_MASK]
    if source >= 0 and mask == p.COUNTED and program.terms[term, p.TERM_FLOOR] == p.NOTHING:
        for node in range(count):
            nodes.figures[row, node] = nodes.figures[source, node] * (nodes.flags[node] & p.COUNTED)
        return
    for node in range(count):
        nodes.figures[row, node] = term_of(program, nodes, node, term)


@kernel
def _sweep_plain(program: Program, nodes: Nodes, row: int, count: int) -> None:
    """One row at a time streams through memory; rows that need no grade are done so."""
    source = program.rows[row, p.SOURCE]
    if program.rows[row, p.OP] == p.LINE:
        _sweep_line(nodes.figures, row, nodes.parent, count)
    elif source >= 0 and not program.rows[row, p.KEEP]:
        _sweep_shift(nodes.figures, row, source, nodes.parent, count)
    elif source < 0 and program.rows[row, p.KEEP]:
        _sweep_below(program, nodes, row, count)
    else:
        for node in range(count - 1, -1, -1):
            above = parent_of(nodes, node)
            if above >= 0:
                nodes.figures[row, above] += gives(program, nodes, node, row, NO_GRADE)


@kernel
def _prepare(program: Program, nodes: Nodes, count: int) -> None:
    for row in range(program.rules[p.OWN_ROWS], program.rows.shape[0]):
        operation = program.rows[row, p.OP]
        if operation == p.LINE:
            _fill_term(program, nodes, row, count)
        else:
            nodes.figures[row, :count] = p.NOTHING if operation == p.LARGEST else 0


@kernel
def sweep(program: Program, nodes: Nodes) -> None:
    """Compute flags, columns and grades of all nodes from their own figures.

    Rows that know no grade come first, one after the other; then grades and whatever looks at them, in one pass from
    the last node to the first, in which every child is complete before its parent.
    """
    count = nodes.size[1]
    for node in range(count):
        nodes.flags[node] = woken(program, nodes, node)
    _prepare(program, nodes, count)
    for at in range(program.rules[p.PLAIN], program.rules[p.PLAIN + 1]):
        _sweep_plain(program, nodes, program.pool[at], count)
    for node in range(count - 1, -1, -1):
        grade = grade_of(program, nodes, node)
        nodes.grade[node] = grade
        above = parent_of(nodes, node)
        if above < 0:
            continue
        for at in range(program.rules[p.OTHER], program.rules[p.OTHER + 1]):
            row = program.pool[at]
            given = gives(program, nodes, node, row, grade)
            if program.rows[row, p.OP] == p.LARGEST:
                nodes.figures[row, above] = max(nodes.figures[row, above], given)
            else:
                nodes.figures[row, above] += given


@kernel
def add_figures(figures: Ints, row: int, nodes_of: Indices, amounts: Ints) -> None:
    """Add `amounts[k]` to the own row of node `nodes_of[k]`, for every k whose node is not negative."""
    for at in range(nodes_of.size):
        if nodes_of[at] >= 0:
            figures[row, nodes_of[at]] += amounts[at]


@kernel
def column_of(program: Program, nodes: Nodes, value: int) -> Ints:
    """One value of all nodes."""
    found = np.empty(nodes.size[1], np.int64)
    for node in range(found.size):
        found[node] = value_of(program, nodes, node, value)
    return found
