"""Rows of messages, of their files, and of links."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, update

from core.attachments.model import Attachment
from core.db.unit_of_work import UnitOfWork
from core.db.upsert import insert_new
from core.tickets.model import Direction, LinkKind
from core.tickets.store.rows import FILES, LINKS, MESSAGES, Row, numbered


async def add(uow: UnitOfWork, messages: Sequence[dict[str, Any]], files: Sequence[Sequence[Attachment]]) -> list[int]:
    """Write messages in order, each with its files; their numbers."""
    rows = [
        {**message, "files": [one.model_dump() for one in attached]}
        for message, attached in zip(messages, files, strict=True)
    ]
    ids = await numbered(uow, MESSAGES, rows)
    attached = [
        {"message_id": number, "attachment_id": one.id, "position": place}
        for number, some in zip(ids, files, strict=True)
        for place, one in enumerate(some)
    ]
    if attached:
        await uow.connection.execute(insert(FILES), attached)
    return ids


async def page(uow: UnitOfWork, number: int, *, before: int | None, limit: int, hers: bool) -> list[Row]:
    """A ticket's messages, the newest first, below message number `before`.

    Args:
        hers: only what she may see: no notes, and of answers those that have gone out.
    """
    asked = select(MESSAGES).where(MESSAGES.c.ticket == number)
    if before is not None:
        asked = asked.where(MESSAGES.c.id < before)
    if hers:
        asked = asked.where(_she_sees(uow))
    found = await uow.connection.execute(asked.order_by(MESSAGES.c.id.desc()).limit(limit))
    return list(found.mappings())


def _she_sees(uow: UnitOfWork) -> ColumnElement[bool]:
    """Her own messages, and answers that have gone out."""
    gone = and_(
        MESSAGES.c.direction == Direction.OUT.value,
        MESSAGES.c.withdrawn_at.is_(None),
        or_(MESSAGES.c.goes_at.is_(None), MESSAGES.c.goes_at <= uow.now),
    )
    return or_(MESSAGES.c.direction == Direction.IN.value, gone)


async def one(uow: UnitOfWork, number: int, message: int) -> Row | None:
    """A message of a ticket, held until the transaction ends."""
    asked = select(MESSAGES).where(MESSAGES.c.id == message, MESSAGES.c.ticket == number).with_for_update()
    return (await uow.connection.execute(asked)).mappings().first()


async def where(uow: UnitOfWork, number: int, message: int) -> int | None:
    """The ticket that has a message now which was written for `number`, or came to it since."""
    asked = select(MESSAGES.c.ticket).where(MESSAGES.c.id == message)
    asked = asked.where(or_(MESSAGES.c.ticket == number, MESSAGES.c.came_with == number))
    found = (await uow.connection.execute(asked)).scalar_one_or_none()
    return None if found is None else int(found)


async def said(uow: UnitOfWork, number: int) -> dict[int, tuple[str, str]]:
    """All messages of a ticket in order, by number: direction and text."""
    asked = select(MESSAGES.c.id, MESSAGES.c.direction, MESSAGES.c.text).where(MESSAGES.c.ticket == number)
    found = await uow.connection.execute(asked.order_by(MESSAGES.c.id))
    return {row.id: (row.direction, row.text) for row in found}


async def answered_after(uow: UnitOfWork, number: int, message: int) -> bool:
    """Whether another answer was given after this one and not taken back."""
    asked = select(MESSAGES.c.id).where(
        MESSAGES.c.ticket == number,
        MESSAGES.c.id > message,
        MESSAGES.c.direction == Direction.OUT.value,
        MESSAGES.c.withdrawn_at.is_(None),
    )
    return (await uow.connection.execute(asked.limit(1))).first() is not None


async def change(uow: UnitOfWork, message: int, values: Row) -> None:
    """Overwrite fields of a message; never its text."""
    assert "text" not in values, "what was written stays as it is"
    await uow.connection.execute(update(MESSAGES).where(MESSAGES.c.id == message).values(dict(values)))


async def move(uow: UnitOfWork, number: int, into: int, messages: Collection[int] | None = None) -> None:
    """Give messages of a ticket, or all of them, to another."""
    moved = update(MESSAGES).where(MESSAGES.c.ticket == number)
    if messages is not None:
        moved = moved.where(MESSAGES.c.id.in_(messages))
    await uow.connection.execute(moved.values(ticket=into))


async def has_file(uow: UnitOfWork, number: int, attachment: int, *, hers: bool) -> bool:
    """Whether a file belongs to a message of the ticket; with `hers` to one that its person may see."""
    asked = (
        select(FILES.c.attachment_id)
        .join_from(FILES, MESSAGES, FILES.c.message_id == MESSAGES.c.id)
        .where(MESSAGES.c.ticket == number, FILES.c.attachment_id == attachment)
    )
    if hers:
        asked = asked.where(_she_sees(uow))
    return (await uow.connection.execute(asked.limit(1))).first() is not None


async def unused_files(uow: UnitOfWork, attachments: Collection[int]) -> set[int]:
    """Those of these files that no message of any ticket has."""
    asked = select(FILES.c.attachment_id).where(FILES.c.attachment_id.in_(attachments))
    return set(attachments) - set((await uow.connection.execute(asked)).scalars())


async def add_link(uow: UnitOfWork, values: dict[str, Any]) -> int | None:
    """Write a link; None where the ticket or draft has it already."""
    added = insert_new(uow, LINKS).values(**values).returning(LINKS.c.id)
    found = (await uow.connection.execute(added)).scalar_one_or_none()
    return None if found is None else int(found)


async def name_again(uow: UnitOfWork, draft: int, kind: LinkKind, thing: str, part: int) -> None:
    """Let a draft's link, if it has it, go with a later part that names it too."""
    same = (LINKS.c.draft_id == draft, LINKS.c.kind == kind.value, LINKS.c.thing == thing)
    await uow.connection.execute(update(LINKS).where(*same).values(part_id=part))


async def links_of_draft(uow: UnitOfWork, draft: int) -> list[Row]:
    """A draft's links, the first first, without those that she dropped."""
    asked = select(LINKS).where(LINKS.c.draft_id == draft, LINKS.c.dropped.is_(False)).order_by(LINKS.c.id)
    return list((await uow.connection.execute(asked)).mappings())


async def drop_link_of_draft(uow: UnitOfWork, draft: int, ref: int) -> None:
    """Take a link off a draft, for good."""
    await uow.connection.execute(update(LINKS).where(LINKS.c.draft_id == draft, LINKS.c.id == ref).values(dropped=True))


async def give_links(uow: UnitOfWork, draft: int, number: int) -> list[Row]:
    """Make a new ticket's links of those of its draft; they keep their numbers."""
    given = (
        update(LINKS)
        .where(LINKS.c.draft_id == draft, LINKS.c.dropped.is_(False))
        .values(ticket=number, draft_id=None)
        .returning(LINKS)
    )
    return sorted((await uow.connection.execute(given)).mappings(), key=lambda row: int(row["id"]))


async def links(uow: UnitOfWork, number: int) -> list[Row]:
    """A ticket's links, the first first."""
    asked = select(LINKS).where(LINKS.c.ticket == number).order_by(LINKS.c.id)
    return list((await uow.connection.execute(asked)).mappings())


async def move_links(uow: UnitOfWork, refs: Collection[int], into: int) -> None:
    """Give links to another ticket."""
    await uow.connection.execute(update(LINKS).where(LINKS.c.id.in_(refs)).values(ticket=into))


async def drop_link(uow: UnitOfWork, number: int, ref: int) -> Row | None:
    """Take a link off a ticket; None where it has no such link."""
    dropped = delete(LINKS).where(LINKS.c.ticket == number, LINKS.c.id == ref).returning(LINKS.c.kind, LINKS.c.thing)
    return (await uow.connection.execute(dropped)).mappings().first()


async def link_of(uow: UnitOfWork, number: int, kind: LinkKind, thing: str) -> Row | None:
    """A ticket's link to a thing."""
    asked = select(LINKS).where(LINKS.c.ticket == number, LINKS.c.kind == kind.value, LINKS.c.thing == thing)
    return (await uow.connection.execute(asked)).mappings().first()
