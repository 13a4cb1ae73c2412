"""Payment lists, the payments in them, and what a person is told of hers."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from core.kernel.events import Event
from core.kernel.words import Model, ReasonText
from core.payments.model.accounts import Currency, Format
from core.payments.model.reports import FindingCard


class ListState(StrEnum):
    """making → draft → approved → exported → booked; until it is exported it can be cancelled."""

    MAKING = "making"
    """It is being filled; not everybody is in it yet."""
    DRAFT = "draft"
    APPROVED = "approved"
    EXPORTED = "exported"
    BOOKED = "booked"
    """The bank has answered for every payment."""
    CANCELLED = "cancelled"


class PaymentState(StrEnum):
    """open → exported → paid → returned; what a bank refuses goes from exported to returned."""

    OPEN = "open"
    HELD = "held"
    """Somebody stopped it; it keeps its payables until it is let go."""
    EXPORTED = "exported"
    PAID = "paid"
    RETURNED = "returned"
    CANCELLED = "cancelled"


class Why(StrEnum):
    """Why something payable is in no list."""

    READY = "ready"
    """Nothing is in the way: the next list takes it."""
    ON_HOLD = "on_hold"
    NO_ACCOUNT = "no_account"
    ACCOUNT_WAITS = "account_waits"
    """The account is too new."""
    OUTSIDE_SEPA = "outside_sepa"
    TOO_LARGE = "too_large"
    """More than the bank takes in one file."""


class ListWish(Model):
    """What a list is to pay, and when the bank is to do so."""

    currency: Currency
    execution_on: date
    format: Format | None = None
    """That of the company's account where it is not said. A list that is being made already keeps its own."""


class Reason(Model):
    """Why a payment is stopped."""

    reason: ReasonText


class LeftOut(Model):
    """Something payable, and why it is in no list."""

    person: str
    """Her code."""
    currency: str
    amount_minor: int
    why: Why
    pays: Format | None
    """In which format a list would pay her now; None where none would."""


class NotTaken(Model):
    """What a released run pays in a currency and no list has looked at yet."""

    run: int
    cycle: str
    currency: str
    amount_minor: int
    people: int


class FileCard(Model):
    """One file for the bank."""

    number: Annotated[int, Field(ge=1)]
    message_id: str
    count: int
    sum_minor: int
    fingerprints: dict[str, str]
    """SHA-256 of what was exported, by ending; empty before."""


class ListCard(Model):
    """A payment list with its control sums. What is held or cancelled is in neither count nor sum."""

    number: int
    currency: str
    execution_on: date
    state: ListState
    count: int
    sum_minor: int
    made_by: str
    made_at: datetime
    approved_by: str | None = None
    approved_at: datetime | None = None
    exported_at: datetime | None = None
    booked_at: datetime | None = None
    payments: dict[PaymentState, int]
    """How many there are in each state."""
    format: Format
    """Of the files that it becomes, or became."""
    files: tuple[FileCard, ...] = ()
    findings: tuple[FindingCard, ...] = ()
    """Released runs and accounts that were left out of it and why; told by the answer to its making alone."""


class PaymentCard(Model):
    """One payment as staff see it."""

    list: int
    position: int
    end_to_end_id: str
    person: str
    holder: str
    account: str
    """Masked."""
    amount_minor: int
    currency: str
    state: PaymentState
    reason: str | None = None
    settled_on: date | None = None


class PersonPayment(Model):
    """One payment as its person sees it."""

    list: int
    amount_minor: int
    currency: str
    state: PaymentState
    cycles: str
    """The cycles that it pays."""
    execution_on: date
    settled_on: date | None
    reason: str | None
    account: str
    """Masked."""


class PayoutState(Model):
    """What a person has in one currency besides payments on their way."""

    currency: str
    carried_minor: int
    """Earned by released runs and not due yet; below zero, it waits for earnings."""
    payable_minor: int
    """Due, and in no list yet."""
    why: Why | None
    """What keeps it out of the next list; None when nothing is payable."""
    account: str | None
    """Masked."""
    account_usable_from: datetime | None


class ListMoved(Event):
    """A list was made, approved, exported, booked or cancelled."""

    kind: ClassVar[str] = "payments.list_moved"

    number: int
    state: ListState
