"""Accounts, postings, entries and what the book refuses."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar, NamedTuple, NewType

from pydantic import Field

from core.kernel.errors import DomainError, NotFound
from core.kernel.ids import PersonId
from core.kernel.words import Model, ShortText

POINTS = "points"
"""The unit of points; every other unit is a currency's code, in its minor units."""

AMOUNT_MAX = 10**15
"""No line moves more; a sum over thousands of such lines still fits into 64 bits."""

EntryId = NewType("EntryId", int)
Unit = Annotated[str, Field(pattern=r"^(points|[A-Z]{3})$")]


class Purpose(StrEnum):
    """What an account is for. A person holds those of the first block, the company those of the second."""

    POINTS_AVAILABLE = "points_available"
    POINTS_PENDING = "points_pending"
    CREDIT = "credit"
    CREDIT_NOTES = "credit_notes"
    """What is left of a person's credit notes; it pays orders, and is no credit that can be converted."""
    COMMISSIONS_EARNED = "commissions_earned"
    COMMISSIONS_PAYABLE = "commissions_payable"
    """Due; its holder may still turn it into something else."""
    COMMISSIONS_IN_PAYMENT = "commissions_in_payment"
    """In a payment list, on its way to a bank; nothing else can be done with it."""

    POINTS_ISSUED = "points_issued"
    """Points given for orders, by rules and by hand; its balance is minus what was ever given and not taken back."""
    POINTS_REDEEMED = "points_redeemed"
    POINTS_EXPIRED = "points_expired"
    EXCHANGE = "exchange"
    """Where one unit becomes another: a conversion balances here in each of its two units."""
    SALES = "sales"
    """Goods paid by credit."""
    COMMISSIONS = "commissions"
    """The cost of commissions."""
    BANK = "bank"
    ADJUSTMENTS = "adjustments"
    CHARGES = "charges"
    """What payouts were charged, such as taxes withheld; the entries' reasons say which charge."""
    OPENING = "opening"
    """What was brought in from the books before these."""
    ROUNDING = "rounding"


PERSONAL = frozenset(
    {
        Purpose.POINTS_AVAILABLE,
        Purpose.POINTS_PENDING,
        Purpose.CREDIT,
        Purpose.CREDIT_NOTES,
        Purpose.COMMISSIONS_EARNED,
        Purpose.COMMISSIONS_PAYABLE,
        Purpose.COMMISSIONS_IN_PAYMENT,
    }
)


BY_HAND = frozenset({"credit.adjusted", "credit.converted", "credit.opening"})
"""Kinds of entries that staff may reverse in the book itself. Whatever moves points, pays for an order or belongs to a
document is undone where it was done, because more than the book has to change."""


class Account(Model):
    """One account by its name. `person` is None for the company's."""

    person: PersonId | None
    purpose: Purpose
    unit: Unit


class Line(Model):
    """What one posting does to one account."""

    account: Account
    amount: Annotated[int, Field(ge=-AMOUNT_MAX, le=AMOUNT_MAX)]
    least: int | None = 0
    """The least balance that a line which takes may leave on a person's account; None sets no limit."""

    @property
    def limit(self) -> int | None:
        """`least` as it is kept in the book: the company's accounts have none."""
        return None if self.account.person is None else self.least


class Document(Model):
    """What a posting stands for, such as `order` and its id; the room that owns the kind knows what it means."""

    kind: ShortText
    id: ShortText


class Posting(Model):
    """An entry to be written: once under its key, balanced per unit."""

    key: ShortText
    """Made of the occasion, so that doing it again posts nothing: `points.earned:order:4711`."""
    kind: ShortText
    """What happened, as the room that posts names it: `points.earned`."""
    reason: ShortText
    """Why, as whoever caused it said, or the rule's code."""
    document: Document
    lines: Annotated[tuple[Line, ...], Field(min_length=2, max_length=1_000)]
    reverses: EntryId | None = None


class Move(NamedTuple):
    """One of many entries of the same kind, from a person's account or to it; light, because there may be a million."""

    key: str
    document: str
    """Its id; all moves of one call have documents of one kind."""
    person: PersonId
    amount: int
    """More than zero."""


class Posted(Model):
    """That an entry stands in the book, now or since before."""

    entry: EntryId
    is_new: bool


class EntryLine(Model):
    """A line as it stands in the book."""

    account: Account
    amount: int


class Entry(Model):
    """An entry as it stands in the book."""

    entry: EntryId
    key: str
    kind: str
    reason: str
    document: Document
    at: datetime
    caused_by: str
    reverses: EntryId | None
    reversed_by: EntryId | None
    lines: tuple[EntryLine, ...]


class LineCard(Model):
    """A line as staff see it."""

    holder: str | None
    """The person's code; None is the company."""
    purpose: Purpose
    unit: str
    amount: int


class EntryCard(Model):
    """An entry as staff see it."""

    entry: EntryId
    key: str
    kind: str
    reason: str
    document: Document
    at: datetime
    caused_by: str
    reverses: EntryId | None
    reversed_by: EntryId | None
    lines: tuple[LineCard, ...]


class BookLine(NamedTuple):
    """One line of the whole book with all that is known of its entry; light, because there may be ten million."""

    entry: int
    line: int
    key: str
    at: datetime
    kind: str
    reason: str
    document_kind: str
    document: str
    caused_by: str
    reverses: int | None
    holder: str | None
    """The person's code; None is the company."""
    purpose: str
    unit: str
    amount: int


class Reversal(Model):
    """Why an entry is undone by hand."""

    reason: ShortText


class Balance(Model):
    """What stands on one of a person's accounts."""

    purpose: Purpose
    unit: str
    amount: int


class TrialBalance(Model):
    """All accounts of one unit together: what holders have per purpose, and the sum, which is zero."""

    unit: str
    purposes: dict[Purpose, int]
    total: int


class Overdrawn(DomainError):
    """There is not enough on the account. Facts: `purpose`, `unit`, `balance`, `needed`."""

    code: ClassVar[str] = "overdrawn"


class PostingDiffers(DomainError):
    """Something else was posted under this key. Facts: `key`."""

    code: ClassVar[str] = "posting_differs"


class EntryUnknown(NotFound):
    """There is no such entry. Facts: `entry`, as text, because it is a name."""

    code: ClassVar[str] = "entry_unknown"


class AlreadyReversed(DomainError):
    """The entry was reversed before. Facts: `entry`, `by`."""

    code: ClassVar[str] = "entry_already_reversed"


class NotReversible(DomainError):
    """The entry is a reversal itself, or what it did is undone where it was done. Facts: `entry`, `kind`."""

    code: ClassVar[str] = "entry_not_reversible"
