"""Use cases of incidents: opened, told of, tied to tickets, solved, closed, and seen."""

from collections.abc import Sequence

from core.access import service as access
from core.db.unit_of_work import UnitOfWork
from core.incidents import store, telling, whom
from core.incidents.model import (
    Concerned,
    Incident,
    IncidentCard,
    IncidentChanged,
    IncidentOver,
    IncidentState,
    IncidentUnknown,
    IncidentUnsolved,
    MyIncident,
    MyUpdate,
    NewIncident,
    NewUpdate,
    Solution,
    Update,
)
from core.incidents.store import Row
from core.kernel.ids import PersonId
from core.tickets import service as tickets
from core.tickets.model import TicketUnknown
from core.tickets.service.opening import known_type
from core.tickets.service.terms import terms

OVER = frozenset({IncidentState.SOLVED, IncidentState.CLOSED})
SHOWN_MAX = 20
"""So much of an incident's news is shown to whom it concerns, and so many of its open tickets to staff."""
TIED_MAX = 100_000


async def open_one(uow: UnitOfWork, new: NewIncident) -> Incident:
    """Open an incident; whom it concerns is gathered, and told, by the job.

    Raises:
        TicketTypeUnknown: the company has no such type of tickets.
        IncidentUnknown: the one that came back does not exist.
        RunUnknown, PersonUnknown, IncidentPeopleUnknown: nobody is where it points.
        TicketUnknown, TicketMerged: a ticket does not exist, or became part of another.
    """
    known_type(await terms(uow), new.type)
    await whom.require(uow, new.concerned)
    first = None if new.recurrence_of is None else await _first(uow, new.recurrence_of)
    number = await store.add(
        uow,
        {
            **new.model_dump(mode="json", include={"type", "title", "concerned"}),
            "state": IncidentState.OPEN,
            "recurrence_of": first,
            "opened_by": await _who(uow),
            "opened_at": uow.now,
        },
    )
    await _news(uow, number, IncidentState.OPEN, new.words)
    if new.tickets:
        await tie(uow, number, new.tickets)
    return await _changed(uow, number)


async def tell(uow: UnitOfWork, number: int, new: NewUpdate) -> Incident:
    """Tell everybody whom an incident concerns how it goes on.

    Raises:
        IncidentUnknown: there is none of this number.
        IncidentOver: it is solved or closed.
    """
    await _going_on(uow, number)
    await store.change(uow, number, {"state": IncidentState.PROGRESS})
    await _news(uow, number, IncidentState.PROGRESS, new.words)
    return await _changed(uow, number)


async def solve(uow: UnitOfWork, number: int, solution: Solution) -> Incident:
    """Say that it is over and why it happened; its tickets are solved with it, by the job, unless they are to stay.

    Raises:
        IncidentUnknown: there is none of this number.
        IncidentOver: it is solved or closed already.
    """
    await _going_on(uow, number)
    values = {"root_cause": solution.root_cause, "solved_by": await _who(uow), "solved_at": uow.now}
    await store.change(uow, number, {"state": IncidentState.SOLVED, "solving": solution.solve_tickets, **values})
    await _news(uow, number, IncidentState.SOLVED, solution.words)
    return await _changed(uow, number)


async def close(uow: UnitOfWork, number: int) -> Incident:
    """Put a solved incident away; nobody is told. A second time changes nothing.

    Raises:
        IncidentUnknown: there is none of this number.
        IncidentUnsolved: it is not solved.
    """
    row = await _row(uow, number, locked=True)
    if row["state"] == IncidentState.CLOSED:
        return await incident(uow, number)
    if row["state"] != IncidentState.SOLVED:
        raise IncidentUnsolved(incident=str(number))
    await store.change(uow, number, {"state": IncidentState.CLOSED, "closed_at": uow.now})
    return await _changed(uow, number)


async def tie(uow: UnitOfWork, number: int, numbers: Sequence[int]) -> None:
    """Tie tickets to an incident that goes on; it then concerns their people, who hear of it.

    Raises:
        IncidentUnknown: there is none of this number.
        IncidentOver: it is solved or closed.
        TicketUnknown, TicketMerged: a ticket does not exist, or became part of another.
    """
    row = await _going_on(uow, number)
    by = await _who(uow)
    for person in sorted({await tickets.tie(uow, ticket, number, by) for ticket in sorted(set(numbers))}):
        await telling.catch_up(uow, row, person)


async def untie(uow: UnitOfWork, number: int, ticket: int) -> None:
    """Take an open ticket off an incident; whoever was told of it stays concerned.

    Raises:
        IncidentUnknown: there is none of this number.
        TicketUnknown: no such open ticket is tied to it.
    """
    await _row(uow, number)
    if ticket not in await tickets.tied_open(uow, number, TIED_MAX):
        raise TicketUnknown(ticket=str(ticket))
    await tickets.tie(uow, ticket, None, await _who(uow))


async def incident(uow: UnitOfWork, number: int) -> Incident:
    """An incident as staff see it.

    Raises:
        IncidentUnknown: there is none of this number.
    """
    row = await _row(uow, number)
    [card] = await _cards(uow, [row])
    return Incident(
        **dict(card),
        concerned=Concerned.model_validate(row["concerned"]),
        is_gathered=row["gathered_at"] is not None,
        open_tickets=tuple(await tickets.tied_open(uow, number, SHOWN_MAX)),
        updates=tuple(_update(one) for one in await store.updates(uow, number)),
        **{name: row[name] for name in ("root_cause", "solved_at", "closed_at")},
    )


async def incidents(uow: UnitOfWork, state: IncidentState | None, before: int | None, limit: int) -> list[IncidentCard]:
    """Incidents below a number, the last one first."""
    return await _cards(uow, await store.page(uow, state, before, limit))


async def own(uow: UnitOfWork, person: PersonId, number: int) -> MyIncident:
    """An incident as somebody sees it whom it concerns.

    Raises:
        IncidentUnknown: there is none of this number, or it does not concern her.
    """
    row = await store.row(uow, number)
    if row is None or not await store.concerns(uow, number, person):
        raise IncidentUnknown(incident=str(number))
    news = list(await store.updates(uow, number))[-SHOWN_MAX:]
    shown = tuple(MyUpdate(at=one["at"], state=one["state"], words=one["words"]) for one in reversed(news))
    return MyIncident(updates=shown, **{name: row[name] for name in ("number", "title", "state", "opened_at")})


async def _who(uow: UnitOfWork) -> str:
    """The name of the member of staff who acts."""
    return (await access.named(uow, [uow.actor]))[uow.actor]


async def _row(uow: UnitOfWork, number: int, *, locked: bool = False) -> Row:
    row = await store.row(uow, number, locked=locked)
    if row is None:
        raise IncidentUnknown(incident=str(number))
    return row


async def _going_on(uow: UnitOfWork, number: int) -> Row:
    row = await _row(uow, number, locked=True)
    if row["state"] in OVER:
        raise IncidentOver(incident=str(number))
    return row


async def _first(uow: UnitOfWork, number: int) -> int:
    """The first one of its kind, which all that came after it name."""
    row = await _row(uow, number)
    return int(row["recurrence_of"] or number)


async def _news(uow: UnitOfWork, number: int, state: IncidentState, words: dict[str, str]) -> None:
    by = await _who(uow)
    await store.add_update(uow, {"incident": number, "state": state, "words": words, "by": by, "at": uow.now})


async def _changed(uow: UnitOfWork, number: int) -> Incident:
    found = await incident(uow, number)
    await uow.emit(IncidentChanged(incident=number, state=found.state))
    return found


async def _cards(uow: UnitOfWork, rows: Sequence[Row]) -> list[IncidentCard]:
    firsts = {row["recurrence_of"] or row["number"] for row in rows}
    counts, tied = await store.recurrences(uow, firsts), await tickets.tied(uow, [row["number"] for row in rows])
    names = ("number", "type", "title", "state", "opened_at", "opened_by", "people", "recurrence_of")
    return [
        IncidentCard(
            **{name: row[name] for name in names},
            tickets=tied.get(row["number"], 0),
            recurrences=counts.get(row["recurrence_of"] or row["number"], 0),
        )
        for row in rows
    ]


def _update(row: Row) -> Update:
    return Update(
        is_told=row["told_at"] is not None, **{name: row[name] for name in ("at", "by", "state", "words", "told")}
    )
