"""Reading and writing places and chosen sides."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
from sqlalchemy import bindparam, insert, select, text, update
from sqlmodel import SQLModel

from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.people.model import COMPANY_KIND, Kind, Status
from core.placement.rules import NOBODY, StoredPlaces
from core.placement.tables import ChosenSideRow, PlacementFlushRow, PlacementLinkRow

LINKS = SQLModel.metadata.tables[str(PlacementLinkRow.__tablename__)]
SIDES = SQLModel.metadata.tables[str(ChosenSideRow.__tablename__)]
FLUSHES = SQLModel.metadata.tables[str(PlacementFlushRow.__tablename__)]
PLACING_LOCK = 7_046_030
"""Any number that nobody else locks: places are given one after the other."""
HISTORY = ("tree", "parent_id", "slot", "valid_from", "valid_to", "recorded_at", "recorded_by", "reason")

ABOVE = """
    WITH RECURSIVE above(parent_id, height) AS (
        SELECT l.parent_id, 1 FROM placement_link l
        WHERE l.tree = :tree AND l.person_id = :person AND l.valid_to IS NULL
        UNION ALL
        SELECT l.parent_id, above.height + 1
        FROM above JOIN placement_link l ON l.tree = :tree AND l.person_id = above.parent_id AND l.valid_to IS NULL
    )
    SELECT parent_id FROM above WHERE parent_id IS NOT NULL ORDER BY height
"""
WAITING = """
    SELECT p.id, p.joined_on, s.sponsor_id FROM person p
    JOIN sponsor_link s ON s.person_id = p.id AND s.valid_to IS NULL
    WHERE p.kind <> :company AND p.code > :after {of}
      AND NOT EXISTS (
        SELECT 1 FROM placement_link l WHERE l.tree = :tree AND l.person_id = p.id AND l.valid_to IS NULL
      )
    ORDER BY p.code LIMIT :limit
"""
EVERYBODY = """
    SELECT p.id, p.joined_on, p.status, COALESCE(s.sponsor_id, -1) AS sponsor_id,
        CASE WHEN l.id IS NULL THEN -2 ELSE COALESCE(l.parent_id, -1) END AS parent_id, COALESCE(l.slot, 0) AS slot,
        p.kind
    FROM person p
    LEFT JOIN sponsor_link s ON s.id = (SELECT MAX(id) FROM sponsor_link WHERE person_id = p.id)
    LEFT JOIN placement_link l ON l.tree = :tree AND l.person_id = p.id AND l.valid_to IS NULL
    WHERE p.kind <> :company
    ORDER BY p.joined_on, p.code
"""
OPEN_PLACES = """
    SELECT person_id, COALESCE(parent_id, -1), slot FROM placement_link
    WHERE tree = :tree AND valid_to IS NULL ORDER BY person_id, id
"""
AS_OF = """
    SELECT tree, person_id, COALESCE(parent_id, -1), slot FROM placement_link
    WHERE valid_from <= :at AND (valid_to IS NULL OR valid_to > :at)
"""
SIDES_AS_OF = """
    SELECT person_id, side FROM chosen_side WHERE valid_from <= :at AND (valid_to IS NULL OR valid_to > :at)
"""
VOLUME_BETWEEN = """
    SELECT person_id, CAST(SUM(qv) AS BIGINT) FROM customer_order
    WHERE paid_at IS NOT NULL AND ordered_at >= :start AND ordered_at < :end GROUP BY person_id
"""
OPEN_OF = """
    SELECT l.tree, p.code, a.code, l.slot FROM person p
    JOIN placement_link l ON l.person_id = p.id AND l.valid_to IS NULL
    LEFT JOIN person a ON a.id = l.parent_id WHERE p.code IN :asked
"""
OPEN_BELOW = """
    SELECT l.tree, p.code, a.code, l.slot FROM person a
    JOIN placement_link l ON l.parent_id = a.id AND l.valid_to IS NULL
    JOIN person p ON p.id = l.person_id WHERE a.code IN :asked
"""
CODES_AT_ONCE = 5_000
"""Both databases take a limited number of parameters in one statement."""


async def lock(uow: UnitOfWork) -> None:
    """Wait for others who give places; SQLite has one writer at a time anyway."""
    if uow.dialect == "postgresql":
        await uow.connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": PLACING_LOCK})


async def place_of(uow: UnitOfWork, tree: str, person: PersonId) -> tuple[PersonId | None, int] | None:
    """Who stands above her, and in which place she is; None where she waits."""
    asked = select(LINKS.c.parent_id, LINKS.c.slot).where(*_open(tree), LINKS.c.person_id == person)
    row = (await uow.connection.execute(asked)).one_or_none()
    return None if row is None else (row[0], row[1])


async def holder(uow: UnitOfWork, tree: str, above: PersonId, slot: int) -> PersonId | None:
    """Who stands in a place."""
    asked = select(LINKS.c.person_id).where(*_open(tree), LINKS.c.parent_id == above, LINKS.c.slot == slot)
    found: PersonId | None = (await uow.connection.execute(asked)).scalar_one_or_none()
    return found


async def above(uow: UnitOfWork, tree: str, person: PersonId) -> list[PersonId]:
    """Everybody above her in the tree, nearest first."""
    found = await uow.connection.execute(text(ABOVE), {"tree": tree, "person": person})
    return [PersonId(row[0]) for row in found]


async def moves_made(uow: UnitOfWork, tree: str, person: PersonId) -> int:
    """How often she came from one place to another."""
    asked = select(LINKS.c.id).where(LINKS.c.tree == tree, LINKS.c.person_id == person)
    return max(0, len((await uow.connection.execute(asked)).all()) - 1)


async def move(
    uow: UnitOfWork, tree: str, person: PersonId, place: tuple[PersonId | None, int], *, since: datetime, reason: str
) -> None:
    """End the place that she has, if any, and begin another."""
    open_link = (*_open(tree), LINKS.c.person_id == person)
    await uow.connection.execute(update(LINKS).where(*open_link).values(valid_to=since))
    values = {"tree": tree, "person_id": person, "parent_id": place[0], "slot": place[1], "valid_from": since}
    await uow.connection.execute(
        insert(LINKS).values(**values, valid_to=None, recorded_at=uow.now, recorded_by=uow.actor, reason=reason)
    )


async def history(uow: UnitOfWork, person: PersonId) -> list[dict[str, Any]]:
    """All her places in the order in which they were recorded."""
    columns = [LINKS.c[name] for name in HISTORY]
    found = await uow.connection.execute(select(*columns).where(LINKS.c.person_id == person).order_by(LINKS.c.id))
    return [dict(row) for row in found.mappings()]


async def waiting(
    uow: UnitOfWork, tree: str, *, sponsor: PersonId | None, after: str, limit: int, customers: bool
) -> list[tuple[PersonId, date, PersonId | None]]:
    """Who has no place, with the day of joining and the sponsor, by code; of everybody or of one sponsor.

    Args:
        customers: whether they wait too.
    """
    values = {"tree": tree, "company": COMPANY_KIND, "after": after, "limit": limit, "sponsor": sponsor}
    of = "" if sponsor is None else "AND s.sponsor_id = :sponsor"
    statement = WAITING.format(of=of if customers else f"{of} AND p.kind <> '{Kind.CUSTOMER.value}'")
    if sponsor is None:
        del values["sponsor"]
    found = await uow.connection.execute(text(statement), values)
    return [(PersonId(row[0]), _day(row[1]), row[2]) for row in found]


async def everybody(uow: UnitOfWork, tree: str) -> list[tuple[int, date, bool, int, int, int, bool]]:
    """By joining and code: number, day of joining, whether there, sponsor, who stands above, place, whether a customer.

    Sponsors are those of the latest link. Above is -1 for a top and -2 for who has no place.
    """
    found = await uow.connection.execute(text(EVERYBODY), {"tree": tree, "company": COMPANY_KIND})
    gone = Status.TERMINATED.value
    customer = Kind.CUSTOMER.value
    return [(row[0], _day(row[1]), row[2] != gone, row[3], row[4], row[5], row[6] == customer) for row in found]


async def stored(uow: UnitOfWork, tree: str) -> StoredPlaces:
    """All open places of a tree as they are."""
    people = [row[0] for row in await uow.connection.execute(text("SELECT id FROM person ORDER BY id"))]
    rows = (await uow.connection.execute(text(OPEN_PLACES), {"tree": tree})).all()
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3)
    assert NOBODY == -1, "as the statement says"
    return StoredPlaces(np.array(people, dtype=np.int64), columns[:, 0], columns[:, 1], columns[:, 2])


async def places_at(uow: UnitOfWork, at: datetime) -> list[tuple[str, int, int, int]]:
    """Tree, person, who stands above (-1 for a top) and place of everybody at a moment."""
    found = await uow.connection.execute(text(AS_OF), {"at": microseconds(at)})
    return [(row[0], row[1], row[2], row[3]) for row in found]


async def sides_at(uow: UnitOfWork, at: datetime) -> dict[int, str]:
    """The sides that people had chosen at a moment."""
    found = await uow.connection.execute(text(SIDES_AS_OF), {"at": microseconds(at)})
    return {row[0]: row[1] for row in found}


async def choosers(uow: UnitOfWork) -> frozenset[str]:
    """Whoever has chosen a side."""
    asked = "SELECT p.code FROM chosen_side s JOIN person p ON p.id = s.person_id WHERE s.valid_to IS NULL"
    return frozenset(row[0] for row in await uow.connection.execute(text(asked)))


async def open_by_code(uow: UnitOfWork, codes: Sequence[str]) -> list[tuple[str, str, str | None, int]]:
    """Tree, person, who stands above and place, of these people and of whoever stands right below one of them."""
    found: dict[tuple[str, str], tuple[str | None, int]] = {}
    for start in range(0, len(codes), CODES_AT_ONCE):
        some = {"asked": list(codes[start : start + CODES_AT_ONCE])}
        for statement in (OPEN_OF, OPEN_BELOW):
            asked = text(statement).bindparams(bindparam("asked", expanding=True))
            for tree, person, above, slot in await uow.connection.execute(asked, some):
                found[tree, person] = (above, slot)
    return [(tree, person, above, slot) for (tree, person), (above, slot) in found.items()]


async def volume_between(uow: UnitOfWork, start: datetime, end: datetime) -> dict[int, int]:
    """The QV of what each person ordered in a stretch of time and has paid."""
    values = {"start": microseconds(start), "end": microseconds(end)}
    found = await uow.connection.execute(text(VOLUME_BETWEEN), values)
    return {row[0]: row[1] for row in found}


async def flushed_until(uow: UnitOfWork, tree: str) -> datetime | None:
    """Up to which boundary the tree was flushed; None is never."""
    asked = select(FLUSHES.c.until).where(FLUSHES.c.tree == tree)
    found: datetime | None = (await uow.connection.execute(asked)).scalar_one_or_none()
    return found


async def note_flush(uow: UnitOfWork, tree: str, until: datetime) -> None:
    """From now on the tree is flushed up to this boundary."""
    done = await uow.connection.execute(update(FLUSHES).where(FLUSHES.c.tree == tree).values(until=until))
    if done.rowcount == 0:
        await uow.connection.execute(insert(FLUSHES).values(tree=tree, until=until))


async def choose_side(uow: UnitOfWork, person: PersonId, side: str) -> None:
    """From now on her side is this one."""
    chosen = SIDES.c.person_id == person, SIDES.c.valid_to.is_(None)
    await uow.connection.execute(update(SIDES).where(*chosen).values(valid_to=uow.now))
    values = {"person_id": person, "side": side, "valid_from": uow.now, "valid_to": None, "recorded_by": uow.actor}
    await uow.connection.execute(insert(SIDES).values(**values))


def _open(tree: str) -> tuple[Any, Any]:
    return LINKS.c.tree == tree, LINKS.c.valid_to.is_(None)


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value  # SQLite has no dates
