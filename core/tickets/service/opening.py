"""New tickets: of a draft that she confirmed, towards a person by staff, or split off another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.plan.model import Phase, Priority, TicketsSpec
from core.tickets.model import Direction, TicketTypeUnknown, Via, What
from core.tickets.rules import targets
from core.tickets.rules.routing import queue_of
from core.tickets.rules.wording import SUBJECT_MAX, subject_of
from core.tickets.service.hand import Hand, due_values, written
from core.tickets.service.wording import Written
from core.tickets.store import messages as words
from core.tickets.store import tickets as store


@dataclass(frozen=True, slots=True)
class Opening:
    """What a new ticket begins with.

    Attributes:
        by: `person`, or the member of staff who opens it.
        shown_from: from when on she knows of it.
    """

    person: PersonId
    type: str
    language: str
    subject: str
    via: Via
    by: str
    shown_from: datetime
    priority: Priority | None = None


async def open_ticket(uow: UnitOfWork, spec: TicketsSpec, opening: Opening) -> Hand:
    """Write a new ticket and that it was opened; it has no messages yet.

    One that staff open towards a person waits for her from the beginning.
    """
    number, by_us = await store.numbers(uow, 1), opening.via is Via.STAFF
    kind = spec.type(opening.type)
    phase = Phase.WAITING_PERSON if by_us else Phase.NEW
    clock = targets.opened(uow.now, by_us=by_us)
    row = {
        "number": number,
        "person_id": opening.person,
        "type": kind.code,
        "subject": opening.subject[:SUBJECT_MAX],
        "state": phase.value,
        "phase": phase.value,
        "priority": (opening.priority or kind.priority).value,
        "queue": queue_of(spec, kind.code, opening.language),
        "language": opening.language,
        "assignee": opening.by if by_us else None,
        "via": opening.via.value,
        "opened_at": uow.now,
        "opened_by": opening.by,
        "shown_from": opening.shown_from,
        **NOTHING_YET,
        "version": 1,
        "last_by": opening.by,
        "last_at": uow.now,
        "heard_at": None if by_us else uow.now,
    }
    row |= due_values(row, clock, spec, uow.now)
    await store.add(uow, row)
    await written(uow, number, opening.person, opening.by, [(What.OPENED, None, phase.value)])
    return Hand(uow, row, spec, opening.by)


NOTHING_YET = dict.fromkeys(
    (
        "due_at",
        "waiting_since",
        "first_answered_at",
        "first_answer_took_us",
        "solution_took_us",
        "breached_at",
        "solved_at",
        "closed_at",
        "rating",
        "rating_text",
        "merged_into",
        "incident_id",
        "external_id",
    )
)


def known_type(spec: TicketsSpec, code: str) -> str:
    """A type that the company has.

    Raises:
        TicketTypeUnknown: it does not.
    """
    known = [one.code for one in spec.types]
    if code not in known:
        raise TicketTypeUnknown(type=code, known=known)
    return code


async def add_words(
    held: Hand, direction: Direction, said: Sequence[Written], *, goes_at: datetime | None = None
) -> list[int]:
    """Write messages of a ticket, each exactly as it was written; their numbers."""
    common = {
        "ticket": held.number,
        "came_with": held.number,
        "direction": direction.value,
        "author": held.by,
        "at": held.uow.now,
        "goes_at": goes_at,
    }
    rows = [{**common, "text": text} for text, _ in said]
    return await words.add(held.uow, rows, [files for _, files in said])


def first_line(said: Sequence[Written], otherwise: str = "") -> str:
    """The subject of these words."""
    return subject_of([text for text, _ in said]) or otherwise
