"""Tickets that an incident is the cause of: tying them to it, and what becomes of them when it is solved."""

from collections.abc import Collection

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.tickets.model import OPEN_PHASES, LinkKind, Phase, What
from core.tickets.service.hand import hand
from core.tickets.service.telling import tell_step
from core.tickets.store import messages as words
from core.tickets.store import tickets as store


async def tie(uow: UnitOfWork, number: int, incident: int | None, by: str) -> PersonId:
    """Tie a ticket to an incident, or with None to none. Safe to repeat.

    Returns:
        Whose ticket it is.

    Raises:
        TicketUnknown, TicketMerged: there is no such ticket, or it became part of another.
    """
    held = await hand(uow, number, by)
    held.require_whole()
    before = held.row["incident_id"]
    if held.change(What.INCIDENT, "incident_id", incident):
        for link in await words.links(uow, number) if before is not None else []:
            if (link["kind"], link["thing"]) == (LinkKind.INCIDENT, str(before)):
                await words.drop_link(uow, number, link["id"])
        if incident is not None:
            link = {"ticket": number, "kind": LinkKind.INCIDENT.value, "thing": str(incident), "facts": {}}
            await words.add_link(uow, link)
    await held.save()
    return held.person


async def tied(uow: UnitOfWork, incidents: Collection[int]) -> dict[int, int]:
    """How many tickets are tied to each incident; one that none is tied to is left out."""
    return await store.count_by_incident(uow, incidents)


async def tied_open(uow: UnitOfWork, incident: int, limit: int) -> list[int]:
    """Numbers of an incident's tickets that are still open, the first first."""
    return await store.open_of_incident(uow, incident, limit)


async def solve_for_incident(uow: UnitOfWork, number: int, by: str, *, tell: bool = True) -> bool:
    """Solve a ticket because its incident is solved; one that is not open stays as it is.

    Args:
        tell: whether she is told, as of any ticket that staff solve, besides what the incident tells her.

    Returns:
        True when it was open.

    Raises:
        TicketUnknown: there is no such ticket.
    """
    held = await hand(uow, number, by)
    if held.phase not in OPEN_PHASES:
        return False
    held.go(Phase.SOLVED)
    changes = await held.save()
    if tell:
        await tell_step(held, "solved", changes[-1])
    return True
