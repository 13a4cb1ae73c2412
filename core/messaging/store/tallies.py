"""Counting what became of messages of one occasion."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, func, or_, select

from core.db.unit_of_work import UnitOfWork
from core.messaging.model import OutboxState
from core.messaging.store.outbox import OUTBOX, WAITING

KEYS_AT_ONCE = 500


async def tally(uow: UnitOfWork, occasion: str, since: datetime) -> tuple[dict[OutboxState, int], int]:
    """How many messages stand in each state, and how many that went out were tapped.

    Args:
        since: nothing of it ended before.
    """
    ended = and_(~WAITING, OUTBOX.c.ended_at >= since)
    found = await uow.connection.execute(
        select(OUTBOX.c.state, func.count(), func.count(OUTBOX.c.tapped_at))
        .where(OUTBOX.c.occasion == occasion, or_(WAITING, ended))
        .group_by(OUTBOX.c.state)
    )
    rows = found.all()
    return {OutboxState(state): count for state, count, _ in rows}, sum(tapped for _, _, tapped in rows)


async def waiting(uow: UnitOfWork, occasions: Collection[str]) -> set[str]:
    """Those of the occasions of which a message waits."""
    found = set()
    for occasion in occasions:
        first = select(OUTBOX.c.id).where(WAITING, OUTBOX.c.occasion == occasion).limit(1)
        if (await uow.connection.execute(first)).first() is not None:
            found.add(occasion)
    return found


async def known(uow: UnitOfWork, keys: Sequence[str]) -> set[str]:
    """Those of the keys that a message has."""
    found: set[str] = set()
    for start in range(0, len(keys), KEYS_AT_ONCE):
        some = OUTBOX.c.key.in_(keys[start : start + KEYS_AT_ONCE])
        found.update((await uow.connection.execute(select(OUTBOX.c.key).where(some))).scalars())
    return found
