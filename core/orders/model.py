"""Orders and returns. An order counts in the cycle of its own time once it is paid."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, ClassVar

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


class OrderCancelled(DomainError):
    """A cancelled order cannot be paid. Facts: `order`."""

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


class NewOrder(Model):
    """An order to be recorded by staff or a shop. `paid_on` present means that it is paid.

    A time without an offset is company time.
    """

    order_id: ShortText
    person: ShortText
    date: When
    lines: Annotated[tuple[NewLine, ...], Field(min_length=1, max_length=2_000)]
    kind: OrderKind = OrderKind.SALE
    paid_on: When | None = None
    returns_order_id: ShortText | None = None


class Payment(Model):
    """That an order was paid, and when; now where it is not said. A time without an offset is company time."""

    paid_on: When | None = None


class OrderLine(Model):
    """A recorded line; money in minor units, volume at the plan's scale, both with the kind's sign."""

    sku: str
    product: CompanyText
    quantity: int
    unit_price: Decimal
    amount_minor: int
    cv: int
    qv: int


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


class Order(OrderCard):
    """An order with its lines."""

    lines: tuple[OrderLine, ...]


@dataclass(frozen=True, slots=True)
class Habit:
    """How somebody orders: her usual QV at scale, and when she last placed an order that she paid."""

    usual: int
    last: datetime


class VolumeChanged(Event):
    """Event: a paid order or return changed a person's own figures.

    `at` is the order's own time, which decides the cycle. All numbers carry their sign;
    `orders` is 1 for a sale and 0 for a return.
    """

    kind: ClassVar[str] = "orders.volume_changed"

    person_id: PersonId
    at: datetime
    cv: int
    qv: int
    points: int
    orders: int
