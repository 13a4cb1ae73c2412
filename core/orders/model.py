"""Orders and returns. An order counts in the cycle of its own time once it is paid."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from core.kernel.errors import DomainError, NotFound
from core.kernel.events import Event
from core.kernel.ids import PersonId
from core.kernel.words import CompanyText, Model, ShortText


class OrderKind(StrEnum):
    """The kind gives the sign; quantities are positive."""

    SALE = "sale"
    RETURN = "return"


class OrderState(StrEnum):
    """Where an order stands."""

    OPEN = "open"
    PAID = "paid"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


class OrderUnknown(NotFound):
    """No such order, or not one that the caller may see. Facts: `order` as asked."""

    code: ClassVar[str] = "order_unknown"


class OrderDiffers(DomainError):
    """An order of this id is known with other content. Facts: `order`."""

    code: ClassVar[str] = "order_differs"


class OrderPaid(DomainError):
    """A paid order is not cancelled but returned. Facts: `order`."""

    code: ClassVar[str] = "order_paid"


class OrderNotPaid(DomainError):
    """Only a sale that is paid is sent. Facts: `order`."""

    code: ClassVar[str] = "order_not_paid"


class OrderShipped(DomainError):
    """It is on its way and can only be returned. Facts: `order`."""

    code: ClassVar[str] = "order_shipped"


class OrderCancelled(DomainError):
    """A cancelled order cannot be paid or sent. Facts: `order`."""

    code: ClassVar[str] = "order_cancelled"


class CurrenciesMixed(DomainError):
    """The products of one order are priced in several currencies. Facts: `order`, `currencies`."""

    code: ClassVar[str] = "order_currencies_mixed"
    status: ClassVar[int] = 422


PAGE_SIZE_MAX = 100
QUANTITY_MAX = 1_000_000
PRICE_DIGITS_MAX = 15
PRICE_DECIMALS_MAX = 6

YEARS = range(1900, 2200)


def _possible(moment: datetime) -> datetime:
    if moment.year not in YEARS:
        raise ValueError(f"a year from {YEARS.start} to {YEARS.stop - 1}")
    return moment


When = Annotated[datetime, AfterValidator(_possible)]
"""A moment that can be told in every time zone, which those of the years 1 and 9999 cannot."""

ExactPrice = Annotated[Decimal, Field(ge=0, max_digits=PRICE_DIGITS_MAX, decimal_places=PRICE_DECIMALS_MAX)]


class NewLine(Model):
    """One line of an order to be recorded. Without `unit_price`, `cv` or `qv` the catalogue's and the plan's hold."""

    sku: ShortText
    quantity: Annotated[int, Field(ge=1, le=QUANTITY_MAX)]
    unit_price: ExactPrice | None = None
    cv: ExactPrice | None = None
    qv: ExactPrice | None = None


class Means(StrEnum):
    """What can pay for an order."""

    MONEY = "money"
    """From outside; the company's own systems know more of it."""
    POINTS = "points"
    CREDIT = "credit"
    COUPON = "coupon"
    CREDIT_NOTE = "credit_note"


class NewPayment(Model):
    """A part of what pays for a new order. Money from outside is not named here: it pays what the others leave."""

    means: Literal[Means.POINTS, Means.CREDIT, Means.COUPON, Means.CREDIT_NOTE]
    amount: Annotated[int, Field(ge=1, le=10**15)] | None = None
    """Points, or minor units of the order's currency; None is all that is there and needed. A coupon has none."""
    document: ShortText | None = None
    """Code of the coupon, number of the credit note."""


class NewPart(Model):
    """A part of what paid for an order, to be written down."""

    means: Means
    amount: int
    value_minor: int
    document: str | None = None
    entry_id: int | None = None


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


class NewOrder(Model):
    """An order to be recorded by staff or a shop. `paid_on` present means that it is paid.

    A time without an offset is company time. What `payments` leave is paid from outside: now, if `paid_on` is there.
    """

    order_id: ShortText
    person: ShortText
    date: When
    lines: Annotated[tuple[NewLine, ...], Field(min_length=1, max_length=2_000)]
    kind: OrderKind = OrderKind.SALE
    paid_on: When | None = None
    returns_order_id: ShortText | None = None
    payments: Annotated[tuple[NewPayment, ...], Field(max_length=20)] = ()


class Shipment(Model):
    """That an order is on its way, and by which number it can be followed."""

    tracking: ShortText | None = None


class Payment(Model):
    """That an order was paid, and when; now where it is not said. A time without an offset is company time."""

    paid_on: When | None = None


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


@dataclass(frozen=True, slots=True)
class OrderHead:
    """An order or a return without its lines, for rooms that work with it; figures carry the sign of its kind."""

    ref: int
    """Its row number, which means nothing outside the database."""
    order_id: str
    person: PersonId
    kind: OrderKind
    state: OrderState
    ordered_at: datetime
    paid_at: datetime | None
    currency: str
    amount_minor: int
    cv: int
    qv: int
    points: int
    redeemed: bool
    tracking: str | None


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A line as far as it matters when its goods come back."""

    sku: str
    quantity: int
    amount_minor: int
    points_paid: int
    from_stock: bool


@dataclass(frozen=True, slots=True)
class PaidPart:
    """A part of what paid for an order, with the entry that the book has of it."""

    position: int
    means: Means
    amount: int
    given_back: int
    document: str | None
    entry: int | None


@dataclass(frozen=True, slots=True)
class Habit:
    """How somebody orders: her usual QV at scale, and when she last placed an order that she paid."""

    usual: int
    last: datetime


class VolumeChanged(Event):
    """Event: a paid order or return changed a person's own figures.

    `at` is the order's own time, which decides the cycle. All numbers carry their sign;
    `orders` is 1 for a sale and 0 for a return; an order that is taken back takes away what it added.
    """

    kind: ClassVar[str] = "orders.volume_changed"
    of_one_line: ClassVar[bool] = True

    person_id: PersonId
    at: datetime
    cv: int
    qv: int
    points: int
    orders: int


class OrderUndone(Event):
    """Event: an order was cancelled."""

    kind: ClassVar[str] = "orders.cancelled"
    of_one_line: ClassVar[bool] = True

    person_id: PersonId
    order_id: str


class ShippingNoted(Event):
    """Event: an order is on its way."""

    kind: ClassVar[str] = "orders.shipped"
    of_one_line: ClassVar[bool] = True

    person_id: PersonId
    order_id: str
