"""Who stands where in the tree, now or at a past time."""

from datetime import datetime

from core.db.unit_of_work import UnitOfWork
from core.genealogy import store
from core.genealogy.model import Link
from core.kernel.ids import PersonId
from core.people import service as people


async def sponsor_of(uow: UnitOfWork, person: PersonId, at: datetime | None = None) -> PersonId | None:
    """Her sponsor at a time (now when None); None for a root and for somebody who was in no tree then."""
    return await store.sponsor(uow, person, at)


async def upline(uow: UnitOfWork, person: PersonId, at: datetime | None = None) -> list[PersonId]:
    """Everybody above her at a time, nearest first."""
    return await store.upline(uow, person, at)


async def frontline(uow: UnitOfWork, person: PersonId, at: datetime | None = None) -> list[PersonId]:
    """Those whom she sponsored at a time, in the order of their numbers."""
    return await store.frontline(uow, person, at)


async def downline_ids(uow: UnitOfWork, person: PersonId, at: datetime | None = None) -> list[PersonId]:
    """Everybody below her at a time, level by level."""
    return await store.downline(uow, person, at)


async def roots(uow: UnitOfWork) -> list[PersonId]:
    """People in the tree without a sponsor, the company node included."""
    return await store.roots(uow)


async def links_of(uow: UnitOfWork, code: str) -> list[Link]:
    """The whole history of a person's sponsors, as it was recorded.

    Raises:
        PersonUnknown: nobody has this code.
    """
    rows = await store.history(uow, await people.person_id(uow, code))
    sponsors = await people.cards(uow, [row["sponsor_id"] for row in rows if row["sponsor_id"] is not None])
    codes = {number: card.code for number, card in sponsors.items()}
    return [Link.model_validate({"sponsor": codes.get(row.pop("sponsor_id")), **row}) for row in rows]
