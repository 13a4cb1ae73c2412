"""KPIs along placement trees from the database: where people stand, holes included, and what they bring."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import numpy as np
from sqlalchemy import BigInteger, cast, func, or_, select
from sqlmodel import SQLModel

from core.calendar.model import Cycle
from core.db.unit_of_work import UnitOfWork
from core.forest.kernel import Indices, Ints
from core.forest.program import COUNTED, SECOND_KIND
from core.live.along import Along, held_row
from core.live.calculation import Calculation
from core.live.circled import circled
from core.live.enrolled import calculation_along_places, laid_along
from core.live.joining import day_numbered
from core.live.load import titles
from core.live.own_rows import Crowd, own_rows
from core.live.picture import Picture, places
from core.live.places import Places, standing
from core.live.reading import columns
from core.live.windows import windows_of
from core.placement.tables import PlacementLinkRow
from core.plan.model import KpiSpec, Plan

LINKS = SQLModel.metadata.tables[str(PlacementLinkRow.__tablename__)]


async def load_along(
    uow: UnitOfWork, calculation: Calculation, cycle: Cycle, picture: Picture, at: datetime
) -> dict[int, Along]:
    """What keeps each own figure of the plan that goes along places, by own row.

    Args:
        picture: everybody in the sponsor tree at that moment.
        at: who stood where at this moment.
    """
    plan, found = calculation.plan, {}
    wanted = {kpi.code: kpi for kpi in plan.kpis if kpi.on and kpi.along_places}
    trees = {name: await _tree(uow, plan, name, picture, at) for name in {kpi.tree for kpi in wanted.values()}}
    ring = circled([trees[name] for name in dict.fromkeys(kpi.tree for kpi in plan.kpis if kpi.waits_along_places)])
    for row, figure in enumerate(calculation.own):
        if figure.kpi in wanted:
            kpi = wanted[figure.kpi]
            found[row] = await _along(uow, plan, cycle, kpi, *trees[kpi.tree], ring)
    return found


def filled(picture: Picture, along: Mapping[int, Along]) -> Picture:
    """The picture with the figures that others keep; who has none there has 0."""
    if not along:
        return picture
    own, place = picture.own.copy(), places(picture.persons)
    for row, one in along.items():
        people, figures = one.figures()
        known = people < len(place)
        at = place[people[known]]
        own[row, at[at >= 0]] = figures[known][at >= 0]
    return replace(picture, own=own)


async def _along(
    uow: UnitOfWork, plan: Plan, cycle: Cycle, kpi: KpiSpec, people: Picture, standing_there: Places, ring: Indices
) -> Along:
    calculation = calculation_along_places(plan, kpi)
    place = places(people.persons)
    living = place.copy()
    living[people.persons[people.flags == 0]] = -1
    persons, day, held = people.persons, day_numbered(people.today), held_row(calculation)
    crowd = Crowd(persons, living, people.flags & np.uint8(SECOND_KIND), people.joined)
    fixed = np.isin(persons, ring) if kpi.waits_along_places else np.zeros(len(persons), np.bool_)
    mine = replace(
        people,
        titles=await titles(uow, plan, persons, place) if calculation.titled or fixed.any() else people.titles,
        own=await own_rows(uow, calculation, cycle, crowd, day),
    )
    if len(mine.titles):
        mine.titles[people.flags == 0] = 0  # who has left holds none
    if held is not None and fixed.any():
        mine.own[held, fixed] = mine.titles[fixed]
    windows = windows_of(calculation, cycle, day)
    return laid_along(kpi, calculation, cycle, windows, mine, standing_there, fixed=fixed)


async def _tree(uow: UnitOfWork, plan: Plan, name: str, picture: Picture, at: datetime) -> tuple[Picture, Places]:
    """Everybody who is there or has left a hole, under whoever is above in the counting of levels; and the places."""
    person, above, slot = await _links(uow, name, at)
    there = (picture.flags & np.uint8(COUNTED)) != 0
    living = picture.persons[there]
    holes = np.setdiff1d(np.concatenate([person, above[above >= 0]]), living)
    persons = np.concatenate([living, holes]).astype(np.int32)
    place = places(persons)
    up, slots = np.full(len(persons), -1, np.int32), np.full(len(persons), -1, np.int32)
    up[place[person]] = np.where(above >= 0, place[np.maximum(above, 0)], -1)
    slots[place[person]] = np.where(above >= 0, slot - 1, -1)
    sponsor, alive = np.full(len(persons), -1, np.int32), np.arange(len(persons)) < len(living)
    sponsor[alive] = _inside(place, picture.sponsors[there])
    found = standing(plan, name, sponsor=sponsor, up=up, slot=slots, living=alive, whole=True)
    flags = np.zeros(len(persons), np.uint8)
    flags[alive] = picture.flags[there]
    line = np.where(found.line >= 0, persons[np.maximum(found.line, 0)], -1).astype(np.int32)
    joined = np.zeros(len(persons) if len(picture.joined) else 0, np.int64)
    if len(joined):
        joined[alive] = picture.joined[there]
    empty = np.zeros((0, len(persons)), np.int64)
    return Picture(persons, line, flags, np.zeros(0, np.int8), empty, joined, picture.today), found


def _inside(place: Indices, people: Indices) -> Indices:
    known = (people >= 0) & (people < len(place))
    return np.where(known, place[np.where(known, people, 0)], -1).astype(np.int32)


async def _links(uow: UnitOfWork, name: str, at: datetime) -> tuple[Ints, Ints, Ints]:
    """Who stood below whom (-1 for a top) in which place."""
    asked = select(
        cast(LINKS.c.person_id, BigInteger),
        cast(func.coalesce(LINKS.c.parent_id, -1), BigInteger),
        cast(LINKS.c.slot, BigInteger),
    ).where(LINKS.c.tree == name, LINKS.c.valid_from <= at, or_(LINKS.c.valid_to.is_(None), LINKS.c.valid_to > at))
    person, above, slot = await columns(uow, asked)
    return person, above, slot
