"""Linking a chat to a person or to a member of staff, and knowing who one is."""

from collections.abc import Awaitable, Callable

from core.access import members, service
from core.access.authentication import Authentication
from core.access.model import ByPhone, ByToken, Caller, ChatMissing, Link, Member, Permission
from core.db.database import Database
from core.db.unit_of_work import Questions, UnitOfWork
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


@routes.post("/v1/links/staff", needs=Permission.LINK_CHAT)
async def link_staff(caller: Caller, database: Database, authentication: Authentication, given: ByToken) -> Member:
    """Let a member of staff work from the calling private chat, by her one-time token. A person's link stays beside it.

    Raises:
        ChatMissing: it is no private chat, so that it proves nobody.
        LinkTokenInvalid: unknown, used, or older than a day, or the member was removed.
        TooManyAttempts: this chat tried too often.
    """
    user = caller.own_chat
    if user <= 0:
        raise ChatMissing
    await _count(caller, database)
    async with database.begin(request_id=REQUEST_ID.get(), actor=caller.actor) as uow:
        member = await members.link(uow, given.token, user)
        await uow.commit()
    authentication.forget_member(user)
    return member


@routes.get("/v1/staff/me", needs=Permission.USE_DESK)
async def member(caller: Caller, uow: Questions) -> Member:
    """Who the calling member of staff is, and what she may do."""
    return await members.member(uow, caller)


@routes.delete("/v1/staff/me/chat", needs=Permission.USE_DESK)
async def unlink_staff(caller: Caller, uow: UnitOfWork, authentication: Authentication) -> None:
    """Work from the calling account no more; her token stays.

    Raises:
        ChatMissing: she did not call by way of the messenger.
    """
    await members.unlink(uow, caller.own_chat)
    authentication.forget_member(caller.own_chat)


@routes.get("/v1/staff", needs=Permission.USE_DESK)
async def staff(uow: Questions, may: Permission = Permission.ANSWER_TICKETS) -> list[Member]:
    """Members of staff who may do something, by name: to whom a ticket can be given, for example."""
    return await members.who_may(uow, may)


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
    chat = caller.own_chat
    await _count(caller, database)
    async with database.begin(request_id=REQUEST_ID.get(), actor=caller.actor) as uow:
        made = await link(uow, chat)
        await referrals.arrived(uow, chat, made.person)
        await uow.commit()
    authentication.forget(chat)
    return made


async def _count(caller: Caller, database: Database) -> None:
    """Count the try first, in a transaction of its own: a refusal undoes the one that follows, not this."""
    async with database.begin(request_id=REQUEST_ID.get(), actor=caller.actor) as uow:
        await service.count_attempt(uow, caller.own_chat)
        await uow.commit()
