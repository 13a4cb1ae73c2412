"""Coupons and credit notes, and why one does not work."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from core.catalog.model import Names
from core.kernel.errors import DomainError, NotFound
from core.kernel.events import Event
from core.kernel.ids import PersonId
from core.kernel.words import CompanyText, Model, ShortText

MINOR_MAX = 10**12
Minor = Annotated[int, Field(ge=1, le=MINOR_MAX)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class HoldingKind(StrEnum):
    """What somebody holds."""

    COUPON = "coupon"
    CREDIT_NOTE = "credit_note"


class HoldingState(StrEnum):
    """Where it stands today."""

    USABLE = "usable"
    EARLY = "early"
    USED = "used"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Holding(Model):
    """A coupon or credit note as its holder sees it."""

    kind: HoldingKind
    code: str
    label: CompanyText
    state: HoldingState
    percent: Decimal | None = None
    """A coupon that takes a share off: 10 is 10 %."""
    amount_minor: int | None = None
    """What a coupon takes off, or a credit note was issued for."""
    left_minor: int | None = None
    """Of a credit note."""
    currency: str | None = None
    order_least_minor: int | None = None
    """A coupon works on orders of at least this."""
    uses_left: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    """Its last day; None is without end."""


class Holdings(Model):
    """All that she holds: what works today first, by its last day; then what was used or ended in the last 90 days."""

    items: tuple[Holding, ...]


class NewCoupon(Model):
    """A coupon to be given to one person."""

    person: ShortText
    code: ShortText
    label: Names
    percent: Annotated[Decimal, Field(gt=0, le=100, max_digits=7, decimal_places=4)] | None = None
    amount_minor: Minor | None = None
    currency: Currency | None = None
    """Of `amount_minor` and `order_least_minor`."""
    order_least_minor: Annotated[int, Field(ge=0, le=MINOR_MAX)] | None = None
    uses: Annotated[int, Field(ge=1, le=10_000)] = 1
    valid_from: date | None = None
    valid_until: date | None = None


class NewCreditNote(Model):
    """A credit note to be given to one person, with the reason that she will read."""

    person: ShortText
    number: ShortText
    amount_minor: Minor
    currency: Currency
    reason: ShortText
    valid_until: date | None = None


class HoldingUnknown(NotFound):
    """She holds no such coupon or credit note. Facts: `code`."""

    code: ClassVar[str] = "holding_unknown"


class HoldingUnusable(DomainError):
    """It does not work now; the subclasses say why. Facts: `code`, `state` (a `HoldingState`), `day`."""

    code: ClassVar[str] = "holding_unusable"


class HoldingEarly(HoldingUnusable):
    """It works from `day` on."""

    code: ClassVar[str] = "holding_early"


class HoldingExpired(HoldingUnusable):
    """Its last day was `day`."""

    code: ClassVar[str] = "holding_expired"


class HoldingUsed(HoldingUnusable):
    """Nothing is left of it."""

    code: ClassVar[str] = "holding_used"


class HoldingWithdrawn(HoldingUnusable):
    """The company has taken it back."""

    code: ClassVar[str] = "holding_withdrawn"


class OrderTooSmall(DomainError):
    """The coupon asks for a larger order. Facts: `code`, `least_minor`, `currency`, `told` (the least in words)."""

    code: ClassVar[str] = "order_too_small"


class HoldingCurrency(DomainError):
    """It is money of another currency than the order. Facts: `code`, `currency`."""

    code: ClassVar[str] = "holding_currency"


class HoldingTaken(DomainError):
    """Another coupon or credit note has this code. Facts: `code`."""

    code: ClassVar[str] = "holding_taken"


class NoteTooSmall(DomainError):
    """Less is left of the credit note than it is to pay. Facts: `code`, `left_minor`, `currency`, `told`."""

    code: ClassVar[str] = "note_too_small"


class HoldingChanged(Event):
    """Event: what somebody holds of coupons and credit notes changed."""

    kind: ClassVar[str] = "incentives.changed"
    of_one_line: ClassVar[bool] = True

    person_id: PersonId
