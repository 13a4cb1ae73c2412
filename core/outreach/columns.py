"""Columns over everybody, read at once from rows of other rooms: a call for each of a million would take hours."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import BigInteger, ColumnElement, Table, and_, case, cast, func, select
from sqlmodel import SQLModel

from core.access.tables import ChatLinkRow
from core.calendar import service as calendar
from core.calendar.model import ClosedCycle
from core.calendar.rules import DAY, company_midnight
from core.db.types import EPOCH, MICROSECOND, microseconds
from core.db.unit_of_work import UnitOfWork
from core.forest.kernel import Grades, Ints
from core.kernel.zones import zone_of
from core.live.reading import columns
from core.messaging.tables import SilentChatRow
from core.orders.model import OrderKind
from core.orders.tables import CustomerOrderRow
from core.outreach.audience import Ground, People
from core.outreach.readers import BLOCKED
from core.outreach.rules.habits import Sales
from core.people.model import Status
from core.people.tables import PersonRow
from core.plan.model import CalendarSpec, Plan
from core.ranks.tables import PaidRankRow


def _table(row: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(row.__tablename__)]


PEOPLE, LINKS, SILENT = _table(PersonRow), _table(ChatLinkRow), _table(SilentChatRow)
ORDERS, RANKS = _table(CustomerOrderRow), _table(PaidRankRow)
NO_CHAT, CHAT, CHAT_BLOCKED = 0, 1, 2


async def zones(uow: UnitOfWork, plan: Plan) -> tuple[str, ...]:
    """The time zones that people live in: their own, else their country's, else the company's."""
    chosen = await _chosen_zones(uow)
    return tuple(sorted({plan.calendar.time_zone, *chosen, *(await _zones_of_countries(uow, plan)).values()}))


async def _chosen_zones(uow: UnitOfWork) -> Sequence[str]:
    """The time zones that people have of their own: a look at the index for each."""
    first = select(func.min(PEOPLE.c.time_zone).label("zone")).cte("zone", recursive=True)
    later = select(func.min(PEOPLE.c.time_zone)).where(PEOPLE.c.time_zone > first.c.zone).scalar_subquery()
    every = first.union_all(select(later).select_from(first).where(first.c.zone.is_not(None)))
    return (await uow.connection.execute(select(every.c.zone).where(every.c.zone.is_not(None)))).scalars().all()


async def _zones_of_countries(uow: UnitOfWork, plan: Plan) -> dict[str, str]:
    """By country the time zone of those who have none of their own: a look at the index for each country."""
    has_none = PEOPLE.c.time_zone.is_(None)
    first = select(func.min(PEOPLE.c.country).label("country")).where(has_none).cte("lived_in", recursive=True)
    later = select(func.min(PEOPLE.c.country)).where(has_none, PEOPLE.c.country > first.c.country).scalar_subquery()
    every = first.union_all(select(later).select_from(first).where(first.c.country.is_not(None)))
    asked = select(every.c.country).where(every.c.country.is_not(None))
    countries = (await uow.connection.execute(asked)).scalars()
    return {country: zone_of(None, country, plan.calendar.time_zone) for country in countries}


async def people(uow: UnitOfWork, plan: Plan) -> People:
    """Where everybody lives, and who can be spoken to."""
    known = await zones(uow, plan)
    number = {zone: place for place, zone in enumerate(known)}
    company = number[plan.calendar.time_zone]
    usual = {country: number.get(zone, company) for country, zone in (await _zones_of_countries(uow, plan)).items()}
    countrys = case(usual, value=PEOPLE.c.country, else_=company) if usual else company
    zone = case(number, value=PEOPLE.c.time_zone, else_=countrys)
    wants = and_(PEOPLE.c.notifications, PEOPLE.c.status != Status.TERMINATED.value)
    ids, place, mail = await columns(
        uow,
        select(
            _big(PEOPLE.c.id),
            _big(zone),
            _big(case((~wants, -1), (PEOPLE.c.email.is_not(None), 1), else_=0)),
        ),
    )
    size = 1 + int(ids.max(initial=0))
    chats = np.zeros(size, np.int8)
    linked, state = await columns(uow, _chats())
    inside = linked < size
    chats[linked[inside]] = state[inside]
    zone_of, reached = np.zeros(size, np.int16), np.zeros(size, np.bool_)
    zone_of[ids] = place
    reached[ids] = (mail >= 0) & (chats[ids] != CHAT_BLOCKED) & ((chats[ids] == CHAT) | (mail == 1))
    return People(known, zone_of, reached)


def _chats() -> Any:
    """People with a chat, and what it takes: whoever blocked it is written to nowhere, of one that is gone the mail."""
    gone = case((SILENT.c.chat_id.is_(None), CHAT), (SILENT.c.reason == BLOCKED, CHAT_BLOCKED), else_=NO_CHAT)
    joined = LINKS.outerjoin(SILENT, SILENT.c.chat_id == LINKS.c.chat_id)
    return select(_big(LINKS.c.person_id), _big(gone)).select_from(joined)


async def sales(uow: UnitOfWork, until: datetime, of: Sequence[str] = ()) -> Sales:
    """Paid sales before a moment.

    Args:
        of: whose; the kinds of people, or everybody's.
    """
    asked = select(_big(ORDERS.c.person_id), _big(ORDERS.c.ordered_at), _big(ORDERS.c.id), _big(ORDERS.c.qv)).where(
        ORDERS.c.kind == OrderKind.SALE.value,
        ORDERS.c.paid_at.is_not(None),
        ORDERS.c.ordered_at < until,
    )
    if of:
        asked = asked.join(PEOPLE, PEOPLE.c.id == ORDERS.c.person_id).where(PEOPLE.c.kind.in_(of))
    return Sales(*await columns(uow, asked))


async def last_closed(uow: UnitOfWork, plan: Plan, before: datetime) -> ClosedCycle | None:
    """The last closed cycle that ended up to a moment."""
    closed = [one for one in await calendar.closed_cycles(uow, plan) if one.ends_at <= before]
    return closed[-1] if closed else None


async def last_ranks(uow: UnitOfWork, ground: Ground) -> Grades:
    """Ranks that the last closed cycle fixed, by index as places on today's ladder; 0 for none."""
    closed = await last_closed(uow, ground.plan, ground.state.cycle.period.start)
    found = np.zeros(ground.state.count, np.int8)
    if closed is not None:
        persons, places = await ranks_of(uow, ground.plan, [closed.code])
        found = by_index(ground, persons, places).astype(np.int8)
    return found


async def ranks_of(uow: UnitOfWork, plan: Plan, cycles: Sequence[str], *, titles: bool = False) -> tuple[Ints, Ints]:
    """People and the highest rank that closed cycles fixed for each, as places on today's ladder.

    Args:
        titles: whether career ranks count too.
    """
    place = _place(plan, RANKS.c.rank)
    highest = func.max(
        case((_place(plan, RANKS.c.career_rank) > place, _place(plan, RANKS.c.career_rank)), else_=place)
    )
    asked = select(_big(RANKS.c.person_id), _big(highest if titles else func.max(place)))
    persons, places = await columns(uow, asked.where(RANKS.c.cycle.in_(cycles)).group_by(RANKS.c.person_id))
    return persons, places


def by_index(ground: Ground, persons: Ints, values: Ints) -> Ints:
    """Values of people, by their indices; 0 for all others, and whoever stands in no tree has no place."""
    everybody = ground.state.persons
    size = 1 + max(int(everybody.max(initial=0)), int(persons.max(initial=0)))
    of_person = np.zeros(size, np.int64)
    of_person[persons] = values
    found: Ints = of_person[everybody]
    return found


def midnights(calendar_spec: CalendarSpec, first: int, last: datetime) -> Ints:
    """When the company's days begin, from that of a moment (microseconds) on until that of another one."""
    clock = ZoneInfo(calendar_spec.time_zone)
    begin = (EPOCH + first * MICROSECOND).astimezone(clock).date()
    days = (last.astimezone(clock).date() - begin).days + 1
    return np.array(
        [microseconds(company_midnight(calendar_spec, begin + number * DAY)) for number in range(days)], np.int64
    )


def _place(plan: Plan, column: ColumnElement[Any]) -> ColumnElement[int]:
    ladder = {rank.code: number for number, rank in enumerate(plan.ranks, start=1)}
    return case(ladder, value=column, else_=0)


def _big(column: ColumnElement[Any]) -> ColumnElement[int]:
    return cast(column, BigInteger)
