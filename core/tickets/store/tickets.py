"""Rows of tickets and of their history."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.tickets.model import OPEN_PHASES
from core.tickets.store.rows import CHANGES, COUNTER, LINKS, NEWS, TICKETS, Row, numbered
from core.tickets.tables import SOLVED

FIRST_NUMBER = 1001
LINK = ("id", "kind", "thing", "title", "facts", "added_by")
OPEN = sorted(phase.value for phase in OPEN_PHASES)


async def numbers(uow: UnitOfWork, count: int) -> int:
    """Take so many numbers that nobody else gets; the first of them. Whoever comes second waits for the commit."""
    dialect = sqlite if uow.dialect == "sqlite" else postgresql
    begun = dialect.insert(COUNTER).values(id=1, last=FIRST_NUMBER - 1 + count)
    taken = begun.on_conflict_do_update(index_elements=["id"], set_={"last": COUNTER.c.last + count})
    last = (await uow.connection.execute(taken.returning(COUNTER.c.last))).scalar_one()
    return int(last) - count + 1


async def add(uow: UnitOfWork, values: Row) -> None:
    """Write a new ticket."""
    await uow.connection.execute(insert(TICKETS).values(dict(values)))


async def change(uow: UnitOfWork, number: int, values: Row) -> None:
    """Overwrite fields of a ticket whose row the caller holds."""
    await uow.connection.execute(update(TICKETS).where(TICKETS.c.number == number).values(dict(values)))


async def held(uow: UnitOfWork, numbers: Collection[int]) -> dict[int, Row]:
    """Tickets by number, held until the transaction ends; in the order of their numbers, so that two never cross."""
    asked = select(TICKETS).where(TICKETS.c.number.in_(numbers)).order_by(TICKETS.c.number).with_for_update()
    return {row["number"]: row for row in (await uow.connection.execute(asked)).mappings()}


async def with_links(uow: UnitOfWork, number: int) -> tuple[Row, list[Row]] | None:
    """A ticket with its links, the first link first."""
    link = [LINKS.c[name].label(f"link_{name}") for name in LINK]
    joined = TICKETS.outerjoin(LINKS, and_(LINKS.c.ticket == TICKETS.c.number))
    asked = select(TICKETS, *link).select_from(joined).where(TICKETS.c.number == number).order_by(LINKS.c.id)
    rows = (await uow.connection.execute(asked)).mappings().all()
    if not rows:
        return None
    links = [{name: row[f"link_{name}"] for name in LINK} for row in rows if row["link_id"] is not None]
    return rows[0], list(links)


async def some(uow: UnitOfWork, numbers: Collection[int]) -> dict[int, Row]:
    """Tickets by number; those that do not exist are left out."""
    asked = select(TICKETS).where(TICKETS.c.number.in_(numbers))
    return {row["number"]: row for row in (await uow.connection.execute(asked)).mappings()}


async def of_person(
    uow: UnitOfWork, person: PersonId, *, is_open: bool | None, before: int | None, limit: int
) -> list[Row]:
    """A person's tickets that she knows of, the latest first, below number `before`."""
    asked = select(TICKETS).where(TICKETS.c.person_id == person, TICKETS.c.shown_from <= uow.now)
    if is_open is not None:
        asked = asked.where(TICKETS.c.phase.in_(OPEN) if is_open else TICKETS.c.phase.not_in(OPEN))
    if before is not None:
        asked = asked.where(TICKETS.c.number < before)
    found = await uow.connection.execute(asked.order_by(TICKETS.c.number.desc()).limit(limit))
    return list(found.mappings())


async def count_by_incident(uow: UnitOfWork, incidents: Collection[int]) -> dict[int, int]:
    """How many tickets are tied to each incident that has any."""
    asked = select(TICKETS.c.incident_id, func.count()).where(TICKETS.c.incident_id.in_(incidents))
    found = await uow.connection.execute(asked.group_by(TICKETS.c.incident_id))
    return {int(incident): int(count) for incident, count in found}


async def open_of_incident(uow: UnitOfWork, incident: int, limit: int) -> list[int]:
    """Numbers of an incident's open tickets, the first first."""
    asked = select(TICKETS.c.number).where(TICKETS.c.incident_id == incident, TICKETS.c.phase.in_(OPEN))
    return list((await uow.connection.execute(asked.order_by(TICKETS.c.number).limit(limit))).scalars())


async def to_close(uow: UnitOfWork, solved_before: datetime, limit: int) -> list[int]:
    """Numbers of tickets that were solved before a moment, the earliest first; those that another has are left out."""
    asked = (
        select(TICKETS.c.number)
        .where(SOLVED, TICKETS.c.solved_at < solved_before)
        .order_by(TICKETS.c.solved_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list((await uow.connection.execute(asked)).scalars())


async def add_changes(uow: UnitOfWork, changes: Sequence[dict[str, Any]], *, news: bool = True) -> list[int]:
    """Write lines of history, in order, and that the staff's group is to hear of them; their numbers."""
    ids = await numbered(uow, CHANGES, changes)
    if news:
        rows = [
            {"change_id": number, "ticket": one["ticket"], "what": one["what"], "by": one["by"]}
            for number, one in zip(ids, changes, strict=True)
        ]
        await uow.connection.execute(insert(NEWS), rows)
    return ids


async def history(uow: UnitOfWork, number: int, limit: int | None = None) -> Sequence[Row]:
    """A ticket's latest changes, the oldest of them first."""
    asked = select(CHANGES).where(CHANGES.c.ticket == number).order_by(CHANGES.c.id.desc()).limit(limit)
    return list((await uow.connection.execute(asked)).mappings())[::-1]


async def take_news(uow: UnitOfWork, limit: int) -> Sequence[Row]:
    """The oldest changes that nobody was told of, and they are told of with the caller's commit."""
    asked = select(NEWS).order_by(NEWS.c.change_id).limit(limit).with_for_update(skip_locked=True)
    rows = list((await uow.connection.execute(asked)).mappings())
    if rows:
        taken = [row["change_id"] for row in rows]
        await uow.connection.execute(delete(NEWS).where(NEWS.c.change_id.in_(taken)))
    return rows
