"""What becomes of an order: paid, shipped, delivered, cancelled. Each step is taken once, whoever repeats it."""

from datetime import datetime

from core.db.unit_of_work import UnitOfWork
from core.orders import store
from core.orders.model import (
    Means,
    NewPart,
    Order,
    OrderCancelled,
    OrderKind,
    OrderNotPaid,
    OrderPaid,
    OrderShipped,
    OrderState,
    OrderUndone,
    OrderUnknown,
    ShippingNoted,
    VolumeChanged,
)
from core.orders.rules import due
from core.orders.service.pricing import in_company_time
from core.orders.service.showing import order
from core.orders.store import Row

UNSHIPPED = (OrderState.OPEN.value, OrderState.PAID.value)


async def pay_order(uow: UnitOfWork, order_id: str, *, paid_on: datetime | None = None) -> Order:
    """Note that an order is paid, so that it counts in the cycle of its own time; a second time changes nothing.

    What other means have left of it was paid from outside.

    Args:
        paid_on: when it was paid; now when None. Without an offset it is company time.

    Raises:
        OrderUnknown: there is no such order.
        OrderCancelled: it was cancelled.
    """
    row = await locked(uow, order_id)
    if row["state"] == OrderState.CANCELLED.value:
        raise OrderCancelled(order=order_id)
    if row["paid_at"] is None:
        await settle(uow, row, await in_company_time(uow, paid_on or uow.now))
    return await order(uow, order_id)


async def settle(uow: UnitOfWork, row: Row, paid_at: datetime) -> None:
    """Make an open order a paid one that counts; money from outside paid what other means left of it."""
    parts = [store.payment(one) for one in await store.payments(uow, row["id"])]
    rest = due(row["amount_minor"], parts)
    if parts and rest:
        await add_payments(uow, row["id"], [NewPart(means=Means.MONEY, amount=rest, value_minor=rest)])
    paid = {"paid_at": paid_at, "state": OrderState.PAID.value}
    await store.change(uow, row["id"], paid)
    await count(uow, {**row, **paid})


async def add_payments(uow: UnitOfWork, order_ref: int, parts: list[NewPart]) -> None:
    """Write what pays parts of an order, after what is written already."""
    first = len(await store.payments(uow, order_ref)) + 1
    await store.add_payments(uow, order_ref, first, parts)


async def cancel_order(uow: UnitOfWork, order_id: str) -> Order:
    """Take back an order that is not paid; a second time changes nothing.

    Raises:
        OrderUnknown: there is no such order.
        OrderPaid: it is paid and has to be returned instead.
    """
    row = await locked(uow, order_id)
    if row["paid_at"] is not None:
        raise OrderPaid(order=order_id)
    await undo(uow, row)
    return await order(uow, order_id)


async def undo(uow: UnitOfWork, row: Row) -> None:
    """Make an order one that never counted; what paid for it is the caller's to give back.

    Raises:
        OrderShipped: it is on its way and can only be returned.
        OrderPaid: it is a return, which counts at once.
    """
    if row["state"] == OrderState.CANCELLED.value:
        return
    if row["kind"] != OrderKind.SALE.value:
        raise OrderPaid(order=row["order_id"])
    if row["state"] not in UNSHIPPED:
        raise OrderShipped(order=row["order_id"])
    gone = {"state": OrderState.CANCELLED.value, "paid_at": None, "cancelled_at": uow.now}
    await store.change(uow, row["id"], gone)
    if row["paid_at"] is not None:
        await count(uow, row, counts=False)
    await uow.emit(OrderUndone(person=row["person_id"], person_id=row["person_id"], order_id=row["order_id"]))


async def ship_order(uow: UnitOfWork, order_id: str, tracking: str | None = None) -> Order:
    """Note that a paid order is on its way; again only writes the tracking number, where one is given.

    Raises:
        OrderUnknown: there is no such order.
        OrderCancelled: it was cancelled.
        OrderNotPaid: it is not paid, or a return.
    """
    row = await _sent(uow, order_id)
    if tracking is not None and tracking != row["tracking"]:
        await store.change(uow, row["id"], {"tracking": tracking})
    if row["state"] == OrderState.PAID.value:
        await store.change(uow, row["id"], {"state": OrderState.SHIPPED.value, "shipped_at": uow.now})
        await uow.emit(ShippingNoted(person=row["person_id"], person_id=row["person_id"], order_id=order_id))
    return await order(uow, order_id)


async def deliver_order(uow: UnitOfWork, order_id: str) -> Order:
    """Note that an order has arrived; a second time changes nothing.

    Raises:
        OrderUnknown: there is no such order.
        OrderCancelled: it was cancelled.
        OrderNotPaid: it is not paid, or a return.
    """
    row = await _sent(uow, order_id)
    if row["state"] != OrderState.DELIVERED.value:
        await store.change(uow, row["id"], {"state": OrderState.DELIVERED.value, "delivered_at": uow.now})
    return await order(uow, order_id)


async def locked(uow: UnitOfWork, order_id: str) -> Row:
    """The order's row, held until the transaction ends.

    Raises:
        OrderUnknown: there is no such order.
    """
    row = await store.order(uow, order_id, locked=True)
    if row is None:
        raise OrderUnknown(order=order_id)
    return row


async def count(uow: UnitOfWork, row: Row, *, counts: bool = True) -> None:
    """Announce what a paid order or a return adds to its person's figures, or no longer adds.

    Args:
        counts: False takes back what was announced.
    """
    direction = 1 if counts else -1
    changed = VolumeChanged(
        person=row["person_id"],
        person_id=row["person_id"],
        at=row["ordered_at"],
        cv=direction * row["cv"],
        qv=direction * row["qv"],
        points=direction * row["points"],
        orders=direction * int(row["kind"] == OrderKind.SALE.value),
    )
    await uow.emit(changed)


async def _sent(uow: UnitOfWork, order_id: str) -> Row:
    """The row of an order that can be sent."""
    row = await locked(uow, order_id)
    if row["state"] == OrderState.CANCELLED.value:
        raise OrderCancelled(order=order_id)
    if row["paid_at"] is None or row["kind"] != OrderKind.SALE.value:
        raise OrderNotPaid(order=order_id)
    return row
