"""A draft that she confirms: a new ticket, or an addition to one."""

from core.attachments.model import Attachment
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.people import service as people
from core.people.model import Person
from core.plan.model import TicketsSpec
from core.plan.model.tickets import OTHER
from core.tickets.model import Direction, DraftEmpty, DraftGone, Ticket, TooManyOpenTickets, Via
from core.tickets.rules.wording import says_anything
from core.tickets.service import hearing
from core.tickets.service.drafting import is_over, type_of
from core.tickets.service.hand import PERSON, hand
from core.tickets.service.opening import Opening, add_words, first_line, open_ticket
from core.tickets.service.showing import given, ticket_of
from core.tickets.service.terms import terms
from core.tickets.service.wording import Written
from core.tickets.store import drafts as store
from core.tickets.store import messages as words
from core.tickets.store import tickets
from core.tickets.store.rows import Row


async def send(uow: UnitOfWork, me: PersonId, number: int) -> Ticket:
    """Make the draft a ticket, or add it to the one that it is for. A second time answers the same ticket.

    Raises:
        AccountClosed: she has left.
        DraftGone: there is no such draft of hers any more.
        DraftEmpty: a new ticket needs words, an addition words or files.
        TooManyOpenTickets: she has as many as anybody may.
        TicketUnknown, TicketMerged, TicketClosed: the ticket to add to takes no word of hers any more.
    """
    person = await people.member(uow, me)
    found = await store.draft(uow, me, number)
    if found is None:
        raise DraftGone
    row, parts = found
    spec = await terms(uow)
    if row["became"] is not None:
        return await _as_ticket(uow, row["became"], spec)
    if row["ended_at"] is not None or is_over(uow, row):
        raise DraftGone
    said = [_as_written(part) for part in parts if part["attachments"] or says_anything(part["text"])]
    if not said or (row["ticket"] is None and not first_line(said)):
        raise DraftEmpty
    if row["ticket"] is not None:
        sent = await _added(uow, me, row, said)
    else:
        sent = await _opened(uow, person, row, parts, said, spec)
    await store.change(uow, number, {"ended_at": uow.now, "became": sent.number})
    return sent


async def _opened(
    uow: UnitOfWork, person: Person, row: Row, parts: list[Row], said: list[Written], spec: TicketsSpec
) -> Ticket:
    if row["open_tickets"] >= spec.open_per_person:
        raise TooManyOpenTickets(most=spec.open_per_person)
    opening = Opening(
        person=PersonId(row["person_id"]),
        type=type_of(row, parts) or OTHER,
        language=row["language"] or person.language,
        subject=first_line(said),
        via=Via.WHY if row["from_why"] else Via.CHAT,
        by=PERSON,
        shown_from=uow.now,
    )
    held = await open_ticket(uow, spec, opening)
    await add_words(held, Direction.IN, said)
    links = await words.give_links(uow, row["id"], held.number) if row["evidence"] else []
    return ticket_of(held.row, links, spec)


async def _added(uow: UnitOfWork, me: PersonId, row: Row, said: list[Written]) -> Ticket:
    held = await hand(uow, row["ticket"], PERSON, of=me)
    await hearing.hear(held, said)
    await held.save()
    if row["evidence"]:
        have = {(link["kind"], link["thing"]) for link in await words.links(uow, held.number)}
        new = [one for one in await words.links_of_draft(uow, row["id"]) if (one["kind"], one["thing"]) not in have]
        await words.move_links(uow, [link["id"] for link in new], held.number)
    return await _as_ticket(uow, held.number, held.spec)


async def _as_ticket(uow: UnitOfWork, number: int, spec: TicketsSpec) -> Ticket:
    found = await tickets.with_links(uow, number)
    assert found is not None, "what a draft became is never deleted"
    row, links = found
    return ticket_of(row, given(links), spec)


def _as_written(part: Row) -> Written:
    return part["text"], tuple(Attachment(**file) for file in part["attachments"])
