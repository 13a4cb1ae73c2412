"""Rows of the outbox that a worker speaks of."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update

from core.db.unit_of_work import UnitOfWork
from core.messaging.model import Channel, Json, OutboxState
from core.messaging.model.waiting import Held
from core.messaging.store.outbox import OUTBOX, WAITING

LET_GO: dict[str, Any] = {"holder": None, "lease_until": None, "sending_at": None}


async def held(uow: UnitOfWork, message: int, holder: str) -> list[Held]:
    """All parts of a message that `holder` holds, locked; empty where it does not."""
    found = await uow.connection.execute(
        select(
            *(OUTBOX.c[name] for name in ("id", "kind", "attempts", "channel")),
            OUTBOX.c.sent_chat.label("chat_id"),
            OUTBOX.c.person_id.label("person"),
        )
        .where(WAITING, OUTBOX.c.holder == holder, or_(OUTBOX.c.id == message, OUTBOX.c.digest_of == message))
        .order_by(OUTBOX.c.digest_of.is_not(None), OUTBOX.c.id)
        .with_for_update()
    )
    return [Held(**{**row, "channel": Channel(row["channel"])}) for row in found.mappings()]


async def facts_held(uow: UnitOfWork, message: int, holder: str) -> Json | None:
    """The facts of a message that `holder` holds; None where it does not."""
    mine = (WAITING, OUTBOX.c.holder == holder, OUTBOX.c.id == message)
    facts: Json | None = (await uow.connection.execute(select(OUTBOX.c.facts).where(*mine))).scalar_one_or_none()
    return facts


async def prolong(uow: UnitOfWork, messages: Collection[int], until: datetime) -> None:
    """Leave them in the hands that have them until then."""
    await uow.connection.execute(update(OUTBOX).where(OUTBOX.c.id.in_(messages)).values(lease_until=until))


async def mark(uow: UnitOfWork, messages: Collection[int], now: datetime, until: datetime) -> None:
    """From now on nobody knows whether they went out; the lease runs from here."""
    which = OUTBOX.c.id.in_(messages)
    await uow.connection.execute(update(OUTBOX).where(which).values(sending_at=now, lease_until=until))


async def end(uow: UnitOfWork, messages: Collection[int], state: OutboxState, **facts: Any) -> None:
    """Close them."""
    which = OUTBOX.c.id.in_(messages)
    await uow.connection.execute(update(OUTBOX).where(which).values(state=state, ended_at=uow.now, **facts, **LET_GO))


async def give_back(
    uow: UnitOfWork, messages: Collection[int], *, retry_at: datetime, reason: str, counts: bool
) -> None:
    """Let them wait for another try.

    Args:
        counts: False where this try is not to count.
    """
    attempts = OUTBOX.c.attempts if counts else OUTBOX.c.attempts - 1
    values = {"retry_at": retry_at, "reason": reason, "attempts": attempts, "digest_of": None, **LET_GO}
    await uow.connection.execute(update(OUTBOX).where(OUTBOX.c.id.in_(messages)).values(**values))


async def follow(uow: UnitOfWork, old: int, new: int) -> None:
    """Messages to chat `old`, waiting or gone, are messages to `new`."""
    for column in (OUTBOX.c.chat_id, OUTBOX.c.sent_chat):
        await uow.connection.execute(update(OUTBOX).where(WAITING, column == old).values({column: new}))
