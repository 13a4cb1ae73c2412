"""Messages to people, and the chats that no longer take any."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, and_, func, or_, select, update

from core.db.bulk import bulk_insert_new
from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging.kinds import KINDS, Doubt, Kind
from core.messaging.model import MessageCard, OutboxState, Ready
from core.messaging.store.statements import insert_into, table_of
from core.messaging.tables import OutboxRow

OUTBOX = table_of(OutboxRow)
READY_COLUMNS = (
    *("kind", "priority", "stake", "unasked", "key", "person_id", "facts", "occasion", "not_before", "lapses_at"),
    *("state", "subject", "ended_at", "reason", "attempts"),
)
CARD_COLUMNS = [name for name in MessageCard.model_fields if name != "topic"]
LEFT = [kind.code for kind in KINDS.values() if kind.doubt is Doubt.LEAVE]
"""Kinds of which a worker says that it is about to send."""
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
    """End what waits because of `occasion`; how many.

    What a worker holds ends too where it has to ask once more before it sends, and has not yet.
    """
    asks = and_(OUTBOX.c.kind.in_(LEFT), OUTBOX.c.sending_at.is_(None), OUTBOX.c.digest_of.is_(None))
    found = await uow.connection.execute(
        update(OUTBOX)
        .where(WAITING, OUTBOX.c.occasion == occasion, or_(OUTBOX.c.holder.is_(None), asks))
        .values(state=OutboxState.CANCELLED, ended_at=uow.now, reason="cancelled", holder=None, lease_until=None)
    )
    return found.rowcount


async def subject_of(uow: UnitOfWork, chat: int, message: int) -> str | None:
    """What the newest message that went out as `message` is about; None where none did, or it is about nothing."""
    found = await uow.connection.execute(
        select(OUTBOX.c.subject)
        .where(OUTBOX.c.sent_chat == chat, OUTBOX.c.message_id == message, OUTBOX.c.subject.is_not(None))
        .where(OUTBOX.c.state == OutboxState.SENT)
        .order_by(OUTBOX.c.id.desc())
        .limit(1)
    )
    subject: str | None = found.scalar_one_or_none()
    return subject


async def tapped(uow: UnitOfWork, message: int, person: PersonId) -> bool:
    """Note when a message of hers that went out was tapped first; whether there is one."""
    found = await uow.connection.execute(
        update(OUTBOX)
        .where(OUTBOX.c.id == message, OUTBOX.c.person_id == person, OUTBOX.c.state == OutboxState.SENT)
        .values(tapped_at=func.coalesce(OUTBOX.c.tapped_at, microseconds(uow.now)))
    )
    return found.rowcount == 1


async def kinds_in(uow: UnitOfWork, message: int, person: PersonId) -> list[str]:
    """Kinds of a message of hers that went out, and of those that it carried."""
    found = await uow.connection.execute(
        select(OUTBOX.c.kind)
        .where(or_(OUTBOX.c.id == message, OUTBOX.c.digest_of == message))
        .where(OUTBOX.c.person_id == person, OUTBOX.c.state == OutboxState.SENT)
        .order_by(OUTBOX.c.digest_of.is_not(None), OUTBOX.c.id)
    )
    return [row.kind for row in found]


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


async def forget_before(uow: UnitOfWork, moment: datetime) -> int:
    """Delete messages that ended, one way or another, before `moment` (company time).

    Returns:
        How many went.
    """
    return (await uow.connection.execute(OUTBOX.delete().where(~WAITING, OUTBOX.c.ended_at < moment))).rowcount
