"""Words of what is missing: what it is, how much of it, and where somebody stands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from core.plan.model import Bonus, Condition


class Lack(StrEnum):
    """What is missing."""

    LEFT = "left"
    CUSTOMER = "customer"
    DISTRIBUTOR = "distributor"
    SUSPENDED = "suspended"
    NO_PLACE = "no_place"
    RANK = "rank"
    PACKAGE = "package"
    CONDITION = "condition"
    STEP = "step"
    RULE = "rule"
    SIDES = "sides"
    HELD = "held"
    AMOUNT = "amount"
    HAD = "had"
    NO_OWN = "no_own"
    NO_BELOW = "no_below"
    NO_DIFFERENCE = "no_difference"
    NO_NEWCOMER = "no_newcomer"
    NO_MATCH = "no_match"
    NO_LEGS = "no_legs"
    NO_LEVEL = "no_level"
    NO_EARNINGS = "no_earnings"
    NO_POT = "no_pot"
    NO_REFERRAL = "no_referral"
    NOBODY_REACHED = "nobody_reached"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing; what does not apply is None."""

    lack: Lack
    kpi: str | None = None
    needed: Fraction | None = None
    """Of the KPI, in whole units."""
    have: Fraction | None = None
    rank: str | None = None
    """The rank that is needed, or the package."""
    count: int | None = None
    """For so many cycles, or so many people."""
    once: bool = False
    basis: str = "paid"
    rule: str | None = None
    also: tuple["Missing", ...] = ()
    """What else of the same rule."""

    @property
    def each(self) -> tuple["Missing", ...]:
        """This, and what else of the same rule is missing."""
        return (self, *self.also)

    @property
    def distance(self) -> Fraction:
        """How much of what is needed is missing, 0 to 1; for what no number measures 1; of several the most."""
        alone = Fraction(1)
        if self.needed is not None and self.have is not None and self.needed > 0:
            alone = min(alone, max(Fraction(0), 1 - self.have / self.needed))
        return max(alone, *(one.distance for one in self.also)) if self.also else alone


@dataclass(frozen=True, slots=True)
class Standing:
    """One person in one cycle, as far as bonuses ask."""

    in_tree: bool
    customer: bool
    suspended: bool
    ranks: Mapping[str, int]
    """Places on the ladder by basis: paid, career, ever, and `before`, the title before the cycle."""
    kpi: Callable[[str], Fraction]
    """Her figure of a KPI in whole units."""
    counted: Callable[[Condition], Fraction]
    """What she has towards a condition, after leg caps, in whole units."""
    holds: Callable[[Bonus], bool]
    """Whether the expression of a rule holds for her."""
    unmet: Callable[[Bonus], Sequence[Missing]] = lambda _bonus: ()
    """What of a rule's condition does not hold for her; nothing where that is not known."""
    package: int = 0
    """Her place among the packages; 0 is none."""
    stands: Callable[[Bonus], bool] = lambda _bonus: True
    """Whether she has a place in the placement tree that a bonus goes along."""
    sided: Callable[[Bonus], bool] = lambda _bonus: True
    """Whether she has as many active people of her own on each side as a binary bonus asks for."""
