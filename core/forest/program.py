"""What the kernels are told: which rows there are, how children give to them, and what makes a grade.

All of it is integers in arrays, so that one compiled kernel runs every plan. `core.forest.assembly` builds it.
"""

from typing import NamedTuple

import numpy as np

from core.forest.kernel import Flags, Grades, Indices, Ints

NOTHING = np.iinfo(np.int64).min
"""In a `LARGEST` row: no leg yet. As a floor: none."""
UNLIMITED = np.iinfo(np.int64).max
"""As a cap: none."""

# Flags of a node, from outside but for AWAKE.
COUNTED = 1
"""Takes part; a root that only holds the tree together does not."""
FIRST_KIND = 2
SECOND_KIND = 4
WAKEABLE = 8
"""May be awake."""
AWAKE = 16
"""Wakeable, and the own figure that `Program.wake` names reaches its minimum."""
GRADED = 32
"""May hold a grade."""

# Operations of a row: how a child gives to it.
OWN = 0
"""Nothing: the row is given from outside."""
LINE = 1
"""The row itself, which holds the node's own term too."""
SHIFT = 2
"""The source row (or the term, without a source); and the row itself with KEEP: one step further from above."""
GENERATION = 3
"""Moves one row on wherever a node of the grade stands."""
CAPPED = 4
"""The sum over the listed rows, at most the limit."""
LARGEST = 5
"""As CAPPED, but the parent keeps the largest instead of the sum."""
CONTAINS = 6
"""1 when the node holds the grade, or the source row is not nothing; with KEEP the row itself is the source, so that
it reaches as deep as it goes."""
LEGS = 7
"""1 when the node passes the mask, the grade and the value's minimum."""

# Columns of `Program.rows`.
OP = 0
TERM = 1
SOURCE = 2
KEEP = 3
LIMIT = 4
"""Cap of CAPPED and LARGEST; minimum of LEGS; number of a GENERATION."""
GRADE = 5
"""LINE, SHIFT: nodes from this grade up give nothing (0: all give). Others: the grade that is looked for."""
TITLED = 6
"""1: look at the node's title instead of its grade."""
MASK = 7
VALUE = 8
LIST_FROM = 9
LIST_TO = 10
"""CAPPED, LARGEST: the listed rows."""
READERS_FROM = 11
READERS_TO = 12
"""Columns whose giving reads the row."""
MARKS_FROM = 13
MARKS_TO = 14
"""Where the row alone is a value: the minima that the ladder asks of it, rising."""
REGRADE = 15
"""1 when any change of the row calls for the whole ladder."""
ROW_FIELDS = 16

# Columns of `Program.terms`: row -1 is the number 1.
TERM_ROW = 0
TERM_MASK = 1
TERM_FLOOR = 2
TERM_GRADE = 3
"""Nodes below this grade have nothing of it (0: all have). Only what is given may ask for it, never a node's grade."""
TERM_TITLED = 4
"""1: look at the node's title instead of its grade."""
TERM_FIELDS = 5

# Columns of `Program.values`.
PARTS_FROM = 0
PARTS_TO = 1
SELF_TERM = 2
SELF_SIGN = 3
SELF_CAP = 4
LARGEST_ROW = 5
LARGEST_SIGN = 6
SHARE = 7
"""Numerator of the share of her actual total that one leg may bring; 0: no such cap."""
SHARE_OF = 8
SHARE_LIST_FROM = 9
SHARE_LIST_TO = 10
VALUE_FIELDS = 11

# Columns of `Program.steps`, the ladder's conditions as jumps within one rung.
STEP_VALUE = 0
STEP_MINIMUM = 1
STEP_THEN = 2
STEP_ELSE = 3
STEP_ROW = 4
"""The row that the value is, as it stands, for anybody who may hold a grade; -1: the value must be worked out."""
STEP_FIELDS = 5
HOLDS = -1
FAILS = -2


# Places in `Program.rules`. Those from PLAIN on are pairs of begin and end of a list in the pool.
WAKE_ROW = 0
WAKE_MINIMUM = 1
CLIMBED = 2
"""1: a grade needs all those below it."""
OWN_ROWS = 3
PLAIN = 4
"""Rows that know neither grade nor value, each after its source."""
OTHER = 6
"""All other columns."""
STARTS = 8
"""Columns whose giving can change with a node's own figures, flags or grade."""
LINES = 10
"""LINE rows."""
GRADED_ROWS = 12
"""Columns whose giving looks at the grade."""
RUNGS = 14
"""First step of each rung, lowest first; HOLDS for a rung that asks for nothing."""
GAUGES = 16
"""On a climbed ladder: for each row that rungs ask for as it stands, the row and then what each rung asks for at least,
lower rungs included. Rungs' steps hold the other conditions."""
RULE_FIELDS = 18


class Program(NamedTuple):
    """A whole plan for the kernels; few arrays, because every array makes every kernel longer to compile."""

    rows: Ints
    terms: Ints
    values: Ints
    steps: Ints
    pool: Ints
    """All lists, one after the other; fields that end in FROM and TO point in here."""
    rules: Ints


class Nodes(NamedTuple):
    """A tree with its figures. Nodes from `size[0]` on came later and are not in breadth-first order."""

    size: Ints
    """How many nodes are in order, and how many there are; the arrays may be longer."""
    parent: Indices
    late_parent: Indices
    """Parents of the later nodes, sorted; `late_child` stands beside it."""
    late_child: Indices
    figures: Ints
    flags: Flags
    grade: Grades
    title: Grades
    """A grade from outside; may be empty when no row is TITLED."""
