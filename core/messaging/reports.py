"""What workers say of messages in their hands: about to go, gone, not gone, or nobody knows."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.db.unit_of_work import UnitOfWork
from core.messaging import pace, rules
from core.messaging.kinds import KINDS, Doubt
from core.messaging.model import Delivered, MessageUnknown, NotDelivered, OutboxState, Sending, Unsure
from core.messaging.model.outgoing import LEASE_S
from core.messaging.model.waiting import Held
from core.messaging.store import addresses
from core.messaging.store import reports as store

LEASE = timedelta(seconds=LEASE_S)
RETRIED = "retried"
"""What metrics call a message that waits for another try."""

Outcomes = list[tuple[str, str]]
"""Kind and outcome of each part of a message."""


async def sending(uow: UnitOfWork, message: int, report: Sending, now: datetime) -> None:
    """Note that a message is about to go, so that its lease runs anew.

    What is not to be said twice is of unknown fate from now on: it is left where nobody is heard of again.

    Raises:
        MessageUnknown: the worker took longer than its lease, the message is closed, or the chat is not hers any more,
            so that it waits for the next claim. It must not be sent.
    """
    parts = await in_hands(uow, message, report.holder)
    await _require_hers(uow, parts)
    until = now + timedelta(seconds=report.lease_s)
    left = [part.id for part in parts if doubt_of(part.kind) is Doubt.LEAVE]
    if left:
        await store.mark(uow, left, now, until)
    if len(left) < len(parts):
        await store.prolong(uow, [part.id for part in parts if part.id not in left], until)


async def file_of(uow: UnitOfWork, message: int, holder: str) -> int:
    """The number of the file that a message in the hands of `holder` carries.

    Raises:
        MessageUnknown: it is in other hands, closed, or carries none.
    """
    number = (await store.facts_held(uow, message, holder) or {}).get("file")
    if not isinstance(number, int):
        raise MessageUnknown(message=message)
    return number


async def _require_hers(uow: UnitOfWork, parts: Sequence[Held]) -> None:
    head = parts[0]
    if head.chat_id is None or head.person is None:
        return
    if (await addresses.chats_of(uow, [head.person])).get(head.person) != head.chat_id:
        raise MessageUnknown(message=head.id)


async def delivered(uow: UnitOfWork, message: int, report: Delivered) -> Outcomes:
    """Close a message that went out.

    Raises:
        MessageUnknown: the worker took longer than its lease and another has the message, or it is closed.
    """
    parts = await in_hands(uow, message, report.holder)
    return await _end(uow, parts, OutboxState.SENT, None, message_id=report.message_id)


async def unsure(uow: UnitOfWork, message: int, report: Unsure, now: datetime) -> Outcomes:
    """Nobody knows whether a message went out: its kinds say whether it goes again.

    Raises:
        MessageUnknown: as for `delivered`.
    """
    parts = await in_hands(uow, message, report.holder)
    left = [part for part in parts if doubt_of(part.kind) is Doubt.LEAVE]
    again = [part for part in parts if doubt_of(part.kind) is Doubt.REPEAT]
    outcomes = await _end(uow, left, OutboxState.UNSURE, report.reason) if left else []
    return outcomes + (await _again(uow, again, now, 0, report.reason) if again else [])


async def not_delivered(uow: UnitOfWork, message: int, report: NotDelivered, now: datetime) -> Outcomes:
    """Try later, or, where that is no use, close the message; an address that is gone gets no more.

    What cannot go to a chat any more waits on: the next claim finds another address, or says that there is none.

    Raises:
        MessageUnknown: as for `delivered`.
    """
    parts = await in_hands(uow, message, report.holder)
    head = parts[0]
    if report.pause_all_s:
        await store.give_back(
            uow, _ids(parts), retry_at=now + timedelta(seconds=report.pause_all_s), reason=report.reason, counts=False
        )
        await pace.pause(uow, report.pause_all_s, now)
        return _all(parts, RETRIED)
    if head.chat_id is not None and report.migrated_to not in (None, head.chat_id):
        await store.give_back(uow, _ids(parts), retry_at=now, reason=report.reason, counts=False)
        await follow(uow, head.chat_id, report.migrated_to)
        return _all(parts, RETRIED)
    if report.chat_gone:
        if head.chat_id is not None:
            await addresses.silence_chat(uow, head.chat_id, report.reason)
        await store.give_back(uow, _ids(parts), retry_at=now, reason=report.reason, counts=False)
        return _all(parts, RETRIED)
    if report.permanent:
        return await _end(uow, parts, OutboxState.FAILED, report.reason)
    return await _again(uow, parts, now, report.retry_in_s, report.reason)


async def in_hands(uow: UnitOfWork, message: int, holder: str) -> list[Held]:
    """The parts of a message in the hands of `holder`, the first first.

    Raises:
        MessageUnknown: it is in other hands, or closed.
    """
    parts = await store.held(uow, message, holder)
    if not parts or parts[0].id != message:
        raise MessageUnknown(message=message)
    return parts


async def follow(uow: UnitOfWork, old: int, new: int) -> None:
    """A chat goes on under another number, as a group does that grows."""
    await store.follow(uow, old, new)
    await addresses.follow(uow, old, new)


def doubt_of(kind: str) -> Doubt:
    """What becomes of such a message in doubt; of a kind that nobody knows any more it is left."""
    known = KINDS.get(kind)
    return Doubt.LEAVE if known is None else known.doubt


async def _again(uow: UnitOfWork, parts: Sequence[Held], now: datetime, least_s: float, reason: str) -> Outcomes:
    """Another try after a pause that grows, or the end where there were tries enough."""
    head = parts[0]
    if head.attempts >= rules.TRIES_MAX:
        return await _end(uow, parts, OutboxState.FAILED, reason)
    wait = timedelta(seconds=max(least_s, rules.pause_s(head.id, head.attempts)))
    await store.give_back(uow, _ids(parts), retry_at=now + wait, reason=reason, counts=True)
    return _all(parts, RETRIED)


async def _end(
    uow: UnitOfWork, parts: Sequence[Held], state: OutboxState, reason: str | None, **facts: int | None
) -> Outcomes:
    await store.end(uow, _ids(parts), state, reason=reason, **facts)
    return _all(parts, state.value)


def _ids(parts: Sequence[Held]) -> list[int]:
    return [part.id for part in parts]


def _all(parts: Sequence[Held], outcome: str) -> Outcomes:
    return [(part.kind, outcome) for part in parts]
