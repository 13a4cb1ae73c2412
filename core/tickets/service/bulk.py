"""Tickets in and out by the file: brought in whole, written out with everything that ever happened."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.people import service as people
from core.plan.model import Phase, TicketsSpec
from core.tickets.model import DUE_PHASES, BroughtIn, Direction, HistoryLine, KnownTicket, LinkKind, Via, What
from core.tickets.rules import targets
from core.tickets.rules.targets import Clock
from core.tickets.service.hand import PERSON, SYSTEM, due_values
from core.tickets.service.opening import NOTHING_YET
from core.tickets.store import bulk as store
from core.tickets.store import tickets
from core.tickets.store.rows import CHANGES, LINKS, MESSAGES, TICKETS, Row

WRITTEN_AT_ONCE = 5_000
TICKETS_AT_ONCE = 500
SAID = {Direction.IN.value: "message", Direction.OUT.value: "answer", Direction.NOTE.value: "note"}


async def known(uow: UnitOfWork, external_ids: Sequence[str]) -> dict[str, KnownTicket]:
    """Those of these tickets that were brought in before, by what the file calls them."""
    return await store.known(uow, external_ids)


@dataclass(frozen=True, slots=True)
class Ready:
    """The rows of a ticket of the books before, which lack nothing but its number."""

    ticket: dict[str, Any]
    words: dict[str, Any]
    history: Sequence[dict[str, Any]]
    order: dict[str, Any] | None


def ready(brought: Sequence[BroughtIn], spec: TicketsSpec, now: datetime) -> list[Ready]:
    """What is to be written of tickets; worked out before anything is locked. Targets of open ones begin now."""
    return [Ready(_row(one, spec, now), _words(one), _history(one, now), _order(one)) for one in brought]


async def bring_in(uow: UnitOfWork, some: Sequence[Ready]) -> None:
    """Write tickets of the books before. Nobody is told of them."""
    first = await tickets.numbers(uow, len(some))
    for start in range(0, len(some), WRITTEN_AT_ONCE):
        part = list(enumerate(some[start : start + WRITTEN_AT_ONCE], first + start))
        await store.write(uow, TICKETS, [{"number": number, **one.ticket} for number, one in part])
        words = [{"ticket": number, "came_with": number, **one.words} for number, one in part]
        await store.write(uow, MESSAGES, words)
        await store.write(uow, CHANGES, [{"ticket": number, **line} for number, one in part for line in one.history])
        orders = [{"ticket": number, **one.order} for number, one in part if one.order is not None]
        await store.write(uow, LINKS, orders)


def _row(one: BroughtIn, spec: TicketsSpec, now: datetime) -> dict[str, Any]:
    phase = spec.phase(one.state)
    assert phase is not None, "whoever reads the file has looked at the states"
    row = {
        "person_id": one.person,
        "type": one.type,
        "subject": one.subject,
        "state": one.state,
        "phase": phase.value,
        "priority": one.priority.value,
        "queue": one.queue,
        "language": one.language,
        "assignee": one.assignee,
        "via": Via.IMPORT.value,
        "opened_at": one.opened_at,
        "opened_by": PERSON,
        "shown_from": one.opened_at,
        **NOTHING_YET,
        "waiting_since": one.opened_at,
        "solved_at": one.closed_at,
        "closed_at": one.closed_at if phase is Phase.CLOSED else None,
        "rating": one.rating,
        "external_id": one.external_id,
        "version": 1,
        "last_by": PERSON,
        "last_at": one.closed_at or one.opened_at,
        "heard_at": one.opened_at,
    }
    return row | due_values(row, _clock(phase, now), spec, now)


def _clock(phase: Phase, now: datetime) -> Clock:
    """What happened before is not timed: a new ticket waits for its first answer, one in work for the next."""
    if phase is Phase.NEW:
        return targets.opened(now)
    return Clock(since=now, asked=timedelta(), answered=True) if phase in DUE_PHASES else Clock(answered=True)


def _words(one: BroughtIn) -> dict[str, Any]:
    """Her words, which go nowhere."""
    return {
        "direction": Direction.IN.value,
        "author": PERSON,
        "text": one.text,
        "at": one.opened_at,
        "files": [],
    }


def _history(one: BroughtIn, now: datetime) -> list[dict[str, Any]]:
    """That it was brought in, and what it was like then."""
    fields = {
        What.IMPORTED: one.state,
        What.TYPE: one.type,
        What.PRIORITY: one.priority.value,
        What.QUEUE: one.queue,
        What.ASSIGNEE: one.assignee,
        What.RATED: one.rating,
    }
    common = {"at": now, "by": SYSTEM}
    said = ((what, str(value)) for what, value in fields.items() if value is not None)
    return [{**common, "what": what.value, "before": None, "after": value} for what, value in said]


def _order(one: BroughtIn) -> dict[str, Any] | None:
    """The order that it is about."""
    if one.order_id is None:
        return None
    return {"kind": LinkKind.ORDER.value, "thing": one.order_id, "title": None, "facts": {}, "dropped": False}


async def written_out(
    uow: UnitOfWork, after: int, states: Collection[str] = ()
) -> tuple[list[HistoryLine], int | None]:
    """Everything that happened to the next tickets above a number, line by line.

    Args:
        states: only tickets in one of these states; none is all.

    Returns:
        The lines, and after which number to go on; None where that was all.
    """
    rows = await store.page(uow, after=after, limit=TICKETS_AT_ONCE, states=states)
    numbers = [row["number"] for row in rows]
    changes, messages = await store.changes(uow, numbers), await store.messages(uow, numbers)
    cards = await people.cards(uow, list({PersonId(row["person_id"]) for row in rows}))
    lines = [
        line
        for row in rows
        for line in _lines(
            row, cards[row["person_id"]].code, changes.get(row["number"], []), messages.get(row["number"], [])
        )
    ]
    return lines, numbers[-1] if len(rows) == TICKETS_AT_ONCE else None


def _lines(row: Row, person: str, changes: Sequence[Row], messages: Sequence[Row]) -> list[HistoryLine]:
    """Changes and messages of a ticket in the order in which they happened; at one moment changes come first."""
    head = HistoryLine(
        ticket=row["number"],
        ticket_id=row["external_id"] or "",
        person_id=person,
        type=row["type"],
        subject=row["subject"],
        state=row["state"],
        priority=row["priority"],
        queue=row["queue"],
        language=row["language"],
        assignee=row["assignee"] or "",
    )
    changed = [
        head._replace(
            at=one["at"],
            by=one["by"],
            what=one["what"],
            before=one["before"] or "",
            after=one["after"] or "",
            text=(row["rating_text"] or "") if one["what"] == What.RATED else "",
        )
        for one in changes
    ]
    said = [
        head._replace(
            at=one["at"],
            by=one["author"],
            what=SAID[one["direction"]],
            text=one["text"],
            files="; ".join(file["name"] for file in one["files"]),
        )
        for one in messages
    ]
    return sorted([*changed, *said], key=lambda line: line.at)
