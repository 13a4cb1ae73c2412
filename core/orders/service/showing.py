"""Orders as they are shown: one with its lines and payments, lists, and what somebody usually orders."""

from collections.abc import Sequence
from datetime import datetime

from core.catalog import service as catalog
from core.db.types import EPOCH, MICROSECOND, microseconds
from core.db.unit_of_work import UnitOfWork
from core.http.model import CursorInvalid, Page, read_cursor, write_cursor
from core.kernel.errors import Problem
from core.kernel.ids import PersonId
from core.orders import rules, store
from core.orders.model import PAGE_SIZE_MAX, Habit, Order, OrderCard, OrderLine, OrderState, OrderUnknown
from core.orders.store import Row


async def order(uow: UnitOfWork, order_id: str, *, person: PersonId | None = None) -> Order:
    """An order with its lines and payments.

    Args:
        person: when given, only an order of hers is shown.

    Raises:
        OrderUnknown: there is no such order, or it is somebody else's.
    """
    row = await store.order(uow, order_id)
    if row is None or (person is not None and row["person_id"] != person):
        raise OrderUnknown(order=order_id)
    return await shown(uow, row)


async def shown(uow: UnitOfWork, row: Row) -> Order:
    """The order of a row."""
    lines = [store.line_values(line) for line in await store.lines(uow, row["id"])]
    products = await catalog.known_products(uow, [line["sku"] for line in lines])
    words = {sku: product.words for sku, product in products.items()}
    payments = [store.payment(one) for one in await store.payments(uow, row["id"])]
    return Order(
        **store.card_values(row),
        lines=tuple(OrderLine(product=words.get(line["sku"], {"en": line["sku"]}), **line) for line in lines),
        payments=tuple(payments),
        due_minor=rules.due(row["amount_minor"], payments) if row["state"] == OrderState.OPEN.value else 0,
    )


async def orders_of(uow: UnitOfWork, person: PersonId, *, cursor: str | None, limit: int) -> Page[OrderCard]:
    """A person's orders, latest first, unpaid and cancelled ones included.

    Raises:
        CursorInvalid: the cursor is not one that a page gave.
    """
    before = _before(cursor) if cursor is not None else None
    size = max(1, min(limit, PAGE_SIZE_MAX))
    rows = await store.page(uow, person, before=before, limit=size + 1)
    shown = rows[:size]
    more = len(rows) > size
    return Page[OrderCard](
        items=[OrderCard(**store.card_values(row)) for row in shown],
        next=write_cursor(microseconds(shown[-1]["ordered_at"]), shown[-1]["id"]) if more else None,
    )


async def verify(uow: UnitOfWork) -> list[Problem]:
    """Whether what paid for each paid order is what it costs."""
    return [
        Problem(code="order_payments_differ", facts={"order": order_id, "cost": cost, "paid": paid})
        for order_id, cost, paid in await store.badly_paid(uow)
    ]


async def habits(uow: UnitOfWork, person_ids: Sequence[PersonId]) -> dict[PersonId, Habit]:
    """What each person usually orders, the median of her last six paid sales, and when she did so last.

    Returns:
        Who never ordered is left out.
    """
    sales = await store.last_sales(uow, person_ids)
    return {
        person: Habit(usual=rules.usual_order([qv for _, qv in last]), last=max(moment for moment, _ in last))
        for person, last in sales.items()
    }


async def paid_orders(
    uow: UnitOfWork, person_ids: Sequence[PersonId], *, before: datetime | None = None
) -> dict[PersonId, int]:
    """How many paid orders each person has, of those ordered before a moment; who has none is left out."""
    return await store.paid_sales(uow, person_ids, before)


async def usual_order(uow: UnitOfWork, person_ids: Sequence[PersonId]) -> dict[PersonId, int]:
    """The usual orders of `habits` alone, QV at scale."""
    return {person: habit.usual for person, habit in (await habits(uow, person_ids)).items()}


def _before(cursor: str) -> tuple[datetime, int]:
    moment, number = read_cursor(cursor, int, int)
    assert isinstance(moment, int) and isinstance(number, int), "read_cursor checks the types"
    try:
        return EPOCH + moment * MICROSECOND, number
    except OverflowError as error:  # no page ended in such a year
        raise CursorInvalid from error
