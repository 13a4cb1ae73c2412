"""Incidents for staff who lead them, for whom they concern, and for the worker that tells of them."""

from typing import Annotated

from pydantic import Field

from core.access.model import Caller, Permission
from core.db.database import Database
from core.db.unit_of_work import Questions, UnitOfWork
from core.http.model import Created, Page, read_cursor, write_cursor
from core.http.routes import Routes
from core.incidents import service
from core.incidents.job import Round
from core.incidents.model import (
    Incident,
    IncidentCard,
    IncidentState,
    MyIncident,
    NewIncident,
    NewUpdate,
    Number,
    Solution,
    Tie,
    Worked,
)

routes = Routes()
LEADS, SEES = Permission.LEAD_INCIDENTS, Permission.SEE_TICKETS
BODY_MAX = 2**20
"""A list of some thousand codes."""
Limit = Annotated[int, Field(ge=1, le=100)]


@routes.get("/v1/me/incidents/{number}", needs=Permission.OWN_TICKETS)
async def own(caller: Caller, uow: Questions, number: Number) -> MyIncident:
    """An incident that concerns the caller, with what was told of it.

    Raises:
        IncidentUnknown: there is none of this number, or it does not concern her.
    """
    return await service.own(uow, caller.me, number)


@routes.post("/v1/incidents", needs=LEADS, body_limit=BODY_MAX)
async def open_one(uow: UnitOfWork, new: NewIncident) -> Created[Incident]:
    """Open an incident; everybody whom it concerns is told its first words, each once.

    Raises:
        TicketTypeUnknown: the company has no such type of tickets.
        IncidentUnknown: the one that came back does not exist.
        RunUnknown: no released run has this number.
        PersonUnknown: nobody has the code of who stands above the line.
        IncidentPeopleUnknown: nobody has some of the codes.
        TicketUnknown: there is no such ticket.
        TicketMerged: it became part of another.
    """
    found = await service.open_one(uow, new)
    return Created(found, location=f"/v1/incidents/{found.number}")


@routes.get("/v1/incidents", needs=SEES)
async def incidents(
    uow: Questions, state: IncidentState | None = None, cursor: str | None = None, limit: Limit = 20
) -> Page[IncidentCard]:
    """Incidents, the last one first.

    Raises:
        CursorInvalid: the cursor is none of ours.
    """
    before = None if cursor is None else read_cursor(cursor, int)[0]
    assert before is None or isinstance(before, int), "read_cursor was told so"
    found = await service.incidents(uow, state, before, limit + 1)
    more = write_cursor(found[limit - 1].number) if len(found) > limit else None
    return Page[IncidentCard](items=found[:limit], next=more)


@routes.get("/v1/incidents/{number}", needs=SEES)
async def incident(uow: Questions, number: Number) -> Incident:
    """One incident: whom it concerns, what was told to how many, why it happened, how often it came back.

    Raises:
        IncidentUnknown: there is none of this number.
    """
    return await service.incident(uow, number)


@routes.post("/v1/incidents/{number}/updates", needs=LEADS)
async def tell(uow: UnitOfWork, number: Number, new: NewUpdate) -> Incident:
    """Tell everybody whom it concerns how it goes on, each once.

    Raises:
        IncidentUnknown: there is none of this number.
        IncidentOver: it is solved or closed.
    """
    return await service.tell(uow, number, new)


@routes.post("/v1/incidents/{number}/solve", needs=LEADS)
async def solve(uow: UnitOfWork, number: Number, solution: Solution) -> Incident:
    """Say that it is over and why it happened, tell everybody, and solve the tickets that are tied to it.

    Raises:
        IncidentUnknown: there is none of this number.
        IncidentOver: it is solved or closed already.
    """
    return await service.solve(uow, number, solution)


@routes.post("/v1/incidents/{number}/close", needs=LEADS)
async def close(uow: UnitOfWork, number: Number) -> Incident:
    """Put a solved incident away; nobody is told. A second time changes nothing.

    Raises:
        IncidentUnknown: there is none of this number.
        IncidentUnsolved: it is not solved.
    """
    return await service.close(uow, number)


@routes.post("/v1/incidents/{number}/tickets", needs=LEADS)
async def tie(uow: UnitOfWork, number: Number, wish: Tie) -> Incident:
    """Tie a ticket to an incident; whose it is hears of it from now on.

    Raises:
        IncidentUnknown: there is none of this number.
        IncidentOver: it is solved or closed.
        TicketUnknown: there is no such ticket.
        TicketMerged: it became part of another.
    """
    await service.tie(uow, number, [wish.ticket])
    return await service.incident(uow, number)


@routes.delete("/v1/incidents/{number}/tickets/{ticket}", needs=LEADS)
async def untie(uow: UnitOfWork, number: Number, ticket: Number) -> None:
    """Take a ticket off an incident.

    Raises:
        IncidentUnknown: there is none of this number.
        TicketUnknown: the ticket is not tied to it.
    """
    await service.untie(uow, number, ticket)


@routes.post("/v1/incident-work", needs=Permission.PROCESS_MESSAGES)
async def work(database: Database) -> Worked:
    """Gather, tell and solve what is to be, for some seconds. Any number of workers may ask at any time."""
    return await Round(database).run()
