"""What she is writing."""

from core.access.model import Caller, Permission
from core.db.unit_of_work import Questions, UnitOfWork
from core.earnings.estimating import Estimates
from core.http.routes import Routes
from core.live.service import Live
from core.tickets import service
from core.tickets.model import Draft, DraftChange, DraftPart, DraftSent, Ticket
from i18n.translator import Translator

routes = Routes()

OWN = Permission.OWN_TICKETS


@routes.get("/v1/me/draft", needs=OWN)
async def my_draft(uow: Questions, caller: Caller) -> Draft | None:
    """What the caller is writing; null where she writes nothing."""
    return await service.draft(uow, caller.me)


@routes.post("/v1/me/draft", needs=OWN)
async def add_to_draft(
    uow: UnitOfWork, caller: Caller, live: Live, estimates: Estimates, tr: Translator, part: DraftPart
) -> Draft:
    """Add a message; the first begins the draft, and one whose key is known changes nothing.

    What she named becomes evidence where it is exactly one thing of hers or of her line; a line of her earnings keeps
    its explanation in the language of `Accept-Language`.

    Raises:
        AccountClosed: the caller has left.
        TicketUnknown, TicketMerged, TicketClosed: the ticket to add to takes no word of the caller's.
        TicketTextTooLong, TooManyAttachments, AttachmentUnknown: the message will not do.
        DraftGone: the message belongs to a draft that is sent or forgotten.
    """
    return await service.add_to_draft(uow, caller.me, part, service.Sources(live, estimates, tr))


@routes.patch("/v1/me/draft", needs=OWN)
async def change_draft(uow: UnitOfWork, caller: Caller, change: DraftChange) -> Draft:
    """Choose a type or a ticket, drop evidence or messages.

    Raises:
        DraftGone: the caller writes nothing, or something else than she saw.
        TicketTypeUnknown: the company has no such type.
        TicketUnknown, TicketMerged, TicketClosed: the ticket to add to takes no word of the caller's.
    """
    return await service.change_draft(uow, caller.me, change)


@routes.post("/v1/me/draft/send", needs=OWN)
async def send_draft(uow: UnitOfWork, caller: Caller, sent: DraftSent) -> Ticket:
    """Make it a ticket, or add it to the one that it is for; a second time answers the same ticket.

    Raises:
        AccountClosed: the caller has left.
        DraftGone: there is no such draft of the caller's any more.
        DraftEmpty: nothing is in it that could be sent.
        TooManyOpenTickets: the caller has as many as anybody may.
        TicketUnknown, TicketMerged, TicketClosed: the ticket to add to takes no word of the caller's.
    """
    return await service.send_draft(uow, caller.me, sent.draft)


@routes.delete("/v1/me/draft", needs=OWN)
async def drop_draft(uow: UnitOfWork, caller: Caller) -> None:
    """Forget it; nothing there is fine too."""
    await service.forget_draft(uow, caller.me)
