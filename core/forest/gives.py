"""What one node gives to its parent, what its values are, and which grade it holds: the rules of the whole tree."""

import numpy as np

from core.forest import program as p
from core.forest.kernel import Indices, inlined, kernel
from core.forest.program import Nodes, Program


@inlined
def first_at_least(sorted_values: Indices, count: int, key: int) -> int:
    """Position of the first of `count` sorted values that is not below `key`."""
    low, high = 0, count
    while low < high:
        middle = (low + high) >> 1
        if sorted_values[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low


@inlined
def held(nodes: Nodes, node: int) -> int:
    """The node's grade; widened, because a kernel is compiled anew for every width of its arguments."""
    return int(np.int64(nodes.grade[node]))


@inlined
def late_child(nodes: Nodes, at: int) -> int:
    """One of the later nodes, widened."""
    return int(np.int64(nodes.late_child[at]))


@inlined
def parent_of(nodes: Nodes, node: int) -> int:
    """The node's parent, widened; -1 for a root."""
    return int(np.int64(nodes.parent[node]))


@inlined
def term_of(program: Program, nodes: Nodes, node: int, term: int, grade: int) -> int:
    """The own part of a node that holds `grade`: a figure, or 1; nothing when mask, floor or grade leave it out."""
    mask = program.terms[term, p.TERM_MASK]
    if nodes.flags[node] & mask != mask:
        return 0
    least = program.terms[term, p.TERM_GRADE]
    if least > 0:
        reached = np.int64(nodes.title[node]) if program.terms[term, p.TERM_TITLED] else grade
        if reached < least:
            return 0
    row = program.terms[term, p.TERM_ROW]
    figure = nodes.figures[row, node] if row >= 0 else 1
    return figure if figure >= program.terms[term, p.TERM_FLOOR] else 0


@inlined
def _reaches(program: Program, nodes: Nodes, node: int, row: int, grade: int) -> bool:
    reached = np.int64(nodes.title[node]) if program.rows[row, p.TITLED] else grade
    return bool(reached >= program.rows[row, p.GRADE])


@kernel
def _gives_generation(program: Program, nodes: Nodes, node: int, row: int, grade: int) -> int:
    source = program.rows[row, p.SOURCE]
    number = program.rows[row, p.LIMIT]
    leads = _reaches(program, nodes, node, row, grade)
    before = source if leads else row
    given = nodes.figures[before, node] if before >= 0 else 0
    own_number = 1 if leads or program.rows[row, p.KEEP] else 0
    if number == own_number:
        given += term_of(program, nodes, node, program.rows[row, p.TERM], grade)
    return given


@inlined
def gives_sum(program: Program, nodes: Nodes, node: int, row: int, grade: int) -> int:
    """What the node gives to a LINE, SHIFT or GENERATION row."""
    operation = program.rows[row, p.OP]
    if operation == p.GENERATION:
        return _gives_generation(program, nodes, node, row, grade)
    if program.rows[row, p.GRADE] > 0 and _reaches(program, nodes, node, row, grade):
        return 0
    if operation == p.LINE:
        return int(nodes.figures[row, node])
    source = program.rows[row, p.SOURCE]
    term = program.rows[row, p.TERM]
    given = nodes.figures[source, node] if source >= 0 else term_of(program, nodes, node, term, grade)
    if program.rows[row, p.KEEP]:
        given += nodes.figures[row, node]
    return int(given)


@inlined
def leg_of(program: Program, nodes: Nodes, node: int, start: int, end: int, grade: int) -> int:
    """What the leg that the node heads brings to the rows listed in the pool."""
    total = 0
    for at in range(start, end):
        total += gives_sum(program, nodes, node, program.pool[at], grade)
    return total


@kernel
def _share_of_actual(program: Program, nodes: Nodes, node: int, value: int) -> int:
    """Her figures with every leg cut to a share of their uncut sum; halves of a unit are rounded away from zero."""
    own = term_of(program, nodes, node, program.values[value, p.SELF_TERM], held(nodes, node))
    own *= program.values[value, p.SELF_SIGN]
    total = own
    start, end = program.values[value, p.SHARE_LIST_FROM], program.values[value, p.SHARE_LIST_TO]
    first = first_at_least(nodes.parent, nodes.size[0], node)
    last = first_at_least(nodes.parent, nodes.size[0], node + 1)
    late = first_at_least(nodes.late_parent, nodes.late_parent.size, node)
    late_end = first_at_least(nodes.late_parent, nodes.late_parent.size, node + 1)
    for child in range(first, last):
        total += leg_of(program, nodes, child, start, end, held(nodes, child))
    for at in range(late, late_end):
        child = late_child(nodes, at)
        total += leg_of(program, nodes, child, start, end, held(nodes, child))
    share, of = program.values[value, p.SHARE], program.values[value, p.SHARE_OF]
    whole, rest = max(total, 0) // of, max(total, 0) % of
    cap = whole * share + (2 * rest * share + of) // (2 * of)
    kept = min(own, cap) if program.values[value, p.SELF_CAP] != p.UNLIMITED else own
    for child in range(first, last):
        kept += min(leg_of(program, nodes, child, start, end, held(nodes, child)), cap)
    for at in range(late, late_end):
        child = late_child(nodes, at)
        kept += min(leg_of(program, nodes, child, start, end, held(nodes, child)), cap)
    return int(kept)


@inlined
def value_of(program: Program, nodes: Nodes, node: int, value: int) -> int:
    """A value of the node; all that its children give must be in its figures."""
    if program.values[value, p.SHARE] > 0:
        return _share_of_actual(program, nodes, node, value)
    total = 0
    for at in range(program.values[value, p.PARTS_FROM], program.values[value, p.PARTS_TO]):
        total += nodes.figures[program.pool[at], node]
    sign = program.values[value, p.SELF_SIGN]
    if sign != 0:
        own = term_of(program, nodes, node, program.values[value, p.SELF_TERM], held(nodes, node))
        total += min(sign * own, program.values[value, p.SELF_CAP])
    largest = program.values[value, p.LARGEST_ROW]
    if largest >= 0 and nodes.figures[largest, node] != p.NOTHING:
        total += program.values[value, p.LARGEST_SIGN] * nodes.figures[largest, node]
    return int(total)


@inlined
def gives(program: Program, nodes: Nodes, node: int, row: int, grade: int) -> int:
    """What the node, holding `grade`, gives to `row` of its parent."""
    operation = program.rows[row, p.OP]
    if operation <= p.GENERATION:
        return gives_sum(program, nodes, node, row, grade)
    if operation <= p.LARGEST:
        leg = leg_of(program, nodes, node, program.rows[row, p.LIST_FROM], program.rows[row, p.LIST_TO], grade)
        return int(min(leg, program.rows[row, p.LIMIT]))
    mask = program.rows[row, p.MASK]
    if nodes.flags[node] & mask != mask:
        return 0
    if program.rows[row, p.GRADE] > 0 and not _reaches(program, nodes, node, row, grade):
        source = program.rows[row, p.SOURCE]
        if source < 0 or nodes.figures[source, node] <= 0:
            return 0
    value = program.rows[row, p.VALUE]
    if value >= 0 and value_of(program, nodes, node, value) < program.rows[row, p.LIMIT]:
        return 0
    return 1


@inlined
def _holds(program: Program, nodes: Nodes, node: int, rung: int) -> bool:
    step = program.pool[program.rules[p.RUNGS] + rung]
    while step >= 0:
        row = program.steps[step, p.STEP_ROW]
        if row >= 0:
            value = nodes.figures[row, node]
        else:
            value = value_of(program, nodes, node, program.steps[step, p.STEP_VALUE])
        reached = value >= program.steps[step, p.STEP_MINIMUM]
        step = program.steps[step, p.STEP_THEN] if reached else program.steps[step, p.STEP_ELSE]
    return bool(step == p.HOLDS)


@inlined
def _allowed(program: Program, nodes: Nodes, node: int) -> int:
    """The highest rung that no gauge row keeps the node from."""
    bound = program.rules[p.RUNGS + 1] - program.rules[p.RUNGS]
    stride = bound + 1
    for at in range(program.rules[p.GAUGES], program.rules[p.GAUGES + 1], stride):
        figure = nodes.figures[program.pool[at], node]
        rung = 0
        while rung < bound and figure >= program.pool[at + 1 + rung]:
            rung += 1
        bound = rung
        if bound == 0:
            break
    return int(bound)


@inlined
def grade_of(program: Program, nodes: Nodes, node: int) -> int:
    """The grade that the node's values make, from 1; 0 is none."""
    if nodes.flags[node] & p.GRADED == 0:
        return 0
    return grade_within(program, nodes, node, _allowed(program, nodes, node))


@inlined
def grade_within(program: Program, nodes: Nodes, node: int, rungs: int) -> int:
    """The grade by what rungs ask for besides gauges, which allow the lowest `rungs`."""
    if program.rules[p.CLIMBED]:
        for rung in range(rungs):
            if not _holds(program, nodes, node, rung):
                return rung
        return rungs
    for rung in range(rungs, 0, -1):
        if _holds(program, nodes, node, rung - 1):
            return rung
    return 0


@inlined
def woken(program: Program, nodes: Nodes, node: int) -> int:
    """The node's flags with AWAKE as its own figure makes it."""
    flags = nodes.flags[node] & (0xFF ^ p.AWAKE)
    if flags & p.WAKEABLE and nodes.figures[program.rules[p.WAKE_ROW], node] >= program.rules[p.WAKE_MINIMUM]:
        flags |= p.AWAKE
    return int(flags)
