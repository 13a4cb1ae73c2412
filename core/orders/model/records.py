"""Orders as other rooms work with them."""

from dataclasses import dataclass
from datetime import datetime

from core.kernel.ids import PersonId
from core.orders.model.kinds import Means, OrderKind, OrderState


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
