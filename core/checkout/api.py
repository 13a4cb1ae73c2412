"""Taking orders for staff and shops, and products for points for whoever has them."""

from core.access.model import Caller, Permission
from core.checkout import service
from core.checkout.model import Redeemed, RedemptionOffer, RedemptionWish
from core.db.unit_of_work import UnitOfWork
from core.http.model import Created
from core.http.routes import Routes
from core.live.service import Live
from core.offers.model import Accepted
from core.orders.model import NewOrder, Order, Payment

routes = Routes()


@routes.post("/v1/orders", needs=Permission.RECORD_ORDERS)
async def take_order(uow: UnitOfWork, live: Live, new: NewOrder) -> Created[Order]:
    """Take an order or a return with what pays for it. The same again changes nothing but a payment still missing.

    Of a return, points, credit and credit notes go back in proportion to the goods; a coupon stays used.

    Raises:
        PersonUnknown: nobody has the buyer's code.
        ProductUnknown: a sku that the catalogue does not have; the answer names those that look like it.
        CurrenciesMixed: its products are priced in several currencies.
        RateMissing: volume by price in another currency, and no rate for that day.
        OrderDiffers: an order of this id is known with other content.
        PlanMissing: no plan was ever put in force.
        OutOfStock: fewer pieces are left.
        WayClosed, NotRedeemable, QuantityTooMany, MixNotAllowed, AboveMost: points cannot pay so.
        PointsTooFew, MoneyTooLittle, NoteTooSmall, PaymentTooLarge: there is not so much, or it costs less.
        HoldingUnknown, HoldingUnusable, HoldingCurrency, OrderTooSmall, CouponsClash: a document does not work.
    """
    return Created(await service.take_order(uow, new, live))


@routes.post("/v1/orders/{order_id}/pay", needs=Permission.RECORD_ORDERS)
async def pay_order(uow: UnitOfWork, live: Live, order_id: str, payment: Payment | None = None) -> Order:
    """Note that an order is paid, so that it counts in the cycle of its own time; a second time changes nothing.

    Raises:
        OrderUnknown: there is no such order.
        OrderCancelled: it was cancelled.
    """
    return await service.pay_order(uow, order_id, live, paid_on=payment.paid_on if payment else None)


@routes.post("/v1/orders/{order_id}/cancel", needs=Permission.RECORD_ORDERS)
async def cancel_order(uow: UnitOfWork, order_id: str) -> Order:
    """Take back an order until it is shipped: what paid for it goes back; a second time changes nothing.

    Raises:
        OrderUnknown: there is no such order.
        OrderShipped: it is on its way and can only be returned.
        OrderPaid: a part of it came back, or its cycle is closed, so what is left has to be returned.
    """
    return await service.cancel_order(uow, order_id)


@routes.post("/v1/me/redemptions/offer", needs=Permission.MOVE_OWN_POINTS)
async def offer_redemption(uow: UnitOfWork, caller: Caller, wish: RedemptionWish) -> RedemptionOffer:
    """What redeeming would do; nothing is done before it is accepted.

    Raises:
        AccountClosed, AccountSuspended: the caller has left, or is suspended.
        WayClosed: the company redeems no points.
        ProductUnknown, NotRedeemable, QuantityTooMany, OutOfStock, MixNotAllowed, AboveMost: what, and how many.
        HoldingUnknown, HoldingUnusable, HoldingCurrency, OrderTooSmall: the coupon does not work on this.
        PointsTooFew: she has not enough; the answer says how many are missing.
    """
    return await service.offer_redemption(uow, caller.me, wish)


@routes.post("/v1/me/redemptions", needs=Permission.MOVE_OWN_POINTS)
async def redeem(uow: UnitOfWork, live: Live, caller: Caller, accepted: Accepted) -> Redeemed:
    """Make the order that was offered, once; a second time gives the same answer.

    Raises:
        OfferGone: it is too old, was never made, or is somebody else's.
        OfferChanged: it would no longer do what was shown.
        And what the offer's own refusals are, where something has changed since.
    """
    return await service.redeem(uow, caller.me, accepted.offer, live)


@routes.post("/v1/me/orders/{order_id}/cancel", needs=Permission.MOVE_OWN_POINTS)
async def cancel_my_order(uow: UnitOfWork, caller: Caller, order_id: str) -> Order:
    """Take back an order that the caller made with her points, until it is shipped; all of it goes back.

    Raises:
        OrderUnknown: there is no such order, or it is somebody else's.
        NotYoursToCancel: she did not make it with her points, or paid a part of it outside.
        OrderShipped: it is on its way and can only be returned.
        OrderPaid: a part of it came back, or its cycle is closed.
    """
    return await service.cancel_order(uow, order_id, person=caller.me)
