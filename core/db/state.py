"""Facts about the whole company that every process must agree on."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from core.db.database import Database
from core.db.tables import CompanyStateRow
from core.db.unit_of_work import UnitOfWork
from core.kernel.clock import Clock

CLOCK = "clock"
STATE = CompanyStateRow.__table__  # type: ignore[attr-defined]  # SQLModel sets it, its annotations do not tell


async def fact(uow: UnitOfWork, key: str) -> dict[str, Any] | None:
    """What is recorded under `key`, or None."""
    found = await uow.connection.execute(select(STATE.c.value).where(STATE.c.key == key))
    value: dict[str, Any] | None = found.scalar_one_or_none()
    return value


async def fix(uow: UnitOfWork, key: str, value: dict[str, Any]) -> dict[str, Any]:
    """Record `value` unless something is recorded already; of two processes at once the first wins.

    Returns:
        What is recorded now.
    """
    insert = insert_sqlite if uow.dialect == "sqlite" else insert_postgresql
    await uow.connection.execute(insert(STATE).values(key=key, value=value).on_conflict_do_nothing())
    recorded = await fact(uow, key)
    assert recorded is not None, "a fact that was just fixed is there"
    return recorded


async def put(uow: UnitOfWork, key: str, value: dict[str, Any]) -> None:
    """Record `value`, whatever was recorded before."""
    insert = insert_sqlite if uow.dialect == "sqlite" else insert_postgresql
    statement = insert(STATE).values(key=key, value=value)
    await uow.connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


async def fix_clock(database: Database, start: datetime | None) -> Clock:
    """Set the database's clock, whose offset the first process with a `CLOCK_START` fixes for all and for good.

    A later process, with or without a `CLOCK_START`, takes the offset that is fixed, so restarts do not turn time back.
    """
    async with database.begin() as uow:
        if start is None:
            recorded = await fact(uow, CLOCK)
        else:
            offset = start - Clock().now()
            recorded = await fix(uow, CLOCK, {"offset_us": offset // timedelta(microseconds=1)})
            await uow.commit()
    database.clock = Clock(timedelta(microseconds=recorded["offset_us"]) if recorded else timedelta(0))
    return database.clock
