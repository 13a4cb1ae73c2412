"""Reading and writing the rows of links, visits and referrals."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import SQLModel

from core.db.unit_of_work import UnitOfWork
from core.db.upsert import insert_new
from core.kernel.ids import PersonId
from core.referrals.model import How
from core.referrals.tables import ReferralLinkRow, ReferralRow, ReferralVisitRow

LINKS = SQLModel.metadata.tables[str(ReferralLinkRow.__tablename__)]
REFERRALS = SQLModel.metadata.tables[str(ReferralRow.__tablename__)]
VISITS = SQLModel.metadata.tables[str(ReferralVisitRow.__tablename__)]
PEOPLE_AT_ONCE = 500
"""SQLite takes a limited number of parameters in one statement."""


async def token(uow: UnitOfWork, person: PersonId, new: str) -> str:
    """The token of a person's link; `new` where she has none yet."""
    await uow.connection.execute(insert_new(uow, LINKS).values(person_id=person, token=new))
    found = await uow.connection.execute(select(LINKS.c.token).where(LINKS.c.person_id == person))
    return str(found.scalar_one())


async def whose(uow: UnitOfWork, token: str) -> PersonId | None:
    """Whose link has this token."""
    found = await uow.connection.execute(select(LINKS.c.person_id).where(LINKS.c.token == token))
    return found.scalar_one_or_none()


async def add_visit(uow: UnitOfWork, chat: int, referrer: PersonId) -> None:
    """Note by whose link a chat was opened, unless another one opened it before."""
    await uow.connection.execute(insert_new(uow, VISITS).values(chat_id=chat, referrer_id=referrer, at=uow.now))


async def visit(uow: UnitOfWork, chat: int) -> Mapping[Any, Any] | None:
    """By whose link a chat was opened, and when."""
    found = await uow.connection.execute(select(VISITS).where(VISITS.c.chat_id == chat))
    return found.mappings().first()


async def visits(uow: UnitOfWork, referrer: PersonId) -> int:
    """How many chats were opened by a person's link."""
    found = await uow.connection.execute(select(func.count()).where(VISITS.c.referrer_id == referrer))
    return int(found.scalar_one())


async def add(uow: UnitOfWork, person: PersonId, referrer: PersonId, at: datetime, how: How) -> bool:
    """Note who brought a person; False when that is known already."""
    values = {"person_id": person, "referrer_id": referrer, "at": at, "how": how.value}
    added = await uow.connection.execute(insert_new(uow, REFERRALS).values(**values))
    return bool(added.rowcount == 1)


async def referrer(uow: UnitOfWork, person: PersonId) -> PersonId | None:
    """Who brought a person."""
    found = await uow.connection.execute(select(REFERRALS.c.referrer_id).where(REFERRALS.c.person_id == person))
    return found.scalar_one_or_none()


async def brought(uow: UnitOfWork, person: PersonId, limit: int | None = None) -> list[tuple[PersonId, datetime]]:
    """Whom a person brought, and when, the latest first."""
    asked = select(REFERRALS.c.person_id, REFERRALS.c.at).where(REFERRALS.c.referrer_id == person)
    latest = asked.order_by(REFERRALS.c.at.desc(), REFERRALS.c.person_id.desc()).limit(limit)
    return [(PersonId(row[0]), row[1]) for row in await uow.connection.execute(latest)]


async def counts(uow: UnitOfWork, people: Sequence[PersonId]) -> dict[PersonId, int]:
    """How many each of these people brought; who brought nobody is left out."""
    found: dict[PersonId, int] = {}
    for start in range(0, len(people), PEOPLE_AT_ONCE):
        some = REFERRALS.c.referrer_id.in_(people[start : start + PEOPLE_AT_ONCE])
        asked = select(REFERRALS.c.referrer_id, func.count()).where(some).group_by(REFERRALS.c.referrer_id)
        found |= {PersonId(row[0]): int(row[1]) for row in await uow.connection.execute(asked)}
    return found
