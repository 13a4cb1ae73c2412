"""Lots for which time has something to do, by stretches of people: so a million of them never come at once."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, select

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.points.rules.lots import LotState
from core.points.store.among import among
from core.points.store.lots import LOTS

AVAILABLE = and_(LOTS.c.remaining > 0, LOTS.c.state == LotState.AVAILABLE.value)
STRETCH = 20_000
"""Days of people that are read at once."""


class DueLot(NamedTuple):
    """A lot and what it holds."""

    id: int
    person: PersonId
    points: int


class Ending(NamedTuple):
    """What of somebody's ends on a day."""

    person: PersonId
    on: date
    points: int


def safe(now: datetime) -> ColumnElement[bool]:
    """Pending lots whose order is safe."""
    return and_(LOTS.c.state == LotState.PENDING.value, LOTS.c.remaining > 0, LOTS.c.safe_at <= now)


def ended(today: date) -> ColumnElement[bool]:
    """Available lots whose last day has passed."""
    return and_(LOTS.c.remaining > 0, LOTS.c.expires_on < today, LOTS.c.state == LotState.AVAILABLE.value)


async def people_safe(uow: UnitOfWork, now: datetime, limit: int) -> list[PersonId]:
    """Who has some of the first lots that are safe."""
    return await _people(uow, safe(now), LOTS.c.safe_at, limit)


async def people_ended(uow: UnitOfWork, today: date, limit: int) -> list[PersonId]:
    """Who has some of the first lots that ended."""
    return await _people(uow, ended(today), LOTS.c.expires_on, limit)


async def _people(uow: UnitOfWork, due: ColumnElement[bool], first: ColumnElement[Any], limit: int) -> list[PersonId]:
    """By the index of what is due: asked by person, all lots that are not due would be looked at."""
    found = await uow.connection.execute(select(LOTS.c.person_id).where(due).order_by(first).limit(limit))
    return sorted({PersonId(one) for one in found.scalars()})


async def lots(uow: UnitOfWork, due: ColumnElement[bool], people: Collection[PersonId]) -> list[DueLot]:
    """Such lots of these people, person by person, the oldest first."""
    asked = select(LOTS.c.id, LOTS.c.person_id, LOTS.c.remaining).where(due, among(uow, LOTS.c.person_id, people))
    found = await uow.connection.execute(asked.order_by(LOTS.c.person_id, LOTS.c.id))
    return [DueLot(*row) for row in found]


async def ending(uow: UnitOfWork, first: date, last: date, after: PersonId) -> tuple[list[Ending], PersonId | None]:
    """What ends from one day to another, of the next people above a number, person by person and first the first.

    Returns:
        The last of these people besides, None where nobody is left.
    """
    soon = and_(AVAILABLE, LOTS.c.expires_on >= first, LOTS.c.expires_on <= last, LOTS.c.person_id > after)
    asked = select(LOTS.c.person_id, LOTS.c.expires_on, func.sum(LOTS.c.remaining)).where(soon)
    grouped = asked.group_by(LOTS.c.person_id, LOTS.c.expires_on).order_by(LOTS.c.person_id, LOTS.c.expires_on)
    found = await uow.connection.execute(grouped.limit(STRETCH))
    some = [Ending(PersonId(person), on, int(points)) for person, on, points in found]
    if len(some) < STRETCH:
        return some, None
    cut = some[-1].person
    whole = [one for one in some if one.person != cut]
    assert whole, "nobody has points that end on so many days"
    return whole, whole[-1].person


async def ending_of(uow: UnitOfWork, people: Collection[PersonId]) -> dict[tuple[PersonId, date], int]:
    """What of these people's points ends, by person and day."""
    asked = select(LOTS.c.person_id, LOTS.c.expires_on, func.sum(LOTS.c.remaining)).where(
        AVAILABLE, LOTS.c.expires_on.is_not(None), among(uow, LOTS.c.person_id, people)
    )
    found = await uow.connection.execute(asked.group_by(LOTS.c.person_id, LOTS.c.expires_on))
    return {(PersonId(person), on): int(points) for person, on, points in found}
