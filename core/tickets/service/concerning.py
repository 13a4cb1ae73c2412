"""Tickets that an incident is the cause of: tying them to it, and what becomes of them when it is solved."""

from collections.abc import Sequence

from core.db.unit_of_work import UnitOfWork
from core.plan.model import Phase
from core.tickets.model import OPEN_PHASES, What
from core.tickets.service.hand import hands
from core.tickets.store import tickets as store


async def tie(uow: UnitOfWork, by: str, numbers: Sequence[int], incident: int | None) -> None:
    """Tie tickets to an incident, or with None to none; what is so already stays.

    Raises:
        TicketUnknown, TicketMerged: one of them does not exist, or became part of another.
    """
    for held in (await hands(uow, sorted(set(numbers)), by)).values():
        held.require_whole()
        held.change(What.INCIDENT, "incident_id", incident)
        await held.save()


async def tied(uow: UnitOfWork, incident: int) -> list[int]:
    """Numbers of an incident's tickets that are not closed."""
    return await store.of_incident(uow, incident)


async def incident_solved(uow: UnitOfWork, by: str, incident: int, *, close: bool = False) -> list[int]:
    """Solve, or close, the tickets of an incident. She hears of it by the incident, not once more by each ticket.

    Returns:
        The tickets that changed.
    """
    numbers = await store.of_incident(uow, incident)
    if not numbers:
        return []
    changed = []
    for number, held in (await hands(uow, numbers, by)).items():
        if held.phase in OPEN_PHASES:
            held.go(Phase.SOLVED)
        if close:
            held.go(Phase.CLOSED)
        if await held.save():
            changed.append(number)
    return changed
