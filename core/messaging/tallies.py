"""What became of all messages of one occasion, such as a campaign's, and which messages there are by their keys."""

from collections.abc import Collection, Sequence
from datetime import datetime

from core.db.unit_of_work import UnitOfWork
from core.messaging.model import OutboxState
from core.messaging.store import tallies as store


async def tally(uow: UnitOfWork, occasion: str, since: datetime) -> tuple[dict[OutboxState, int], int]:
    """How many messages stand in each state, and how many that went out were tapped.

    Args:
        since: company time before which nothing of it can have ended.
    """
    return await store.tally(uow, occasion, since)


async def waiting(uow: UnitOfWork, occasions: Collection[str]) -> set[str]:
    """Those of the occasions of which a message waits or is in a worker's hands."""
    return await store.waiting(uow, occasions)


async def known(uow: UnitOfWork, keys: Sequence[str]) -> set[str]:
    """Those of the keys that a message has, whatever became of it."""
    return await store.known(uow, keys)
