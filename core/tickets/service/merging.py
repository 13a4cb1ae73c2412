"""Two tickets that are one, and one that is two. Messages and links move; nothing is copied."""

from collections.abc import Mapping

from core.db.unit_of_work import UnitOfWork
from core.plan.model import Phase
from core.tickets.model import (
    DUE_PHASES,
    Direction,
    Split,
    TicketClosed,
    TicketMessageUnknown,
    TicketPersonDiffers,
    TicketSplitWhole,
    Via,
    What,
)
from core.tickets.service.answering import Member
from core.tickets.service.hand import Hand, hand, hands
from core.tickets.service.hearing import heard
from core.tickets.service.opening import Opening, known_type, open_ticket
from core.tickets.service.telling import tell_step
from core.tickets.store import messages as words


async def merge(uow: UnitOfWork, member: Member, number: int, into: int) -> None:
    """Make a ticket a part of another of the same person: it closes, points there, and she is told once.

    Where she waits for a word on the one, she waits for it on the other from then on.

    Raises:
        TicketUnknown: one of them does not exist.
        TicketMerged: one of them became part of a ticket before.
        TicketPersonDiffers: they are not of one person, or they are one ticket.
        TicketClosed: the other is closed.
    """
    both = await hands(uow, sorted({number, into}), member.name)
    gone, stays = both[number], both[into]
    for held in both.values():
        held.require_whole()
    if gone.person != stays.person or gone is stays:
        raise TicketPersonDiffers(ticket=number, into=into)
    if stays.phase is Phase.CLOSED:
        raise TicketClosed(ticket=into)
    is_waiting = gone.phase in DUE_PHASES
    await words.move(uow, number, into)
    await _move_links(uow, number, into)
    gone.set(merged_into=into)
    gone.note(What.MERGED, after=into)
    gone.go(Phase.CLOSED)
    stays.note(What.MERGED, before=number)
    _take_over(gone, stays, is_waiting=is_waiting)
    changes = await gone.save()
    await stays.save()
    if gone.row["shown_from"] is not None:
        await tell_step(gone, "merged", changes[0], into=into)


def _take_over(gone: Hand, stays: Hand, *, is_waiting: bool) -> None:
    """What the ticket that stays has of the other: a word of hers that waits, and the incident."""
    if is_waiting:
        heard(stays)
    moments = [one for one in (gone.row["heard_at"], stays.row["heard_at"]) if one is not None]
    stays.set(heard_at=max(moments, default=None))
    if stays.row["incident_id"] is None and gone.row["incident_id"] is not None:
        stays.change(What.INCIDENT, "incident_id", gone.row["incident_id"])


async def _move_links(uow: UnitOfWork, number: int, into: int) -> None:
    """Those that the other has already stay where they are."""
    have = {(link["kind"], link["thing"]) for link in await words.links(uow, into)}
    new = [link["id"] for link in await words.links(uow, number) if (link["kind"], link["thing"]) not in have]
    await words.move_links(uow, new, into)


async def split(uow: UnitOfWork, member: Member, number: int, wish: Split) -> int:
    """Make some of a ticket's messages a ticket of their own, of the same person; its number.

    Raises:
        TicketUnknown, TicketMerged: there is no such ticket, or it became part of another.
        TicketMessageUnknown: it has no such message.
        TicketSplitWhole: nothing that she or staff wrote to each other would stay.
        TicketTypeUnknown: the company has no such type.
    """
    held = await hand(uow, number, member.name)
    held.require_whole()
    known = await words.said(uow, number)
    chosen = {message: known[message] for message in wish.messages if message in known}
    for message in wish.messages:
        if message not in chosen:
            raise TicketMessageUnknown(ticket=number, message=message)
    if all(direction == Direction.NOTE for message, (direction, _) in known.items() if message not in chosen):
        raise TicketSplitWhole(ticket=number)
    new = await open_ticket(uow, held.spec, _opening(held, member, wish, chosen))
    await words.move(uow, number, new.number, list(chosen))
    held.note(What.SPLIT, after=new.number)
    new.note(What.SPLIT, before=number)
    await held.save()
    changes = await new.save()
    await tell_step(new, "split", changes[0])
    return new.number


def _opening(held: Hand, member: Member, wish: Split, chosen: Mapping[int, tuple[str, str]]) -> Opening:
    first = next((text for direction, text in chosen.values() if direction == Direction.IN and text.strip()), None)
    lines = (first or held.row["subject"]).strip().splitlines()
    return Opening(
        person=held.person,
        type=held.row["type"] if wish.type is None else known_type(held.spec, wish.type),
        language=held.row["language"],
        subject=lines[0].strip(),
        via=Via(held.row["via"]) if held.row["via"] != Via.STAFF else Via.CHAT,
        by=member.name,
        shown_from=held.uow.now,
    )
