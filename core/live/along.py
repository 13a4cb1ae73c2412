"""KPIs along placement trees: figures that the sponsor tree is given, kept true with every order.

A KPI along places is a state of its own, whose tree is that of the places and whose plan has no KPI but this one. What
a change alters there stands on the way up from it, so the differences on that way are what the sponsor tree must hear.

| below her in the binary tree      | left | right | lesser_legs | line |
| --------------------------------- | ---- | ----- | ----------- | ---- |
| left 100 and 50 below, right 70   | 150  | 70    | 70          | 220  |

Paid ranks are found out in the sponsor tree. A KPI along places that looks at them is told: the rank is an own figure,
and a ladder of nothing but that figure makes it the person's rank here too.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import datetime
from functools import partial

import numpy as np

from core.calendar.model import Cycle
from core.forest.above import Marks
from core.forest.kernel import Grades, Indices, Ints
from core.forest.sweep import sweep, values_of
from core.forest.walk import way_up
from core.kernel.ids import PersonId
from core.kpis.model import OwnFigure
from core.live.beside import Given
from core.live.building import SPARE, build
from core.live.calculation import Calculation, compiled
from core.live.picture import Picture
from core.live.places import Places
from core.live.state import Change
from core.orders.model import VolumeChanged
from core.plan.model import AllOf, Condition, KpiSpec, Measure, Over, Plan

SIDES = {Over.LEFT: 0, Over.RIGHT: 1}
BELOW = "{code} of all below"
"""No code has a space in it."""
HELD = "rank held"
"""The given own figure that is a person's place on the ladder."""


def ruled(plan: Plan, kpi: KpiSpec, seen: Sequence[KpiSpec]) -> Calculation:
    """What of a KPI is calculated over the places, with ranks as they are told where it looks at them."""
    needs = [AllOf(())] * len(plan.ranks)
    if kpi.knows_rank:
        seen = (*seen, KpiSpec(HELD, {}, Measure.HEADS, tree=kpi.tree))  # as one along places it is given
        needs = [AllOf((Condition(HELD, place),)) for place in range(1, len(plan.ranks) + 1)]
    ladder = tuple(replace(rank, needs=asked, grace_cycles=0) for rank, asked in zip(plan.ranks, needs, strict=True))
    return compiled(replace(plan, kpis=tuple(seen), gauges=(), ranks=ladder))


def calculation_along(plan: Plan, kpi: KpiSpec) -> Calculation:
    """What is calculated over the places: the KPI; of one over a side what each brings herself, and all below her."""
    seen: tuple[KpiSpec, ...] = (replace(kpi, tree="sponsor"),)
    if kpi.over in SIDES:
        own = replace(kpi, tree="sponsor", over=Over.OWN, level_from=0, level_to=0)
        seen = own, replace(own, code=BELOW.format(code=kpi.code), over=Over.LEVELS, level_from=1, level_to=None)
    return ruled(plan, kpi, seen)


def held_row(calculation: Calculation) -> int | None:
    """The own row of people's ranks; None where no rank is looked at."""
    return next((row for row, figure in enumerate(calculation.own) if figure.kpi == HELD), None)


class Along:
    """One KPI over the places of its tree; people are told by the numbers that the picture has for them."""

    def __init__(
        self,
        kpi: KpiSpec,
        calculation: Calculation,
        cycle: Cycle,
        windows: Sequence[datetime | None],
        picture: Picture,
        places: Places,
        *,
        fixed: Marks | None = None,
        spare: int = SPARE,
    ) -> None:
        """Lay the tree out and compute it.

        Args:
            picture: everybody with whoever is above in the counting of levels in place of the sponsor; a hole is there
                and does nothing.
            places: in the order of the picture.
            fixed: in the same order, who keeps the rank that the picture gives her, whatever is told; None is nobody.
        """
        self.kpi, self._side = kpi, SIDES.get(kpi.over)
        if self._side is not None:  # of who waits, the volume is on nobody's side
            picture = replace(picture, sponsors=_numbers(picture, places.above))
        self.state = build(calculation, cycle, windows, picture, spare=spare)
        place = self.state.indices(picture.persons)
        room = self.state.room
        self._stands, self._slot = np.zeros(room, np.bool_), np.full(room, -1, np.int32)
        self._stands[place] = places.stands
        self._slot[place] = np.where(places.above >= 0, places.slot, -1)
        self._held, self._fixed = held_row(calculation), np.zeros(room, np.bool_)
        self._fixed[place] = fixed if fixed is not None else False

    @property
    def titled(self) -> bool:
        """Whether it looks at career ranks."""
        return self.state.titled or bool(self._fixed.any())

    @property
    def ranked(self) -> bool:
        """Whether it looks at paid ranks, which it must be told."""
        return self._held is not None

    @property
    def shares(self) -> bool:
        """Whether customers' orders count otherwise than those of others."""
        return self.state.shares

    def figures(self) -> tuple[Indices, Ints]:
        """Everybody, and her figure."""
        count = self.state.count
        found = self.state.column(self.kpi.code)
        if self._side is not None:
            whole = found + self.state.column(BELOW.format(code=self.kpi.code))
            there = np.flatnonzero(self._slot[:count] == self._side)
            found = np.zeros(count, np.int64)
            found[self.state.nodes.parent[there]] = whole[there]
        return self.state.persons, np.where(self._stands[:count], found, 0)

    def copied(self) -> "Along":
        """The same by itself."""
        found = copy(self)
        found.state = self.state.copied()
        return found

    def order_all(self, people: Indices, volumes: Ints) -> None:
        """Work supposed orders of many in; each brings as much CV as QV."""
        index = self.state.indices(people)
        self.state.order_all(index[index >= 0], volumes[index >= 0])

    def concerned(self, person: PersonId) -> Indices:
        """Whose figure a change at this person can alter."""
        index = self.state.find(person)
        return self.state.persons[self._way(index)] if index is not None else np.zeros(0, np.int32)

    def apply_volume(self, event: VolumeChanged) -> Given:
        """Work an order in; returns whose figures change by how much."""
        return self._change(self.state.find(event.person_id), lambda: self.state.apply_volume(event))

    @property
    def looked_up(self) -> set[OwnFigure]:
        """Own figures to which orders add what must be looked up."""
        return self.state.looked_up

    def apply_own(self, person: PersonId, figures: Mapping[OwnFigure, int], joined: int | None) -> Given:
        """Take own figures of hers as they were looked up, and the day she joined where something asks for it."""
        index = self.state.find(person)
        if index is None or not self.state.flags[index]:
            return _NOBODY  # a hole does nothing
        return self._change(index, lambda: self.state.apply_own(person, figures, joined))

    def apply_flags(self, person: PersonId, flags: int) -> Given:
        """Give a person another kind or status."""
        index = self.state.find(person)
        return self._change(index, lambda: self.state.apply_flags(index, flags) if index is not None else None)

    def apply_enrolment(self, person: PersonId, sponsor: PersonId | None, flags: int) -> Given:
        """Take in a newcomer, who waits for a place: where the plan says so, below the nearest sponsor who has one.

        Raises:
            Full: there is no room.
        """
        above = self.state.find(sponsor) if sponsor is not None and self._side is None else None
        if above is not None and not self._stands[above]:
            above = self.state.parent(above)
        if above is None or self.state.plan.placement.volume_while_waiting != "enroller":
            return _NOBODY
        top = self.state.person_of(above)
        return self._change(above, lambda: self.state.apply_enrolment(person, top, flags))

    def apply_ranks(self, people: Indices, ranks: Grades) -> Given:
        """Hear which paid ranks these people have now; returns whose figures change by how much."""
        row, found = self._held, []
        index = self.state.known(people)
        told = (index >= 0) & ~self._fixed[np.maximum(index, 0)]
        for at, rank in zip(index[told].tolist(), ranks[told].tolist(), strict=True):
            assert row is not None, "only who looks at ranks is told of them"
            by = rank - int(self.state.nodes.figures[row, at])
            if by:
                found.append(self._change(at, partial(self.state.add_own, at, row, by)))
        return _together(found)

    def rank_all(self, people: Indices, ranks: Grades) -> None:
        """The same of so many that everything is computed anew; ask for `figures` afterwards."""
        index = self.state.known(people)
        told = (index >= 0) & ~self._fixed[np.maximum(index, 0)]
        self.state.nodes.figures[self._held, index[told]] = ranks[told]
        sweep(self.state.calculation.program, self.state.nodes)

    def order(self, person: PersonId, cv: int, qv: int) -> Given:
        """Work a supposed order in; returns whose figures change by how much."""
        index = self.state.find(person)
        return self._change(index, lambda: self.state.order(index, cv, qv) if index is not None else None)

    def take_back(self, person: PersonId, cv: int, qv: int) -> Given:
        """Undo the supposed order that was worked in last."""
        index = self.state.find(person)
        return self._change(index, lambda: self.state.take_back(index, cv, qv) if index is not None else None)

    def suppose(self, changes: Sequence[tuple[PersonId, int, int]]) -> Given:
        """Whose figures these orders (CV and QV) would change by how much; nothing is changed."""
        placed = [(self.state.find(person), cv, qv) for person, cv, qv in changes]
        there: list[Change] = [(index, cv, qv) for index, cv, qv in placed if index is not None]
        found = [self._change(change[0], partial(self.state.order, *change)) for change in there]
        for index, cv, qv in reversed(there):
            self.state.take_back(index, cv, qv)
        return _together(found)

    def _change(self, index: int | None, done: Callable[[], None]) -> Given:
        if index is None:
            return _NOBODY
        way = self._way(index)
        before = self._on(way, index)
        done()
        by = self._on(way, index) - before
        changed = np.flatnonzero(by)
        return self.state.persons[way[changed]], by[changed]

    def _way(self, index: int) -> Indices:
        """Herself, where she has a place, and everybody above; of a side only those on whose side she is."""
        way = way_up(self.state.nodes.parent, index)
        if self._side is None:
            return np.extract(self._stands[way], way)
        return np.extract(self._slot[way[:-1]] == self._side, way[1:])

    def _on(self, way: Indices, index: int) -> Ints:
        value = self.state.calculation.values[self.kpi.code]
        if self._side is None:
            return values_of(self.state.calculation.program, self.state.nodes, value, way)
        return np.full(len(way), self.state.kpi(index, self.kpi.code), np.int64)


_NOBODY: Given = (np.zeros(0, np.int32), np.zeros(0, np.int64))


def _together(found: Sequence[Given]) -> Given:
    if not found:
        return _NOBODY
    return np.concatenate([people for people, _ in found]), np.concatenate([by for _, by in found])


def _numbers(picture: Picture, above: Indices) -> Indices:
    return np.where(above >= 0, picture.persons[np.maximum(above, 0)], -1).astype(np.int32)
