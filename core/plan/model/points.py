"""The points programme as the plan declares it: names, safety, expiry, rules, tiers, and what points can become."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.kernel.words import CompanyText
from core.plan.expressions.model import Expression

DEFAULT_NAME: CompanyText = {
    "en": {"one": "point", "other": "points"},
    "es": {"one": "punto", "other": "puntos"},
    "de": {"one": "Prämienpunkt", "other": "Prämienpunkte"},
    "pt-BR": {"one": "ponto", "other": "pontos"},
    "fr": {"one": "point", "other": "points"},
}


class ExpireAt(StrEnum):
    """To which day the end of a lot is put off."""

    DAY = "day"
    MONTH_END = "month_end"
    YEAR_END = "year_end"


class Occasion(StrEnum):
    """When a rule is asked."""

    ORDER = "order"
    """For each order when it is paid."""
    CYCLE = "cycle"
    """For everybody at once when a cycle of the main calendar is closed."""


class Receiver(StrEnum):
    """Who gets a rule's points."""

    PERSON = "person"
    """The buyer, or whom a rule of the cycle is asked about."""
    REFERRER = "referrer"
    """Who brought that person."""
    SPONSOR = "sponsor"


@dataclass(frozen=True, slots=True)
class PointsRule:
    """Points beside the catalogue's: `points` where `when` holds."""

    code: str
    label: CompanyText
    on: Occasion
    when: Expression
    """Yes or no."""
    points: Expression
    """How many; a fraction is cut off, and fewer than one are none."""
    to: Receiver = Receiver.PERSON
    once: bool = False
    """At most once for each receiver and person that it was about."""


@dataclass(frozen=True, slots=True)
class Tier:
    """A standing by points earned (never by the balance) in the last `months` months."""

    code: str
    label: CompanyText
    earned: int


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one kind of movement, in points; None is no limit."""

    least: int = 1
    most: int | None = None
    daily: int | None = None


@dataclass(frozen=True, slots=True)
class Redeeming:
    """Products for points."""

    mixed: bool = False
    """Whether a part may be paid in money."""
    points_share_least: Decimal = Decimal(0)
    """Of a mixed order, the share of the redeem points that has to be paid in points, 0 to 1."""
    quantity_most: int = 10
    """Of one product in one order."""
    daily: int | None = None
    """Points that one person may redeem in a day of company time."""
    earns: bool = False
    """Whether what points pay earns points, CV and QV."""


class TransferTo(StrEnum):
    """To whom points may be given."""

    LINE = "line"
    """Her own line, and her upline."""
    ANYONE = "anyone"
    """Everybody whose code she knows, and her line by name."""


@dataclass(frozen=True, slots=True)
class Transferring:
    """Points from person to person."""

    limits: Limits = Limits()
    to: TransferTo = TransferTo.LINE


@dataclass(frozen=True, slots=True)
class Converting:
    """Points into money of an account and back. None closes that way.

    Attributes:
        to_credit: units of the plan's currency for one point.
        from_credit: units of the plan's currency that one point costs; never less than `to_credit`.
        from_commissions: the same, paid from commissions.
        to_commissions: units of the plan's currency for one point; never more than `from_credit` or `from_commissions`.
        limits: in points.
    """

    to_credit: Decimal | None = None
    from_credit: Decimal | None = None
    from_commissions: Decimal | None = None
    to_commissions: Decimal | None = None
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True)
class PointsSpec:
    """The whole programme; a plan without `[points]` has no programme (`Plan.points` is None)."""

    name: CompanyText = field(default_factory=lambda: dict(DEFAULT_NAME))
    since: date | None = None
    """Orders of earlier company days earn nothing here: they did so in the books before."""
    safe_after_days: int = 14
    """Days from an order's payment until what it earned can be spent; 0 is at once."""
    expire_after_months: int | None = 12
    """From the day that they were earned; None is never."""
    expire_at: ExpireAt = ExpireAt.MONTH_END
    may_go_negative: bool = True
    """Whether taking back what was already spent leaves a debt, which later points pay first."""
    warn_days: tuple[int, ...] = (30, 7, 1)
    rules: tuple[PointsRule, ...] = ()
    tiers: tuple[Tier, ...] = ()
    tier_months: int = 12
    redeem: Redeeming | None = None
    transfer: Transferring | None = None
    convert: Converting | None = None
