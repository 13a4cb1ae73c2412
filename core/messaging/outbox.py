"""What the company has to say: put by any service in its own transaction, delivered by the worker."""

from datetime import datetime, timedelta

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging.model import (
    Delivered,
    Json,
    MessageUnknown,
    NotDelivered,
    OutboxState,
    OutgoingBatch,
    OutgoingClaim,
    Priority,
)
from core.messaging.store import outbox as store

LEASE = timedelta(seconds=60)
"""Longer than a delivery takes; a message in the hands of a killed worker waits this long."""
KEPT = timedelta(days=400)
"""How long a message that ended is known by its key: longer than anything repeats the cause of one, a year included."""
ORDER = {Priority.URGENT: 0, Priority.NORMAL: 5, Priority.BULK: 9}


async def put(
    uow: UnitOfWork,
    key: str,
    kind: str,
    person: PersonId | None,
    facts: Json,
    *,
    not_before: datetime | None = None,
    lapses_at: datetime | None = None,
    priority: Priority = Priority.NORMAL,
    chat_id: int | None = None,
) -> bool:
    """Say something to a person, once: a known `key` changes nothing. Its text is made when it is sent.

    Args:
        key: made of kind, person and occasion, so that repeating the cause does not repeat the message.
        kind: a file in `notifications/kinds`.
        person: to whichever chat she has when it is sent; None where `chat_id` says it.
        facts: what the text needs, as JSON; no sentences.
        not_before: company time; None is at once.
        lapses_at: company time from which nobody wants to hear it any more; None is never.
        chat_id: to this chat whoever has it, for a word to a chat that was just unlinked.

    Returns:
        True when the message is new.
    """
    assert person is not None or chat_id is not None, "a message needs somebody to go to"
    row = {
        "key": key,
        "kind": kind,
        "person_id": person,
        "chat_id": chat_id,
        "facts": facts,
        "priority": ORDER[priority],
        "not_before": not_before or uow.now,
        "lapses_at": lapses_at,
    }
    return await store.add(uow, row)


async def claim(uow: UnitOfWork, wish: OutgoingClaim, now: datetime) -> OutgoingBatch:
    """Hand messages that are due to one worker; `now` is real time."""
    await store.lapse(uow, now)
    messages = await store.take(uow, holder=wish.holder, now=now, until=now + LEASE, count_max=wish.count_max)
    return OutgoingBatch(messages=tuple(messages))


async def delivered(uow: UnitOfWork, message: int, report: Delivered) -> None:
    """Close a message that went out.

    Raises:
        MessageUnknown: the worker took longer than its lease and another has the message, or it is closed.
    """
    _held(await store.end(uow, message, report.holder, OutboxState.SENT, message_id=report.message_id), message)


async def not_delivered(uow: UnitOfWork, message: int, report: NotDelivered, now: datetime) -> None:
    """Try later, or, where that is no use, close the message; a chat that is gone gets no more.

    Raises:
        MessageUnknown: as for `delivered`.
    """
    if not report.permanent:
        retry_at = now + timedelta(seconds=report.retry_in_s)
        _held(await store.postpone(uow, message, report.holder, retry_at=retry_at, reason=report.reason), message)
        return
    chat = await store.chat_of(uow, message)
    _held(await store.end(uow, message, report.holder, OutboxState.FAILED, reason=report.reason), message)
    if chat is not None and report.chat_gone:
        await store.silence(uow, chat, report.reason)


async def tidy(uow: UnitOfWork) -> int:
    """Forget messages that ended long ago.

    Returns:
        How many were forgotten.
    """
    return await store.forget_before(uow, uow.now - KEPT)


def _held(message: int | None, asked: int) -> None:
    if message is None:
        raise MessageUnknown(message=asked)
