"""Rows of the outbox by their keys, and those that did not arrive."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, select, update

from core.db.unit_of_work import UnitOfWork
from core.messaging.model import OutboxState
from core.messaging.store.outbox import OUTBOX
from core.messaging.tables import NOT_ARRIVED

KEYS_AT_ONCE = 500


async def by_keys(uow: UnitOfWork, keys: Collection[str]) -> list[Row[Any]]:
    """Key, state, reason, end, chat and message of those of the messages that there are."""
    columns = [OUTBOX.c[name] for name in ("key", "state", "reason", "ended_at", "sent_chat", "message_id")]
    asked, found = sorted(keys), list[Row[Any]]()
    for start in range(0, len(asked), KEYS_AT_ONCE):
        some = OUTBOX.c.key.in_(asked[start : start + KEYS_AT_ONCE])
        found += (await uow.connection.execute(select(*columns).where(some))).all()
    return found


async def said_last(uow: UnitOfWork, kind: str, chat: int, subject: str) -> dict[str, Any] | None:
    """Facts of the newest message of a kind about a subject to a chat by name that went out or will."""
    hers = (OUTBOX.c.person_id.is_(None), OUTBOX.c.chat_id == chat, OUTBOX.c.subject == subject, OUTBOX.c.kind == kind)
    alive = OUTBOX.c.state.in_((OutboxState.WAITING, OutboxState.SENT))
    found = await uow.connection.execute(
        select(OUTBOX.c.facts).where(*hers, alive).order_by(OUTBOX.c.id.desc()).limit(1)
    )
    facts: dict[str, Any] | None = found.scalar_one_or_none()
    return facts


async def not_arrived(uow: UnitOfWork, limit: int) -> list[Row[Any]]:
    """Messages that did not arrive, of which nobody was told; locked, but for those that somebody tells of just now."""
    columns = ("id", "key", "kind", "subject", "person_id", "state", "reason", "ended_at")
    asked = select(*(OUTBOX.c[name] for name in columns)).where(NOT_ARRIVED).order_by(OUTBOX.c.id).limit(limit)
    return list((await uow.connection.execute(asked.with_for_update(skip_locked=True))).all())


async def is_any_not_arrived(uow: UnitOfWork) -> bool:
    """Whether a message did not arrive of which nobody was told; one read of its index."""
    asked = select(OUTBOX.c.id).where(NOT_ARRIVED).limit(1)
    return (await uow.connection.execute(asked)).first() is not None


async def told_of(uow: UnitOfWork, messages: Collection[int]) -> None:
    """Leave these out from now on."""
    if messages:
        await uow.connection.execute(update(OUTBOX).where(OUTBOX.c.id.in_(messages)).values(followed=False))
