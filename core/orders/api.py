"""Orders for staff and shops, and a person's own ones; `checkout` takes, pays and cancels them."""

from typing import Annotated

from pydantic import Field

from core.access.model import Caller, Permission
from core.db.unit_of_work import Questions, UnitOfWork
from core.http.model import Page
from core.http.routes import Routes
from core.orders import service
from core.orders.model import PAGE_SIZE_MAX, Order, OrderCard, Shipment

routes = Routes()

PAGE_SIZE = 10
Limit = Annotated[int, Field(ge=1, le=PAGE_SIZE_MAX)]


@routes.get("/v1/orders/{order_id}", needs=Permission.SEE_ORDERS)
async def order(uow: Questions, order_id: str) -> Order:
    """An order with its lines.

    Raises:
        OrderUnknown: there is no such order.
    """
    return await service.order(uow, order_id)


@routes.post("/v1/orders/{order_id}/ship", needs=Permission.RECORD_ORDERS)
async def ship_order(uow: UnitOfWork, order_id: str, shipment: Shipment | None = None) -> Order:
    """Note that a paid order is on its way; again only writes the tracking number, where one is given.

    Raises:
        OrderUnknown: there is no such order.
        OrderCancelled: it was cancelled.
        OrderNotPaid: it is not paid, or a return.
    """
    return await service.ship_order(uow, order_id, shipment.tracking if shipment else None)


@routes.post("/v1/orders/{order_id}/deliver", needs=Permission.RECORD_ORDERS)
async def deliver_order(uow: UnitOfWork, order_id: str) -> Order:
    """Note that an order has arrived; a second time changes nothing.

    Raises:
        OrderUnknown: there is no such order.
        OrderCancelled: it was cancelled.
        OrderNotPaid: it is not paid, or a return.
    """
    return await service.deliver_order(uow, order_id)


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
