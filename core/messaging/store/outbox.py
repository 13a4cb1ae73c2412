"""Messages to people, and the chats that no longer take any."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Integer, case, column, func, or_, select, table, update

from core.db.unit_of_work import UnitOfWork
from core.messaging.model import OutboxState, Outgoing
from core.messaging.store.statements import insert_into, table_of
from core.messaging.tables import OutboxRow, SilentChatRow

OUTBOX = table_of(OutboxRow)
SILENT = table_of(SilentChatRow)
CHAT_LINK = table("chat_link", column("chat_id", BigInteger), column("person_id", Integer))
"""Whose chat is whose, read only: the access room, which itself sends messages, owns it."""

WAITING = OUTBOX.c.state == OutboxState.WAITING


async def add(uow: UnitOfWork, row: dict[str, Any]) -> bool:
    """Store a message unless its key is known; True when it is new."""
    found = await uow.connection.execute(
        insert_into(uow, OUTBOX).values(state=OutboxState.WAITING, attempts=0, **row).on_conflict_do_nothing()
    )
    return found.rowcount == 1


async def lapse(uow: UnitOfWork, now: datetime) -> None:
    """End messages whose time has passed and that nobody is just delivering."""
    free = or_(OUTBOX.c.lease_until.is_(None), OUTBOX.c.lease_until < now)
    await uow.connection.execute(
        update(OUTBOX)
        .where(WAITING, OUTBOX.c.lapses_at <= uow.now, free)
        .values(state=OutboxState.LAPSED, ended_at=uow.now, holder=None, lease_until=None)
    )


async def take(uow: UnitOfWork, *, holder: str, now: datetime, until: datetime, count_max: int) -> list[Outgoing]:
    """Lease messages that are due, first things first."""
    ready = await uow.connection.execute(
        select(OUTBOX.c.id)
        .where(
            WAITING,
            OUTBOX.c.not_before <= uow.now,
            or_(OUTBOX.c.lease_until.is_(None), OUTBOX.c.lease_until < now),
            or_(OUTBOX.c.retry_at.is_(None), OUTBOX.c.retry_at <= now),
        )
        .order_by(OUTBOX.c.priority, OUTBOX.c.not_before, OUTBOX.c.id)
        .limit(count_max)
        .with_for_update(skip_locked=True)
    )
    ids = list(ready.scalars())
    if not ids:
        return []
    await uow.connection.execute(
        update(OUTBOX)
        .where(OUTBOX.c.id.in_(ids))
        .values(holder=holder, lease_until=until, attempts=OUTBOX.c.attempts + 1)
    )
    return await _messages(uow, ids)


async def end(uow: UnitOfWork, message: int, holder: str, state: OutboxState, **facts: Any) -> int | None:
    """Close a message that `holder` holds.

    Returns:
        The message's id, or None when `holder` does not hold it.
    """
    return await _change(uow, message, holder, state=state, ended_at=uow.now, **facts)


async def postpone(uow: UnitOfWork, message: int, holder: str, *, retry_at: datetime, reason: str) -> int | None:
    """Give a message back for another try at `retry_at`; None when `holder` does not hold it."""
    return await _change(uow, message, holder, retry_at=retry_at, reason=reason)


async def forget_before(uow: UnitOfWork, moment: datetime) -> int:
    """Delete messages that ended, one way or another, before `moment` (company time).

    Returns:
        How many went.
    """
    return (await uow.connection.execute(OUTBOX.delete().where(~WAITING, OUTBOX.c.ended_at < moment))).rowcount


async def chat_of(uow: UnitOfWork, message: int) -> int | None:
    """The chat that a message goes to."""
    found = await _messages(uow, [message])
    return found[0].chat_id if found else None


async def silence(uow: UnitOfWork, chat: int, reason: str) -> None:
    """Remember that `chat` takes no messages."""
    insert = insert_into(uow, SILENT).values(chat_id=chat, since=uow.now, reason=reason)
    await uow.connection.execute(insert.on_conflict_do_nothing())


async def unsilence(uow: UnitOfWork, chats: Collection[int]) -> None:
    """Forget that: somebody wrote from there."""
    if chats:
        await uow.connection.execute(SILENT.delete().where(SILENT.c.chat_id.in_(chats)))


async def _change(uow: UnitOfWork, message: int, holder: str, **values: Any) -> int | None:
    changed = await uow.connection.execute(
        update(OUTBOX)
        .where(OUTBOX.c.id == message, WAITING, OUTBOX.c.holder == holder)
        .values(holder=None, lease_until=None, **values)
    )
    return message if changed.rowcount == 1 else None


async def _messages(uow: UnitOfWork, ids: Collection[int]) -> list[Outgoing]:
    linked = select(func.max(CHAT_LINK.c.chat_id)).where(CHAT_LINK.c.person_id == OUTBOX.c.person_id)
    chat = func.coalesce(OUTBOX.c.chat_id, linked.scalar_subquery())
    columns = (OUTBOX.c.id, OUTBOX.c.key, OUTBOX.c.kind, OUTBOX.c.facts, OUTBOX.c.not_before, OUTBOX.c.lapses_at)
    reachable = case((SILENT.c.chat_id.is_(None), chat)).label("chat_id")
    found = await uow.connection.execute(
        select(*columns, OUTBOX.c.attempts.label("attempt"), reachable)
        .select_from(OUTBOX.outerjoin(SILENT, SILENT.c.chat_id == chat))
        .where(OUTBOX.c.id.in_(ids))
        .order_by(OUTBOX.c.priority, OUTBOX.c.not_before, OUTBOX.c.id)
    )
    return [Outgoing(**row) for row in found.mappings()]
