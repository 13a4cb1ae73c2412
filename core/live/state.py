"""One cycle's figures of everybody, in arrays that changes are worked into."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from core.calendar.model import Cycle
from core.forest import program as p
from core.forest.climb import FRESH, NO_VALUES, ROOT, SAME, SHORT, change
from core.forest.gives import value_of
from core.forest.kernel import Grades, Indices, Ints
from core.forest.notes import new_notes
from core.forest.program import Nodes
from core.forest.sweep import column_of
from core.kernel.ids import PersonId
from core.kpis.model import OwnFigure
from core.kpis.rules import of_customers
from core.live.calculation import Calculation
from core.live.happened import Happened
from core.live.line import Line
from core.live.model import FiguresBehind
from core.live.standing import Standing
from core.orders.model import VolumeChanged
from core.people.model import AccountClosed
from core.plan.model import Condition, Measure, Plan

Change = tuple[int, int, int]
"""Index, CV and QV of a supposed order, both at the plan's scale."""


class Full(Exception):
    """There is no room for another newcomer; everything must be laid out afresh."""


class State(Line):
    """Questions are asked by index, so ask `index_of` first.

    Changed and asked on one thread only (the event loop's): a reader then sees all of a change or nothing.
    """

    def __init__(
        self,
        calculation: Calculation,
        cycle: Cycle,
        windows: Sequence[datetime | None],
        nodes: Nodes,
        *,
        persons: Indices,
        index: Indices,
    ) -> None:
        """Take over arrays that are laid out and computed; `core.live.building` makes them.

        Args:
            windows: when each own figure's window begins, None for the beginning of time; all end with the cycle.
            persons: person ids by index.
            index: indices by person id, -1 for who stands in no tree.
        """
        super().__init__(nodes)
        self.calculation, self.cycle, self.windows = calculation, cycle, tuple(windows)
        self.as_of: datetime | None = None
        """Set while newer figures are being computed: since then some changes are not in these."""
        self.happened = Happened()
        """Everything since, worked in or not; finished answers are kept as long as it does not concern them."""
        self._persons, self._index = persons, index
        self._notes = new_notes(calculation.rows)

    @property
    def plan(self) -> Plan:
        """The plan that everything is calculated by."""
        return self.calculation.plan

    def find(self, person: PersonId) -> int | None:
        """The person's index; None when she stands in no tree."""
        index = int(self._index[person]) if 0 <= person < len(self._index) else -1
        return index if index >= 0 else None

    def index_of(self, person: PersonId) -> int:
        """The index of the person who asks, in the open cycle; about anybody else and any other time ask `find`.

        Raises:
            AccountClosed: she stands in no tree, because she was terminated.
            FiguresBehind: newer figures are being computed, and she may have come with what is new.
        """
        index = self.find(person)
        if index is None:
            raise AccountClosed if self.as_of is None else FiguresBehind
        return index

    def person_of(self, index: int) -> PersonId:
        """Whose index it is."""
        return PersonId(int(self._persons[index]))

    def kpi(self, index: int, code: str) -> int:
        """A KPI's value, in its unit (volume at the plan's scale)."""
        return int(value_of(self.calculation.program, self.nodes, index, self.calculation.values[code]))

    def counted(self, index: int, condition: Condition) -> int:
        """What counts towards a condition of the plan's ranks, after its leg cap."""
        return int(value_of(self.calculation.program, self.nodes, index, self.calculation.counted[condition]))

    def own_figure(self, index: int) -> int:
        """What the plan's activity rule counts of her, over the rule's cycles, as `core.kpis.rules.judged` says."""
        return int(self.nodes.figures[0, index])

    def wakeable(self, index: int) -> bool:
        """Whether orders can make her active: she is neither suspended nor the company node."""
        return bool(self.nodes.flags[index] & p.WAKEABLE)

    def standing(self, index: int) -> Standing:
        """All values of one person and her rank, as they are now."""
        return self.suppose((), index)

    def suppose(self, changes: Sequence[Change], top: int) -> Standing:
        """What `top` would have if these people, herself or below her, placed these orders now; nothing is changed."""
        calculation, own = self.calculation, self.calculation.own
        changed = np.array([index for index, _, _ in changes], np.int64)
        parts = [[self._counts(index, one, _part(one.measure, cv, qv)) for one in own] for index, cv, qv in changes]
        amounts = np.array(parts, np.int64).reshape(len(changes), len(own))
        values = np.empty(len(calculation.program.values), np.int64)
        rank = SHORT
        while rank == SHORT:
            rank = change(calculation.program, self.nodes, self._notes, changed, amounts, SAME, top, values)
            if rank == SHORT:
                self._notes = new_notes(calculation.rows, journal=4 * len(self._notes.journal))
        return Standing(calculation, values.tolist(), rank)

    @property
    def ranks(self) -> Grades:
        """Everybody's rank by index: its place on the ladder from 1, 0 for none."""
        return self.nodes.grade[: self.count]

    @property
    def persons(self) -> Indices:
        """Everybody's person id by index."""
        return self._persons[: self.count]

    def column(self, code: str) -> Ints:
        """One KPI of everybody, by index."""
        return column_of(self.calculation.program, self.nodes, self.calculation.values[code])

    def bytes_per_person(self) -> float:
        """Memory that the arrays take, by person."""
        arrays = (*self.nodes, self._persons, self._index)
        return sum(array.nbytes for array in arrays) / max(1, self.count)

    def apply_volume(self, event: VolumeChanged) -> None:
        """Work a paid order or a return in; one of another time changes only the windows that it falls in."""
        index = self.find(event.person_id)
        if index is None or event.at >= self.cycle.period.end:
            return
        parts = {
            Measure.CV: event.cv,
            Measure.QV: event.qv,
            Measure.ORDERS: event.orders,
            Measure.POINTS: event.points,
        }
        amounts = [
            self._counts(index, figure, parts[figure.measure]) if start is None or event.at >= start else 0
            for figure, start in zip(self.calculation.own, self.windows, strict=True)
        ]
        self._change(index, amounts)

    def apply_enrolment(self, person: PersonId, sponsor: PersonId | None, flags: int) -> None:
        """Append a newcomer without figures under her sponsor.

        Raises:
            Full: there is no room, or she is a new root, which must come first.
        """
        above = None if sponsor is None else self.find(sponsor)
        if above is None or self.count >= len(self._persons) or person >= len(self._index):
            raise Full
        index = self.count
        self.nodes.parent[index], self.nodes.flags[index], self.nodes.grade[index] = above, flags, 0
        if len(self.nodes.title):
            self.nodes.title[index] = 0
        self._persons[index], self._index[person] = person, index
        rows = self.calculation.program.rows
        self.nodes.figures[:, index] = np.where(rows[:, p.OP] == p.LARGEST, p.NOTHING, 0)
        at = int(np.searchsorted(self.nodes.late_parent, above, side="right"))
        self.nodes.size[1] += 1
        self.nodes = self.nodes._replace(
            late_parent=np.insert(self.nodes.late_parent, at, above),
            late_child=np.insert(self.nodes.late_child, at, index),
        )
        self._change(index, [0] * len(self.calculation.own), flags=FRESH)

    def apply_flags(self, index: int, flags: int) -> None:
        """Give a person another kind or status."""
        self._change(index, [0] * len(self.calculation.own), flags=flags)

    def _counts(self, index: int, figure: OwnFigure, amount: int) -> int:
        """What of an order of hers counts."""
        if not figure.grows:
            return 0
        if figure.customer_share is None or not self.is_customer(index):
            return amount
        return int(of_customers(np.array([amount], np.int64), figure.customer_share)[0])

    def _change(self, index: int, amounts: Sequence[int], *, flags: int = SAME) -> None:
        changed, added = np.array([index], np.int64), np.array([amounts], np.int64)
        change(self.calculation.program, self.nodes, self._notes, changed, added, flags, ROOT, NO_VALUES)


def _part(measure: Measure, cv: int, qv: int) -> int:
    """What a supposed order adds to one measure; its points are not known."""
    return {Measure.CV: cv, Measure.QV: qv, Measure.ORDERS: 1}.get(measure, 0)
