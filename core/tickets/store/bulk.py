"""Many tickets at once: written by the thousand, known again by what a file calls them, and read with their history."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Table, select

from core.db.bulk import bulk_insert
from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.tickets.model import KnownTicket
from core.tickets.store.rows import CHANGES, MESSAGES, TICKETS, Row

AT_ONCE = 5_000
"""Both databases take a limited number of parameters in one statement."""


async def write(uow: UnitOfWork, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same fields."""
    if rows:
        columns = tuple(rows[0])
        await bulk_insert(uow, table, columns, ([_stored(row[name]) for name in columns] for row in rows))


def _stored(value: object) -> object:
    """A value as the database keeps it."""
    if isinstance(value, datetime):
        return microseconds(value)
    return orjson.dumps(value).decode() if isinstance(value, dict | list) else value


async def known(uow: UnitOfWork, external_ids: Sequence[str]) -> dict[str, KnownTicket]:
    """Tickets by what a file calls them, each with the first words that it came with."""
    found: dict[str, KnownTicket] = {}
    first = (
        select(MESSAGES.c.text)
        .where(MESSAGES.c.ticket == TICKETS.c.number, MESSAGES.c.came_with == TICKETS.c.number)
        .order_by(MESSAGES.c.id)
        .limit(1)
        .correlate(TICKETS)
        .scalar_subquery()
    )
    columns = (TICKETS.c.external_id, TICKETS.c.number, TICKETS.c.person_id, TICKETS.c.opened_at, first.label("text"))
    for start in range(0, len(external_ids), AT_ONCE):
        asked = select(*columns).where(TICKETS.c.external_id.in_(external_ids[start : start + AT_ONCE]))
        for row in await uow.connection.execute(asked):
            found[row.external_id] = KnownTicket(row.number, PersonId(row.person_id), row.opened_at, row.text)
    return found


async def page(uow: UnitOfWork, *, after: int, limit: int, states: Collection[str]) -> list[Row]:
    """Tickets above a number, in the order of their numbers; of every state where none is named."""
    names = (
        "number",
        "external_id",
        "person_id",
        "type",
        "subject",
        "state",
        "priority",
        "queue",
        "language",
        "assignee",
        "rating_text",
    )
    asked = select(*(TICKETS.c[name] for name in names)).where(TICKETS.c.number > after)
    if states:
        asked = asked.where(TICKETS.c.state.in_(sorted(states)))
    return list((await uow.connection.execute(asked.order_by(TICKETS.c.number).limit(limit))).mappings())


async def changes(uow: UnitOfWork, numbers: Collection[int]) -> Mapping[int, list[Row]]:
    """The history of tickets, the first line first."""
    columns = (CHANGES.c.ticket, CHANGES.c.at, CHANGES.c.by, CHANGES.c.what, CHANGES.c.before, CHANGES.c.after)
    asked = select(*columns).where(CHANGES.c.ticket.in_(sorted(numbers))).order_by(CHANGES.c.id)
    return _by_ticket((await uow.connection.execute(asked)).mappings())


async def messages(uow: UnitOfWork, numbers: Collection[int]) -> Mapping[int, list[Row]]:
    """The messages of tickets, the first first, without those that were taken back."""
    columns = (
        MESSAGES.c.ticket,
        MESSAGES.c.at,
        MESSAGES.c.author,
        MESSAGES.c.direction,
        MESSAGES.c.text,
        MESSAGES.c.files,
    )
    asked = select(*columns).where(MESSAGES.c.ticket.in_(sorted(numbers)), MESSAGES.c.withdrawn_at.is_(None))
    return _by_ticket((await uow.connection.execute(asked.order_by(MESSAGES.c.id))).mappings())


def _by_ticket(rows: Iterable[Row]) -> Mapping[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["ticket"]].append(row)
    return found
