"""What staff, shops and checkout ask to be recorded."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from core.kernel.words import Model, ShortText
from core.orders.model.kinds import Means, OrderKind

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
    """One line of an order to be recorded. Without `unit_price`, `cv` or `qv` the catalogue's and the plan's hold.

    `distributor_price` is what a distributor pays for a unit, the catalogue's price unless said; what was paid beyond
    it is the line's margin.
    """

    sku: ShortText
    quantity: Annotated[int, Field(ge=1, le=QUANTITY_MAX)]
    unit_price: ExactPrice | None = None
    cv: ExactPrice | None = None
    qv: ExactPrice | None = None
    distributor_price: ExactPrice | None = None


Document = Annotated[ShortText, AfterValidator(lambda code: code.strip().upper())]
"""A coupon or credit note by its code as it is kept; whoever types it need not care about case or blanks around it."""


class NewPayment(Model):
    """A part of what pays for a new order. Money from outside is not named here: it pays what the others leave."""

    means: Literal[Means.POINTS, Means.CREDIT, Means.COUPON, Means.CREDIT_NOTE]
    amount: Annotated[int, Field(ge=1, le=10**15)] | None = None
    """Points, or minor units of the order's currency; None is all that is there and needed. A coupon has none."""
    document: Document | None = None
    """Code of the coupon, number of the credit note."""


class NewPart(Model):
    """A part of what paid for an order, to be written down."""

    means: Means
    amount: int
    value_minor: int
    document: str | None = None
    entry_id: int | None = None


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
