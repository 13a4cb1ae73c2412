"""What staff write: answers that can be taken back for a while, tickets towards a person, and notes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.db.types import EPOCH, MICROSECOND, microseconds
from core.db.unit_of_work import UnitOfWork
from core.people import service as people
from core.people.model import Person
from core.plan.model import Phase
from core.tickets.model import (
    Answer,
    Direction,
    NewAnswer,
    NewTicket,
    TicketClosed,
    TicketMessage,
    Via,
    What,
    Words,
)
from core.tickets.rules import targets
from core.tickets.rules.machine import after_answer
from core.tickets.service import wording
from core.tickets.service.canned import canned_text
from core.tickets.service.hand import Hand, hand
from core.tickets.service.opening import Opening, add_words, first_line, known_type, open_ticket
from core.tickets.service.showing import message_of
from core.tickets.service.telling import tell_answer, tell_step
from core.tickets.service.terms import terms
from core.tickets.service.wording import Written
from core.tickets.store import messages as words

FIELDS = ("state", "phase", "first_answered_at", "first_answer_took_us", "solved_at", "solution_took_us", "closed_at")
MOMENTS = frozenset({"first_answered_at", "solved_at", "closed_at"})
"""What an answer changes of a ticket, so that taking it back can set it as it was; of these the moments."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff who acts: her name, which history tells, and how events name her, whose the files are."""

    name: str
    actor: str


async def answer(uow: UnitOfWork, member: Member, number: int, new: NewAnswer) -> Answer:
    """Answer her. It goes out after a while, and until then can be taken back.

    Raises:
        TicketUnknown, TicketMerged, TicketClosed: there is no such ticket, it became part of another, or is closed.
        CannedAnswerUnknown: there is no canned answer of this code.
        TicketTextEmpty, TicketTextTooLong, TooManyAttachments, AttachmentUnknown: the message will not do.
    """
    held = await hand(uow, number, member.name)
    held.require_whole()
    if held.phase is Phase.CLOSED:
        raise TicketClosed(ticket=number)
    person = await people.profile(uow, held.person)
    text = new.text if new.canned is None else await canned_text(uow, new.canned, person.language)
    said = await wording.ours(uow, held.spec, member.actor, text, new.attachments)
    return await _sent(held, person, said, solves=new.solve, goes_at=uow.now + timedelta(seconds=new.delay_s))


async def open_towards(uow: UnitOfWork, member: Member, new: NewTicket) -> Answer:
    """Open a ticket towards a person. She hears of it with its first words; taken back, she never does.

    Raises:
        PersonUnknown: nobody has this code.
        TicketTypeUnknown: the company has no such type.
        TicketTextEmpty, TicketTextTooLong, TooManyAttachments, AttachmentUnknown: the message will not do.
    """
    spec = await terms(uow)
    number = await people.person_id(uow, new.person)
    person = await people.profile(uow, number)
    said = await wording.ours(uow, spec, member.actor, new.text, new.attachments)
    goes_at = uow.now + timedelta(seconds=new.delay_s)
    opening = Opening(
        person=number,
        type=known_type(spec, new.type),
        language=person.language,
        subject=new.subject or first_line([said]) or person.name,
        via=Via.STAFF,
        by=member.name,
        shown_from=goes_at,
        priority=new.priority,
    )
    return await _sent(await open_ticket(uow, spec, opening), person, said, solves=False, goes_at=goes_at)


async def note(uow: UnitOfWork, member: Member, number: int, said: Words) -> TicketMessage:
    """A note among staff, on any ticket that is not part of another.

    Raises:
        TicketUnknown, TicketMerged: there is no such ticket, or it became part of another.
        TicketTextEmpty, TicketTextTooLong, TooManyAttachments, AttachmentUnknown: the message will not do.
    """
    held = await hand(uow, number, member.name)
    held.require_whole()
    text, files = await wording.ours(uow, held.spec, member.actor, said.text, said.attachments)
    [message] = await add_words(held, Direction.NOTE, [(text, files)])
    held.note(What.NOTE, after=message)
    await held.save()
    row = {"id": message, "direction": Direction.NOTE, "author": member.name, "text": text, "at": uow.now}
    return message_of({**row, "files": [file.model_dump() for file in files], "withdrawn_at": None})


async def _sent(held: Hand, person: Person, said: Written, *, solves: bool, goes_at: datetime) -> Answer:
    """Write an answer, what it does to the ticket, and what goes out because of it."""
    before = as_before(held)
    [message] = await add_words(held, Direction.OUT, [said], goes_at=goes_at)
    held.note(What.ANSWERED, after=message)
    if held.row["assignee"] is None:
        held.change(What.ASSIGNEE, "assignee", held.by)
    _answered(held)
    is_solved_by_it = solves and held.go(Phase.SOLVED)
    if not solves:
        held.go(after_answer(held.phase, solves=False))
    changes = await held.save()
    await words.change(held.uow, message, {"undo": {**before, "led_to": held.row["state"]}})
    await tell_answer(held, message, *said, goes_at)
    if is_solved_by_it:
        await tell_step(held, "solved", changes[-1], after=(message, goes_at))
    return Answer(
        id=message,
        ticket=held.number,
        person_code=person.code,
        person_name=person.name,
        language=person.language,
        goes_at=goes_at,
    )


def _answered(held: Hand) -> None:
    """What an answer does to the stopwatch, and to when she had her first one."""
    now, hours = held.uow.now, held.spec.hours
    if held.row["first_answered_at"] is None and not held.clock.answered:
        took = targets.reading(held.clock, now, hours)
        held.set(first_answered_at=now, first_answer_took_us=took // MICROSECOND)
    held.clock = targets.answered(held.clock)


def as_before(held: Hand) -> dict[str, Any]:
    """What a ticket is like, as JSON, to set it so again."""
    plain = {name: held.row[name] for name in FIELDS}
    moments = {name: microseconds(plain[name]) for name in MOMENTS if plain[name] is not None}
    return {**plain, **moments, "clock": held.clock.row()}


def of_before(undo: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that `as_before` wrote, as they were."""
    return {name: _moment(undo[name]) if name in MOMENTS else undo[name] for name in FIELDS}


def _moment(stored: int | None) -> datetime | None:
    return None if stored is None else EPOCH + stored * MICROSECOND
