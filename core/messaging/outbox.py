"""What the company has to say: put by any service in its own transaction, delivered by the worker."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from core.db.types import MICROSECOND
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging.kinds import KINDS, ORDER, Priority
from core.messaging.model import Json, MessageCard, Ready
from core.messaging.store import outbox as store

KEPT = timedelta(days=400)
"""How long a message that ended is known by its key: longer than anything repeats the cause of one, a year included."""


async def put(
    uow: UnitOfWork,
    key: str,
    kind: str,
    person: PersonId | None,
    facts: Json,
    *,
    subject: str | None = None,
    occasion: str | None = None,
    not_before: datetime | None = None,
    lapses_at: datetime | None = None,
    chat_id: int | None = None,
    priority: Priority | None = None,
) -> bool:
    """Say something to a person, once: a known `key` changes nothing. Its text is made when it is sent.

    Args:
        key: made of kind, person and occasion, so that repeating the cause does not repeat the message.
        kind: one of `core.messaging.kinds.KINDS`, which says what is not given here.
        person: to wherever she is reached when it is sent; None where `chat_id` says it.
        facts: what the text needs, as JSON; no sentences.
        subject: what it is about, such as `order:S123`; needed by kinds that edit their last message.
        occasion: why she gets it, for whoever asks later, and for `cancel`.
        not_before: company time; None is at once.
        lapses_at: company time from which nobody wants to hear it any more; None is as the kind says.
        chat_id: to this chat whoever has it, for a word to a chat that was just unlinked.
        priority: None is the kind's.

    Returns:
        True when the message is new.
    """
    assert person is not None or chat_id is not None, "a message needs somebody to go to"
    line = KINDS[kind]
    begins = not_before or uow.now
    row = {
        "key": key,
        "kind": kind,
        "person_id": person,
        "chat_id": chat_id,
        "facts": facts,
        "subject": subject,
        "occasion": occasion,
        "priority": ORDER[priority or line.priority],
        "stake": line.stake,
        "unasked": line.unasked,
        "not_before": begins,
        "lapses_at": lapses_at or (line.lapses and begins + line.lapses),
        "followed": line.followed or None,
    }
    return await store.add(uow, row)


async def put_all(uow: UnitOfWork, kind: str, rows: Iterable[Ready]) -> int:
    """Say something of one kind to many; known keys change nothing. A few thousand in one transaction.

    Returns:
        How many were new.
    """
    line = KINDS[kind]
    lapses_us = None if line.lapses is None else line.lapses // MICROSECOND
    return await store.add_all(uow, line, ORDER[line.priority], lapses_us, rows)


async def cancel(uow: UnitOfWork, occasion: str) -> int:
    """Take back what waits because of `occasion`; what a worker is about to send just now is not taken back.

    Returns:
        How many messages were taken back.
    """
    return await store.cancel(uow, occasion)


async def tapped(uow: UnitOfWork, message: int, person: PersonId) -> bool:
    """Remember that she tapped a button under a message; True for one of her own that went out."""
    return await store.tapped(uow, message, person)


async def kinds_in(uow: UnitOfWork, message: int, person: PersonId) -> list[str]:
    """The kinds that a message of hers that went out was made of, its own first; none where it is not hers."""
    return await store.kinds_in(uow, message, person)


async def history(uow: UnitOfWork, person: PersonId, after: int | None, limit: int) -> list[MessageCard]:
    """What was to be said to a person and what became of it, newest first, below message number `after`."""
    return await store.history(uow, person, after, limit)


async def tidy(uow: UnitOfWork) -> int:
    """Forget messages that ended long ago.

    Returns:
        How many were forgotten.
    """
    return await store.forget_before(uow, uow.now - KEPT)
