"""What a person has, what became of it, and what she can make of it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from core.kernel.errors import DomainError
from core.kernel.events import Event
from core.kernel.ids import PersonId
from core.kernel.words import CompanyText, Model, ShortText

POINTS_MAX = 10**12
Points = Annotated[int, Field(ge=1, le=POINTS_MAX)]


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


class Purse(StrEnum):
    """Where value lies that can be converted."""

    POINTS = "points"
    CREDIT = "credit"
    COMMISSIONS = "commissions"


class Way(Model):
    """One conversion that is open to her now."""

    source: Purse
    target: Purse
    source_unit: str
    """`points` or a currency."""
    target_unit: str
    rate: str
    """What one unit of the source gives in the target, exact, in major units."""
    available: int
    """What she has of the source; minor units of money."""
    least: int
    most: int
    """What she may convert now, in the source's unit, all limits counted; below `least` nothing."""


class Wallet(Model):
    """What she has and what it can become."""

    name: CompanyText
    points: int
    credit: tuple[Amount, ...] = ()
    commissions: tuple[Amount, ...] = ()
    ways: tuple[Way, ...] = ()


class ConversionWish(Model):
    """What she wants to convert. `amount` in the source's unit (minor units of money); None is all that she may."""

    source: Purse = Purse.POINTS
    target: Purse = Purse.CREDIT
    amount: Annotated[int, Field(ge=1, le=POINTS_MAX)] | None = None
    currency: ShortText | None = None
    """Of the money; None is her own currency, or the only one that she has."""
    target_currency: ShortText | None = None
    """Only from credit to credit."""


class ConversionOffer(Model):
    """What a tap will do: exactly this, or nothing."""

    offer: str
    name: CompanyText
    source: Purse
    target: Purse
    give: int
    give_unit: str
    get: int
    get_unit: str
    rate: str
    left: int
    """What stays on the source."""
    expires_on: date | None = None
    """When points that she gets will end."""


class TransferWish(Model):
    """Points for somebody: her code, or her name where it names exactly one person whom the giver may see."""

    to: ShortText
    points: Points | None = None
    """None is all that she may give."""


class TransferOffer(Model):
    """What a tap will do."""

    offer: str
    name: CompanyText
    to_code: str
    to_name: str
    points: int
    left: int


class Statement(Model):
    """A person's points between two company days, for staff: opening, movements, closing."""

    person: str
    since: date
    until: date
    opening: int
    closing: int
    movements: tuple[Movement, ...]


class Adjustment(Model):
    """Points or money by hand, with the reason that the person will read."""

    person: ShortText
    amount: Annotated[int, Field(ge=-POINTS_MAX, le=POINTS_MAX)]
    """With its sign; points, or minor units of `currency`."""
    reason: ShortText
    currency: ShortText | None = None
    """None is points; else account credit of that currency."""
    expires_on: date | None = None


class PointsTooFew(DomainError):
    """She has not enough. Facts: `name` (the company's word), `available`, `needed`, `missing`."""

    code: ClassVar[str] = "points_too_few"


class MoneyTooLittle(DomainError):
    """The account has not enough. Facts: `currency`, `available_minor`, `needed_minor`."""

    code: ClassVar[str] = "money_too_little"


class BelowLeast(DomainError):
    """Less than the company moves at once. Facts: `least`, `unit`."""

    code: ClassVar[str] = "below_least"


class AboveMost(DomainError):
    """More than the company moves at once or in a day. Facts: `most` (what may still be moved today), `unit`."""

    code: ClassVar[str] = "above_most"


class WayClosed(DomainError):
    """The company does not do this: no programme, no transfers, no such conversion. Facts: `what`."""

    code: ClassVar[str] = "way_closed"


class NotToYourself(DomainError):
    """Giver and receiver are one person."""

    code: ClassVar[str] = "not_to_yourself"
    status: ClassVar[int] = 422


class ReceiverUnknown(DomainError):
    """Nobody of that code or name whom she may give to. Facts: `to`."""

    code: ClassVar[str] = "receiver_unknown"
    status: ClassVar[int] = 422


class ReceiverAmbiguous(DomainError):
    """Several people are called so. Facts: `to`, `names` (up to five, with code)."""

    code: ClassVar[str] = "receiver_ambiguous"


class ReceiverClosed(DomainError):
    """The receiver's account takes nothing: terminated or suspended. Facts: `to`."""

    code: ClassVar[str] = "receiver_closed"


class NothingToAdjust(DomainError):
    """An adjustment of zero."""

    code: ClassVar[str] = "nothing_to_adjust"
    status: ClassVar[int] = 422


class PointsMoved(Event):
    """Event: a person's points, credit, coupons or what she can redeem changed, so what she was shown is old."""

    kind: ClassVar[str] = "points.moved"

    person_id: PersonId
