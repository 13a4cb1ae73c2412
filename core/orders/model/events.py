"""What happens to orders."""

from datetime import datetime
from typing import ClassVar

from core.kernel.events import Event
from core.kernel.ids import PersonId


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
