"""What staff see and do. Who may see tickets and not payouts sees no figures that tickets are about."""

from typing import Annotated

from aiohttp import web
from pydantic import Field

from core.access import service as access
from core.access.model import Caller, Permission
from core.db.unit_of_work import Questions, UnitOfWork
from core.http.model import Created
from core.http.routes import Routes
from core.tickets import service
from core.tickets.api.files import saved
from core.tickets.model import (
    Answer,
    Link,
    Merge,
    NewAnswer,
    NewLink,
    NewTicket,
    Split,
    StaffTicket,
    TicketChange,
    TicketMessage,
    Words,
)

routes = Routes()

SEE, ANSWER = Permission.SEE_TICKETS, Permission.ANSWER_TICKETS
Number = Annotated[int, Field(ge=1, le=2**53)]


async def member_of(uow: UnitOfWork, caller: Caller) -> service.Member:
    """The member of staff who asks, by name."""
    return service.Member((await access.named(uow, [caller.actor]))[caller.actor], caller.actor)


def sees_figures(caller: Caller) -> bool:
    """Whether the caller may see what tickets say of money."""
    return Permission.SEE_PAYOUTS in caller.permissions


@routes.get("/v1/tickets/{number}", needs=SEE)
async def ticket(uow: Questions, caller: Caller, number: Number, cursor: str | None = None) -> StaffTicket:
    """One ticket with its newest messages, or those before the cursor, its history and its moves.

    Raises:
        TicketUnknown: there is no such ticket.
        CursorInvalid: the cursor is not one that a page gave.
    """
    return await service.staff(uow, number, cursor, figures=sees_figures(caller))


@routes.get("/v1/tickets/{number}/attachments/{attachment}", needs=SEE)
async def ticket_file(uow: Questions, number: Number, attachment: Number) -> web.Response:
    """A file of a ticket, to be saved and never shown in place.

    Raises:
        TicketUnknown: there is no such ticket.
        AttachmentUnknown: it has no such file.
    """
    return saved(await service.file(uow, number, attachment))


@routes.post("/v1/tickets", needs=ANSWER)
async def open_ticket(uow: UnitOfWork, caller: Caller, new: NewTicket) -> Created[Answer]:
    """A ticket towards a person; its first words go out like an answer, and taken back she never hears of it.

    Raises:
        PersonUnknown: nobody has this code.
        TicketTypeUnknown: the company has no such type.
        TicketTextEmpty, TicketTextTooLong, TooManyAttachments, AttachmentUnknown: the message will not do.
    """
    answer = await service.open_towards(uow, await member_of(uow, caller), new)
    return Created(answer, f"/v1/tickets/{answer.ticket}")


@routes.post("/v1/tickets/{number}/answers", needs=ANSWER)
async def answer_ticket(uow: UnitOfWork, caller: Caller, number: Number, new: NewAnswer) -> Created[Answer]:
    """Answer her; it goes out after `delay_s` seconds unless it is taken back.

    Raises:
        TicketUnknown, TicketMerged, TicketClosed: the ticket takes no answer.
        CannedAnswerUnknown: there is no canned answer of this code.
        TicketTextEmpty, TicketTextTooLong, TooManyAttachments, AttachmentUnknown: the message will not do.
    """
    return Created(await service.answer(uow, await member_of(uow, caller), number, new))


@routes.delete("/v1/tickets/{number}/answers/{answer}", needs=ANSWER)
async def take_back_answer(uow: UnitOfWork, caller: Caller, number: Number, answer: Number) -> None:
    """Undo an answer that has not gone out.

    Raises:
        TicketUnknown: there is no such ticket.
        AnswerGone: it is on its way, was taken back before, or there is none.
    """
    await service.take_back(uow, await member_of(uow, caller), number, answer)


@routes.post("/v1/tickets/{number}/notes", needs=ANSWER)
async def note_on_ticket(uow: UnitOfWork, caller: Caller, number: Number, note: Words) -> Created[TicketMessage]:
    """A note that its person never sees.

    Raises:
        TicketUnknown, TicketMerged: there is no such ticket, or it became part of another.
        TicketTextEmpty, TicketTextTooLong, TooManyAttachments, AttachmentUnknown: the message will not do.
    """
    return Created(await service.note(uow, await member_of(uow, caller), number, note))


@routes.patch("/v1/tickets/{number}", needs=ANSWER)
async def change_ticket(uow: UnitOfWork, caller: Caller, number: Number, change: TicketChange) -> StaffTicket:
    """Change type, priority, queue, state or assignee.

    Raises:
        TicketUnknown, TicketMerged: there is no such ticket, or it became part of another.
        TicketChanged: somebody changed it since the caller looked.
        TicketTypeUnknown, TicketQueueUnknown, TicketStateUnknown: the company has no such type, queue or state.
        TicketMoveImpossible: it cannot go to that state from where it is.
        StaffUnknown, PermissionMissing: nobody of that name may answer tickets.
    """
    await service.change(uow, await member_of(uow, caller), number, change)
    return await service.staff(uow, number, figures=sees_figures(caller))


@routes.post("/v1/tickets/{number}/merge", needs=ANSWER)
async def merge_ticket(uow: UnitOfWork, caller: Caller, number: Number, merge: Merge) -> StaffTicket:
    """Make it a part of another ticket of the same person; answers that one.

    Raises:
        TicketUnknown, TicketMerged, TicketClosed: one of them does not exist or became part of another, or the other
            is closed.
        TicketPersonDiffers: they are not two tickets of one person.
    """
    await service.merge(uow, await member_of(uow, caller), number, merge.into)
    return await service.staff(uow, merge.into, figures=sees_figures(caller))


@routes.post("/v1/tickets/{number}/split", needs=ANSWER)
async def split_ticket(uow: UnitOfWork, caller: Caller, number: Number, split: Split) -> Created[StaffTicket]:
    """Make some of its messages a ticket of their own; answers the new one.

    Raises:
        TicketUnknown, TicketMerged: there is no such ticket, or it became part of another.
        TicketMessageUnknown, TicketSplitWhole: it has no such message, or nothing would stay.
        TicketTypeUnknown: the company has no such type.
    """
    new = await service.split(uow, await member_of(uow, caller), number, split)
    return Created(await service.staff(uow, new, figures=sees_figures(caller)), f"/v1/tickets/{new}")


@routes.post("/v1/tickets/{number}/links", needs=ANSWER)
async def link_ticket(uow: UnitOfWork, caller: Caller, number: Number, new: NewLink) -> Created[Link]:
    """Tie it to an order, a person, a statement's cycle, a released run or another ticket.

    Raises:
        TicketUnknown, TicketMerged: there is no such ticket, or it became part of another.
        TicketLinkUnknown: there is no such thing.
    """
    return Created(await service.link(uow, await member_of(uow, caller), number, new))


@routes.delete("/v1/tickets/{number}/links/{ref}", needs=ANSWER)
async def unlink_ticket(uow: UnitOfWork, caller: Caller, number: Number, ref: Number) -> None:
    """Drop a link by its `ref`.

    Raises:
        TicketUnknown, TicketMerged: there is no such ticket, or it became part of another.
        TicketLinkUnknown: the ticket has no such link.
    """
    await service.unlink(uow, await member_of(uow, caller), number, ref)
