"""Rows of the outbox on their way into a worker's hands."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, and_, bindparam, exists, func, or_, select, text, update

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging.kinds import ORDER
from core.messaging.model import OutboxState
from core.messaging.model.waiting import Ended, LastSaid, Postponed, Said, Taken, Waiting
from core.messaging.store.outbox import OUTBOX, WAITING

CLAIM_LOCK = 7_215_003
"""PostgreSQL's advisory lock: one claim at a time, so that two never judge the same person's messages."""
COLUMNS = [
    *(OUTBOX.c[name] for name in ("id", "kind", "chat_id", "facts", "subject", "occasion")),
    *(OUTBOX.c[name] for name in ("priority", "not_before", "lapses_at", "attempts")),
    OUTBOX.c.person_id.label("person"),
]
FREE = OUTBOX.c.holder.is_(None)


async def lock(uow: UnitOfWork) -> None:
    """Hold back other claims until the transaction ends; SQLite's write transaction does so by itself."""
    if uow.dialect == "postgresql":
        await uow.connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CLAIM_LOCK})


async def run_out(uow: UnitOfWork, now: datetime) -> list[Ended]:
    """Take back what workers held too long; what one of them had begun to send, and is not sent twice, ends."""
    late = (WAITING, OUTBOX.c.holder.is_not(None), OUTBOX.c.lease_until < now)
    given_up: dict[str, Any] = {"holder": None, "lease_until": None}
    found = await uow.connection.execute(
        update(OUTBOX)
        .where(*late, OUTBOX.c.sending_at.is_not(None))
        .values(state=OutboxState.UNSURE, reason="worker_lost", ended_at=uow.now, **given_up)
        .returning(OUTBOX.c.id, OUTBOX.c.kind)
    )
    ended = [Ended(row.id, row.kind, OutboxState.UNSURE, "worker_lost") for row in found]
    await uow.connection.execute(update(OUTBOX).where(*late).values(digest_of=None, **given_up))
    return ended


async def due(
    uow: UnitOfWork, priority: int, now: datetime, seen: tuple[Collection[PersonId], Collection[int]], limit: int
) -> list[tuple[int, PersonId | None, int | None]]:
    """Messages of one priority whose time has come, longest waiting first, but for people and chats in `seen`.

    Returns:
        Number of each, and person or chat by name.
    """
    people, chats = seen
    found = await uow.connection.execute(
        select(OUTBOX.c.id, OUTBOX.c.person_id, OUTBOX.c.chat_id)
        .where(
            WAITING,
            OUTBOX.c.priority == priority,
            OUTBOX.c.not_before <= uow.now,
            FREE,
            or_(OUTBOX.c.retry_at.is_(None), OUTBOX.c.retry_at <= now),
            or_(
                and_(OUTBOX.c.person_id.is_(None), OUTBOX.c.chat_id.not_in(chats)),
                OUTBOX.c.person_id.not_in(people),
            ),
        )
        .order_by(OUTBOX.c.not_before, OUTBOX.c.id)
        .limit(limit)
    )
    return [(row.id, row.person_id, row.chat_id) for row in found]


async def oldest(uow: UnitOfWork) -> datetime | None:
    """Since when the longest waiting message waits whose time has come; None where nothing waits."""
    firsts = [
        select(func.min(OUTBOX.c.not_before)).where(WAITING, OUTBOX.c.priority == one).scalar_subquery()
        for one in ORDER.values()
    ]
    found = (await uow.connection.execute(select(*firsts))).one()
    return min((moment for moment in found if moment is not None and moment <= uow.now), default=None)


async def is_anything_due(uow: UnitOfWork, now: datetime) -> bool:
    """Whether a message's time has come, or a worker has held one too long."""
    ready = or_(OUTBOX.c.retry_at.is_(None), OUTBOX.c.retry_at <= now)
    free = or_(FREE, OUTBOX.c.lease_until < now)
    come = [
        exists().where(WAITING, OUTBOX.c.priority == one, OUTBOX.c.not_before <= uow.now, ready, free)
        for one in ORDER.values()
    ]
    return bool((await uow.connection.execute(select(or_(*come)))).scalar_one())


async def busy(uow: UnitOfWork, people: Collection[PersonId]) -> set[PersonId]:
    """Those of `people` who have a message in a worker's hands."""
    found = await uow.connection.execute(
        select(OUTBOX.c.person_id).where(WAITING, OUTBOX.c.holder.is_not(None), OUTBOX.c.person_id.in_(people))
    )
    return set(found.scalars())


async def of_people(uow: UnitOfWork, people: Collection[PersonId], now: datetime) -> list[Waiting]:
    """All messages to `people` whose time has come, locked; what somebody is just changing is left out."""
    mine = (OUTBOX.c.person_id.in_(people), OUTBOX.c.ended_at.is_(None))
    return await _waiting(uow, mine, now)


async def by_number(uow: UnitOfWork, messages: Collection[int], now: datetime) -> list[Waiting]:
    """Messages by their numbers, as `of_people`."""
    return await _waiting(uow, (OUTBOX.c.id.in_(messages),), now) if messages else []


async def _waiting(uow: UnitOfWork, which: tuple[Any, ...], now: datetime) -> list[Waiting]:
    ready = or_(OUTBOX.c.retry_at.is_(None), OUTBOX.c.retry_at <= now)
    found = await uow.connection.execute(
        select(*COLUMNS)
        .where(WAITING, FREE, OUTBOX.c.not_before <= uow.now, ready, *which)
        .order_by(OUTBOX.c.id)
        .with_for_update(skip_locked=True)
    )
    return [_one(row) for row in found.mappings()]


async def said(uow: UnitOfWork, people: Collection[PersonId], since: datetime) -> list[Said]:
    """What `people` heard since a moment, what they may have heard included."""
    columns = (OUTBOX.c.person_id, OUTBOX.c.kind, OUTBOX.c.ended_at, OUTBOX.c.digest_of)
    found = await uow.connection.execute(
        select(*columns).where(
            OUTBOX.c.person_id.in_(people),
            OUTBOX.c.ended_at > since,
            OUTBOX.c.state.in_((OutboxState.SENT, OutboxState.UNSURE)),
        )
    )
    return [Said(row.person_id, row.kind, row.ended_at, row.digest_of is None) for row in found]


async def last_about(uow: UnitOfWork, one: Waiting) -> LastSaid | None:
    """The newest message as `one`, by kind, subject and person or chat, that went out; None where none did."""
    to_chat = and_(OUTBOX.c.person_id.is_(None), OUTBOX.c.chat_id == one.chat_id)
    found = await uow.connection.execute(
        select(OUTBOX.c.id, OUTBOX.c.sent_chat, OUTBOX.c.message_id)
        .where(OUTBOX.c.person_id == one.person if one.person is not None else to_chat)
        .where(OUTBOX.c.subject == one.subject, OUTBOX.c.kind == one.kind, OUTBOX.c.state == OutboxState.SENT)
        .order_by(OUTBOX.c.id.desc())
        .limit(1)
    )
    row = found.one_or_none()
    return None if row is None else LastSaid(row.id, row.sent_chat, row.message_id)


async def waits_before(uow: UnitOfWork, one: Waiting) -> bool:
    """Whether a message to the same person for the same occasion that was put before `one` waits."""
    same = (OUTBOX.c.occasion == one.occasion, OUTBOX.c.person_id == one.person, OUTBOX.c.id < one.id)
    return bool((await uow.connection.execute(select(exists().where(WAITING, *same)))).scalar_one())


async def end(uow: UnitOfWork, ended: Sequence[Ended]) -> None:
    """Close messages that do not go out."""
    if ended:
        which = update(OUTBOX).where(OUTBOX.c.id == bindparam("number"), WAITING)
        into = {"state": bindparam("into"), "reason": bindparam("why"), "ended_at": uow.now}
        values: dict[str, Any] = {**into, "holder": None, "lease_until": None}
        rows = [{"number": one.id, "into": one.state, "why": one.reason} for one in ended]
        await uow.connection.execute(which.values(**values), rows)


async def postpone(uow: UnitOfWork, postponed: Sequence[Postponed]) -> None:
    """Let messages wait on."""
    if postponed:
        which = update(OUTBOX).where(OUTBOX.c.id == bindparam("number"), WAITING)
        changed: dict[str, Any] = {"not_before": bindparam("until"), "reason": bindparam("why")}
        rows = [{"number": one.id, "until": one.until, "why": one.reason} for one in postponed]
        await uow.connection.execute(which.values(**changed), rows)


async def take(uow: UnitOfWork, messages: Collection[int], holder: str, until: datetime) -> None:
    """Put messages into a worker's hands."""
    await uow.connection.execute(
        update(OUTBOX)
        .where(OUTBOX.c.id.in_(messages), WAITING)
        .values(
            holder=holder,
            lease_until=until,
            attempts=OUTBOX.c.attempts + 1,
            sending_at=None,
            retry_at=None,
            reason=None,
            digest_of=None,
        )
    )


async def still_held(uow: UnitOfWork, messages: Collection[int], holder: str) -> set[int]:
    """Those of the messages that `holder` still has, locked."""
    found = await uow.connection.execute(
        select(OUTBOX.c.id)
        .where(OUTBOX.c.id.in_(messages), WAITING, OUTBOX.c.holder == holder)
        .order_by(OUTBOX.c.id)
        .with_for_update()
    )
    return set(found.scalars())


async def address(uow: UnitOfWork, taken: Sequence[Taken], holder: str) -> None:
    """Note how messages in a worker's hands go out: with which facts, in which message, to which chat."""
    if not taken:
        return
    which = update(OUTBOX).where(OUTBOX.c.id == bindparam("number"), WAITING, OUTBOX.c.holder == holder)
    values: dict[str, Any] = {
        "digest_of": bindparam("head"),
        "facts": bindparam("now_facts"),
        "channel": bindparam("by"),
        "sent_chat": bindparam("chat"),
    }
    await uow.connection.execute(which.values(**values), [_values(one) for one in taken])


def _values(one: Taken) -> dict[str, Any]:
    head = None if one.head == one.id else one.head
    return {"number": one.id, "head": head, "now_facts": one.facts, "by": one.channel, "chat": one.chat_id}


def _one(row: RowMapping) -> Waiting:
    return Waiting(**row)
