"""What was asked already: orders and returns, rules that give once, cycles."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, delete, select, update
from sqlmodel import SQLModel

from core.calendar.model import Cycle
from core.db.unit_of_work import UnitOfWork
from core.db.upsert import insert_new
from core.kernel.ids import PersonId
from core.points.store.among import among
from core.points.tables import PointsCycleRow, PointsOnceRow, PointsOrderRow

ORDERS_ASKED = SQLModel.metadata.tables[str(PointsOrderRow.__tablename__)]
ONCE = SQLModel.metadata.tables[str(PointsOnceRow.__tablename__)]
CYCLES = SQLModel.metadata.tables[str(PointsCycleRow.__tablename__)]

Occasion = tuple[str, PersonId, PersonId]
"""A rule that gives once, who got it, and whom it was about."""


async def claim_orders(uow: UnitOfWork, orders: Collection[int]) -> set[int]:
    """Note that these orders are asked, by their row numbers; whoever comes at the same time waits.

    Returns:
        Those that nobody had asked before.
    """
    if not orders:
        return set()
    rows = [{"order_ref": order, "returned_minor": 0} for order in sorted(orders)]
    new = await uow.connection.execute(insert_new(uow, ORDERS_ASKED).returning(ORDERS_ASKED.c.order_ref), rows)
    return set(new.scalars())


async def returned_of(uow: UnitOfWork, sales: Collection[int]) -> dict[int, int]:
    """The value of all that was returned of each sale so far, held until the transaction ends.

    Returns:
        Sales that nobody asked yet are left out.
    """
    columns = (ORDERS_ASKED.c.order_ref, ORDERS_ASKED.c.returned_minor)
    known = select(*columns).where(among(uow, ORDERS_ASKED.c.order_ref, sales))
    rows = await uow.connection.execute(known.order_by(ORDERS_ASKED.c.order_ref).with_for_update())
    return {int(number): int(minor) for number, minor in rows}


async def set_returned(uow: UnitOfWork, sums: Mapping[int, int]) -> None:
    """Keep what was returned of each sale so far, the sum that `returned_of` gave and what has come since."""
    rows = [{"sale": sale, "minor": minor} for sale, minor in sums.items()]
    if rows:
        changed = update(ORDERS_ASKED).where(ORDERS_ASKED.c.order_ref == bindparam("sale"))
        await uow.connection.execute(changed.values(returned_minor=bindparam("minor")), rows)


async def claim_once(uow: UnitOfWork, occasion: Occasion) -> bool:
    """Whether a rule that gives once has not given on this occasion; from now on it has."""
    rule, person, about = occasion
    row = {"rule": rule, "person_id": person, "about_id": about}
    return bool((await uow.connection.execute(insert_new(uow, ONCE).values(**row))).rowcount == 1)


async def forget_once(uow: UnitOfWork, occasions: Collection[Occasion]) -> None:
    """Let rules that gave once give again, where all that they gave was taken back as if it had never been."""
    for rule, person, about in occasions:
        given = (ONCE.c.rule == rule) & (ONCE.c.person_id == person) & (ONCE.c.about_id == about)
        await uow.connection.execute(delete(ONCE).where(given))


async def cycle_done_to(uow: UnitOfWork, cycle: Cycle) -> int | None:
    """Up to which person a closed cycle's rules were asked, held until the transaction ends; None when all were."""
    row = {"calendar": cycle.calendar, "cycle": cycle.code, "done_to": 0}
    await uow.connection.execute(insert_new(uow, CYCLES).values(**row))
    asked = select(CYCLES.c.done_to, CYCLES.c.done_at).where(*_of(cycle)).with_for_update()
    done_to, done_at = (await uow.connection.execute(asked)).one()
    return None if done_at is not None else int(done_to)


async def record_cycle(uow: UnitOfWork, cycle: Cycle, done_to: int, done_at: datetime | None) -> None:
    """Remember up to which person a cycle's rules were asked, and with `done_at` that this was all."""
    await uow.connection.execute(update(CYCLES).where(*_of(cycle)).values(done_to=done_to, done_at=done_at))


async def cycles_done(uow: UnitOfWork, calendar: str) -> set[str]:
    """Codes of the cycles whose rules were asked of everybody."""
    done = select(CYCLES.c.cycle).where(CYCLES.c.calendar == calendar, CYCLES.c.done_at.is_not(None))
    return set((await uow.connection.execute(done)).scalars())


def _of(cycle: Cycle) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return CYCLES.c.calendar == cycle.calendar, CYCLES.c.cycle == cycle.code
