"""What a ticket is about besides her evidence: orders, people, cycles, runs and other tickets that staff link it to."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from core.calendar import rules as calendars
from core.calendar.model import CycleUnknown
from core.db.unit_of_work import UnitOfWork
from core.orders import service as orders
from core.orders.model import OrderUnknown
from core.people import service as people
from core.people.model import PersonUnknown
from core.plan import service as plans
from core.plan.model import PlanMissing
from core.runs import service as runs
from core.tickets.model import Link, LinkKind, NewLink, TicketLinkUnknown, What
from core.tickets.service.answering import Member
from core.tickets.service.hand import hand
from core.tickets.service.showing import link_of
from core.tickets.store import messages as words
from core.tickets.store import tickets as store

PLAIN_NUMBER = re.compile(r"[1-9][0-9]{0,14}")
"""A ticket's number as we write it."""
Named = tuple[str, str | None]
"""A thing as it is called, and its title."""


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


async def _looked_up(uow: UnitOfWork, number: int, new: NewLink) -> Named:
    """What there is of this name; lines of earnings are her evidence, and incidents tie themselves."""
    look_up = KINDS.get(new.kind)
    try:
        found = None if look_up is None else await look_up(uow, new.id)
    except (OrderUnknown, PersonUnknown, CycleUnknown, PlanMissing):
        found = None
    if found is None or (new.kind is LinkKind.TICKET and found[0] == str(number)):
        raise TicketLinkUnknown(id=new.id)
    return found


async def _order(uow: UnitOfWork, name: str) -> Named:
    return (await orders.head_of(uow, name)).order_id, None


async def _person(uow: UnitOfWork, name: str) -> Named:
    person = await people.by_code(uow, name)
    return person.code, person.name


async def _cycle(uow: UnitOfWork, name: str) -> Named:
    return calendars.cycle_named((await plans.plan_in_force(uow, uow.now)).calendar, name).code, None


async def _run(uow: UnitOfWork, name: str) -> Named | None:
    """A released run, by number; its title is the cycle."""
    return next(((name, run.cycle) for run in await runs.released(uow) if str(run.number) == name), None)


async def _ticket(uow: UnitOfWork, name: str) -> Named | None:
    if not PLAIN_NUMBER.fullmatch(name):
        return None
    found = (await store.some(uow, [int(name)])).get(int(name))
    return None if found is None else (name, found["subject"])


KINDS: dict[LinkKind, Callable[[UnitOfWork, str], Awaitable[Named | None]]] = {
    LinkKind.ORDER: _order,
    LinkKind.PERSON: _person,
    LinkKind.CYCLE: _cycle,
    LinkKind.RUN: _run,
    LinkKind.TICKET: _ticket,
}
