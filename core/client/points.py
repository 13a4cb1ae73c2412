"""Her points, what they can become, and what she holds."""

from urllib.parse import quote

from core.checkout.model import Redeemed, RedemptionOffer, RedemptionWish
from core.client.calls import Calls
from core.http.model import Page
from core.incentives.model import Holdings
from core.offers.model import Accepted
from core.orders.model import Order
from core.points.model import (
    ConversionOffer,
    ConversionWish,
    Expiries,
    Movement,
    PointsCard,
    Redeemable,
    TransferOffer,
    TransferWish,
    Wallet,
)
from core.referrals.model import ByReferral, Invitation, Inviter


class PointsCalls(Calls):
    """Operations about "me" and her points; each is refused as `way_closed` where the company has no programme."""

    async def my_points(self) -> PointsCard:
        """Her points at a glance."""
        return await self._get("/v1/me/points", PointsCard)

    async def my_expiries(self) -> Expiries:
        """All that expires, first the first."""
        return await self._get("/v1/me/points/expiries", Expiries)

    async def my_movements(self, *, cursor: str | None = None, limit: int | None = None) -> Page[Movement]:
        """How her points came and went, newest first."""
        return await self._get("/v1/me/points/history", Page[Movement], cursor=cursor, limit=limit)

    async def redeemables(
        self, *, q: str | None = None, cursor: str | None = None, limit: int | None = None
    ) -> Page[Redeemable]:
        """Products for points: affordable ones first, the dearest of them first, then the others, the cheapest first.

        Args:
            q: a product's name or a part of one, in any language, or its sku.
        """
        return await self._get("/v1/me/redeemables", Page[Redeemable], q=q, cursor=cursor, limit=limit)

    async def offer_redemption(self, wish: RedemptionWish) -> RedemptionOffer:
        """What redeeming would do; refused as `points_too_few`, `out_of_stock` and the like."""
        return await self._post("/v1/me/redemptions/offer", RedemptionOffer, wish)

    async def redeem(self, offer: str, *, idempotency_key: str | None = None) -> Redeemed:
        """Do it, once; refused as `offer_gone`, `offer_changed`."""
        return await self._post("/v1/me/redemptions", Redeemed, Accepted(offer=offer), idempotency_key=idempotency_key)

    async def cancel_order(self, order_id: str, *, idempotency_key: str | None = None) -> Order:
        """Take back an order that her points paid, until it is shipped."""
        path = f"/v1/me/orders/{quote(order_id, safe='')}/cancel"
        return await self._post(path, Order, idempotency_key=idempotency_key)

    async def wallet(self) -> Wallet:
        """What she has and what it can become."""
        return await self._get("/v1/me/wallet", Wallet)

    async def offer_conversion(self, wish: ConversionWish) -> ConversionOffer:
        """What a conversion would do."""
        return await self._post("/v1/me/conversions/offer", ConversionOffer, wish)

    async def convert(self, offer: str, *, idempotency_key: str | None = None) -> ConversionOffer:
        """Do it, once; answers what was done."""
        return await self._post(
            "/v1/me/conversions", ConversionOffer, Accepted(offer=offer), idempotency_key=idempotency_key
        )

    async def offer_transfer(self, wish: TransferWish) -> TransferOffer:
        """What a transfer would do; refused as `receiver_unknown`, `receiver_ambiguous`, `not_to_yourself`."""
        return await self._post("/v1/me/transfers/offer", TransferOffer, wish)

    async def transfer(self, offer: str, *, idempotency_key: str | None = None) -> TransferOffer:
        """Do it, once; answers what was done."""
        return await self._post(
            "/v1/me/transfers", TransferOffer, Accepted(offer=offer), idempotency_key=idempotency_key
        )

    async def my_coupons(self) -> Holdings:
        """Her coupons and credit notes."""
        return await self._get("/v1/me/coupons", Holdings)

    async def my_invitation(self) -> Invitation:
        """Her link, and who came by it."""
        return await self._get("/v1/me/invitation", Invitation)

    async def came_by(self, start: str, *, idempotency_key: str | None = None) -> Inviter:
        """Remember that this chat, a stranger's, was opened by somebody's link; refused as `referral_unknown`."""
        return await self._post("/v1/referrals", Inviter, ByReferral(start=start), idempotency_key=idempotency_key)

    async def product_picture(self, sku: str) -> bytes:
        """A product's picture; refused as `product_unknown` where there is none."""
        return await self._call("GET", f"/v1/products/{quote(sku, safe='')}/picture")
