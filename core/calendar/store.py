"""Reading and writing the rows of closed cycles."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import SQLModel

from core.calendar.model import ClosedCycle, Cycle
from core.calendar.tables import CycleRow
from core.db.unit_of_work import UnitOfWork
from core.db.upsert import insert_new

CYCLES = SQLModel.metadata.tables[str(CycleRow.__tablename__)]
COLUMNS = [CYCLES.c[name] for name in ClosedCycle.model_fields]


async def closed_cycles(uow: UnitOfWork, calendar: str) -> list[ClosedCycle]:
    """The closed cycles of a calendar, the first one first."""
    asked = select(*COLUMNS).where(CYCLES.c.calendar == calendar).order_by(CYCLES.c.starts_at)
    found = await uow.connection.execute(asked)
    return [_closed(row) for row in found.mappings()]


async def closed_cycle(uow: UnitOfWork, calendar: str, code: str) -> ClosedCycle | None:
    """One closed cycle; None while it is not closed."""
    asked = select(*COLUMNS).where(CYCLES.c.calendar == calendar, CYCLES.c.code == code)
    found = await uow.connection.execute(asked)
    row = found.mappings().first()
    return _closed(row) if row else None


async def last_end(uow: UnitOfWork) -> ClosedCycle | None:
    """The closed cycle of any calendar that ends last."""
    found = await uow.connection.execute(select(*COLUMNS).order_by(CYCLES.c.ends_at.desc()).limit(1))
    row = found.mappings().first()
    return _closed(row) if row else None


async def close(uow: UnitOfWork, cycle: Cycle, at: datetime) -> bool:
    """Write the row of a closed cycle.

    Returns:
        False when somebody closed it already.
    """
    values = {
        "calendar": cycle.calendar,
        "code": cycle.code,
        "starts_at": cycle.period.start,
        "ends_at": cycle.period.end,
        "closed_at": at,
    }
    written = await uow.connection.execute(insert_new(uow, CYCLES).values(values))
    return written.rowcount == 1


def _closed(row: Mapping[Any, Any]) -> ClosedCycle:
    return ClosedCycle(**{name: row[name] for name in ClosedCycle.model_fields})
