"""Reading and writing the rows of orders and their lines."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import case, func, insert, select, tuple_, update
from sqlmodel import SQLModel

from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.db.upsert import insert_new
from core.kernel.ids import PersonId
from core.orders.model import (
    Means,
    NewPart,
    OrderCard,
    OrderHead,
    OrderKind,
    OrderPayment,
    OrderState,
    PaidPart,
    SoldLine,
)
from core.orders.rules import PAYS_MONEY, USUAL_ORDERS, Counted, Figures, Sold
from core.orders.tables import CustomerOrderRow, OrderLineRow, OrderPaymentRow

Row = Mapping[Any, Any]
"""A row by the names of its columns."""

ORDERS = SQLModel.metadata.tables[str(CustomerOrderRow.__tablename__)]
LINES = SQLModel.metadata.tables[str(OrderLineRow.__tablename__)]
PAYMENTS = SQLModel.metadata.tables[str(OrderPaymentRow.__tablename__)]
CARD_COLUMNS = [ORDERS.c[name] for name in OrderCard.model_fields]
FIGURES = ("amount_minor", "cv", "qv", "points", "margin_minor")
PEOPLE_AT_ONCE = 5_000
"""Both databases take a limited number of parameters in one statement."""

PAID_SALES = (ORDERS.c.kind == OrderKind.SALE.value, ORDERS.c.paid_at.is_not(None))


async def add(uow: UnitOfWork, values: dict[str, Any], lines: Sequence[dict[str, Any]]) -> int | None:
    """Write a new order with its lines.

    Returns:
        Its row number; None when the order id is taken, and then nothing was written.
    """
    added = await uow.connection.execute(insert_new(uow, ORDERS).values(**values).returning(ORDERS.c.id))
    row = added.first()
    if row is None:
        return None
    await uow.connection.execute(insert(LINES), [{"order_ref": row[0], **line} for line in lines])
    return int(row[0])


async def order(uow: UnitOfWork, order_id: str, *, locked: bool = False) -> Row | None:
    """The whole row; `locked` holds it until the transaction ends."""
    asked = select(ORDERS).where(ORDERS.c.order_id == order_id)
    found = await uow.connection.execute(asked.with_for_update() if locked else asked)
    return found.mappings().first()


async def lines(uow: UnitOfWork, order_ref: int) -> list[Row]:
    """The lines of an order in their order."""
    found = await uow.connection.execute(select(LINES).where(LINES.c.order_ref == order_ref).order_by(LINES.c.position))
    return list(found.mappings())


async def payments(uow: UnitOfWork, order_ref: int) -> list[Row]:
    """What paid an order, in the order in which it came."""
    asked = select(PAYMENTS).where(PAYMENTS.c.order_ref == order_ref).order_by(PAYMENTS.c.position)
    return list((await uow.connection.execute(asked)).mappings())


async def add_payments(uow: UnitOfWork, order_ref: int, first: int, parts: Sequence[NewPart]) -> None:
    """Write what pays parts of an order, from position `first` on."""
    rows = [
        {"order_ref": order_ref, "position": position, "given_back": 0, **part.model_dump(mode="json")}
        for position, part in enumerate(parts, first)
    ]
    if rows:
        await uow.connection.execute(insert(PAYMENTS), rows)


async def give_back(uow: UnitOfWork, order_ref: int, position: int, amount: int) -> None:
    """Note that so much more of a payment went back to where it came from."""
    one = (PAYMENTS.c.order_ref == order_ref) & (PAYMENTS.c.position == position)
    await uow.connection.execute(update(PAYMENTS).where(one).values(given_back=PAYMENTS.c.given_back + amount))


async def returned_pieces(uow: UnitOfWork, sale: OrderHead, up_to: OrderHead | None = None) -> dict[str, int]:
    """How many of each product of a sale came back in all of its person's returns that name it, up to one of them."""
    returns = (ORDERS.c.returns_order_id == sale.order_id) & (ORDERS.c.kind == OrderKind.RETURN.value)
    asked = (
        select(LINES.c.sku, func.sum(LINES.c.quantity))
        .join(ORDERS, ORDERS.c.id == LINES.c.order_ref)
        .where(returns, ORDERS.c.person_id == sale.person)
        .group_by(LINES.c.sku)
    )
    asked = asked if up_to is None else asked.where(ORDERS.c.id <= up_to.ref)
    return {row[0]: int(row[1]) for row in await uow.connection.execute(asked)}


async def came_back(uow: UnitOfWork, sale: OrderHead) -> dict[str, Sold]:
    """What all returns of a sale of its person's together took away, by product, below zero as theirs."""
    names = ("quantity", *FIGURES, "discount_minor", "points_paid")
    asked = (
        select(LINES.c.sku, *(func.sum(LINES.c[name]) for name in names))
        .join(ORDERS, ORDERS.c.id == LINES.c.order_ref)
        .where(ORDERS.c.returns_order_id == sale.order_id, ORDERS.c.kind == OrderKind.RETURN.value)
        .where(ORDERS.c.person_id == sale.person)
        .group_by(LINES.c.sku)
    )
    rows = await uow.connection.execute(asked)
    return {sku: sold(dict(zip(names, map(int, sums), strict=True))) for sku, *sums in rows}


async def badly_paid(uow: UnitOfWork) -> list[tuple[str, int, int]]:
    """Paid orders with payments that do not add up to what they cost: id, cost and payments, in money or in points."""
    amount = case((PAYMENTS.c.means.in_([means.value for means in PAYS_MONEY]), PAYMENTS.c.value_minor), else_=0)
    points = case((PAYMENTS.c.means == Means.POINTS.value, PAYMENTS.c.amount), else_=0)
    paid, by_points = func.sum(amount), func.sum(points)
    asked = (
        select(ORDERS.c.order_id, ORDERS.c.amount_minor, ORDERS.c.points_paid, paid, by_points)
        .join(PAYMENTS, PAYMENTS.c.order_ref == ORDERS.c.id)
        .where(ORDERS.c.paid_at.is_not(None))
        .group_by(ORDERS.c.id, ORDERS.c.order_id, ORDERS.c.amount_minor, ORDERS.c.points_paid)
        .having((paid != ORDERS.c.amount_minor) | (by_points != ORDERS.c.points_paid))
    )
    return [
        (row[0], row[1], int(row[3])) if row[1] != row[3] else (row[0], row[2], int(row[4]))
        for row in await uow.connection.execute(asked)
    ]


async def mark_from_stock(uow: UnitOfWork, order_ref: int, skus: Collection[str]) -> None:
    """Note that an order's pieces of these products were taken from a counted stock."""
    lines = (LINES.c.order_ref == order_ref) & LINES.c.sku.in_(list(skus))
    await uow.connection.execute(update(LINES).where(lines).values(from_stock=True))


async def paid_sales(uow: UnitOfWork, people: Sequence[PersonId], before: datetime | None) -> dict[PersonId, int]:
    """How many paid orders each person has; who has none is left out."""
    counted: dict[PersonId, int] = {}
    for start in range(0, len(people), PEOPLE_AT_ONCE):
        some = ORDERS.c.person_id.in_(people[start : start + PEOPLE_AT_ONCE])
        asked = select(ORDERS.c.person_id, func.count()).where(some, *PAID_SALES).group_by(ORDERS.c.person_id)
        asked = asked if before is None else asked.where(ORDERS.c.ordered_at < before)
        counted |= {PersonId(row[0]): int(row[1]) for row in await uow.connection.execute(asked)}
    return counted


async def change(uow: UnitOfWork, order_ref: int, values: dict[str, Any]) -> None:
    """Overwrite the named columns of one order."""
    await uow.connection.execute(update(ORDERS).where(ORDERS.c.id == order_ref).values(**values))


async def page(uow: UnitOfWork, person: PersonId, *, before: tuple[datetime, int] | None, limit: int) -> list[Row]:
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


def head(row: Row) -> OrderHead:
    """The order of a row, for rooms that work with it."""
    names = (
        "order_id",
        "ordered_at",
        "paid_at",
        "currency",
        "amount_minor",
        "cv",
        "qv",
        "points",
        "redeemed",
        "tracking",
    )
    return OrderHead(
        ref=row["id"],
        person=PersonId(row["person_id"]),
        kind=OrderKind(row["kind"]),
        state=OrderState(row["state"]),
        **{name: row[name] for name in names},
    )


def sold_line(row: Row) -> SoldLine:
    """A line as far as it matters when its goods come back."""
    return SoldLine(**{field.name: row[field.name] for field in fields(SoldLine)})


def part(row: Row) -> PaidPart:
    """A payment with its entry."""
    names = ("position", "amount", "given_back", "document")
    return PaidPart(means=Means(row["means"]), entry=row["entry_id"], **{name: row[name] for name in names})


def card_values(row: Row) -> dict[str, Any]:
    """The row's columns that a card shows."""
    return {name: row[name] for name in OrderCard.model_fields}


def line_values(row: Row) -> dict[str, Any]:
    """The row's columns that an order's line shows, without the product's name."""
    names = ("sku", "quantity", "amount_minor", "cv", "qv", "points_paid")
    return {"unit_price": Decimal(row["unit_price"]), **{name: row[name] for name in names}}


def sold(row: Row) -> Sold:
    """The line of a sale that somebody returns."""
    figures = Figures(**{name: row[name] for name in FIGURES})
    counted = Counted(figures, discount_minor=row["discount_minor"], points_paid=row["points_paid"])
    return Sold(quantity=row["quantity"], counted=counted)


def payment(row: Row) -> OrderPayment:
    """What paid a part of an order."""
    return OrderPayment(**{name: row[name] for name in OrderPayment.model_fields})
