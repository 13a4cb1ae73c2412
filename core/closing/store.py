"""Reading and writing the rows of cycles that are being closed."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlmodel import SQLModel

from core.closing.model import Making, Telling
from core.closing.tables import ClosingRow
from core.db.unit_of_work import UnitOfWork
from core.db.upsert import insert_new
from core.kernel.ids import PersonId

CLOSINGS = SQLModel.metadata.tables[str(ClosingRow.__tablename__)]
TOLD = ("calendar", "cycle", "turn", "before", "told_to", "told_at")


async def begin(uow: UnitOfWork, making: Making) -> None:
    """Take a cycle over from whoever was closing it, or write that somebody does."""
    key = {"calendar": making.due.cycle.calendar, "cycle": making.due.cycle.code}
    values = {"turn": making.turn, "before": making.due.before, "told_at": uow.now}
    new = insert_new(uow, CLOSINGS).values(**key, **values, is_closed=False, told_to=0)
    if (await uow.connection.execute(new)).rowcount == 0:
        taken = await _changed(uow, _of(making) & CLOSINGS.c.is_closed.is_(False), values)
        assert taken, "a cycle that is closed is not begun again"


async def is_held(uow: UnitOfWork, making: Making) -> bool:
    """Whether the cycle is still closed by this maker; nobody takes it over until the transaction ends."""
    asked = select(CLOSINGS.c.turn).where(_of(making), CLOSINGS.c.is_closed.is_(False)).with_for_update()
    return await uow.connection.scalar(asked) == making.turn


async def close(uow: UnitOfWork, making: Making) -> None:
    """Write that the cycle is closed; its changes are to be announced from now on."""
    closed = await _changed(
        uow, _of(making) & (CLOSINGS.c.turn == making.turn), {"is_closed": True, "told_at": uow.now}
    )
    assert closed, "whoever closes a cycle holds it"


async def telling(uow: UnitOfWork) -> Telling | None:
    """The closed cycle that is being announced; None when all is told."""
    asked = select(*(CLOSINGS.c[name] for name in TOLD)).where(CLOSINGS.c.is_closed.is_(True))
    row = (await uow.connection.execute(asked.order_by(CLOSINGS.c.told_at))).first()
    return None if row is None else Telling(*row)


async def told(uow: UnitOfWork, found: Telling, last: PersonId) -> bool:
    """Write how far it is announced; False when somebody else has done that."""
    return await _changed(uow, _at(found), {"told_to": last, "told_at": uow.now})


async def end(uow: UnitOfWork, found: Telling) -> bool:
    """Forget a cycle that is closed and announced; False when somebody else has done that."""
    gone = await uow.connection.execute(delete(CLOSINGS).where(_at(found)))
    return gone.rowcount == 1


async def _changed(uow: UnitOfWork, condition: ColumnElement[bool], values: Mapping[str, Any]) -> bool:
    changed = await uow.connection.execute(update(CLOSINGS).where(condition).values(**values))
    return changed.rowcount == 1


def _of(making: Making) -> ColumnElement[bool]:
    cycle = making.due.cycle
    return (CLOSINGS.c.calendar == cycle.calendar) & (CLOSINGS.c.cycle == cycle.code)


def _at(found: Telling) -> ColumnElement[bool]:
    of_it = (CLOSINGS.c.calendar == found.calendar) & (CLOSINGS.c.cycle == found.cycle)
    return of_it & (CLOSINGS.c.turn == found.turn) & (CLOSINGS.c.told_to == found.told_to)
