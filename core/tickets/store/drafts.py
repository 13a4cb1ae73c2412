"""Rows of drafts and of canned answers."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Label, and_, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from core.db.unit_of_work import UnitOfWork
from core.db.upsert import insert_new
from core.kernel.ids import PersonId
from core.tickets.model import LinkKind
from core.tickets.store.rows import CANNED, DRAFTS, LINKS, PARTS, TICKETS, Row
from core.tickets.store.tickets import OPEN

PART = ("id", "part", "text", "attachments", "refused", "type")


async def draft(
    uow: UnitOfWork, person: PersonId, number: int | None = None, *, held: bool = True
) -> tuple[Row, list[Row]] | None:
    """A draft of somebody's with its parts in order, without those that were dropped.

    With it comes `open_tickets`, how many she has, `evidence`, how many links it has, and `from_why`, whether a line of
    her earnings is one of them.

    Args:
        number: which one; None is the one that she is writing.
        held: until the transaction ends.
    """
    this = DRAFTS.c.ended_at.is_(None) if number is None else DRAFTS.c.id == number
    joined = DRAFTS.outerjoin(PARTS, and_(PARTS.c.draft_id == DRAFTS.c.id, PARTS.c.dropped.is_(False)))
    part = [PARTS.c[name].label(f"part_{name}") for name in PART]
    asked = select(DRAFTS, _open_tickets(person), *_evidence(), *part).select_from(joined)
    asked = asked.where(DRAFTS.c.person_id == person, this).order_by(PARTS.c.id)
    rows = (await uow.connection.execute(asked.with_for_update(of=DRAFTS) if held else asked)).mappings().all()
    if not rows:
        return None
    parts = [{name: row[f"part_{name}"] for name in PART} for row in rows if row["part_id"] is not None]
    return rows[0], list(parts)


def _open_tickets(person: PersonId) -> Label[int]:
    hers = select(func.count()).where(TICKETS.c.person_id == person, TICKETS.c.phase.in_(OPEN))
    return hers.scalar_subquery().label("open_tickets")


def _evidence() -> tuple[Label[int], Label[int]]:
    hers = select(func.count()).where(LINKS.c.draft_id == DRAFTS.c.id, LINKS.c.dropped.is_(False))
    awards = hers.where(LINKS.c.kind == LinkKind.AWARD.value)
    return hers.scalar_subquery().label("evidence"), awards.scalar_subquery().label("from_why")


async def begin(uow: UnitOfWork, values: Row) -> Row | None:
    """Write a new draft; None where another request began one meanwhile."""
    begun = insert_new(uow, DRAFTS).values(**values).returning(DRAFTS)
    row = (await uow.connection.execute(begun)).mappings().first()
    return None if row is None else {**row, "evidence": 0}


async def change(uow: UnitOfWork, draft: int, values: Row) -> None:
    """Overwrite fields of a draft."""
    await uow.connection.execute(update(DRAFTS).where(DRAFTS.c.id == draft).values(dict(values)))


async def add_part(uow: UnitOfWork, values: dict[str, Any]) -> int | None:
    """Write a part; its number, None where its key is known."""
    added = insert_new(uow, PARTS).values(**values).returning(PARTS.c.id)
    number = (await uow.connection.execute(added)).scalar_one_or_none()
    return None if number is None else int(number)


async def part(uow: UnitOfWork, person: PersonId, key: str) -> Row | None:
    """A part of somebody's by its key, of whichever draft."""
    asked = select(PARTS).where(PARTS.c.person_id == person, PARTS.c.part == key)
    return (await uow.connection.execute(asked)).mappings().first()


async def drop_parts(uow: UnitOfWork, refs: Collection[int]) -> None:
    """Take parts off a draft, with the evidence that they named; their keys stay known, their words are forgotten."""
    await uow.connection.execute(delete(LINKS).where(LINKS.c.part_id.in_(refs), LINKS.c.draft_id.is_not(None)))
    dropped = update(PARTS).where(PARTS.c.id.in_(refs))
    await uow.connection.execute(dropped.values(dropped=True, text="", attachments=[], refused=[]))


async def lapsed(uow: UnitOfWork, touched_before: datetime, limit: int) -> list[int]:
    """Drafts that nobody has touched since a moment; those that another has are left out."""
    asked = select(DRAFTS.c.id).where(DRAFTS.c.ended_at.is_(None), DRAFTS.c.touched_at < touched_before)
    found = await uow.connection.execute(asked.limit(limit).with_for_update(skip_locked=True))
    return list(found.scalars())


async def forget_words(uow: UnitOfWork, draft: int) -> list[int]:
    """Empty a draft that ended without being sent, evidence included; the files that it named."""
    asked = select(PARTS.c.id, PARTS.c.attachments).where(PARTS.c.draft_id == draft)
    rows = (await uow.connection.execute(asked)).all()
    await uow.connection.execute(delete(LINKS).where(LINKS.c.draft_id == draft))
    await drop_parts(uow, [row.id for row in rows])
    return [int(file["id"]) for row in rows for file in row.attachments]


async def canned(uow: UnitOfWork, code: str | None = None, language: str | None = None) -> list[Row]:
    """Canned answers by code and language."""
    asked = select(CANNED).order_by(CANNED.c.code, CANNED.c.language)
    asked = asked if code is None else asked.where(CANNED.c.code == code)
    asked = asked if language is None else asked.where(CANNED.c.language == language)
    return list((await uow.connection.execute(asked)).mappings())


async def keep_canned(uow: UnitOfWork, code: str, language: str, text: str) -> None:
    """Write a canned answer over the one that was there."""
    dialect = sqlite if uow.dialect == "sqlite" else postgresql
    added = dialect.insert(CANNED).values(code=code, language=language, text=text)
    await uow.connection.execute(added.on_conflict_do_update(index_elements=["code", "language"], set_={"text": text}))


async def drop_canned(uow: UnitOfWork, code: str, language: str) -> bool:
    """Forget one; False where there was none."""
    gone = delete(CANNED).where(CANNED.c.code == code, CANNED.c.language == language)
    return (await uow.connection.execute(gone)).rowcount == 1
