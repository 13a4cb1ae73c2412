"""Her own tickets."""

from typing import Annotated

from aiohttp import web
from pydantic import Field

from core.access.model import Caller, Permission
from core.db.unit_of_work import Questions, UnitOfWork
from core.http.model import Page
from core.http.routes import Routes
from core.tickets import service
from core.tickets.api.files import saved
from core.tickets.model import DeskWords, OwnTicket, Rating, Reopening, TicketCard, Words

routes = Routes()

PAGE_SIZE = 10
Number = Annotated[int, Field(ge=1, le=2**53)]
Limit = Annotated[int, Field(ge=1, le=50)]
OWN = Permission.OWN_TICKETS


@routes.get("/v1/me/desk", needs=OWN)
async def my_desk(uow: Questions) -> DeskWords:
    """What can be asked, and by when somebody would answer if the caller wrote now."""
    return await service.desk(uow)


@routes.get("/v1/me/tickets", needs=OWN)
async def my_tickets(
    uow: Questions,
    caller: Caller,
    open: bool | None = None,  # noqa: A002  # the API's word
    cursor: str | None = None,
    limit: Limit = PAGE_SIZE,
) -> Page[TicketCard]:
    """The caller's tickets, the latest first; with `open` those that are, or are not, done.

    Raises:
        CursorInvalid: the cursor is not one that a page gave.
    """
    return await service.own_page(uow, caller.me, is_open=open, cursor=cursor, limit=limit)


@routes.get("/v1/me/tickets/{number}", needs=OWN)
async def my_ticket(uow: Questions, caller: Caller, number: Number, cursor: str | None = None) -> OwnTicket:
    """One of them with its newest messages, or those before the cursor, and what she can do.

    Raises:
        TicketUnknown: the caller has no such ticket.
        CursorInvalid: the cursor is not one that a page gave.
    """
    return await service.own(uow, caller.me, number, cursor)


@routes.get("/v1/me/tickets/{number}/attachments/{attachment}", needs=OWN)
async def my_ticket_file(uow: Questions, caller: Caller, number: Number, attachment: Number) -> web.Response:
    """A file of the caller's ticket, hers or the company's, to be saved.

    Raises:
        TicketUnknown: the caller has no such ticket.
        AttachmentUnknown: it has no such file that she may see.
    """
    return saved(await service.file(uow, number, attachment, of=caller.me))


@routes.post("/v1/me/tickets/{number}/messages", needs=OWN)
async def add_to_ticket(uow: UnitOfWork, caller: Caller, number: Number, words: Words) -> OwnTicket:
    """Add words or files; what is solved, or was closed lately, is open again by them.

    Raises:
        AccountClosed: the caller has left.
        TicketUnknown, TicketMerged, TicketClosed: the ticket takes no word of the caller's.
        TicketTextEmpty, TicketTextTooLong, TooManyAttachments, AttachmentUnknown: the message will not do.
    """
    await service.add(uow, caller.me, number, words)
    return await service.own(uow, caller.me, number)


@routes.post("/v1/me/tickets/{number}/close", needs=OWN)
async def close_ticket(uow: UnitOfWork, caller: Caller, number: Number) -> OwnTicket:
    """The caller needs nothing more; closed already is fine too.

    Raises:
        TicketUnknown, TicketMerged: there is no such ticket of the caller's, or it became part of another.
    """
    await service.close(uow, caller.me, number)
    return await service.own(uow, caller.me, number)


@routes.post("/v1/me/tickets/{number}/reopen", needs=OWN)
async def reopen_ticket(
    uow: UnitOfWork, caller: Caller, number: Number, reopening: Reopening | None = None
) -> OwnTicket:
    """It is not done, and why; open already is fine too.

    Raises:
        AccountClosed: the caller has left.
        TicketUnknown, TicketMerged: there is no such ticket of the caller's, or it became part of another.
        TicketClosed: it was closed too long ago.
        TicketTextTooLong: the reason will not do.
    """
    await service.reopen(uow, caller.me, number, reopening.text if reopening else "")
    return await service.own(uow, caller.me, number)


@routes.post("/v1/me/tickets/{number}/rating", needs=OWN)
async def rate_ticket(uow: UnitOfWork, caller: Caller, number: Number, rating: Rating) -> OwnTicket:
    """How content the caller is, once; what is solved is closed by it.

    Raises:
        TicketUnknown, TicketMerged: there is no such ticket of the caller's, or it became part of another.
        TicketNotDone: it is open.
        TicketRated: it has other stars already.
        TicketTextTooLong: the words will not do.
    """
    await service.rate(uow, caller.me, number, rating)
    return await service.own(uow, caller.me, number)
