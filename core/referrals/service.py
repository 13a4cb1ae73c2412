"""Use cases about referrals: links, visits, and who brought whom."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.orders import service as orders
from core.people import service as people
from core.people.model import Status, first_name
from core.referrals import store
from core.referrals.model import (
    START_PREFIX,
    Brought,
    How,
    Invitation,
    Inviter,
    NotByYourself,
    ReferralUnknown,
    Referred,
)

TOKEN_BYTES = 12
LATEST = 10


async def invitation(uow: UnitOfWork, person: PersonId) -> Invitation:
    """A person's link, made when she first asks for it, and what came of it.

    Raises:
        AccountClosed: she has left.
    """
    await people.member(uow, person)
    token = await store.token(uow, person, secrets.token_urlsafe(TOKEN_BYTES))
    return Invitation(
        start=START_PREFIX + token,
        opened=await store.visits(uow, person),
        joined=(await store.counts(uow, [person])).get(person, 0),
        latest=tuple(await _referred(uow, person)),
    )


async def came_by(uow: UnitOfWork, chat: int, person: PersonId | None, start: str) -> Inviter:
    """Remember by whose link a stranger's chat was opened, the first one for good.

    Args:
        person: whose the chat is; one that is somebody's is no stranger's, and nothing is remembered of it.

    Raises:
        ReferralUnknown: it is no link of ours, or of somebody who has left.
        NotByYourself: it is her own.
    """
    referrer = await store.whose(uow, start.removeprefix(START_PREFIX)) if start.startswith(START_PREFIX) else None
    if referrer is None:
        raise ReferralUnknown
    inviter = await people.profile(uow, referrer)
    if inviter.status is Status.TERMINATED:
        raise ReferralUnknown
    if referrer == person:
        raise NotByYourself
    if person is None:
        await store.add_visit(uow, chat, referrer)
    return Inviter(name=first_name(inviter.name))


async def arrived(uow: UnitOfWork, chat: int, person: PersonId) -> None:
    """Make the visit of a chat the referral of the person that it is tied to now.

    Nobody is brought by herself, or once she has ordered: whoever bought before she came by a link was no stranger.
    """
    visit = await store.visit(uow, chat)
    if visit is None or (await orders.paid_orders(uow, [person], before=visit["at"])).get(person):
        return
    await _record(uow, person, visit["referrer_id"], visit["at"], How.LINK)


async def named_by_staff(uow: UnitOfWork, person: str, referrer: str | None) -> None:
    """Note who brought a person, as staff were told; None is nobody.

    Args:
        person, referrer: their codes.

    Raises:
        PersonUnknown: nobody has one of the codes.
        NotByYourself: they are the same.
    """
    if referrer is None:
        return
    about, by = await people.person_id(uow, person), await people.person_id(uow, referrer)
    if about == by:
        raise NotByYourself
    await _record(uow, about, by, uow.now, How.STAFF)


async def referrer_of(uow: UnitOfWork, person: PersonId) -> PersonId | None:
    """Who brought a person; None when nobody is known to have."""
    return await store.referrer(uow, person)


async def referred_by(uow: UnitOfWork, person: PersonId) -> list[PersonId]:
    """Whom a person brought, the latest first."""
    return [brought for brought, _ in await store.brought(uow, person)]


async def counts(uow: UnitOfWork, person_ids: Sequence[PersonId]) -> dict[PersonId, int]:
    """How many each of these people brought; who brought nobody is left out."""
    return await store.counts(uow, person_ids)


async def _record(uow: UnitOfWork, person: PersonId, referrer: PersonId, at: datetime, how: How) -> None:
    """Once for ever, and not in a circle of two: whom she brought herself cannot have brought her."""
    if person == referrer or await store.referrer(uow, referrer) == person:
        return
    if await store.add(uow, person, referrer, at, how):
        await uow.emit(Brought(person=referrer, person_id=person, referrer_id=referrer))


async def _referred(uow: UnitOfWork, person: PersonId) -> list[Referred]:
    brought = await store.brought(uow, person, LATEST)
    cards = await people.cards(uow, [one for one, _ in brought])
    bought = await orders.paid_orders(uow, list(cards))
    return [
        Referred(name=cards[one].name, code=cards[one].code, kind=cards[one].kind, at=at, orders=bought.get(one, 0))
        for one, at in brought
        if one in cards
    ]
