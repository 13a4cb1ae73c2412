"""Reading and writing sponsor links."""

from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import insert, select, text, update
from sqlmodel import SQLModel

from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.genealogy.rules.verification import NOBODY, Network
from core.genealogy.rules.verification import OPEN as OPEN_END
from core.genealogy.tables import SponsorLinkRow
from core.kernel.ids import PersonId
from core.people.model import Status

LINKS = SQLModel.metadata.tables[str(SponsorLinkRow.__tablename__)]
SURGERY_LOCK = 7_046_029
"""Any number that nobody else locks: operations on the tree happen one after the other."""

HISTORY = ("sponsor_id", "valid_from", "valid_to", "recorded_at", "recorded_by", "reason")
IN_FORCE = "(l.valid_from <= :at AND (l.valid_to IS NULL OR l.valid_to > :at))"
OPEN = "l.valid_to IS NULL"

UPLINE = """
    WITH RECURSIVE above(person_id, sponsor_id, height) AS (
        SELECT l.person_id, l.sponsor_id, 1 FROM sponsor_link l WHERE l.person_id = :person AND {valid}
        UNION ALL
        SELECT l.person_id, l.sponsor_id, above.height + 1
        FROM above JOIN sponsor_link l ON l.person_id = above.sponsor_id AND {valid}
    )
    SELECT sponsor_id FROM above WHERE sponsor_id IS NOT NULL ORDER BY height
"""
DOWNLINE = """
    WITH RECURSIVE below(person_id, level) AS (
        SELECT l.person_id, 1 FROM sponsor_link l WHERE l.sponsor_id = :person AND {valid}
        UNION ALL
        SELECT l.person_id, below.level + 1
        FROM below JOIN sponsor_link l ON l.sponsor_id = below.person_id AND {valid}
    )
    SELECT person_id FROM below ORDER BY level, person_id
"""
FRONTLINE = "SELECT l.person_id FROM sponsor_link l WHERE l.sponsor_id = :person AND {valid} ORDER BY l.person_id"
SPONSOR = "SELECT l.sponsor_id FROM sponsor_link l WHERE l.person_id = :person AND {valid}"
PEOPLE = "SELECT id, CASE WHEN status = :terminated THEN 1 ELSE 0 END FROM person ORDER BY id"
ALL_LINKS = """
    SELECT person_id, COALESCE(sponsor_id, :nobody), valid_from, COALESCE(valid_to, :open)
    FROM sponsor_link ORDER BY person_id, valid_from, id
"""
ROLLED_UP = """
    SELECT present.person_id, present.sponsor_id
    FROM sponsor_link former JOIN sponsor_link present ON present.person_id = former.person_id
    WHERE former.sponsor_id = :person AND former.valid_to = :at
      AND present.valid_from = :at AND present.valid_to IS NULL
    ORDER BY present.person_id
"""


async def lock_tree(uow: UnitOfWork) -> None:
    """Wait for other operations on the tree; SQLite has one writer at a time anyway."""
    if uow.dialect == "postgresql":
        await uow.connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": SURGERY_LOCK})


async def sponsor(uow: UnitOfWork, person: PersonId, at: datetime | None) -> PersonId | None:
    """Her sponsor at that time; None for a root and for somebody outside the tree."""
    found = await _ids(uow, SPONSOR, person, at)
    return found[0] if found else None


async def in_tree(uow: UnitOfWork, person: PersonId) -> bool:
    """Whether she has a link in force now."""
    return bool(await _ids(uow, SPONSOR, person, None))


async def upline(uow: UnitOfWork, person: PersonId, at: datetime | None) -> list[PersonId]:
    """Everybody above, nearest first."""
    return [found for found in await _ids(uow, UPLINE, person, at) if found is not None]


async def frontline(uow: UnitOfWork, person: PersonId, at: datetime | None) -> list[PersonId]:
    """Those whom she sponsors."""
    return [found for found in await _ids(uow, FRONTLINE, person, at) if found is not None]


async def downline(uow: UnitOfWork, person: PersonId, at: datetime | None) -> list[PersonId]:
    """Everybody below, level by level."""
    return [found for found in await _ids(uow, DOWNLINE, person, at) if found is not None]


async def roots(uow: UnitOfWork) -> list[PersonId]:
    """People without a sponsor who are in the tree, the company node included."""
    asked = select(LINKS.c.person_id).where(LINKS.c.valid_to.is_(None), LINKS.c.sponsor_id.is_(None))
    found = await uow.connection.execute(asked.order_by(LINKS.c.person_id))
    return [PersonId(row[0]) for row in found]


async def last_link(uow: UnitOfWork, person: PersonId) -> tuple[PersonId | None, datetime | None]:
    """Sponsor and end of her latest link; the end is None while it is open."""
    asked = select(LINKS.c.sponsor_id, LINKS.c.valid_to).where(LINKS.c.person_id == person)
    found = await uow.connection.execute(asked.order_by(LINKS.c.id.desc()).limit(1))
    row = found.one()
    return row[0], row[1]


async def rolled_up(uow: UnitOfWork, person: PersonId, at: datetime) -> list[tuple[PersonId, PersonId | None]]:
    """Whoever stood under her until `at`, moved then, and stands there still; with the present sponsor."""
    found = await uow.connection.execute(text(ROLLED_UP), {"person": person, "at": microseconds(at)})
    return [(PersonId(row[0]), row[1]) for row in found]


async def end_link(uow: UnitOfWork, person: PersonId) -> None:
    """Close the open link now."""
    ended = await uow.connection.execute(
        update(LINKS).where(LINKS.c.person_id == person, LINKS.c.valid_to.is_(None)).values(valid_to=uow.now)
    )
    assert ended.rowcount == 1, "a person in the tree has one open link"


async def begin_link(
    uow: UnitOfWork, person: PersonId, sponsor: PersonId | None, *, since: datetime, reason: str
) -> None:
    """Open a link from `since` on."""
    values = {"person_id": person, "sponsor_id": sponsor, "valid_from": since, "valid_to": None, "reason": reason}
    await uow.connection.execute(insert(LINKS).values(**values, recorded_at=uow.now, recorded_by=uow.actor))


async def history(uow: UnitOfWork, person: PersonId) -> list[dict[str, Any]]:
    """All links of a person in the order in which they were recorded."""
    columns = [LINKS.c[name] for name in HISTORY]
    found = await uow.connection.execute(select(*columns).where(LINKS.c.person_id == person).order_by(LINKS.c.id))
    return [dict(row) for row in found.mappings()]


async def network(uow: UnitOfWork) -> Network:
    """All people and all links as arrays, in the order that the checks want."""
    people = (await uow.connection.execute(text(PEOPLE), {"terminated": Status.TERMINATED.value})).all()
    links = (await uow.connection.execute(text(ALL_LINKS), {"nobody": NOBODY, "open": OPEN_END})).all()
    numbers = np.array(people, dtype=np.int64).reshape(-1, 2)
    rows = np.array(links, dtype=np.int64).reshape(-1, 4)
    return Network(numbers[:, 0], numbers[:, 1] != 0, rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3])


async def _ids(uow: UnitOfWork, statement: str, person: PersonId, at: datetime | None) -> list[PersonId | None]:
    valid = OPEN if at is None else IN_FORCE
    values: dict[str, int] = {"person": person} if at is None else {"person": person, "at": microseconds(at)}
    found = await uow.connection.execute(text(statement.format(valid=valid)), values)
    return [row[0] for row in found]
