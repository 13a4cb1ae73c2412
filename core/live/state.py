"""One cycle's figures of everybody, in arrays that changes are worked into."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np

from core.calendar.model import Cycle
from core.forest import program as p
from core.forest.climb import FRESH, SAME, SHORT, change
from core.forest.gives import value_of
from core.forest.kernel import Grades, Indices, Ints
from core.forest.notes import new_notes
from core.forest.program import Nodes
from core.forest.sweep import column_of
from core.forest.walk import which_below
from core.kernel.ids import PersonId
from core.kpis.model import OwnFigure
from core.live.beside import Beside
from core.live.brings import of_event, of_supposed, order_all
from core.live.calculation import Calculation
from core.live.following import Following
from core.live.happened import Happened
from core.live.joining import Joining
from core.live.model import FiguresBehind
from core.live.standing import Standing
from core.orders.model import VolumeChanged
from core.people.model import AccountClosed
from core.plan.model import Condition, Plan

Change = tuple[int, int, int]
"""Index, CV and QV of a supposed order, both at the plan's scale."""


class Full(Exception):
    """There is no room for another newcomer; everything must be laid out afresh."""


class State(Following):
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
        joining: Joining,
        beside: Mapping[int, Beside] | None = None,
    ) -> None:
        """Take over arrays that are laid out and computed; `core.live.building` makes them.

        Args:
            windows: when each own figure's window begins, None for the beginning of time; all end with the cycle.
            persons: person ids by index.
            index: indices by person id, -1 for who stands in no tree.
            joining: on which day people joined, by index, where figures ask.
            beside: own rows that follow figures kept elsewhere.
        """
        super().__init__(calculation, nodes, persons, index, beside or {})
        self.cycle, self.windows = cycle, tuple(windows)
        self.as_of: datetime | None = None
        """Set while newer figures are being computed: since then some changes are not in these."""
        self.happened = Happened()
        """Everything since, worked in or not; finished answers are kept as long as it does not concern them."""
        self.joining = joining
        self._notes = new_notes(calculation.rows)

    @property
    def plan(self) -> Plan:
        """The plan that everything is calculated by."""
        return self.calculation.plan

    def find(self, person: PersonId) -> int | None:
        """The person's index; None when she stands in no tree."""
        index = int(self._index[person]) if 0 <= person < len(self._index) else -1
        return index if index >= 0 else None

    @property
    def room(self) -> int:
        """For how many people there is room."""
        return len(self._persons)

    def indices(self, persons: Indices | slice) -> Indices:
        """The indices of people who are all there; of a stretch of ids, -1 for who stands in no tree."""
        return self._index[persons]

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
        if self._ranked and changes:
            return self._tried(changes, top)
        calculation, own = self.calculation, self.calculation.own
        changed = np.array([index for index, _, _ in changes], np.int64)
        parts = [of_supposed(calculation, self.nodes, self.joining, *change) for change in changes]
        amounts = np.array(parts, np.int64).reshape(len(changes), len(own))
        for row, beside in self._beside.items():
            found = beside.suppose([(self.person_of(index), cv, qv) for index, cv, qv in changes])
            more, by = self._given(row, found)
            inside = which_below(self.nodes.parent, top, more)
            changed, amounts = np.append(changed, more[inside]), np.concatenate([amounts, by[inside]])
        values = np.empty(len(calculation.program.values), np.int64)
        rank = SHORT
        while rank == SHORT:
            rank = change(calculation.program, self.nodes, self._notes, changed, amounts, SAME, top, values)
            if rank == SHORT:
                self._notes = new_notes(calculation.rows, journal=4 * len(self._notes.journal))
        return Standing(calculation, values.tolist(), rank)

    def _tried(self, changes: Sequence[Change], top: int) -> Standing:
        """The same where ranks follow KPIs along places, through people anywhere: ordered, read, taken back."""
        for each in changes:
            self.order(*each)
        found = self.standing(top)
        for each in reversed(changes):
            self.take_back(*each)
        return found

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
        self._change(index, of_event(self.calculation, self.nodes, self.windows, index, event))
        for row, beside in self._beside.items():
            self._give(row, beside.apply_volume(event))

    @property
    def looked_up(self) -> set[OwnFigure]:
        """Own figures, those along places among them, to which orders add what must be looked up."""
        mine = {figure for figure in self.calculation.own if figure.looked_up}
        return mine.union(*(one.looked_up for one in self._beside.values()))

    def apply_own(self, person: PersonId, figures: Mapping[OwnFigure, int], joined: int | None) -> None:
        """Take own figures of hers as looked up, and the day since 1970 on which she joined where any asks for it."""
        index = self.find(person)
        if index is not None:
            if joined is not None:
                self.joining.joins(index, joined)
            had = zip(self.calculation.own, self.nodes.figures[:, index].tolist(), strict=False)
            self._change(index, [figures[figure] - value if figure in figures else 0 for figure, value in had])
        for row, beside in self._beside.items():
            self._give(row, beside.apply_own(person, figures, joined))

    def add_own(self, index: int, row: int, amount: int) -> None:
        """Add to an own figure that is given."""
        amounts = [0] * len(self.calculation.own)
        amounts[row] = amount
        self._change(index, amounts)

    def order(self, index: int, cv: int, qv: int) -> None:
        """Work a supposed order in."""
        self._change(index, of_supposed(self.calculation, self.nodes, self.joining, index, cv, qv))
        for row, beside in self._beside.items():
            self._give(row, beside.order(self.person_of(index), cv, qv))

    def take_back(self, index: int, cv: int, qv: int) -> None:
        """Undo the supposed order that was worked in last."""
        amounts = of_supposed(self.calculation, self.nodes, self.joining, index, cv, qv, undone=True)
        self._change(index, [-amount for amount in amounts])
        for row, beside in self._beside.items():
            self._give(row, beside.take_back(self.person_of(index), cv, qv))

    def copied(self) -> "State":
        """The same by itself: what happens to one shows in the other no more."""
        nodes = Nodes._make(array.copy() for array in self.nodes)
        beside = {row: one.copied() for row, one in self._beside.items()}
        persons, index = self._persons.copy(), self._index.copy()
        found = State(
            self.calculation,
            self.cycle,
            self.windows,
            nodes,
            persons=persons,
            index=index,
            joining=self.joining.copied(),
            beside=beside,
        )
        found._told = self._told.copy()
        return found

    def order_all(self, indices: Indices, volumes: Ints) -> None:
        """Work supposed orders of many different people in and compute everything anew: one pass, whoever orders."""
        for row, beside in self._beside.items():
            beside.order_all(self._persons[indices], volumes)
            self.take(row)
        order_all(self.calculation, self.nodes, self.joining, indices, volumes)
        self.settle()

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
        self.joining.joins(index)
        rows = self.calculation.program.rows
        self.nodes.figures[:, index] = np.where(rows[:, p.OP] == p.LARGEST, p.NOTHING, 0)
        at = int(np.searchsorted(self.nodes.late_parent, above, side="right"))
        self.nodes.size[1] += 1
        self.nodes = self.nodes._replace(
            late_parent=np.insert(self.nodes.late_parent, at, above),
            late_child=np.insert(self.nodes.late_child, at, index),
        )
        self._change(index, [0] * len(self.calculation.own), flags=FRESH)
        for row, beside in self._beside.items():
            self._give(row, beside.apply_enrolment(person, sponsor, flags))
        if self._ranked:  # those beside it know her only now
            self._follow(np.array([index], np.int32))

    def apply_flags(self, index: int, flags: int) -> None:
        """Give a person another kind or status."""
        self._change(index, [0] * len(self.calculation.own), flags=flags)
        for row, beside in self._beside.items():
            self._give(row, beside.apply_flags(self.person_of(index), flags))

    def _change(self, index: int, amounts: Sequence[int], *, flags: int = SAME) -> None:
        self._follow(self._climb(np.array([index], np.int64), np.array([amounts], np.int64), flags))
