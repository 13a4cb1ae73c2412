"""Messages to people, and the chats that no longer take any."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Integer, RowMapping, case, column, func, or_, select, table, update

from core.db.bulk import bulk_insert_new
from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging.kinds import KINDS, Kind
from core.messaging.model import MessageCard, OutboxState, Outgoing, Part, Ready
from core.messaging.store.statements import insert_into, table_of
from core.messaging.tables import OutboxRow, SilentChatRow

OUTBOX = table_of(OutboxRow)
SILENT = table_of(SilentChatRow)
CHAT_LINK = table("chat_link", column("chat_id", BigInteger), column("person_id", Integer))
"""Whose chat is whose, read only: the access room, which itself sends messages, owns it."""

READY_COLUMNS = (
    *("kind", "priority", "stake", "unasked", "key", "person_id", "facts", "occasion", "not_before", "lapses_at"),
    *("state", "subject", "ended_at", "reason", "attempts"),
)
CARD_COLUMNS = [name for name in MessageCard.model_fields if name != "topic"]
WAITING = OUTBOX.c.state == OutboxState.WAITING


async def add(uow: UnitOfWork, row: dict[str, Any]) -> bool:
    """Store a message unless its key is known; True when it is new."""
    found = await uow.connection.execute(
        insert_into(uow, OUTBOX).values(state=OutboxState.WAITING, attempts=0, **row).on_conflict_do_nothing()
    )
    return found.rowcount == 1


async def add_all(uow: UnitOfWork, kind: Kind, priority: int, lapses_us: int | None, rows: Iterable[Ready]) -> int:
    """Store messages of one kind unless their keys are known; how many are new."""
    fixed = (kind.code, priority, kind.stake, kind.unasked)
    now_us = microseconds(uow.now)
    records = [_record(row, fixed, lapses_us, now_us) for row in rows]
    return await bulk_insert_new(uow, OUTBOX, READY_COLUMNS, records)


def _record(row: Ready, fixed: tuple[Any, ...], lapses_us: int | None, now_us: int) -> tuple[Any, ...]:
    key, person, facts, occasion, begins, lapses, state, subject = row
    if lapses is None and lapses_us is not None:
        lapses = begins + lapses_us
    ended, reason = (None, None) if state is OutboxState.WAITING else (now_us, "held_out")
    return (*fixed, key, person, facts, occasion, begins, lapses, state.value, subject, ended, reason, 0)


async def cancel(uow: UnitOfWork, occasion: str) -> int:
    """End what waits because of `occasion` and nobody holds; how many."""
    found = await uow.connection.execute(
        update(OUTBOX)
        .where(WAITING, OUTBOX.c.occasion == occasion, OUTBOX.c.holder.is_(None))
        .values(state=OutboxState.CANCELLED, ended_at=uow.now, reason="cancelled")
    )
    return found.rowcount


async def tapped(uow: UnitOfWork, message: int, person: PersonId) -> bool:
    """Note when a message of hers that went out was tapped first; whether there is one."""
    found = await uow.connection.execute(
        update(OUTBOX)
        .where(OUTBOX.c.id == message, OUTBOX.c.person_id == person, OUTBOX.c.state == OutboxState.SENT)
        .values(tapped_at=func.coalesce(OUTBOX.c.tapped_at, microseconds(uow.now)))
    )
    return found.rowcount == 1


async def history(uow: UnitOfWork, person: PersonId, after: int | None, limit: int) -> list[MessageCard]:
    """Messages to a person with numbers below `after`, newest first."""
    below = () if after is None else (OUTBOX.c.id < after,)
    found = await uow.connection.execute(
        select(*(OUTBOX.c[name] for name in CARD_COLUMNS))
        .where(OUTBOX.c.person_id == person, *below)
        .order_by(OUTBOX.c.id.desc())
        .limit(limit)
    )
    return [_card(row) for row in found.mappings()]


def _card(row: RowMapping) -> MessageCard:
    kind = KINDS.get(row["kind"])
    return MessageCard(**row, topic=kind.topic if kind else None)


async def lapse(uow: UnitOfWork, now: datetime) -> None:
    """End messages whose time has passed and that nobody is just delivering."""
    free = or_(OUTBOX.c.lease_until.is_(None), OUTBOX.c.lease_until < now)
    await uow.connection.execute(
        update(OUTBOX)
        .where(WAITING, OUTBOX.c.lapses_at <= uow.now, free)
        .values(state=OutboxState.LAPSED, ended_at=uow.now, reason="late", holder=None, lease_until=None)
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
    columns = (OUTBOX.c.id, OUTBOX.c.kind, OUTBOX.c.facts, OUTBOX.c.lapses_at)
    reachable = case((SILENT.c.chat_id.is_(None), chat)).label("chat_id")
    found = await uow.connection.execute(
        select(*columns, OUTBOX.c.attempts.label("attempt"), reachable)
        .select_from(OUTBOX.outerjoin(SILENT, SILENT.c.chat_id == chat))
        .where(OUTBOX.c.id.in_(ids))
        .order_by(OUTBOX.c.priority, OUTBOX.c.not_before, OUTBOX.c.id)
    )
    return [
        Outgoing(
            id=row["id"],
            parts=(Part(id=row["id"], kind=row["kind"], facts=row["facts"]),),
            chat_id=row["chat_id"],
            attempt=row["attempt"],
            lapses_at=row["lapses_at"],
        )
        for row in found.mappings()
    ]
