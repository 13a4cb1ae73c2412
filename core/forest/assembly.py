"""Putting a `Program` together, row by row; equal rows, terms and values are made once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from core.forest import program as p
from core.forest.kernel import Ints
from core.forest.program import NOTHING, UNLIMITED, Program

Fields = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """How children give to a column; `core.forest.program` explains the fields."""

    op: int
    term: int = 0
    source: int = -1
    keep: bool = False
    limit: int = UNLIMITED
    grade: int = 0
    titled: bool = False
    mask: int = 0
    value: int = -1
    listed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rung:
    """What a grade asks for."""

    required: tuple[tuple[int, int], ...]
    """Values that `direct` knows a row for, with their minima; all must hold."""
    steps: Sequence[Fields]
    """The other conditions: value, minimum, then, else, with jumps within the rung."""


@dataclass(frozen=True, slots=True)
class Value:
    """What is read from a node: a sum of rows, her own term, the largest leg, or legs cut to a share of their sum."""

    parts: tuple[int, ...] = ()
    self_term: int = 0
    self_sign: int = 0
    self_cap: int = UNLIMITED
    largest: int = -1
    largest_sign: int = 1
    share: tuple[int, int] | None = None
    """Numerator and denominator, of the rows in `legs`."""
    legs: tuple[int, ...] = ()

    @property
    def rows(self) -> frozenset[int]:
        """Every column that it reads, of the node herself or of her children."""
        return frozenset((*self.parts, *self.legs, *(() if self.largest < 0 else (self.largest,))))

    @property
    def bare(self) -> bool:
        """Whether it is one row as it stands."""
        return len(self.parts) == 1 and not self.self_sign and self.largest < 0 and self.share is None


class Assembly:
    """Collects what a program needs. The first rows are the own ones."""

    def __init__(self, own_rows: int) -> None:
        self.own_rows = own_rows
        self.rows: list[Row] = [Row(p.OWN)] * own_rows
        self.terms: list[Fields] = []
        self.values: list[Value] = []
        self._known: dict[Row, int] = {}

    def term(self, row: int, mask: int, floor: int = NOTHING, *, grade: int = 0, titled: bool = False) -> int:
        """A measure of one node: an own row, or the number 1 for row -1; nothing below the grade or beside the mask."""
        fields = (row, mask | p.COUNTED, floor, grade, int(titled))
        if fields not in self.terms:
            self.terms.append(fields)
        return self.terms.index(fields)

    def row(self, row: Row) -> int:
        """A column; its number is at hand for rows made later only, so sources come first."""
        if row not in self._known:
            self._known[row] = len(self.rows)
            self.rows.append(row)
        return self._known[row]

    def level(self, term: int, depth: int, *, grade: int = 0, titled: bool = False) -> int:
        """The column of the nodes exactly `depth` below; it needs one for each depth before."""
        found = -1
        for _ in range(depth):
            found = self.row(Row(p.SHIFT, term, found, grade=grade, titled=titled))
        return found

    def value(self, value: Value) -> int:
        """A value's number."""
        if value not in self.values:
            self.values.append(value)
        return self.values.index(value)

    def program(self, rungs: Sequence[Rung], *, climbed: bool, wake_row: int, wake_minimum: int) -> Program:
        """Everything as arrays.

        Args:
            rungs: one for each grade, from the lowest; nothing is `required` on a ladder that is not climbed.
            climbed: whether a grade needs all those below it.
            wake_row: the own row that makes a wakeable node awake from `wake_minimum` on.
        """
        self.terms = self.terms or [(-1, p.COUNTED, NOTHING, 0, 0)]
        pool = _Pool()
        steps, entries = _joined([rung.steps for rung in rungs])
        direct = [(*step, self.direct(step[p.STEP_VALUE])) for step in steps]
        rules = [wake_row, wake_minimum, int(climbed), self.own_rows]
        for listed in (*self._lists(), entries, self._gauges(rungs)):
            rules.extend(pool.put(listed))
        marks, regrade = self._marks(rungs)
        rows = [(*self._row_fields(k, pool), *pool.put(marks[k]), regrade[k]) for k in range(len(self.rows))]
        values = [_value_fields(value, pool) for value in self.values]
        return Program(
            rows=_table(rows, p.ROW_FIELDS),
            terms=_table(self.terms, p.TERM_FIELDS),
            values=_table(values, p.VALUE_FIELDS),
            steps=_table(direct, p.STEP_FIELDS),
            pool=np.array(pool.items, np.int64),
            rules=np.array(rules, np.int64),
        )

    def direct(self, number: int) -> int:
        """The row that is the value for every counted node; -1 when it takes more than reading one."""
        value = self.values[number]
        if value.bare:
            return value.parts[0]
        alone = not value.parts and value.largest < 0 and value.share is None and value.self_cap == UNLIMITED
        row, *asked = self.terms[value.self_term]
        return row if alone and value.self_sign and asked == [p.COUNTED, NOTHING, 0, 0] else -1

    def _gauges(self, rungs: Sequence[Rung]) -> list[int]:
        asked = dict.fromkeys(self.direct(value) for rung in rungs for value, _ in rung.required)
        found: list[int] = []
        for row in asked:
            found.append(row)
            minimum = NOTHING
            for rung in rungs:
                minimum = max([minimum, *(least for value, least in rung.required if self.direct(value) == row)])
                found.append(minimum)
        return found

    def _lists(self) -> Iterator[list[int]]:
        """PLAIN, OTHER, STARTS, LINES and GRADED_ROWS."""
        columns = range(self.own_rows, len(self.rows))
        plain = [k for k in columns if self._is_plain(k)]
        yield plain
        yield [k for k in columns if k not in plain]
        yield [k for k in columns if self._starts(k)]
        yield [k for k in columns if self.rows[k].op == p.LINE]
        yield [k for k in columns if self._graded(k)]

    def _row_fields(self, k: int, pool: "_Pool") -> Fields:
        row = self.rows[k]
        readers = [column for column in range(self.own_rows, len(self.rows)) if k in self._reads(column)]
        source = k if row.op == p.CONTAINS and row.keep else row.source
        operation = (row.op, row.term, source, int(row.keep), row.limit)
        lists = (*pool.put(row.listed), *pool.put(readers))
        return (*operation, row.grade, int(row.titled), row.mask, row.value, *lists)

    def _reads(self, k: int) -> set[int]:
        """The columns of a node that what it gives to `k` is read from."""
        row = self.rows[k]
        if row.listed:
            return set().union(*(self._reads(j) for j in row.listed))
        found = set() if row.source < 0 else {row.source}
        if row.op in (p.LINE, p.GENERATION) or row.keep:
            found.add(k)
        return found | (self.values[row.value].rows if row.value >= 0 else set())

    def _starts(self, k: int) -> bool:
        row = self.rows[k]
        if row.listed:
            return any(self._starts(j) for j in row.listed)
        return row.op != p.SHIFT or row.source < 0 or row.grade > 0

    def _is_plain(self, k: int) -> bool:
        row = self.rows[k]
        return row.op in (p.LINE, p.SHIFT) and not row.grade and not self.terms[row.term][p.TERM_GRADE]

    def _graded(self, k: int) -> bool:
        row = self.rows[k]
        if row.listed:
            return any(self._graded(j) for j in row.listed)
        if row.grade > 0 and not row.titled:
            return True
        if row.op == p.GENERATION or (row.op == p.SHIFT and row.source < 0):
            _, _, _, grade, titled = self.terms[row.term]
            return grade > 0 and not titled
        return False

    def _marks(self, rungs: Sequence[Rung]) -> tuple[list[list[int]], list[int]]:
        """For each row the minima asked of it alone, and whether other conditions look at it."""
        marks: list[set[int]] = [set() for _ in self.rows]
        regrade = [0] * len(self.rows)
        asked = [pair for rung in rungs for pair in (*rung.required, *(step[:2] for step in rung.steps))]
        for number, minimum in asked:
            value = self.values[number]
            if value.bare:
                marks[value.parts[0]].add(minimum)
            else:
                for row in value.rows:
                    regrade[row] = 1
        return [sorted(found) for found in marks], regrade


class _Pool:
    def __init__(self) -> None:
        self.items: list[int] = []

    def put(self, listed: Iterable[int]) -> tuple[int, int]:
        start = len(self.items)
        self.items.extend(listed)
        return start, len(self.items)


def _value_fields(value: Value, pool: _Pool) -> Fields:
    share, of = value.share or (0, 1)
    own = (value.self_term, value.self_sign, value.self_cap)
    return (*pool.put(value.parts), *own, value.largest, value.largest_sign, share, of, *pool.put(value.legs))


def _joined(rungs: Sequence[Sequence[Fields]]) -> tuple[list[Fields], list[int]]:
    """All steps in one list with jumps moved along, and where each rung begins."""
    steps: list[Fields] = []
    entries: list[int] = []
    for rung in rungs:
        base = len(steps)
        entries.append(base if rung else p.HOLDS)
        for value, minimum, then, otherwise in rung:
            steps.append((value, minimum, *(base + jump if jump >= 0 else jump for jump in (then, otherwise))))
    return steps, entries


def _table(rows: Sequence[Fields], fields: int) -> Ints:
    return np.array(rows, np.int64).reshape(len(rows), fields)
