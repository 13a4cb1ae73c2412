"""Linking a chat, and knowing who one is."""

from collections.abc import Awaitable, Callable

from core.access import service
from core.access.authentication import Authentication
from core.access.model import ByPhone, ByToken, Caller, Link, Permission
from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from core.http.routes import Routes
from core.kernel.logs import REQUEST_ID
from core.referrals import service as referrals

routes = Routes()


@routes.post("/v1/links/token", needs=Permission.LINK_CHAT)
async def link_by_token(caller: Caller, database: Database, authentication: Authentication, given: ByToken) -> Link:
    """Link the calling chat by a one-time token of the company. The same token again from the same chat is no error.

    Raises:
        LinkTokenInvalid: unknown, used, or older than a day.
        TooManyAttempts: this chat tried too often.
    """
    return await _linked(
        caller, database, authentication, lambda uow, chat: service.link_by_token(uow, given.token, chat)
    )


@routes.post("/v1/links/phone", needs=Permission.LINK_CHAT)
async def link_by_phone(caller: Caller, database: Database, authentication: Authentication, given: ByPhone) -> Link:
    """Link the calling chat by the sender's own phone number, which the bot has verified to be the sender's.

    Raises:
        PhoneUnknown: nobody has it.
        PhoneAmbiguous: two people have it, so it links nobody.
        AlreadyLinked: a one-time link of the company is needed.
        TooManyAttempts: this chat tried too often.
    """
    return await _linked(
        caller, database, authentication, lambda uow, chat: service.link_by_phone(uow, given.phone, chat)
    )


@routes.post("/v1/links/tidy", needs=Permission.PROCESS_MESSAGES)
async def tidy(uow: UnitOfWork) -> None:
    """Forget one-time tokens that are too old to link anybody, used or not, and tries to link that count no more."""
    await service.tidy(uow)


@routes.delete("/v1/me/link", needs=Permission.CHANGE_OWN_SETTINGS)
async def unlink(caller: Caller, uow: UnitOfWork, authentication: Authentication) -> None:
    """End the link of the calling chat; the person keeps everything, and can link again."""
    await service.unlink(uow, caller.own_chat)
    authentication.forget(caller.own_chat)


async def _linked(
    caller: Caller,
    database: Database,
    authentication: Authentication,
    link: Callable[[UnitOfWork, int], Awaitable[Link]],
) -> Link:
    """Count the try first, in a transaction of its own: a refusal undoes the second, not the first."""
    chat = caller.own_chat
    async with database.begin(request_id=REQUEST_ID.get(), actor=caller.actor) as uow:
        await service.count_attempt(uow, chat)
        await uow.commit()
    async with database.begin(request_id=REQUEST_ID.get(), actor=caller.actor) as uow:
        made = await link(uow, chat)
        await referrals.arrived(uow, chat, made.person)
        await uow.commit()
    authentication.forget(chat)
    return made
