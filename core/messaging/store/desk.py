"""Small things: leases by name, what the bot keeps of a chat, files that were uploaded."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, or_, select

from core.db.unit_of_work import UnitOfWork
from core.messaging.model import StoredFile
from core.messaging.store.statements import insert_into, table_of
from core.messaging.tables import ChatStateRow, LeaseRow, StoredFileRow

LEASE = table_of(LeaseRow)
STATE = table_of(ChatStateRow)
FILE = table_of(StoredFileRow)


async def take_lease(uow: UnitOfWork, name: str, holder: str, *, now: datetime, until: datetime) -> None:
    """Make `holder` the holder, or prolong its time, unless another's time still runs."""
    insert = insert_into(uow, LEASE).values(name=name, holder=holder, lease_until=until, fence=1)
    changed = insert.on_conflict_do_update(
        index_elements=["name"],
        set_={
            "holder": holder,
            "lease_until": until,
            "fence": case((LEASE.c.holder == holder, LEASE.c.fence), else_=LEASE.c.fence + 1),
        },
        where=or_(LEASE.c.holder == holder, LEASE.c.lease_until < now),
    )
    await uow.connection.execute(changed)


async def lease(uow: UnitOfWork, name: str) -> tuple[str, int]:
    """Holder and fence of a lease that was taken at least once."""
    found = await uow.connection.execute(select(LEASE.c.holder, LEASE.c.fence).where(LEASE.c.name == name))
    row = found.one()
    return row.holder, row.fence


async def chat_state(uow: UnitOfWork, chat: int) -> dict[str, Any]:
    """What is kept of a chat; empty when nothing is."""
    found = await uow.connection.execute(select(STATE.c.state).where(STATE.c.chat_id == chat))
    return found.scalar_one_or_none() or {}


async def keep_chat_state(uow: UnitOfWork, chat: int, state: dict[str, Any]) -> None:
    """Keep `state` of a chat in place of what was kept."""
    insert = insert_into(uow, STATE).values(chat_id=chat, state=state)
    await uow.connection.execute(insert.on_conflict_do_update(index_elements=["chat_id"], set_={"state": state}))


async def file_id(uow: UnitOfWork, bot: int, key: str) -> str | None:
    """The messenger's name for the file of that key."""
    found = await uow.connection.execute(select(FILE.c.file_id).where(FILE.c.bot_id == bot, FILE.c.key == key))
    known: str | None = found.scalar_one_or_none()
    return known


async def add_files(uow: UnitOfWork, bot: int, files: Sequence[StoredFile], now: datetime) -> None:
    """Remember uploaded files."""
    for file in files:
        insert = insert_into(uow, FILE).values(bot_id=bot, key=file.key, file_id=file.file_id, stored_at=now)
        await uow.connection.execute(
            insert.on_conflict_do_update(
                index_elements=["bot_id", "key"], set_={"file_id": file.file_id, "stored_at": now}
            )
        )
