"""What becomes of an order: paid, shipped, delivered, cancelled. Each step is taken once, whoever repeats it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from core.db.unit_of_work import UnitOfWork
from core.orders import store
from core.orders.model import (
    Means,
    NewPart,
    Order,
    OrderCancelled,
    OrderHead,
    OrderKind,
    OrderNotPaid,
    OrderPaid,
    OrderShipped,
    OrderState,
    OrderUndone,
    OrderUnknown,
    PaidPart,
    ShippingNoted,
    SoldLine,
    VolumeChanged,
)
from core.orders.rules import due
from core.orders.service.announcing import tell
from core.orders.service.pricing import in_company_time
from core.orders.service.showing import order

UNSHIPPED = (OrderState.OPEN, OrderState.PAID)


async def pay_order(uow: UnitOfWork, order_id: str, *, paid_on: datetime | None = None) -> Order:
    """Note that an order is paid, so that it counts in the cycle of its own time; a second time changes nothing.

    What other means have left of it was paid from outside.

    Args:
        paid_on: when it was paid; now when None. Without an offset it is company time.

    Raises:
        OrderUnknown: there is no such order.
        OrderCancelled: it was cancelled.
    """
    head = await head_of(uow, order_id, locked=True)
    if head.state is OrderState.CANCELLED:
        raise OrderCancelled(order=order_id)
    if head.paid_at is None:
        await settle(uow, head, await in_company_time(uow, paid_on or uow.now))
    return await order(uow, order_id)


async def settle(uow: UnitOfWork, head: OrderHead, paid_at: datetime) -> None:
    """Make an open order a paid one that counts; money from outside paid what other means left of it."""
    parts = [store.payment(one) for one in await store.payments(uow, head.ref)]
    rest = due(head.amount_minor, parts)
    if parts and rest:
        await add_payments(uow, head, [NewPart(means=Means.MONEY, amount=rest, value_minor=rest)])
    await store.change(uow, head.ref, {"paid_at": paid_at, "state": OrderState.PAID.value})
    await count(uow, replace(head, paid_at=paid_at))


async def add_payments(uow: UnitOfWork, head: OrderHead, parts: Sequence[NewPart]) -> None:
    """Write what pays parts of an order, after what is written already."""
    first = len(await store.payments(uow, head.ref)) + 1
    await store.add_payments(uow, head.ref, first, parts)


async def parts_of(uow: UnitOfWork, head: OrderHead) -> list[PaidPart]:
    """What paid for an order, in the order in which it came."""
    return [store.part(row) for row in await store.payments(uow, head.ref)]


async def note_given_back(uow: UnitOfWork, head: OrderHead, part: PaidPart, amount: int) -> None:
    """Note that so much more of a payment went back to where it came from."""
    await store.give_back(uow, head.ref, part.position, amount)


async def note_from_stock(uow: UnitOfWork, head: OrderHead, skus: Collection[str]) -> None:
    """Note that an order's pieces of these products were taken from a counted stock."""
    if skus:
        await store.mark_from_stock(uow, head.ref, skus)


async def undo(uow: UnitOfWork, head: OrderHead) -> None:
    """Make an order one that never counted; what paid for it is the caller's to give back.

    Raises:
        OrderShipped: it is on its way and can only be returned.
        OrderPaid: it is a return, which counts at once.
    """
    if head.state is OrderState.CANCELLED:
        return
    if head.kind is not OrderKind.SALE:
        raise OrderPaid(order=head.order_id)
    if head.state not in UNSHIPPED:
        raise OrderShipped(order=head.order_id)
    gone = {"state": OrderState.CANCELLED.value, "paid_at": None, "cancelled_at": uow.now}
    await store.change(uow, head.ref, gone)
    if head.paid_at is not None:
        await count(uow, head, counts=False)
    await uow.emit(OrderUndone(person=head.person, person_id=head.person, order_id=head.order_id))
    await tell(uow, head, OrderState.CANCELLED, uow.now)


async def ship_order(uow: UnitOfWork, order_id: str, tracking: str | None = None) -> Order:
    """Note that a paid order is on its way; again only writes the tracking number, where one is given.

    Raises:
        OrderUnknown: there is no such order.
        OrderCancelled: it was cancelled.
        OrderNotPaid: it is not paid, or a return.
    """
    head = await _sent(uow, order_id)
    if tracking is not None and tracking != head.tracking:
        await store.change(uow, head.ref, {"tracking": tracking})
    if head.state is OrderState.PAID:
        await store.change(uow, head.ref, {"state": OrderState.SHIPPED.value, "shipped_at": uow.now})
        await uow.emit(ShippingNoted(person=head.person, person_id=head.person, order_id=order_id))
    if head.state in (OrderState.PAID, OrderState.SHIPPED):
        await tell(uow, head, OrderState.SHIPPED, uow.now, tracking=tracking or head.tracking)
    return await order(uow, order_id)


async def deliver_order(uow: UnitOfWork, order_id: str) -> Order:
    """Note that an order has arrived; a second time changes nothing.

    Raises:
        OrderUnknown: there is no such order.
        OrderCancelled: it was cancelled.
        OrderNotPaid: it is not paid, or a return.
    """
    head = await _sent(uow, order_id)
    if head.state is not OrderState.DELIVERED:
        await store.change(uow, head.ref, {"state": OrderState.DELIVERED.value, "delivered_at": uow.now})
        await tell(uow, head, OrderState.DELIVERED, uow.now)
    return await order(uow, order_id)


async def head_of(uow: UnitOfWork, order_id: str, *, locked: bool = False) -> OrderHead:
    """An order or a return without its lines.

    Args:
        locked: hold it until the transaction ends.

    Raises:
        OrderUnknown: there is no such order.
    """
    row = await store.order(uow, order_id, locked=locked)
    if row is None:
        raise OrderUnknown(order=order_id)
    return store.head(row)


async def is_known(uow: UnitOfWork, order_id: str) -> bool:
    """Whether an order or a return of this id is recorded."""
    return await store.order(uow, order_id) is not None


async def sold_lines(uow: UnitOfWork, head: OrderHead) -> list[SoldLine]:
    """The lines of an order as far as they matter when goods come back."""
    return [store.sold_line(row) for row in await store.lines(uow, head.ref)]


async def returned_pieces(uow: UnitOfWork, sale: OrderHead, up_to: OrderHead | None = None) -> dict[str, int]:
    """How many of each product of a sale came back so far, in all of its person's returns that name it.

    Args:
        up_to: the last return that is looked at, by the order in which they were written.
    """
    return await store.returned_pieces(uow, sale, up_to)


async def count(uow: UnitOfWork, head: OrderHead, *, counts: bool = True) -> None:
    """Announce what a paid order or a return adds to its person's figures, or no longer adds, and tell her of a sale.

    Args:
        counts: False takes back what was announced.
    """
    direction = 1 if counts else -1
    changed = VolumeChanged(
        person=head.person,
        person_id=head.person,
        at=head.ordered_at,
        cv=direction * head.cv,
        qv=direction * head.qv,
        points=direction * head.points,
        orders=direction * int(head.kind is OrderKind.SALE),
    )
    await uow.emit(changed)
    if counts:
        await tell(uow, head, OrderState.PAID, head.paid_at or uow.now)


async def _sent(uow: UnitOfWork, order_id: str) -> OrderHead:
    """An order that can be sent."""
    head = await head_of(uow, order_id, locked=True)
    if head.state is OrderState.CANCELLED:
        raise OrderCancelled(order=order_id)
    if head.paid_at is None or head.kind is not OrderKind.SALE:
        raise OrderNotPaid(order=order_id)
    return head
