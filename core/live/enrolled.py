"""KPIs along a placement tree that count only people whom she enrolled herself, wherever below her they stand.

Of each recruit the leg is known in which she stands, and what she brings; so her order alters the figure of one person.
"""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from core.calendar.model import Cycle
from core.forest.above import Marks
from core.forest.kernel import Indices, Ints
from core.forest.legs import legs_of
from core.kernel.ids import PersonId
from core.live.along import Along, calculation_along, ruled
from core.live.beside import Given
from core.live.building import SPARE
from core.live.calculation import Calculation
from core.live.picture import Picture
from core.live.picture import places as by_person
from core.live.places import Places
from core.plan.model import KpiSpec, Over, Plan, Who

HERSELF = "{code} of herself"
"""No code has a space in it."""
NOBODY: Given = (np.zeros(0, np.int32), np.zeros(0, np.int64))


def calculation_enrolled(plan: Plan, kpi: KpiSpec) -> Calculation:
    """What is calculated over the places: what each person brings, and what counts of herself."""
    own = replace(kpi, tree="sponsor", over=Over.OWN, level_from=0, level_to=0, cap_per_leg=None, include_self=False)
    herself = replace(own, code=HERSELF.format(code=kpi.code), who=Who.ALL, active_only=False, with_rank=None)
    return ruled(plan, kpi, (own, herself))


def calculation_along_places(plan: Plan, kpi: KpiSpec) -> Calculation:
    """What is calculated over the places of a KPI's tree, whomever it counts."""
    return calculation_enrolled(plan, kpi) if kpi.enrolled_only else calculation_along(plan, kpi)


@dataclass(slots=True)
class Recruits:
    """Everybody by index: where she counts, what she brings, and what the leg brings whose head she is."""

    head: Indices
    """The head of the leg of her enroller in which she stands; -1 where she does not count."""
    brings: Ints
    legs: Ints

    def copied(self) -> "Recruits":
        """The same by itself."""
        return Recruits(self.head.copy(), self.brings.copy(), self.legs.copy())


class Enrolled(Along):
    """One such KPI."""

    def __init__(
        self,
        kpi: KpiSpec,
        calculation: Calculation,
        cycle: Cycle,
        windows: Sequence[datetime | None],
        picture: Picture,
        places: Places,
        *,
        spare: int = SPARE,
    ) -> None:
        """Lay the tree out and find everybody's leg; arguments are as `Along` takes them.

        Nobody's rank is fixed: whom she enrolled stand below her in the sponsor tree, so it waits for nobody above.
        """
        super().__init__(kpi, calculation, cycle, windows, picture, places, spare=spare)
        count, room = self.state.count, self.state.room
        persons = self.state.persons
        order = by_person(picture.persons)[persons]
        above = places.enroller[order]
        place = np.full(len(order) + 1, -1, np.int32)
        place[order] = np.arange(count)
        head, level = legs_of(self.state.nodes.parent[:count], np.where(above >= 0, place[above], -1).astype(np.int32))
        head[~self._counts(head, level)] = -1
        whole = np.append(head, np.full(room - count, -1, np.int32)).astype(np.int32)
        self.recruits = Recruits(whole, np.zeros(room, np.int64), np.zeros(room, np.int64))
        self._add_up()

    def _counts(self, head: Indices, level: Indices) -> Marks:
        """Whether the KPI takes that level of that leg in."""
        first, last = self._levels
        fits = (head >= 0) & (level >= first) & (level <= last)
        return fits if self._side is None else fits & (self._slot[head] == self._side)

    @property
    def _levels(self) -> tuple[int, int]:
        last = self.kpi.level_to if self.kpi.over is Over.LEVELS else None
        return max(self.kpi.level_from, 1), self.state.room if last is None else last

    def _add_up(self) -> None:
        """What everybody brings, and each leg."""
        count, recruits = self.state.count, self.recruits
        recruits.brings[:count] = self.state.column(self.kpi.code)
        recruits.legs[:] = 0
        counts = np.flatnonzero(recruits.head[:count] >= 0)
        np.add.at(recruits.legs, recruits.head[counts], recruits.brings[counts])

    def figures(self) -> tuple[Indices, Ints]:
        """Everybody, and her figure."""
        self._add_up()
        count = self.state.count
        parent = self.state.nodes.parent[:count]
        below = np.flatnonzero(parent >= 0)
        legs, above = self._cut(self.recruits.legs[below]), parent[below]
        found, largest = np.zeros(count, np.int64), np.full(count, np.iinfo(np.int64).min)
        np.add.at(found, above, legs)
        if self.kpi.over in (Over.LARGEST_LEG, Over.LESSER_LEGS):
            np.maximum.at(largest, above, legs)
            largest[largest == np.iinfo(np.int64).min] = 0
            found = largest if self.kpi.over is Over.LARGEST_LEG else found - largest
        if self.kpi.include_self:
            found = found + self.state.column(HERSELF.format(code=self.kpi.code))
        return self.state.persons, np.where(self._stands[:count], found, 0)

    def copied(self) -> "Enrolled":
        """The same by itself."""
        found = copy(self)
        found.state, found.recruits = self.state.copied(), self.recruits.copied()
        return found

    def apply_enrolment(self, person: PersonId, sponsor: PersonId | None, flags: int) -> Given:
        """Take in a newcomer: a leg of her sponsor by herself, where who waits counts and her sponsor has a place.

        Raises:
            Full: there is no room.
        """
        above = self.state.find(sponsor) if sponsor is not None and self._side is None else None
        counts = above is not None and bool(self._stands[above])
        if above is not None and not counts:
            above = self.state.parent(above)
        if above is None or self.state.plan.placement.volume_while_waiting != "enroller":
            return NOBODY
        before = self._value(above)
        self.state.apply_enrolment(person, self.state.person_of(above), flags)
        index = self.state.index_of(person)
        self.recruits.head[index] = index if counts and self._levels[0] == 1 else -1
        self._bring(index)
        return self._given(np.array([above], np.int32), np.array([self._value(above) - before], np.int64))

    def suppose(self, changes: Sequence[tuple[PersonId, int, int]]) -> Given:
        """Whose figures these orders (CV and QV) would change by how much; nothing is changed."""
        found = super().suppose(changes)
        for person, _, _ in changes:
            if (index := self.state.find(person)) is not None:
                self._bring(index)
        return found

    def _change(self, index: int | None, done: Callable[[], None]) -> Given:
        if index is None:
            return NOBODY
        way = self._way(index)
        before = self._on(way, index)
        done()
        self._bring(index)
        return self._given(way, self._on(way, index) - before)

    def _given(self, way: Indices, by: Ints) -> Given:
        changed = np.flatnonzero(by)
        return self.state.persons[way[changed]], by[changed]

    def _bring(self, index: int) -> None:
        """Let her leg know what she brings by now."""
        brings, head = self.state.kpi(index, self.kpi.code), int(self.recruits.head[index])
        if head >= 0:
            self.recruits.legs[head] += brings - self.recruits.brings[index]
        self.recruits.brings[index] = brings

    def _way(self, index: int) -> Indices:
        """Whose figures go by what she brings: her enroller's, and her own where she counts for herself."""
        head = int(self.recruits.head[index])
        found = [int(self.state.nodes.parent[head])] if head >= 0 else []
        found += [index] if self.kpi.include_self else []
        return np.array([one for one in found if self._stands[one]], np.int32)

    def _on(self, way: Indices, index: int) -> Ints:
        return np.array([self._value(one) for one in way.tolist()], np.int64)

    def _value(self, index: int) -> int:
        if not self._stands[index]:
            return 0
        legs = self._cut(self.recruits.legs[self.state.children(index)])
        largest = int(legs.max()) if len(legs) else 0
        whole = int(legs.sum())
        found = {Over.LARGEST_LEG: largest, Over.LESSER_LEGS: whole - largest}.get(self.kpi.over, whole)
        return found + (self.state.kpi(index, HERSELF.format(code=self.kpi.code)) if self.kpi.include_self else 0)

    def _cut(self, legs: Ints) -> Ints:
        return legs if self.kpi.cap_per_leg is None else np.minimum(legs, self.kpi.cap_per_leg)


def laid_along(
    kpi: KpiSpec,
    calculation: Calculation,
    cycle: Cycle,
    windows: Sequence[datetime | None],
    picture: Picture,
    places: Places,
    *,
    fixed: Marks | None = None,
    spare: int = SPARE,
) -> Along:
    """A KPI along places, whomever it counts; arguments are as `Along` takes them."""
    if kpi.enrolled_only:
        return Enrolled(kpi, calculation, cycle, windows, picture, places, spare=spare)
    return Along(kpi, calculation, cycle, windows, picture, places, fixed=fixed, spare=spare)
