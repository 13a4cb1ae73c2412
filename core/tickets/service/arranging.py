"""What staff change of a ticket: type, priority, queue, state and assignee."""

from core.access import service as access
from core.access.model import Permission
from core.db.unit_of_work import UnitOfWork
from core.plan.model import Phase
from core.tickets.model import (
    ME,
    NOBODY_ELSE,
    TicketChange,
    TicketChanged,
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
from core.tickets.service.telling import tell_step

TOLD = {Phase.OPEN: "taken", Phase.SOLVED: "solved", Phase.CLOSED: "closed", Phase.REOPENED: "reopened"}
"""The steps that she hears of; who waits for whom she does not."""


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
