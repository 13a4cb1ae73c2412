"""A state and what is kept beside it: KPIs along placement trees are given to it, and told of the ranks that it finds.

Where a KPI along places looks at paid ranks, ranks and that KPI follow each other round by round: a rank that changes
is told to the KPI, the KPI's figures are given to the sponsor tree, where other ranks may change. It comes to rest,
because nobody's rank waits for itself (`core.live.circled` sees to that), and where it comes to rest is the one answer
that fits, wherever it began.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from core.forest.climb import NO_VALUES, ROOT, SAME, change
from core.forest.kernel import Grades, Indices, Ints
from core.forest.notes import Notes
from core.forest.program import Nodes
from core.forest.sweep import sweep
from core.forest.walk import way_up
from core.kernel.ids import PersonId
from core.live.beside import Beside, Given
from core.live.calculation import Calculation
from core.live.line import Line

CONCERNED_MAX = 256
"""Where an order shows to more people along places, it is taken to show to everybody."""
FEW_SHARE = 64
"""Where more than one in so many people has another rank, everything is computed anew at once."""


class Following(Line):
    """The part of a state that keeps it in step with what is kept beside it."""

    def __init__(
        self, calculation: Calculation, nodes: Nodes, persons: Indices, index: Indices, beside: Mapping[int, Beside]
    ) -> None:
        """Arguments are as `core.live.state.State` takes them."""
        super().__init__(nodes)
        self.calculation = calculation
        self._persons, self._index = persons, index
        self._beside = dict(beside)
        self._ranked = [row for row, one in self._beside.items() if one.ranked]
        self._told: Grades = np.zeros(len(persons) if self._ranked else 0, np.int8)
        """By index, the ranks that those beside it have heard of."""
        self._notes: Notes

    @property
    def titled(self) -> bool:
        """Whether anything looks at career ranks."""
        return self.calculation.titled or any(one.titled for one in self._beside.values())

    @property
    def shares(self) -> bool:
        """Whether customers' orders count otherwise than those of others."""
        return self.calculation.shares or any(one.shares for one in self._beside.values())

    def known(self, people: Indices) -> Indices:
        """The indices of people; -1 for who stands in no tree."""
        there = (people >= 0) & (people < len(self._index))
        return np.where(there, self._index[np.where(there, people, 0)], -1).astype(np.int32)

    def concerned(self, index: int) -> Sequence[int] | None:
        """At whom it shows if something happens at this person, besides those above her; None is at anybody."""
        found = [index]
        for at in found:  # grows while it is walked, where ranks carry it on
            for one in self._beside.values():
                people = one.concerned(PersonId(int(self._persons[at])))
                if len(people) > CONCERNED_MAX:
                    return None
                found += [other for other in self.known(people).tolist() if other >= 0 and other not in found]
            if not self._ranked:
                return found
            above = int(self.nodes.parent[at])
            found += [above] if above >= 0 and above not in found else []
            if len(found) > CONCERNED_MAX:
                return None
        return found

    def settle(self) -> None:
        """Let ranks and what follows them come to rest, from wherever they stand."""
        while self._ranked:
            ranks = self.nodes.grade[: self.count]
            altered = np.flatnonzero(self._told[: self.count] != ranks).astype(np.int32)
            if len(altered) <= self.count // FEW_SHARE:
                self._follow(altered)
                return
            self._told[: self.count] = ranks
            people = self._persons[altered]
            for row in self._ranked:
                self._beside[row].rank_all(people, ranks[altered])
                self.take(row)
            sweep(self.calculation.program, self.nodes)

    def take(self, row: int) -> None:
        """Write the figures that are kept beside into their own row; what follows from them must be computed anew."""
        people, figures = self._beside[row].figures()
        index = self.known(people)
        self.nodes.figures[row, index[index >= 0]] = figures[index >= 0]

    def _follow(self, altered: Indices) -> None:
        """Tell the ranks of these people, and of those whose ranks change by what comes of that."""
        while len(altered):
            ranks = self.nodes.grade[altered].copy()
            self._told[altered] = ranks
            people = self._persons[altered]
            heard = ((row, self._beside[row].apply_ranks(people, ranks)) for row in self._ranked)
            altered = np.unique(np.concatenate([self._climb(*self._given(row, given)) for row, given in heard]))

    def _given(self, row: int, given: Given) -> tuple[Ints, Ints]:
        """Indices of those who are there, and what is added to their own rows."""
        people, by = given
        index = self.known(people).astype(np.int64)
        there = index >= 0
        amounts = np.zeros((int(there.sum()), len(self.calculation.own)), np.int64)
        amounts[:, row] = by[there]
        return index[there], amounts

    def _give(self, row: int, given: Given) -> None:
        self._follow(self._climb(*self._given(row, given)))

    def _climb(self, changed: Ints, amounts: Ints, flags: int = SAME) -> Indices:
        """Change nodes; returns those whose rank is no longer what is known of it beside."""
        if len(changed):
            change(self.calculation.program, self.nodes, self._notes, changed, amounts, flags, ROOT, NO_VALUES)
        if not self._ranked or not len(changed):
            return np.zeros(0, np.int32)
        ways = [way_up(self.nodes.parent, int(one)) for one in changed]
        way = np.unique(np.concatenate(ways))
        altered: Indices = way[self.nodes.grade[way] != self._told[way]]
        return altered
