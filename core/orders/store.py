"""Reading and writing the rows of orders and their lines."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping, func, insert, select, tuple_, update
from sqlmodel import SQLModel

from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.db.upsert import insert_new
from core.kernel.ids import PersonId
from core.orders.model import OrderCard, OrderKind, OrderState
from core.orders.rules import USUAL_ORDERS
from core.orders.tables import CustomerOrderRow, OrderLineRow

ORDERS = SQLModel.metadata.tables[str(CustomerOrderRow.__tablename__)]
LINES = SQLModel.metadata.tables[str(OrderLineRow.__tablename__)]
CARD_COLUMNS = [ORDERS.c[name] for name in OrderCard.model_fields]
PEOPLE_AT_ONCE = 5_000
"""Both databases take a limited number of parameters in one statement."""

PAID_SALES = (ORDERS.c.kind == OrderKind.SALE.value, ORDERS.c.paid_at.is_not(None))


async def add(uow: UnitOfWork, values: dict[str, Any], lines: Sequence[dict[str, Any]]) -> bool:
    """Write a new order with its lines.

    Returns:
        False when the order id is taken; then nothing was written.
    """
    added = await uow.connection.execute(insert_new(uow, ORDERS).values(**values).returning(ORDERS.c.id))
    row = added.first()
    if row is None:
        return False
    await uow.connection.execute(insert(LINES), [{"order_ref": row[0], **line} for line in lines])
    return True


async def order(uow: UnitOfWork, order_id: str, *, locked: bool = False) -> RowMapping | None:
    """The whole row; `locked` holds it until the transaction ends."""
    asked = select(ORDERS).where(ORDERS.c.order_id == order_id)
    found = await uow.connection.execute(asked.with_for_update() if locked else asked)
    return found.mappings().first()


async def lines(uow: UnitOfWork, order_ref: int) -> list[RowMapping]:
    """The lines of an order in their order."""
    found = await uow.connection.execute(select(LINES).where(LINES.c.order_ref == order_ref).order_by(LINES.c.position))
    return list(found.mappings())


async def change(uow: UnitOfWork, order_ref: int, values: dict[str, Any]) -> None:
    """Overwrite the named columns of one order."""
    await uow.connection.execute(update(ORDERS).where(ORDERS.c.id == order_ref).values(**values))


async def page(
    uow: UnitOfWork, person: PersonId, *, before: tuple[datetime, int] | None, limit: int
) -> list[RowMapping]:
    """Orders of a person, latest first, with their numbers; those before a time and number."""
    asked = select(ORDERS.c.id, *CARD_COLUMNS).where(ORDERS.c.person_id == person)
    if before is not None:
        moment, number = before
        asked = asked.where(tuple_(ORDERS.c.ordered_at, ORDERS.c.id) < tuple_(microseconds(moment), number))
    found = await uow.connection.execute(asked.order_by(ORDERS.c.ordered_at.desc(), ORDERS.c.id.desc()).limit(limit))
    return list(found.mappings())


async def last_sales(uow: UnitOfWork, people: Sequence[PersonId]) -> dict[PersonId, list[tuple[datetime, int]]]:
    """Time and QV of each person's last paid sales, in any order; who never ordered is left out."""
    age = func.row_number().over(
        partition_by=ORDERS.c.person_id, order_by=(ORDERS.c.ordered_at.desc(), ORDERS.c.id.desc())
    )
    sales: dict[PersonId, list[tuple[datetime, int]]] = {}
    for start in range(0, len(people), PEOPLE_AT_ONCE):
        some = ORDERS.c.person_id.in_(people[start : start + PEOPLE_AT_ONCE])
        columns = (ORDERS.c.person_id, ORDERS.c.ordered_at, ORDERS.c.qv)
        ranked = select(*columns, age.label("age")).where(some, *PAID_SALES).subquery()
        found = await uow.connection.execute(
            select(ranked.c.person_id, ranked.c.ordered_at, ranked.c.qv).where(ranked.c.age <= USUAL_ORDERS)
        )
        for person, moment, qv in found:
            sales.setdefault(PersonId(person), []).append((moment, qv))
    return sales


def card_values(row: RowMapping) -> dict[str, Any]:
    """The row's columns that a card shows."""
    return {name: row[name] for name in OrderCard.model_fields}


def line_values(row: RowMapping) -> dict[str, Any]:
    """The row's columns that an order's line shows, without the product's name."""
    names = ("sku", "quantity", "amount_minor", "cv", "qv")
    return {"unit_price": Decimal(row["unit_price"]), **{name: row[name] for name in names}}


def is_counted(row: RowMapping) -> bool:
    """Whether the order's volume counts already."""
    return row["paid_at"] is not None and row["state"] != OrderState.CANCELLED.value
