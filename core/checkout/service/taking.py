"""Taking orders and returns, and what becomes of them: paid, cancelled."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from core.calendar import service as calendar
from core.calendar.rules import cycle_at
from core.catalog import service as catalog
from core.checkout.model import NotYoursToCancel
from core.checkout.service.figures import figures, programme_now
from core.checkout.service.giving_back import give_all_back, give_share_back
from core.checkout.service.paying import book, hold_buyer
from core.checkout.service.pricing import quote
from core.db.unit_of_work import UnitOfWork
from core.http.model import Fault, RequestInvalid
from core.kernel.ids import PersonId
from core.live.service import Live
from core.live.state import State
from core.orders import service as orders
from core.orders.model import (
    Means,
    NewOrder,
    Order,
    OrderHead,
    OrderKind,
    OrderPaid,
    OrderState,
    OrderUnknown,
)
from core.orders.rules import due
from core.orders.service import Priced
from core.plan import service as plans
from core.points import service as points


async def take_order(uow: UnitOfWork, new: NewOrder, live: Live) -> Order:
    """Take an order or a return with what pays for it; the same again changes nothing but a payment still missing.

    A sale counts and earns once it is paid. A return counts at once, takes back what the goods earned, and gives back
    what points, credit and credit notes paid for them.

    Raises:
        What `orders.record_order` raises, and for payments what `quote` and `book` do.
        OutOfStock: fewer pieces are left.
        RequestInvalid: payments with a return, or a return of a sale that is not paid.
    """
    if new.payments and new.kind is OrderKind.RETURN:
        raise RequestInvalid([Fault(place="body.payments", code="return", expected="no payments with a return")])
    spec = await programme_now(uow)
    state = await figures(spec, live)
    priced = await orders.price(uow, new)
    await hold_buyer(uow, priced.person, spec)
    if new.payments and await orders.is_known(uow, new.order_id):  # before a coupon is found used: by this very order
        return await _again(uow, new, priced, state)
    head = await (take_sale if new.kind is OrderKind.SALE else _take_return)(uow, new, priced, state)
    if head is None:
        return await _again(uow, new, priced, state)
    return await orders.order(uow, new.order_id)


async def take_sale(
    uow: UnitOfWork, new: NewOrder, priced: Priced, state: State | None, *, redeemed: bool = False
) -> OrderHead | None:
    """Write a sale, book what pays for it, and take its goods from stock; None when its id is taken."""
    if not new.payments:
        head = await orders.add_order(uow, new, priced, redeemed=redeemed)
        if head is not None and head.paid_at is not None:
            await orders.count(uow, head)
    else:
        head = await _take_with_payments(uow, new, priced, redeemed=redeemed)
    if head is not None:
        await points.earn(uow, new.order_id, state)
        await _from_stock(uow, priced, head)
    return head


async def pay_order(uow: UnitOfWork, order_id: str, live: Live, *, paid_on: datetime | None = None) -> Order:
    """Note that an order is paid, so that it counts and earns; a second time changes nothing.

    Raises:
        OrderUnknown: there is no such order.
        OrderCancelled: it was cancelled.
    """
    spec = await programme_now(uow)
    state = await figures(spec, live)
    await hold_buyer(uow, (await orders.head_of(uow, order_id)).person, spec)
    await orders.pay_order(uow, order_id, paid_on=paid_on)
    await points.earn(uow, order_id, state)
    return await orders.order(uow, order_id)


async def cancel_order(uow: UnitOfWork, order_id: str, *, person: PersonId | None = None) -> Order:
    """Take back an order until it is shipped: it never counted, and what paid for it goes back; again changes nothing.

    Args:
        person: who asks, for an order that she made with her own points; None is staff, for any.

    Raises:
        OrderUnknown: there is no such order, or it is somebody else's.
        NotYoursToCancel: she did not make it with her points, or paid a part of it outside.
        OrderShipped: it is on its way and can only be returned.
        OrderPaid: a part of it came back, or the cycle that it counts in is closed: what is left has to be returned.
    """
    head = await orders.head_of(uow, order_id)
    if person is not None:
        await _require_hers(uow, head, person)
    await hold_buyer(uow, head.person, await programme_now(uow))
    head = await orders.head_of(uow, order_id, locked=True)
    if head.state is not OrderState.CANCELLED:
        await _require_cancellable(uow, head)
        await orders.undo(uow, head)
        await give_all_back(uow, head)
        await points.take_back(uow, order_id)
        lines = await orders.sold_lines(uow, head)
        await catalog.take_stock(uow, _pieces((line.sku, -line.quantity) for line in lines if line.from_stock))
    return await orders.order(uow, order_id)


async def settle_return(uow: UnitOfWork, order_ref: int, order_id: str) -> bool:
    """Give back what points, credit and credit notes paid for the goods of a return that came in bulk, once.

    Returns:
        Whether it was still due.
    """
    await hold_buyer(uow, (await orders.head_of(uow, order_id)).person, await programme_now(uow))
    claimed = await orders.claim_return(uow, order_ref)
    if claimed is not None:
        await give_share_back(uow, *claimed)
    return claimed is not None


async def _take_with_payments(uow: UnitOfWork, new: NewOrder, priced: Priced, *, redeemed: bool) -> OrderHead | None:
    """The order is written open; once what pays for it is booked, it is settled where nothing is left to pay."""
    quoted = await quote(uow, priced, new.payments)
    head = await orders.add_order(uow, new, replace(priced, paid_at=None), quoted.lines, redeemed=redeemed)
    if head is None:
        return None
    await orders.add_payments(uow, head, await book(uow, head, priced, quoted, new.payments))
    left = due(head.amount_minor, (await orders.order(uow, new.order_id)).payments)
    paid_at = priced.paid_at or (uow.now if not left else None)
    if paid_at is not None:
        await orders.settle(uow, head, paid_at)
    return head


async def _take_return(uow: UnitOfWork, new: NewOrder, priced: Priced, state: State | None) -> OrderHead | None:
    if new.returns_order_id is not None and await orders.is_known(uow, new.returns_order_id):
        _require_paid(await orders.head_of(uow, new.returns_order_id), priced.person)
    head = await orders.add_order(uow, new, priced, await orders.returned_lines(uow, new, priced))
    if head is None:
        return None
    await orders.count(uow, head)
    if new.returns_order_id is not None and await orders.is_known(uow, new.returns_order_id):
        sale = await orders.head_of(uow, new.returns_order_id, locked=True)
        if sale.kind is OrderKind.SALE and sale.person == head.person:
            await give_share_back(uow, sale, head)
    await points.take_back(uow, new.order_id, state)
    return head


async def _again(uow: UnitOfWork, new: NewOrder, priced: Priced, state: State | None) -> Order:
    """The order is known: it must be the same, and may be paid by now."""
    await orders.require_same(uow, new, priced)
    if priced.paid_at is not None and new.kind is OrderKind.SALE:
        await orders.pay_order(uow, new.order_id, paid_on=priced.paid_at)
        await points.earn(uow, new.order_id, state)
    return await orders.order(uow, new.order_id)


async def _from_stock(uow: UnitOfWork, priced: Priced, head: OrderHead) -> None:
    counted = [line.said for line in priced.lines if line.product.stock is not None]
    if counted:
        taken = await catalog.take_stock(uow, _pieces((line.sku, line.quantity) for line in counted))
        await orders.note_from_stock(uow, head, taken)


def _require_paid(sale: OrderHead, person: PersonId) -> None:
    """Goods that nobody paid for were never sent, and never counted; an open order is cancelled."""
    is_hers = sale.kind is OrderKind.SALE and sale.person == person
    if is_hers and sale.state is OrderState.OPEN:
        raise RequestInvalid([Fault(place="body.returns_order_id", code="open", expected="a sale that is paid")])


async def _require_hers(uow: UnitOfWork, head: OrderHead, person: PersonId) -> None:
    if head.person != person:
        raise OrderUnknown(order=head.order_id)
    outside = any(part.means is Means.MONEY for part in await orders.parts_of(uow, head))
    if not head.redeemed or outside:
        raise NotYoursToCancel(order=head.order_id)


async def _require_cancellable(uow: UnitOfWork, head: OrderHead) -> None:
    """What a closed cycle has counted stays counted, and what came back is not given back twice."""
    if await orders.returned_pieces(uow, head):
        raise OrderPaid(order=head.order_id)
    if head.paid_at is None or not (head.cv or head.qv):
        return
    plan = await plans.plan_in_force(uow, head.ordered_at)
    if await calendar.closed_cycle(uow, cycle_at(plan.calendar, head.ordered_at)) is not None:
        raise OrderPaid(order=head.order_id)


def _pieces(lines: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Pieces by sku; a product may stand on several lines."""
    pieces: dict[str, int] = {}
    for sku, quantity in lines:
        pieces[sku] = pieces.get(sku, 0) + quantity
    return pieces
