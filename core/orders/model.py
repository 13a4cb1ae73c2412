"""Orders and returns. An order counts in the cycle of its own time once it is paid."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from core.kernel.errors import DomainError, NotFound
from core.kernel.events import Event
from core.kernel.ids import PersonId
from core.kernel.words import CompanyText, Model


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


class NewLine(Model):
    """One line of an order to be recorded. Without `unit_price`, `cv` or `qv` the catalogue's and the plan's hold."""

    sku: str
    quantity: int
    unit_price: Decimal | None = None
    cv: Decimal | None = None
    qv: Decimal | None = None


class NewOrder(Model):
    """An order to be recorded by staff or a shop. `paid_on` present means that it is paid."""

    order_id: str
    person: str
    date: datetime
    lines: tuple[NewLine, ...]
    kind: OrderKind = OrderKind.SALE
    paid_on: datetime | None = None
    returns_order_id: str | None = None


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
