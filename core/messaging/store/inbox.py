"""Updates, the chats that are worked on, and the answers given."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, exists, func, or_, select, update
from sqlalchemy.engine import RowMapping

from core.db.unit_of_work import UnitOfWork
from core.messaging.model import Claimed, Incoming, SentStep, Shown
from core.messaging.store.statements import insert_into, table_of
from core.messaging.tables import InboxChatRow, InboxUpdateRow, SentRow

UPDATES = table_of(InboxUpdateRow)
CHATS = table_of(InboxChatRow)
SENT = table_of(SentRow)


async def chats_of(uow: UnitOfWork, bot: int, updates: Collection[int]) -> dict[int, int]:
    """The chat of each of the `updates` that are stored."""
    if not updates:
        return {}
    found = await uow.connection.execute(
        select(UPDATES.c.update_id, UPDATES.c.chat_id).where(UPDATES.c.bot_id == bot, UPDATES.c.update_id.in_(updates))
    )
    return {row.update_id: row.chat_id for row in found}


async def lock_chats(uow: UnitOfWork, bot: int, chats: Collection[int]) -> None:
    """Hold the rows of `chats` until the commit; always in the same order, so that two processes cannot cross."""
    if not chats:
        return
    insert = insert_into(uow, CHATS).values([{"bot_id": bot, "chat_id": chat} for chat in sorted(chats)])
    taken = insert.on_conflict_do_update(index_elements=["bot_id", "chat_id"], set_={"bot_id": bot})
    await uow.connection.execute(taken)


async def add_updates(uow: UnitOfWork, bot: int, updates: Sequence[Incoming], now: datetime) -> None:
    """Store updates. The same update again changes nothing.

    Another update under a known id replaces it: after a quiet week Telegram starts its numbers anew.
    """
    if not updates:
        return
    batch = {incoming.update_id: incoming for incoming in updates}
    rows = [{"bot_id": bot, "received_at": now, "attempts": 0, **one.model_dump()} for one in batch.values()]
    insert = insert_into(uow, UPDATES).values(rows)
    fresh = {name: insert.excluded[name] for name in ("chat_id", "body", "received_at", "attempts")}
    stored = await uow.connection.execute(
        insert.on_conflict_do_update(
            index_elements=["bot_id", "update_id"],
            set_={**fresh, "done_at": None},
            where=UPDATES.c.body != insert.excluded.body,
        ).returning(UPDATES.c.update_id)
    )
    new = list(stored.scalars())
    if new:
        await uow.connection.execute(SENT.delete().where(SENT.c.bot_id == bot, SENT.c.update_id.in_(new)))


async def add_sent(uow: UnitOfWork, bot: int, steps: Sequence[SentStep], now: datetime) -> None:
    """Remember answers; the last word on a step holds."""
    for step in steps:
        insert = insert_into(uow, SENT).values(bot_id=bot, sent_at=now, **step.model_dump())
        about = {} if step.about is None else {"about": step.about}
        await uow.connection.execute(
            insert.on_conflict_do_update(
                index_elements=["bot_id", "update_id", "step"],
                set_={"message_id": step.message_id, "shown": step.shown, "sent_at": now, **about},
            )
        )


async def end_updates(uow: UnitOfWork, bot: int, updates: Collection[int], now: datetime) -> None:
    """Mark updates as done; those that are done already keep their time."""
    if updates:
        await uow.connection.execute(
            update(UPDATES)
            .where(UPDATES.c.bot_id == bot, UPDATES.c.update_id.in_(updates), UPDATES.c.done_at.is_(None))
            .values(done_at=now)
        )


async def renew(uow: UnitOfWork, bot: int, chats: Collection[int], holder: str, until: datetime) -> set[int]:
    """Prolong `holder`'s leases of `chats`, expired ones too while nobody else has them.

    Returns:
        The chats that it still holds.
    """
    if not chats:
        return set()
    found = await uow.connection.execute(
        update(CHATS)
        .where(CHATS.c.bot_id == bot, CHATS.c.chat_id.in_(chats), CHATS.c.holder == holder)
        .values(lease_until=until)
        .returning(CHATS.c.chat_id)
    )
    return set(found.scalars())


async def release_idle(uow: UnitOfWork, bot: int, chats: Collection[int], holder: str) -> None:
    """Give back those of `chats` in which nothing waits any more. Their rows must be locked."""
    if not chats:
        return
    waiting = exists().where(UPDATES.c.bot_id == bot, UPDATES.c.chat_id == CHATS.c.chat_id, UPDATES.c.done_at.is_(None))
    await uow.connection.execute(
        update(CHATS)
        .where(CHATS.c.bot_id == bot, CHATS.c.chat_id.in_(chats), CHATS.c.holder == holder, ~waiting)
        .values(holder=None, lease_until=None)
    )


async def take_chats(
    uow: UnitOfWork, bot: int, *, holder: str, now: datetime, until: datetime, holding: Collection[int], count_max: int
) -> list[int]:
    """Lease chats with work in them that nobody else holds, those that wait longest first."""
    oldest = (
        select(func.min(UPDATES.c.update_id))
        .where(
            UPDATES.c.bot_id == bot,
            UPDATES.c.chat_id == CHATS.c.chat_id,
            UPDATES.c.done_at.is_(None),
            UPDATES.c.update_id.not_in(holding),
        )
        .scalar_subquery()
    )
    mine_or_free = or_(CHATS.c.holder.is_(None), CHATS.c.holder == holder, CHATS.c.lease_until < now)
    found = await uow.connection.execute(
        select(CHATS.c.chat_id)
        .where(CHATS.c.bot_id == bot, mine_or_free, oldest.is_not(None))
        .order_by(oldest)
        .limit(count_max)
        .with_for_update(skip_locked=True)
    )
    chats = list(found.scalars())
    if chats:
        await uow.connection.execute(
            update(CHATS)
            .where(CHATS.c.bot_id == bot, CHATS.c.chat_id.in_(chats))
            .values(holder=holder, lease_until=until)
        )
    return chats


async def hand_out(uow: UnitOfWork, bot: int, chats: Collection[int], holding: Collection[int]) -> list[Claimed]:
    """The waiting updates of `chats` in order, with one attempt more on the count."""
    if not chats:
        return []
    found = await uow.connection.execute(
        update(UPDATES)
        .where(
            UPDATES.c.bot_id == bot,
            UPDATES.c.chat_id.in_(chats),
            UPDATES.c.done_at.is_(None),
            UPDATES.c.update_id.not_in(holding),
        )
        .values(attempts=UPDATES.c.attempts + 1)
        .returning(UPDATES.c.update_id, UPDATES.c.chat_id, UPDATES.c.body, UPDATES.c.attempts, UPDATES.c.received_at)
    )
    rows = sorted(found.mappings().all(), key=lambda row: int(row["update_id"]))
    repeated = [row["update_id"] for row in rows if row["attempts"] > 1]
    answers = await _answers(uow, bot, repeated)
    return [_claimed(row, answers.get(row["update_id"], ())) for row in rows]


async def shown(uow: UnitOfWork, bot: int, chat: int, message: int) -> Shown:
    """The fingerprint recorded last for a message that the bot answered with, and what it was last said to be about."""
    newest = (
        select(SENT.c.shown, SENT.c.about)
        .where(SENT.c.bot_id == bot, SENT.c.chat_id == chat, SENT.c.message_id == message)
        .order_by(SENT.c.sent_at.desc(), SENT.c.update_id.desc())
        .limit(1)
    )
    last = (await uow.connection.execute(newest)).one_or_none()
    if last is None or last.about is not None:
        return Shown(shown=last and last.shown, about=last and last.about)
    told = (await uow.connection.execute(newest.where(SENT.c.about.is_not(None)))).one_or_none()
    return Shown(shown=last.shown, about=told and told.about)


async def forget_before(uow: UnitOfWork, moment: datetime, about_before: datetime) -> int:
    """Delete updates that were done, and answers that were given, before `moment`.

    Args:
        about_before: for answers that are about something, to which somebody may still reply.

    Returns:
        How many updates went.
    """
    old = and_(SENT.c.sent_at < moment, SENT.c.about.is_(None))
    await uow.connection.execute(SENT.delete().where(or_(old, SENT.c.sent_at < about_before)))
    gone = await uow.connection.execute(UPDATES.delete().where(UPDATES.c.done_at < moment))
    return gone.rowcount


async def _answers(uow: UnitOfWork, bot: int, updates: Sequence[int]) -> dict[int, tuple[SentStep, ...]]:
    if not updates:
        return {}
    columns = (SENT.c.update_id, SENT.c.step, SENT.c.chat_id, SENT.c.message_id, SENT.c.shown)
    found = await uow.connection.execute(
        select(*columns).where(SENT.c.bot_id == bot, SENT.c.update_id.in_(updates)).order_by(SENT.c.sent_at)
    )
    answers: dict[int, tuple[SentStep, ...]] = {}
    for row in found.mappings():
        answers[row["update_id"]] = (*answers.get(row["update_id"], ()), SentStep(**row))
    return answers


def _claimed(row: RowMapping, answers: tuple[SentStep, ...]) -> Claimed:
    return Claimed(
        update_id=row["update_id"],
        chat_id=row["chat_id"],
        body=row["body"],
        attempt=row["attempts"],
        received_at=row["received_at"],
        sent=answers,
    )
