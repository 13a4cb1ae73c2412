"""Tickets as they are shown: to her, and to staff."""

from collections.abc import Sequence

from core.attachments import service as attachments
from core.attachments.model import Attachment, AttachmentUnknown, Content
from core.db.unit_of_work import UnitOfWork
from core.http.model import Page, read_cursor, write_cursor
from core.kernel.ids import PersonId
from core.messaging.outcomes import outcomes
from core.people import service as people
from core.plan.model import Phase, TicketsSpec
from core.tickets.model import (
    FIGURES,
    Act,
    Asker,
    Change,
    DeskWords,
    Direction,
    Link,
    LinkKind,
    OwnTicket,
    StaffTicket,
    Ticket,
    TicketCard,
    TicketMessage,
    TicketType,
    TicketUnknown,
    What,
)
from core.tickets.rules import targets
from core.tickets.rules.machine import Machine, may_reopen
from core.tickets.rules.targets import Subject
from core.tickets.service.hand import hers
from core.tickets.service.telling import delivery, keys_of
from core.tickets.service.terms import terms
from core.tickets.store import messages as words
from core.tickets.store import tickets as store
from core.tickets.store.rows import Row

MESSAGES_SHOWN = 20
HISTORY_SHOWN = 100
PAGE_SIZE_MAX = 50


async def own(uow: UnitOfWork, me: PersonId, number: int, cursor: str | None = None) -> OwnTicket:
    """A ticket of hers with a page of its messages.

    Raises:
        TicketUnknown: there is none of this number, or it is somebody else's.
        CursorInvalid: the cursor is not one that a page gave.
    """
    found = await store.with_links(uow, number)
    if found is None or not hers(found[0], me, uow.now):
        raise TicketUnknown(ticket=number)
    row, links = found
    spec = await terms(uow)
    shown, older = await _messages(uow, number, cursor, hers=True)
    return OwnTicket(
        ticket=ticket_of(row, given(links), spec),
        messages=shown,
        older=older,
        acts=_acts(row, spec, uow),
        late=any(due is not None and due < uow.now for due in (row["first_answer_due"], row["next_answer_due"])),
    )


async def own_page(
    uow: UnitOfWork, me: PersonId, *, is_open: bool | None, cursor: str | None, limit: int
) -> Page[TicketCard]:
    """Her tickets, the latest first.

    Raises:
        CursorInvalid: the cursor is not one that a page gave.
    """
    size = max(1, min(limit, PAGE_SIZE_MAX))
    rows = await store.of_person(uow, me, is_open=is_open, before=_before(cursor), limit=size + 1)
    spec, code = await terms(uow), (await people.profile(uow, me)).code
    more = write_cursor(rows[size - 1]["number"]) if len(rows) > size else None
    return Page[TicketCard](items=[card_of(row, code, spec) for row in rows[:size]], next=more)


async def staff(uow: UnitOfWork, number: int, cursor: str | None = None, *, figures: bool) -> StaffTicket:
    """A ticket with notes, history and moves.

    Args:
        figures: whether the reader may see what its links say of money.

    Raises:
        TicketUnknown: there is none of this number.
        CursorInvalid: the cursor is not one that a page gave.
    """
    found = await store.with_links(uow, number)
    if found is None:
        raise TicketUnknown(ticket=number)
    row, links = found
    spec, person = await terms(uow), await people.profile(uow, PersonId(row["person_id"]))
    shown, older = await _messages(uow, number, cursor, hers=False)
    hidden = [] if figures else [link for link in links if link["kind"] in FIGURES]
    return StaffTicket(
        ticket=ticket_of(row, [_without_figures(link) for link in links] if hidden else links, spec),
        person=Asker(code=person.code, name=person.name, language=person.language, status=person.status.value),
        messages=shown,
        older=older,
        history=tuple(change_of(one) for one in await store.history(uow, number, HISTORY_SHOWN)),
        moves=Machine.of(spec).choices(row["state"], Phase(row["phase"])) if row["merged_into"] is None else (),
        waiting_since=row["waiting_since"],
        due_at=row["due_at"],
        breached=is_breached(row, uow),
        rating_text=row["rating_text"],
        figures_hidden=bool(hidden),
    )


async def history(uow: UnitOfWork, number: int) -> list[Change]:
    """All that ever happened to a ticket, the first first."""
    return [change_of(one) for one in await store.history(uow, number)]


async def desk(uow: UnitOfWork) -> DeskWords:
    """What can be asked, and by when somebody would answer."""
    spec = await terms(uow)
    other = spec.type("other")
    dues = targets.dues(targets.opened(uow.now), spec, Subject(other.code, other.priority, ""))
    types = tuple(TicketType(code=one.code, name=one.name) for one in spec.types)
    return DeskWords(types=types, answer_due=dues.first_answer)


async def file(uow: UnitOfWork, number: int, attachment: int, *, of: PersonId | None = None) -> Content:
    """A file of a ticket; with `of` only where it is hers and she may see it.

    Raises:
        TicketUnknown: there is no such ticket, or it is somebody else's.
        AttachmentUnknown: it has no such file.
    """
    row = (await store.some(uow, [number])).get(number)
    if row is None or (of is not None and not hers(row, of, uow.now)):
        raise TicketUnknown(ticket=number)
    if not await words.has_file(uow, number, attachment, hers=of is not None):
        raise AttachmentUnknown(attachment=attachment)
    return await attachments.content(uow, attachment)


def ticket_of(row: Row, links: Sequence[Row], spec: TicketsSpec) -> Ticket:
    """A row as a ticket, with the company's names of today."""
    plain = {name: row[name] for name in Ticket.model_fields if name in row}
    return Ticket(
        **{**plain, "incident": row["incident_id"]},
        type_name=spec.type(row["type"]).name,
        state_name=_state_name(row, spec),
        links=tuple(link_of(link) for link in links),
    )


def card_of(row: Row, person: str, spec: TicketsSpec) -> TicketCard:
    """A row as a list shows it.

    Args:
        person: her code.
    """
    plain = {name: row[name] for name in TicketCard.model_fields if name in row}
    return TicketCard(
        **plain,
        person=person,
        type_name=spec.type(row["type"]).name,
        state_name=_state_name(row, spec),
        breached=row["breached_at"] is not None,
    )


def given(links: Sequence[Row]) -> list[Row]:
    """Of a ticket's links those that its person gave, or knows of: what staff add is theirs."""
    return [link for link in links if link["added_by"] is None]


def link_of(row: Row) -> Link:
    """A row as a link."""
    return Link(ref=row["id"], kind=row["kind"], id=row["thing"], title=row["title"], facts=row["facts"])


def change_of(row: Row) -> Change:
    """A row as a line of history."""
    return Change(at=row["at"], by=row["by"], what=What(row["what"]), before=row["before"], after=row["after"])


def is_breached(row: Row, uow: UnitOfWork) -> bool:
    """Whether a target was missed, noted already or not."""
    return row["breached_at"] is not None or (row["due_at"] is not None and row["due_at"] < uow.now)


def _state_name(row: Row, spec: TicketsSpec) -> dict[str, str | dict[str, str]] | None:
    found = spec.state(row["state"])
    return None if found is None else dict(found.name)


def _without_figures(link: Row) -> Row:
    """A link to something with figures as who may not see them knows it: that there is one."""
    if link["kind"] not in FIGURES:
        return link
    title = link["title"] if link["kind"] == LinkKind.AWARD else None
    return {**link, "thing": "", "title": title, "facts": {}}


def _acts(row: Row, spec: TicketsSpec, uow: UnitOfWork) -> tuple[Act, ...]:
    if row["merged_into"] is not None:
        return ()
    phase = Phase(row["phase"])
    reopens = may_reopen(phase, row["closed_at"], uow.now, spec.reopen_within)
    is_done = phase in (Phase.SOLVED, Phase.CLOSED)
    allowed = {
        Act.ADD: reopens or not is_done,
        Act.CLOSE: phase is not Phase.CLOSED,
        Act.REOPEN: reopens,
        Act.RATE: is_done and row["rating"] is None,
    }
    return tuple(act for act, is_allowed in allowed.items() if is_allowed)


async def _messages(
    uow: UnitOfWork, number: int, cursor: str | None, *, hers: bool
) -> tuple[tuple[TicketMessage, ...], str | None]:
    """One page, the oldest first, and the cursor of the page before."""
    rows = await words.page(uow, number, before=_before(cursor), limit=MESSAGES_SHOWN + 1, hers=hers)
    shown = rows[:MESSAGES_SHOWN][::-1]
    sent = [row for row in shown if row["goes_at"] is not None]
    keys = [key for row in sent for key in keys_of(row["id"], _file_ids(row))]
    told = await outcomes(uow, keys) if keys else {}
    older = write_cursor(shown[0]["id"]) if len(rows) > MESSAGES_SHOWN else None
    ways = [delivery(row["id"], _file_ids(row), told) for row in shown]
    messages = [message_of(row).model_copy(update={"delivery": way}) for row, way in zip(shown, ways, strict=True)]
    return tuple(messages), older


def message_of(row: Row) -> TicketMessage:
    """A row as a message, without what became of it on its way."""
    return TicketMessage(
        id=row["id"],
        direction=Direction(row["direction"]),
        author=row["author"],
        text=row["text"],
        at=row["at"],
        attachments=tuple(Attachment(**file) for file in row["files"]),
        withdrawn=row["withdrawn_at"] is not None,
    )


def _file_ids(row: Row) -> list[int]:
    return [int(file["id"]) for file in row["files"]]


def _before(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    [number] = read_cursor(cursor, int)
    assert isinstance(number, int), "the cursor was read as a number"
    return number
