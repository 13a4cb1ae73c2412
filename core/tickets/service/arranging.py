"""What staff change of a ticket: type, priority, queue, state, assignee, and what it is about."""

import re
from typing import Any

from core.access import service as access
from core.access.model import Permission
from core.calendar import rules as calendars
from core.calendar.model import CycleUnknown
from core.db.unit_of_work import UnitOfWork
from core.orders import service as orders
from core.orders.model import OrderUnknown
from core.people import service as people
from core.people.model import PersonUnknown
from core.plan import service as plans
from core.plan.model import Phase, PlanMissing
from core.tickets.model import (
    ME,
    NOBODY_ELSE,
    Link,
    LinkKind,
    NewLink,
    TicketChange,
    TicketChanged,
    TicketLinkUnknown,
    TicketMoveImpossible,
    TicketQueueUnknown,
    TicketStateUnknown,
    What,
)
from core.tickets.rules.machine import after_taking
from core.tickets.rules.routing import queue_of
from core.tickets.rules.targets import chosen
from core.tickets.service.answering import Member
from core.tickets.service.hand import Hand, hand
from core.tickets.service.opening import known_type
from core.tickets.service.showing import link_of
from core.tickets.service.telling import tell_step
from core.tickets.store import messages as words
from core.tickets.store import tickets as store

TOLD = {Phase.OPEN: "taken", Phase.SOLVED: "solved", Phase.CLOSED: "closed", Phase.REOPENED: "reopened"}
"""The steps that she hears of; who waits for whom she does not."""
PLAIN_NUMBER = re.compile(r"[1-9][0-9]{0,14}")
"""A ticket's number as we write it."""


async def change(uow: UnitOfWork, member: Member, number: int, wish: TicketChange) -> None:
    """Change what staff may change; she hears of the steps that concern her. What is so already stays.

    Raises:
        TicketUnknown, TicketMerged: there is no such ticket, or it became part of another.
        TicketChanged: somebody changed it since the caller looked.
        TicketTypeUnknown, TicketQueueUnknown, TicketStateUnknown: the company has no such type, queue or state.
        TicketMoveImpossible: it cannot go to that state from where it is.
        StaffUnknown, PermissionMissing: nobody of that name may answer tickets.
    """
    held = await hand(uow, number, member.name)
    held.require_whole()
    if wish.version is not None and wish.version != held.row["version"]:
        raise TicketChanged(ticket=number, version=held.row["version"])
    before = held.phase
    _sort(held, wish)
    if wish.assignee is not None:
        await _assign(held, member, wish.assignee)
    if wish.state is not None:
        move(held, wish.state)
    changes = await held.save()
    if held.phase is not before and (held.phase is not Phase.OPEN or before is Phase.NEW):
        await tell(held, changes[-1])


async def tell(held: Hand, change: int) -> None:
    """Tell her that staff moved her ticket to where it is now, if that is a step that she hears of."""
    if held.phase in TOLD:
        taken = held.phase is Phase.OPEN and held.row["assignee"] is not None
        await tell_step(held, TOLD[held.phase], change, by=held.row["assignee"] if taken else None)


def move(held: Hand, state: str) -> None:
    """Go to a state that staff choose.

    Raises:
        TicketStateUnknown: the company has no such state.
        TicketMoveImpossible: it cannot go there from where it is.
    """
    if state == held.row["state"]:
        return
    if held.machine.phase(state) is None:
        raise TicketStateUnknown(state=state, known=list(held.machine.known()))
    if state not in held.machine.choices(held.row["state"], held.phase):
        raise TicketMoveImpossible(ticket=held.number, from_state=held.row["state"], to_state=state)
    held.go_to(state)


def _sort(held: Hand, wish: TicketChange) -> None:
    """Give it another type, priority or queue; a ticket that stands where its type belongs goes along with it."""
    spec, language = held.spec, held.row["language"]
    if wish.type is not None:
        belonged = queue_of(spec, held.row["type"], language) == held.row["queue"]
        held.change(What.TYPE, "type", known_type(spec, wish.type))
        if belonged and wish.queue is None:
            held.change(What.QUEUE, "queue", queue_of(spec, wish.type, language))
    if wish.queue is not None:
        known = [queue.code for queue in spec.queues]
        if wish.queue not in known:
            raise TicketQueueUnknown(queue=wish.queue, known=known)
        held.change(What.QUEUE, "queue", wish.queue)
    if wish.priority is not None and held.change(What.PRIORITY, "priority", wish.priority.value):
        held.clock = chosen(held.clock)


async def _assign(held: Hand, member: Member, name: str) -> None:
    """Give it to somebody; who is given a new one has taken it."""
    if name == NOBODY_ELSE:
        held.change(What.ASSIGNEE, "assignee", None)
        return
    wanted = member.name if name == ME else name
    if wanted != member.name:
        await access.acting(held.uow, wanted, Permission.ANSWER_TICKETS)
    held.change(What.ASSIGNEE, "assignee", wanted)
    held.go(after_taking(held.phase))


async def link(uow: UnitOfWork, member: Member, number: int, new: NewLink) -> Link:
    """Say what a ticket is about; a link that it has already is answered as it is.

    Raises:
        TicketUnknown, TicketMerged: there is no such ticket, or it became part of another.
        TicketLinkUnknown: there is no such thing, or it is nothing that staff link by hand.
    """
    held = await hand(uow, number, member.name)
    held.require_whole()
    thing, title = await _looked_up(uow, number, new)
    values: dict[str, Any] = {"ticket": number, "kind": new.kind.value, "thing": thing, "title": title, "facts": {}}
    if await words.add_link(uow, {**values, "added_by": member.name}) is not None:
        held.note(What.LINKED, after=f"{new.kind.value}:{thing}")
        await held.save()
    row = await words.link_of(uow, number, new.kind, thing)
    assert row is not None, "it was written, or was there"
    return link_of(row)


async def unlink(uow: UnitOfWork, member: Member, number: int, ref: int) -> None:
    """Drop a link.

    Raises:
        TicketUnknown, TicketMerged: there is no such ticket, or it became part of another.
        TicketLinkUnknown: the ticket has no such link.
    """
    held = await hand(uow, number, member.name)
    held.require_whole()
    row = await words.drop_link(uow, number, ref)
    if row is None:
        raise TicketLinkUnknown(id=str(ref))
    held.note(What.UNLINKED, before=f"{row['kind']}:{row['thing']}")
    await held.save()


async def _looked_up(uow: UnitOfWork, number: int, new: NewLink) -> tuple[str, str | None]:
    """The thing as it is called, and its title; lines of earnings are her evidence, and incidents tie themselves."""
    unknown = TicketLinkUnknown(id=new.id)
    try:
        if new.kind is LinkKind.ORDER:
            return (await orders.head_of(uow, new.id)).order_id, None
        if new.kind is LinkKind.PERSON:
            person = await people.by_code(uow, new.id)
            return person.code, person.name
        if new.kind is LinkKind.CYCLE:
            return calendars.cycle_named((await plans.plan_in_force(uow, uow.now)).calendar, new.id).code, None
    except (OrderUnknown, PersonUnknown, CycleUnknown, PlanMissing) as error:
        raise unknown from error
    if new.kind is LinkKind.TICKET and PLAIN_NUMBER.fullmatch(new.id) and int(new.id) != number:
        found = await store.some(uow, [int(new.id)])
        if found:
            return new.id, found[int(new.id)]["subject"]
    raise unknown
