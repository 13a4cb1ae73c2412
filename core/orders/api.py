"""Order intake for staff and shops, and a person's own orders."""

from typing import Annotated

from pydantic import Field

from core.access.model import Caller, Permission
from core.db.unit_of_work import Questions, UnitOfWork
from core.http.model import Created, Page
from core.http.routes import Routes
from core.orders import service
from core.orders.model import PAGE_SIZE_MAX, NewOrder, Order, OrderCard, Payment

routes = Routes()

PAGE_SIZE = 10
Limit = Annotated[int, Field(ge=1, le=PAGE_SIZE_MAX)]


@routes.post("/v1/orders", needs=Permission.RECORD_ORDERS)
async def record_order(uow: UnitOfWork, new: NewOrder) -> Created[Order]:
    """Take an order or a return. The same one again changes nothing but a payment that was still missing.

    Raises:
        PersonUnknown: nobody has the buyer's code.
        ProductUnknown: a sku that the catalogue does not have; the answer names those that look like it.
        CurrenciesMixed: its products are priced in several currencies.
        RateMissing: volume by price in another currency, and no rate for that day.
        OrderDiffers: an order of this id is known with other content.
        PlanMissing: no plan was ever put in force.
    """
    order, _is_new = await service.record_order(uow, new)
    return Created(order)


@routes.get("/v1/orders/{order_id}", needs=Permission.SEE_ORDERS)
async def order(uow: Questions, order_id: str) -> Order:
    """An order with its lines.

    Raises:
        OrderUnknown: there is no such order.
    """
    return await service.order(uow, order_id)


@routes.post("/v1/orders/{order_id}/pay", needs=Permission.RECORD_ORDERS)
async def pay_order(uow: UnitOfWork, order_id: str, payment: Payment | None = None) -> Order:
    """Note that an order is paid, so that it counts in the cycle of its own time; a second time changes nothing.

    Raises:
        OrderUnknown: there is no such order.
        OrderCancelled: it was cancelled.
    """
    return await service.pay_order(uow, order_id, paid_on=payment.paid_on if payment else None)


@routes.post("/v1/orders/{order_id}/cancel", needs=Permission.RECORD_ORDERS)
async def cancel_order(uow: UnitOfWork, order_id: str) -> Order:
    """Take back an order that is not paid; a second time changes nothing.

    Raises:
        OrderUnknown: there is no such order.
        OrderPaid: it is paid and has to be returned instead.
    """
    return await service.cancel_order(uow, order_id)


@routes.get("/v1/me/orders", needs=Permission.SEE_OWN_FIGURES)
async def my_orders(
    uow: Questions, caller: Caller, cursor: str | None = None, limit: Limit = PAGE_SIZE
) -> Page[OrderCard]:
    """The caller's orders, latest first, unpaid and cancelled ones included.

    Raises:
        CursorInvalid: the cursor is not one that a page gave.
    """
    return await service.orders_of(uow, caller.me, cursor=cursor, limit=limit)


@routes.get("/v1/me/orders/{order_id}", needs=Permission.SEE_OWN_FIGURES)
async def my_order(uow: Questions, caller: Caller, order_id: str) -> Order:
    """One of the caller's orders with its lines.

    Raises:
        OrderUnknown: there is no such order, or it is somebody else's.
    """
    return await service.order(uow, order_id, person=caller.me)
