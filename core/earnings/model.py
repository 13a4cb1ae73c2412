"""What a person is told of her earnings, and how a question is refused."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from core.kernel.errors import NotFound
from core.kernel.words import CompanyText, Model


class BonusSum(Model):
    """What one bonus comes to in one unit."""

    bonus: str
    """Its code; a cap, an advance or a correction has a line of its own."""
    label: CompanyText
    unit: str
    """A currency, `points`, `prize` or `badge`."""
    amount: int
    """Minor units of a currency, else pieces; below zero where something is taken back."""
    lines: int


class Money(Model):
    """An amount of one currency in minor units."""

    currency: str
    amount: int


class Raise(Model):
    """One thing that would raise the estimate."""

    bonus: str
    label: CompanyText
    sentence: str
    """What is missing, in the reader's language."""


class OpenCycle(Model):
    """What the open cycle of one calendar would pay if it closed now."""

    cycle: str
    calendar: str
    ends_on: date
    days_left: int
    as_of: datetime
    """Up to when orders are in it."""
    totals: tuple[Money, ...] = ()
    bonuses: tuple[BonusSum, ...] = ()
    """In the plan's order; those that pay nothing are left out."""


class Estimate(OpenCycle):
    """What the main calendar's open cycle would pay if it closed now, and what those of other calendars would."""

    ready: bool = True
    """False while the first calculation of a large company is still going on; then there are no figures."""
    pays: bool = True
    """False where the plan pays no bonus by the main calendar."""
    raises: tuple[Raise, ...] = ()
    """Up to three, the nearest first, of all open cycles."""
    beside: tuple[OpenCycle, ...] = ()
    """Of calendars by which further bonuses are paid, such as weeks, in the plan's order."""


class PaymentState(StrEnum):
    """Where the money of a statement is."""

    WAITING = "waiting"
    """Below the minimum, so it is carried over."""
    OPEN = "open"
    """To be paid with the next list."""
    NO_ACCOUNT = "no_account"
    """The company has no account of hers to pay to."""
    HELD = "held"
    ON_ITS_WAY = "on_its_way"
    PAID = "paid"
    RETURNED = "returned"
    """The bank sent it back; it comes with the next list."""
    NOTHING = "nothing"


class Charge(Model):
    """What was taken off a payout by a name of its own, such as a tax withheld."""

    code: str
    label: CompanyText
    amount: int
    """Above zero, in minor units."""


class PayoutCard(Model):
    """One statement's money in one currency, in minor units: what came in is paid, credited or carried over."""

    cycle: str
    calendar: str
    currency: str
    earned: int
    carried_in: int
    adjustments: int
    to_credit: int = 0
    """What became credit on her account, in the place of money."""
    charges: tuple[Charge, ...] = ()
    """Part of `adjustments`, in the plan's order."""
    paid: int
    carried_out: int
    state: PaymentState
    on: date | None = None
    """When it was paid, or is to be."""
    account: str | None = None
    """Where to, all but its beginning and end hidden."""


class Payouts(Model):
    """When and where her money comes."""

    minimum: Money | None = None
    """Less than this stays on her balance."""
    balances: tuple[Money, ...] = ()
    """What is carried over now."""
    account: str | None = None
    has_account: bool = False
    latest: tuple[PayoutCard, ...] = ()
    """The latest first, at most twelve."""


class StatementCard(Model):
    """A statement in the list of them."""

    cycle: str
    calendar: str
    starts_on: date
    ends_on: date
    totals: tuple[Money, ...]


class Statement(Model):
    """What a released run paid her."""

    cycle: str
    calendar: str
    starts_on: date
    ends_on: date
    paid_rank: CompanyText | None
    totals: tuple[Money, ...]
    bonuses: tuple[BonusSum, ...]
    payouts: tuple[PayoutCard, ...]
    seal: str
    """The run's fingerprint of inputs, plan and results, as hexadecimal."""
    before: str | None = None
    """The cycle of the statement before this one, and after it."""
    after: str | None = None


class AwardCard(Model):
    """One line of a statement or of the estimate."""

    award: str
    """What `why` takes. An estimate's lines last as long as the estimate."""
    bonus: str
    label: CompanyText
    unit: str
    amount: int
    order: str | None = None
    person: str | None = None
    """Whose order, leg or earnings: a name where the company shows it to her, else None."""
    level: int | None = None
    rank: CompanyText | None = None
    """The rank that is awarded, under a bonus that awards ranks."""


class Why(Model):
    """The chain of reasons of one line."""

    line: AwardCard
    cycle: str
    sentences: tuple[str, ...]
    """In the reader's language: order, volume, rank used, level and who was skipped and why, rate, rounding, line."""


class WhyNot(Model):
    """What kept a bonus from her in a cycle."""

    bonus: str
    label: CompanyText
    cycle: str
    earned: bool
    """True where she did earn it, so that there is nothing to be told."""
    sentences: tuple[str, ...]
    """The first reason first, in the reader's language."""


class StatementUnknown(NotFound):
    """She has no released statement of that cycle. Facts: `cycle`, `known` the cycles she has."""

    code: ClassVar[str] = "statement_unknown"


class AwardUnknown(NotFound):
    """She has no such line, or the estimate it was in is over. Facts: `award`."""

    code: ClassVar[str] = "award_unknown"


class BonusUnknown(NotFound):
    """The plan has no such bonus. Facts: `bonus`, `known`."""

    code: ClassVar[str] = "bonus_unknown"
