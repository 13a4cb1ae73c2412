"""The rows that keep all workers and the bot within the messenger's limits. All moments are real time."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, case, select, type_coerce, update

from core.db.types import EPOCH, MICROSECOND, microseconds
from core.db.unit_of_work import UnitOfWork
from core.messaging.store.statements import insert_into, table_of
from core.messaging.tables import ChatPaceRow, PaceRow

PACE = table_of(PaceRow)
CHATS = table_of(ChatPaceRow)
ALL = 1
"""The number of the one row."""


async def free_at(uow: UnitOfWork) -> datetime | None:
    """From when on the next message may go; None where none ever went."""
    asked = select(PACE.c.free_at).where(PACE.c.id == ALL)
    moment: datetime | None = (await uow.connection.execute(asked)).scalar_one_or_none()
    return moment


async def locked_free_at(uow: UnitOfWork) -> datetime:
    """The same with the row locked until the transaction ends; it is made where there was none, long ago free."""
    insert = insert_into(uow, PACE).values(id=ALL, free_at=EPOCH, step_us=0)
    await uow.connection.execute(insert.on_conflict_do_nothing())
    asked = select(PACE.c.free_at).where(PACE.c.id == ALL).with_for_update()
    moment: datetime = (await uow.connection.execute(asked)).scalar_one()
    return moment


async def set_free(uow: UnitOfWork, moment: datetime, between: timedelta | None = None) -> None:
    """The next message may go from `moment` on; `between` is what each of the bot's answers takes from now on."""
    step = {} if between is None else {"step_us": between // MICROSECOND}
    await uow.connection.execute(update(PACE).where(PACE.c.id == ALL).values(free_at=moment, **step))


async def push(uow: UnitOfWork, count: int, now: datetime, ahead: timedelta) -> None:
    """Make room for `count` answers that went already, by at most `ahead` from now."""
    now_us = microseconds(now)
    most = now_us + ahead // MICROSECOND
    free = type_coerce(PACE.c.free_at, BigInteger)
    pushed = case((free > now_us, free), else_=now_us) + count * PACE.c.step_us
    kept = case((free >= most, free), (pushed > most, most), else_=pushed)
    await uow.connection.execute(update(PACE).where(PACE.c.id == ALL).values(free_at=kept))


async def chats_free(uow: UnitOfWork, chats: Collection[int]) -> dict[int, datetime]:
    """From when on each of the chats may get the next message, of those that ever got one."""
    found = await uow.connection.execute(select(CHATS).where(CHATS.c.chat_id.in_(chats)))
    return {row.chat_id: row.free_at for row in found}


async def set_chats_free(uow: UnitOfWork, moments: Mapping[int, datetime]) -> None:
    """Each of the chats may get the next message from its moment on, or from a later one that it has."""
    if not moments:
        return
    insert = insert_into(uow, CHATS)
    later = case((CHATS.c.free_at > insert.excluded.free_at, CHATS.c.free_at), else_=insert.excluded.free_at)
    changed = insert.on_conflict_do_update(index_elements=["chat_id"], set_={"free_at": later})
    rows = [{"chat_id": chat, "free_at": moments[chat]} for chat in sorted(moments)]
    await uow.connection.execute(changed, rows)


async def forget_before(uow: UnitOfWork, moment: datetime) -> int:
    """Delete what keeps no chat waiting any more; how many rows went."""
    return (await uow.connection.execute(CHATS.delete().where(CHATS.c.free_at < moment))).rowcount
