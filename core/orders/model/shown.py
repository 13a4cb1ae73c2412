"""Orders as the API shows them."""

from datetime import datetime
from decimal import Decimal

from core.kernel.words import CompanyText, Model
from core.orders.model.kinds import Means, OrderKind, OrderState

PAGE_SIZE_MAX = 100


class OrderPayment(Model):
    """A part of what paid for an order."""

    means: Means
    amount: int
    """Points, or minor units of the order's currency; of a coupon what it took off."""
    value_minor: int
    """What it paid of the price, in the order's currency; coupons and points have lessened the order's amount by it."""
    document: str | None = None
    """Code of the coupon, number of the credit note."""
    given_back: int = 0
    """How much of `amount` went back to where it came from."""


class OrderLine(Model):
    """A recorded line; money in minor units, volume at the plan's scale, both with the kind's sign.

    `amount_minor` is what it costs in money, after a coupon and after what points paid.
    """

    sku: str
    product: CompanyText
    quantity: int
    unit_price: Decimal
    amount_minor: int
    cv: int
    qv: int
    points_paid: int = 0


class OrderCard(Model):
    """An order as a list shows it."""

    order_id: str
    kind: OrderKind
    state: OrderState
    ordered_at: datetime
    paid_at: datetime | None
    amount_minor: int
    currency: str
    cv: int
    qv: int
    line_count: int
    tracking: str | None = None
    points_paid: int = 0
    """What it costs in points, besides the amount."""
    redeemed: bool = False
    """Whether she made it with her own points."""


class Order(OrderCard):
    """An order with its lines and what paid for it."""

    lines: tuple[OrderLine, ...]
    payments: tuple[OrderPayment, ...] = ()
    """Empty where all was paid from outside."""
    due_minor: int = 0
    """What is still to be paid of an open order."""
