"""A picture of everybody from the database, as of one moment and in one unchanging view."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import BigInteger, ColumnElement, Integer, case, cast, func, or_, select
from sqlmodel import SQLModel

from core.calendar import service as calendar
from core.calendar.model import Cycle
from core.calendar.rules import codes_before
from core.db.unit_of_work import UnitOfWork
from core.forest.kernel import Flags, Grades, Indices, Ints
from core.forest.program import SECOND_KIND
from core.genealogy.tables import SponsorLinkRow
from core.kernel.ids import PersonId
from core.kpis.model import GRACE
from core.live.calculation import Calculation
from core.live.joining import EPOCH, number
from core.live.own_rows import Crowd, own_rows
from core.live.picture import Picture, flags_of, places
from core.live.reading import columns
from core.live.windows import day_of
from core.people.model import COMPANY_KIND, Kind, Status
from core.people.store import CAREER_RANK
from core.people.tables import PersonRow
from core.plan.model import Plan
from core.ranks import service as ranks
from core.ranks.rules import earlier, grace

PEOPLE = SQLModel.metadata.tables[str(PersonRow.__tablename__)]
LINKS = SQLModel.metadata.tables[str(SponsorLinkRow.__tablename__)]

KINDS = (Kind.DISTRIBUTOR.value, Kind.CUSTOMER.value, COMPANY_KIND)


async def load(uow: UnitOfWork, calculation: Calculation, cycle: Cycle, at: datetime | None = None) -> Picture:
    """Everybody in the tree with her own figures for `cycle`.

    Args:
        at: whose sponsor was who at this moment; None for now. Orders count as they are known now.
    """
    persons, sponsors = await _links(uow, at)
    place = places(persons)
    flags = await _flags(uow, persons, place)
    joined = await joining(uow, place, len(persons)) if calculation.by_joining else np.zeros(0, np.int64)
    day = day_of(calculation.plan.calendar, uow.now if at is None else at)
    crowd = Crowd(persons, place, flags & np.uint8(SECOND_KIND), joined)
    own = await own_rows(uow, calculation, cycle, crowd, day)
    if calculation.graced:
        held = await titles(uow, calculation.plan, persons, place)
        own[calculation.own.index(GRACE)] = await _kept(uow, calculation.plan, cycle, persons, held)
    for code, figures in (await _looked_back(uow, calculation.plan, cycle, place, len(persons))).items():
        own[next(row for row, figure in enumerate(calculation.own) if figure.kpi == code)] = figures
    return Picture(
        persons=persons,
        sponsors=sponsors,
        flags=flags,
        titles=await _titles(uow, calculation, persons, place),
        own=own,
        joined=joined,
        today=number(day),
    )


async def joining(uow: UnitOfWork, place: Indices, count: int, people: Sequence[PersonId] | None = None) -> Ints:
    """On which day people joined, by place, in days since 1970.

    Args:
        people: of these alone it is read; None is everybody.
    """
    if uow.dialect == "postgresql":
        days: ColumnElement[int] = PEOPLE.c.joined_on - EPOCH
    else:
        days = cast(func.julianday(PEOPLE.c.joined_on) - func.julianday(EPOCH.isoformat()), Integer)
    asked = select(_big(PEOPLE.c.id), _big(days))
    ids, found = await columns(uow, asked if people is None else asked.where(PEOPLE.c.id.in_(people)))
    return _placed(ids, found, place, count)


async def _links(uow: UnitOfWork, at: datetime | None) -> tuple[Indices, Indices]:
    in_force: ColumnElement[bool]
    if at is None:
        in_force = LINKS.c.valid_to.is_(None)
    else:
        in_force = (LINKS.c.valid_from <= at) & or_(LINKS.c.valid_to.is_(None), LINKS.c.valid_to > at)
    asked = select(_big(LINKS.c.id), _big(LINKS.c.person_id), _big(func.coalesce(LINKS.c.sponsor_id, -1)))
    numbers, persons, sponsors = await columns(uow, asked.where(in_force))
    order = np.argsort(numbers, kind="stable")  # siblings stand in the order in which they came
    return persons[order].astype(np.int32), sponsors[order].astype(np.int32)


async def _flags(uow: UnitOfWork, persons: Indices, place: Indices) -> Flags:
    """Whoever has a link at that moment and is terminated today left later; then she was active."""
    then = {status.value: status.value for status in Status} | {Status.TERMINATED.value: Status.ACTIVE.value}
    known = [
        ((PEOPLE.c.kind == kind) & (PEOPLE.c.status == today), flags_of(kind, before))
        for kind in KINDS
        for today, before in then.items()
    ]
    ids, flags = await columns(uow, select(_big(PEOPLE.c.id), _big(case(*known, else_=0))))
    return _placed(ids, flags, place, len(persons)).astype(np.uint8)


async def _titles(uow: UnitOfWork, calculation: Calculation, persons: Indices, place: Indices) -> Grades:
    """Career ranks' places on the ladder; not read when no KPI looks at them."""
    return await titles(uow, calculation.plan, persons, place) if calculation.titled else np.zeros(0, np.int8)


async def titles(uow: UnitOfWork, plan: Plan, persons: Indices, place: Indices) -> Grades:
    """Career ranks' places on the ladder, by place."""
    ladder = {rank.code: number for number, rank in enumerate(plan.ranks, start=1)}
    number = case(ladder, value=CAREER_RANK, else_=0)
    asked = select(_big(PEOPLE.c.id), _big(number)).where(CAREER_RANK.is_not(None))
    ids, found = await columns(uow, asked)
    return _placed(ids, found, place, len(persons)).astype(np.int8)


async def _kept(uow: UnitOfWork, plan: Plan, cycle: Cycle, persons: Indices, held: Grades) -> Grades:
    """The ranks that people keep by grace of what the last cycle before this one recorded."""
    closed = [one for one in await calendar.closed_cycles(uow, plan) if one.ends_at <= cycle.period.start]
    recorded = await ranks.recorded_ranks(uow, closed[-1].code) if closed else {}
    texts = [recorded[PersonId(one)].grace if one in recorded else None for one in persons.tolist()]
    return grace.kept(plan, grace.read(plan, texts), held)


async def _looked_back(uow: UnitOfWork, plan: Plan, cycle: Cycle, place: Indices, count: int) -> dict[str, Ints]:
    """The KPIs that count earlier cycles, by place; a cycle that is not closed counts for nobody."""
    back = earlier.cycles_back(plan)
    found = await ranks.earlier(uow, plan, cycle, back)
    cycles = []
    for code in codes_before(plan.calendar, cycle, back):
        theirs = found.get(code, {})
        known = ((int(place[person]), told) for person, told in theirs.items() if person < len(place))
        cycles.append(earlier.part(plan, {at: told for at, told in known if at >= 0}))
    return earlier.figures(plan, cycles, count)


def _placed(ids: Ints, values: Ints, place: Indices, count: int) -> Ints:
    """Values by place; who stands at no place is left out, who has no value has 0."""
    known = ids < len(place)
    places_of = place[ids[known]]
    found = np.zeros(count, np.int64)
    found[places_of[places_of >= 0]] = values[known][places_of >= 0]
    return found


def _big(column: ColumnElement[Any]) -> ColumnElement[int]:
    return cast(column, BigInteger)
