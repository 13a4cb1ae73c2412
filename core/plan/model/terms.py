"""The terms of each kind of bonus.

A field is called as the word of `docs/plan-language.md` that it was read from, and its default is what holds unless the
plan says otherwise. Rates are percentages. Amounts are exact numbers in whole units, for they can be money, volume or
points. In a table by rank a rank that is not listed has what the nearest lower listed one has.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.kernel.words import CompanyText
from core.plan.expressions.model import Expression
from core.plan.model.percents import Percent
from core.plan.model.ranks import Requirement
from core.plan.model.settling import CapSpec
from core.plan.model.top import Top

Rates = tuple[Percent, ...]
Conditions = tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """From `start` of a figure on: a rate."""

    start: Decimal
    rate: Percent = Decimal(0)


@dataclass(frozen=True, slots=True)
class Tier:
    """From `start` on both sides on: what is paid."""

    start: Decimal
    pay: Decimal


@dataclass(frozen=True, slots=True)
class LevelStep:
    """From `start` of a figure on: rates by level."""

    start: Decimal
    levels: Rates = ()


@dataclass(frozen=True, slots=True)
class Leveled:
    """Rates by level, level 1 first."""

    levels: Rates = ()
    levels_kpi: str | None = None
    levels_steps: tuple[LevelStep, ...] = ()
    """Rates by a figure of the earner's."""
    levels_by_rank: Mapping[str, Rates] = field(default_factory=dict)
    depth_by_rank: Mapping[str, int] = field(default_factory=dict)
    pair_rule: str = "earner"
    """Whose rank, package or figure decides the rates: hers, or the lower of hers and that of whoever brought it."""


@dataclass(frozen=True, slots=True)
class Compressed(Leveled):
    """Rates by level, and how the n-th person above is chosen."""

    compression: str = "none"
    place: Conditions = ()


@dataclass(frozen=True, slots=True)
class Unilevel(Compressed):
    """So much of every order to each level above the buyer."""

    start_level: int = 1


@dataclass(frozen=True, slots=True)
class Differential:
    """One's own percentage of a group less those below."""

    schedule: tuple[Step, ...] = ()
    schedule_kpi: str | None = None
    schedule_mode: str = "whole"
    rate_by_rank: Mapping[str, Percent] = field(default_factory=dict)
    of: str = "group"
    unqualified_between: str = "block"
    equal_rank: Percent = Decimal(0)


@dataclass(frozen=True, slots=True)
class Breakaway:
    """Overrides on groups that have broken away."""

    leader_rank: str | None = None
    generations: Rates = ()
    generations_by_rank: Mapping[str, Rates] = field(default_factory=dict)
    own_group_kpi: str | None = None
    own_group_minimum: Decimal = Decimal(0)
    minimum_waived_from_legs: int | None = None
    """Whoever has so many legs with a leader in them needs no minimum; None: everybody needs it."""
    guarantee: Decimal = Decimal(0)
    pass_up_unqualified: bool = False


@dataclass(frozen=True, slots=True)
class Generation:
    """Rates by generation of leaders."""

    leader_rank: str | None = None
    """None, as `same_as_earner`: whoever holds the earner's rank or a higher one."""
    boundary: str = "closer"
    generations: Rates = ()
    generations_by_rank: Mapping[str, Rates] = field(default_factory=dict)
    include_leader_own: bool = True
    compress_unqualified: bool = False


@dataclass(frozen=True, slots=True)
class Infinity:
    """A share without limit of depth."""

    start_after_level: int = 0
    counts_from_level: int | None = None
    """From this level on people's rates count for `differential`; None: from the first that is paid."""
    rate: Percent = Decimal(0)
    rate_by_rank: Mapping[str, Percent] = field(default_factory=dict)
    stop_rank: str | None = None
    stop_offset_levels: int = 0
    differential: bool = False
    order_max: Percent | None = None
    """What an order pays altogether at most, the nearest earners first; None is no limit."""


@dataclass(frozen=True, slots=True)
class Binary:
    """Pay for volume that both sides match; along sponsors the strongest leg is the left side, all others the right."""

    pay: str = "percent"
    rate: Percent = Decimal(0)
    rate_by_rank: Mapping[str, Percent] = field(default_factory=dict)
    rate_steps: tuple[Step, ...] = ()
    rate_kpi: str | None = None
    matched_min: Decimal = Decimal(0)
    matched_max: Decimal | None = None
    tiers: tuple[Tier, ...] = ()
    tiers_in_turn: bool = False
    """Each tier is paid once, one after the other, and volume is used at the last."""
    cycle_left: Decimal | None = None
    cycle_right: Decimal | None = None
    value: Decimal = Decimal(0)
    value_by_rank: Mapping[str, Decimal] = field(default_factory=dict)
    either_side: bool = False
    """Each cycle takes the larger volume of the side that then has more."""
    first_pair: str = "1:1"
    from_level: int = 1
    to_level: int = 0
    """The first level below her whose volume is on her sides; and of pairs by level the last that pays."""
    carry: str = "keep"
    carry_max: Decimal | None = None
    carry_cycles: int | None = None
    carry_when_inactive: str = "keep"
    own_volume_to: str = "none"
    own_volume_above: Decimal = Decimal(0)
    """Only what her own volume of the cycle is above so much joins a side."""
    personal_actives_each_side: int = 0
    cap_uses_volume: bool = False


@dataclass(frozen=True, slots=True)
class Matrix(Compressed):
    """Levels of a placement tree of a fixed width, and what full ones pay."""

    level_full: tuple[Decimal, ...] = ()
    matrix_full: Decimal = Decimal(0)
    sponsor_full: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Matching(Compressed):
    """A share of what other bonuses pay others, by levels or by generations."""

    leader_rank: str | None = None
    boundary: str = "closer"
    generations: Rates = ()
    generations_by_rank: Mapping[str, Rates] = field(default_factory=dict)
    include_leader_own: bool = True
    compress_unqualified: bool = False
    matches: tuple[str, ...] = ()
    match_on: str = "gross"


@dataclass(frozen=True, slots=True)
class FastStart(Leveled):
    """Rates by level on what newcomers order soon after joining."""

    window_days: int | None = None
    window_cycles: int | None = None
    rolls_up: bool = False
    volume_for_others: Percent = Decimal(100)
    once: bool = False
    pays_newcomer: bool = False


@dataclass(frozen=True, slots=True)
class FirstOrder:
    """For a person's first order: rates by level, or an amount to her sponsor."""

    levels: Rates = ()
    amount: Decimal = Decimal(0)
    minimum_order: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Pool:
    """A share of the company's volume, divided."""

    share: Percent = Decimal(0)
    division: str = "shares"
    shares_by_rank: Mapping[str, Decimal] = field(default_factory=dict)
    shares_kpi: str | None = None
    shares_from: tuple[str, ...] = ()
    """The bonuses whose shares these are."""
    growth_kpi: str | None = None
    growth_step: Decimal | None = None
    positions: Rates = ()
    top: Top | None = None
    """Only the best by `shares_kpi` divide it; None is whoever holds a share."""
    groups: Rates = ()
    if_nobody: str = "keep"
    next_pool: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RankAward:
    """Amounts or prizes for ranks."""

    amount_by_rank: Mapping[str, Decimal] = field(default_factory=dict)
    prize_by_rank: Mapping[str, CompanyText] = field(default_factory=dict)
    once: bool = False
    hold_cycles: int = 1
    """In so many cycles in a row, this one the last, the rank was paid."""
    to: str = "person"
    """Who is paid for it: she herself, her `sponsor`, or the `next_qualified` above."""


@dataclass(frozen=True, slots=True)
class GoalAward:
    """An amount or a prize for whoever reaches a KPI."""

    kpi: str | None = None
    minimum: Decimal = Decimal(0)
    amount: Decimal = Decimal(0)
    once: bool = False
    to: str = "person"
    """As that of rank awards."""


@dataclass(frozen=True, slots=True)
class Conditional:
    """A rate or an amount where an expression holds."""

    when: Expression
    rate: Percent = Decimal(0)
    amount: Decimal | Expression = Decimal(0)
    """So much, or what an expression comes to, which may ask for the `base` besides."""
    per: str = "person"

    @property
    def fixed(self) -> Decimal:
        """The amount that the plan names; 0 where an expression decides."""
        return self.amount if isinstance(self.amount, Decimal) else Decimal(0)

    @property
    def asks_base(self) -> bool:
        """Whether its amount is an expression about the base."""
        return isinstance(self.amount, Expression) and "base" in self.amount.names


@dataclass(frozen=True, slots=True)
class Rest:
    """Parts of what a bonus paid that the plan has no more; no plan can name it."""


Terms = (
    Unilevel
    | Differential
    | Breakaway
    | Generation
    | Infinity
    | Binary
    | Matrix
    | Matching
    | FastStart
    | FirstOrder
    | Pool
    | RankAward
    | GoalAward
    | Conditional
    | Rest
    | CapSpec
)
