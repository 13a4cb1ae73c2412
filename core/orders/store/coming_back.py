"""Returns that were written in bulk, with the sales that they name."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, bindparam, delete, exists, insert, select, update
from sqlmodel import SQLModel

from core.db.unit_of_work import UnitOfWork
from core.orders.model import OrderHead, OrderKind, OrderState
from core.orders.rules import GOES_BACK_IN_PART
from core.orders.store import LINES, ORDERS, PAYMENTS, Row, head
from core.orders.tables import ReturnDueRow

DUE = SQLModel.metadata.tables[str(ReturnDueRow.__tablename__)]
SALE, BACK = ORDERS.alias("sale"), ORDERS.alias("back")
OF_SALE = and_(
    SALE.c.order_id == BACK.c.returns_order_id,
    SALE.c.person_id == BACK.c.person_id,
    SALE.c.kind == OrderKind.SALE.value,
    BACK.c.kind == OrderKind.RETURN.value,
)
"""A return names the sale, and is of the same person."""
FIGURES = ("amount_minor", "cv", "qv", "points", "margin_minor", "discount_minor", "points_paid")
AT_ONCE = 5_000
"""Both databases take a limited number of parameters in one statement."""


async def sales_of(uow: UnitOfWork, order_ids: Collection[str]) -> list[tuple[int, int]]:
    """Row numbers of those of the orders that return a sale, each with its sale's."""
    found: list[tuple[int, int]] = []
    for some in _batches(sorted(order_ids)):
        asked = select(BACK.c.id, SALE.c.id).join(SALE, OF_SALE).where(BACK.c.order_id.in_(some))
        found += [(int(back), int(sale)) for back, sale in await uow.connection.execute(asked)]
    return found


async def hold(uow: UnitOfWork, sales: Sequence[int]) -> dict[int, str]:
    """The states of these sales, which nobody else can change until the transaction ends."""
    asked = select(ORDERS.c.id, ORDERS.c.state).where(ORDERS.c.id.in_(sales)).order_by(ORDERS.c.id).with_for_update()
    return {int(number): state for number, state in await uow.connection.execute(asked)}


async def sold_lines(uow: UnitOfWork, sales: Sequence[int]) -> list[Row]:
    """The lines of sales, sale by sale."""
    columns = (LINES.c.order_ref.label("sale"), LINES.c.sku, LINES.c.quantity, *(LINES.c[name] for name in FIGURES))
    asked = select(*columns).where(LINES.c.order_ref.in_(sales)).order_by(LINES.c.order_ref, LINES.c.position)
    return list((await uow.connection.execute(asked)).mappings())


async def returned_lines(uow: UnitOfWork, sales: Sequence[int]) -> list[Row]:
    """The lines of all returns of these sales, sale by sale, return by return."""
    names = ("id", "order_ref", "sku", "quantity", "unit_price", "amount_minor", "cv", "qv", "points", "margin_minor")
    columns = (SALE.c.id.label("sale"), BACK.c.ordered_at, BACK.c.order_id, *(LINES.c[name] for name in names))
    rows = SALE.join(BACK, OF_SALE).join(LINES, LINES.c.order_ref == BACK.c.id)
    asked = select(*columns).select_from(rows).where(SALE.c.id.in_(sales))
    found = await uow.connection.execute(asked.order_by(SALE.c.id, BACK.c.id, LINES.c.position))
    return list(found.mappings())


async def rewrite_lines(uow: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write other figures into lines; `ref` is a line's row number."""
    if rows:
        values: dict[str, Any] = {name: bindparam(name) for name in FIGURES}
        await uow.connection.execute(update(LINES).where(LINES.c.id == bindparam("ref")).values(values), list(rows))


async def rewrite_orders(uow: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write other sums into orders; `ref` is an order's row number."""
    if rows:
        values: dict[str, Any] = {name: bindparam(name) for name in FIGURES if name != "discount_minor"}
        await uow.connection.execute(update(ORDERS).where(ORDERS.c.id == bindparam("ref")).values(values), list(rows))


async def note_due(uow: UnitOfWork, sales: Sequence[int], returns: Collection[int]) -> None:
    """Note those of the returns of these sales whose sale was paid by what goes back to where it came from."""
    paid = exists().where(
        PAYMENTS.c.order_ref == SALE.c.id, PAYMENTS.c.means.in_(means.value for means in GOES_BACK_IN_PART)
    )
    asked = select(BACK.c.id).join(SALE, OF_SALE).where(SALE.c.id.in_(sales), paid).order_by(BACK.c.id)
    rows = [{"order_ref": number} for number in (await uow.connection.execute(asked)).scalars() if number in returns]
    if rows:
        await uow.connection.execute(insert(DUE), rows)


async def due(uow: UnitOfWork, after: int, limit: int) -> list[tuple[int, str]]:
    """Noted returns of paid sales, those above a row number: row number and order id."""
    asked = (
        select(DUE.c.order_ref, BACK.c.order_id)
        .join(BACK, BACK.c.id == DUE.c.order_ref)
        .join(SALE, OF_SALE)
        .where(DUE.c.order_ref > after, SALE.c.state != OrderState.OPEN.value)
        .order_by(DUE.c.order_ref)
        .limit(limit)
    )
    return [(int(number), order_id) for number, order_id in await uow.connection.execute(asked)]


async def claim(uow: UnitOfWork, order_ref: int) -> tuple[OrderHead, OrderHead] | None:
    """Forget that a return is due, and hold its sale; the sale and the return, None when it was not due any more."""
    sale_ref = select(SALE.c.id).select_from(SALE.join(BACK, OF_SALE)).where(BACK.c.id == order_ref).scalar_subquery()
    held = await uow.connection.execute(select(ORDERS).where(ORDERS.c.id == sale_ref).with_for_update())
    sale = held.mappings().one()
    gone = await uow.connection.execute(delete(DUE).where(DUE.c.order_ref == order_ref))
    if gone.rowcount != 1:
        return None
    back = await uow.connection.execute(select(ORDERS).where(ORDERS.c.id == order_ref))
    return head(sale), head(back.mappings().one())


def _batches(names: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), AT_ONCE):
        yield names[start : start + AT_ONCE]
