"""What a plan says about paying: caps over bonuses, payout, returns, advances, orders that are paid late.

A field is called as the word of `docs/plan-language.md` that it was read from, and its default is what holds unless the
plan says otherwise. Shares are percentages; amounts are exact numbers in whole units of their currency.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.kernel.words import CompanyText
from core.plan.model.percents import Percent
from core.plan.model.ranks import AllOf, Requirement

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class CapSpec:
    """The most, or the least, that several bonuses pay a person; or all people as a share of the company's figure."""

    code: str
    per: str = "person"
    bonuses: tuple[str, ...] = ()
    """Empty is all that pay money."""
    calendar: str | None = None
    """None is that of the bonuses."""
    ever: bool = False
    """All that she was ever paid under it counts, in runs of any calendar."""
    amount: Decimal | None = None
    amount_by_rank: Mapping[str, Decimal] = field(default_factory=dict)
    share: Percent | None = None
    share_by_rank: Mapping[str, Percent] = field(default_factory=dict)
    share_of: str = "cv"
    """Of a person a KPI of hers."""
    by_package: tuple[str, ...] = ()
    """`amount_by_rank` where it lists packages in place of ranks."""
    at_least: Decimal | None = None
    """What it adds to, in place of taking off: all that she is paid by these bonuses then comes to so much."""
    at_least_by_rank: Mapping[str, Decimal] = field(default_factory=dict)
    earner: tuple[Requirement, ...] = ()
    """What she must reach to be paid so much."""
    keep: str | None = None
    """`highest`: of the bonuses only that is paid which comes to most; None: all of them, up to the amount."""

    @property
    def goes_by_figure(self) -> bool:
        """Whether the most that a person is paid is a share of a figure of hers."""
        return self.per == "person" and (self.share is not None or bool(self.share_by_rank))

    @property
    def tops_up(self) -> bool:
        """Whether it is the least that a person is paid, not the most."""
        return self.at_least is not None or bool(self.at_least_by_rank)

    @property
    def conditions(self) -> AllOf:
        """What whoever is topped up must reach besides her rank."""
        return AllOf(self.earner)


@dataclass(frozen=True, slots=True)
class PayoutSpec:
    """When earnings are paid out."""

    minimum: Decimal = Decimal(0)
    """Less stays on the balance."""
    currency: str | None = None
    """Of the minimum and the fee; None is the plan's."""
    per: str = "total"
    expires_after: int | None = None
    """Cycles that money may wait; None is for ever."""
    fee: Decimal = Decimal(0)
    """An amount; 0 where it is a part of what is due."""
    fee_share: Decimal = Decimal(0)
    """In percent, where the fee is such a part."""
    fee_from: Decimal = Decimal(0)
    """Payments from this amount on are free; 0 is none."""
    charges: Mapping[str, Decimal] = field(default_factory=dict)
    """Parts of what is due that are taken off beside the fee, each told by itself, in percent."""
    charge_labels: Mapping[str, CompanyText] = field(default_factory=dict)
    """What they are called."""
    credit: Percent = Decimal(0)
    """So much of what is due goes to the person's account credit, which buys products, and only the rest is paid."""


@dataclass(frozen=True, slots=True)
class ReturnsSpec:
    """What a return that names its sale takes back."""

    within_days: int | None = None
    """None is without limit."""
    volume_in: str = "refund_period"
    rank_again: bool = False
    amount: str = "original_lines"
    recovery_max: Percent = HUNDRED


@dataclass(frozen=True, slots=True)
class AdvancesSpec:
    """What is paid before the main calendar's cycle ends."""

    calendar: str
    share: Percent
    bonuses: tuple[str, ...] = ()
    """Empty is all of the main calendar that pay money."""


@dataclass(frozen=True, slots=True)
class LateOrdersSpec:
    """Where orders count that are paid after their cycle."""

    settled_in: str = "own_period"
    cut_off_days: int | None = None
    """None is without limit in `own_period`, else 0."""
    change_rank: bool = True
    change_others: bool = True
    rebuild_carry: bool = False
