"""What a person has, and what became of it."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from core.kernel.events import Event
from core.kernel.ids import PersonId
from core.kernel.words import CompanyText, Model


class Expiry(Model):
    """Points that end together, at the end of this company day."""

    on: date
    points: int


class Redeemable(Model):
    """A product that can be had for points, as its buyer sees it."""

    sku: str
    product: CompanyText
    points: int
    affordable: bool
    missing: int
    """Points that she lacks for one; 0 when affordable."""
    left: int | None = None
    """Pieces in stock; None is not counted."""
    picture: str | None = None
    """Digest of its picture, under which GET /v1/products/{sku}/picture gives it; None when there is none."""


class TierStanding(Model):
    """Her tier by what she earned, and the next one."""

    code: str | None
    label: CompanyText
    earned: int
    next_label: CompanyText | None = None
    to_go: int = 0


class Amount(Model):
    """An amount of money in minor units."""

    amount_minor: int
    currency: str


class PointsCard(Model):
    """Her points at a glance."""

    name: CompanyText
    """What the company calls points, with plural forms."""
    available: int
    """Below zero it is a debt."""
    pending: int
    pending_until: date | None = None
    """When the first pending points can be spent."""
    expiries: tuple[Expiry, ...] = ()
    """The next three."""
    within_reach: tuple[Redeemable, ...] = ()
    """Up to three products that she can have now, the dearest first."""
    next_reach: Redeemable | None = None
    """The cheapest product that she cannot have yet."""
    tier: TierStanding | None = None
    credit: tuple[Amount, ...] = ()
    can_redeem: bool = False
    can_convert: bool = False
    can_transfer: bool = False
    warn: bool = False
    """Whether something expires within the longest warning that the company gives."""


class Expiries(Model):
    """All that expires, first the first."""

    name: CompanyText
    available: int
    expiries: tuple[Expiry, ...]


class MovementKind(StrEnum):
    """How points came or went."""

    EARNED = "earned"
    RULE = "rule"
    TAKEN_BACK = "taken_back"
    REDEEMED = "redeemed"
    RESTORED = "restored"
    EXPIRED = "expired"
    SENT = "sent"
    RECEIVED = "received"
    CONVERTED = "converted"
    BOUGHT = "bought"
    """From credit or commissions."""
    ADJUSTED = "adjusted"
    OPENING = "opening"


class Movement(Model):
    """One line of her history. The move from pending to available is none: nothing came or went."""

    at: datetime
    kind: MovementKind
    points: int
    """With its sign."""
    pending: bool = False
    """Whether these points still wait for the end of the return window."""
    order_id: str | None = None
    product: CompanyText | None = None
    """What was redeemed."""
    person: str | None = None
    """Name of the other one of a transfer, or of whom a rule was about."""
    rule: CompanyText | None = None
    reason: str | None = None
    """Of an adjustment, in the words of whoever made it."""
    money: Amount | None = None
    """The other side of a conversion."""
    expires_on: date | None = None


class PointsMoved(Event):
    """Event: a person's points, credit, coupons or what she can redeem changed, so what she was shown is old."""

    kind: ClassVar[str] = "points.moved"
    of_one_line: ClassVar[bool] = True

    person_id: PersonId


class PointsPassed(Event):
    """Event: time made lots of many people safe, or let them end; the book has an entry for each of them."""

    kind: ClassVar[str] = "points.passed"

    people: int
