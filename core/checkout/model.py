"""Redeeming, what pays for an order, and how checkout refuses."""

from typing import Annotated, ClassVar

from pydantic import Field

from core.incentives.model import HoldingKind
from core.kernel.errors import DomainError
from core.kernel.words import CompanyText, Model, ShortText
from core.orders.model import OrderCard

QUANTITY_MAX = 1_000


class RedemptionWish(Model):
    """What she wants for her points."""

    sku: ShortText
    quantity: Annotated[int, Field(ge=1, le=QUANTITY_MAX)] = 1
    points: Annotated[int, Field(ge=1, le=10**12)] | None = None
    """What to pay in points where the rest may be paid in money; None is all of it."""
    coupon: ShortText | None = None
    credit_note: ShortText | None = None


class Usable(Model):
    """A coupon or credit note that would pay a part of the money."""

    kind: HoldingKind
    code: str
    worth_minor: int
    """What it would take off the money, in the order's currency."""


class RedemptionOffer(Model):
    """What a tap will do: the product, what it takes, and what stays."""

    offer: str
    name: CompanyText
    """What the company calls points."""
    sku: str
    product: CompanyText
    quantity: int
    points: int
    amount_minor: int = 0
    """To be paid in money besides."""
    currency: str | None = None
    from_credit_minor: int = 0
    """The part of that money which her account credit pays; the rest is asked for outside."""
    from_note_minor: int = 0
    """The part of it which her credit note pays, before her credit does."""
    discount_minor: int = 0
    """What her coupon has taken off already."""
    document: str | None = None
    """The coupon or credit note that she uses."""
    usable: tuple[Usable, ...] = ()
    """What she might use instead of money, the most valuable first; nothing where one is used or no money is asked."""
    left: int
    """Points that stay."""
    points_whole: int = 0
    """What it costs when points pay all of it."""
    points_least: int | None = None
    """The fewest points with the rest in money; None where only points pay."""
    quantity_most: int = 1
    """The most pieces that she may order now, by the company's rules and by what is in stock."""
    picture: str | None = None


class Redeemed(Model):
    """The order that was made; the same again for a second tap."""

    order: OrderCard
    product: CompanyText
    quantity: int
    points: int
    left: int
    name: CompanyText
    due_minor: int = 0
    """Money that is still to be paid, in the order's currency; what account credit paid is not part of it."""
    can_cancel: bool = True


class NotRedeemable(DomainError):
    """The product cannot be had for points. Facts: `sku`."""

    code: ClassVar[str] = "not_redeemable"


class QuantityTooMany(DomainError):
    """More of one product than the company gives in one order. Facts: `most`."""

    code: ClassVar[str] = "quantity_too_many"


class MixNotAllowed(DomainError):
    """The company does not let points pay a part, or so small a part. Facts: `least` (points)."""

    code: ClassVar[str] = "mix_not_allowed"


class NotYoursToCancel(DomainError):
    """Only an order that she made with her points can be cancelled in chat. Facts: `order`."""

    code: ClassVar[str] = "not_yours_to_cancel"


class PaymentTooLarge(DomainError):
    """More than the order still costs. Facts: `means`, `left`, `currency` (None for points), `told`."""

    code: ClassVar[str] = "payment_too_large"


class CouponsClash(DomainError):
    """A coupon that takes a share off goes with no other coupon. Facts: `codes`."""

    code: ClassVar[str] = "coupons_clash"
