"""What a plan asks of a rank."""

from dataclasses import dataclass, field
from enum import StrEnum

from core.kernel.words import CompanyText
from core.plan.model.percents import Percent


class CapBase(StrEnum):
    """Of what a leg cap's percent is taken."""

    REQUIREMENT = "requirement"
    ACTUAL = "actual"


@dataclass(frozen=True, slots=True)
class LegCap:
    """At most this much of one leg counts towards a requirement."""

    percent: Percent | None = None
    absolute: int | None = None
    base: CapBase = CapBase.REQUIREMENT
    own_too: bool = False
    """The person's own figure is capped like a leg."""


@dataclass(frozen=True, slots=True)
class Condition:
    """`kpi` must reach `minimum`, after the leg cap where there is one."""

    kpi: str
    minimum: int
    leg_cap: LegCap | None = None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part must hold."""

    parts: "tuple[Requirement, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part must hold."""

    parts: "tuple[Requirement, ...]"


Requirement = Condition | AllOf | AnyOf


class TitleKeep(StrEnum):
    """How long a career title stays."""

    FOREVER = "forever"
    CYCLES = "cycles"
    WHILE_PAID = "while_paid"


class Honorary(StrEnum):
    """What an honorary rank is, which is an honour beside the rank that is paid."""

    NONE = "none"
    HIGHEST = "highest"
    """The highest rank that she ever reached, paid or as a title."""
    LAST_OF_YEAR = "last_of_year"
    """The rank that was paid in the last cycle of the year before."""


class GraceAfter(StrEnum):
    """From when on a rank has grace."""

    PROMOTION = "promotion"
    """From a cycle in which somebody's title rose to it."""
    MISS = "miss"
    """From every cycle in which somebody reached it, so that the misses after it are forgiven."""


@dataclass(frozen=True, slots=True)
class RankSpec:
    """One rung. Ranks stand in `Plan.ranks` from lowest to highest."""

    code: str
    name: CompanyText
    needs: AllOf
    title_keep: TitleKeep = TitleKeep.FOREVER
    title_keep_cycles: int = 0
    grace_cycles: int = 0
    grace_after: GraceAfter = GraceAfter.MISS
    spoken: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Further words people type for it, by language."""


@dataclass(frozen=True, slots=True)
class PackageSpec:
    """One rung of the other ladder: a package that was bought, or a status that was reached.

    Packages stand in `Plan.packages` from lowest to highest. Somebody has the highest whose needs she meets, whether or
    not she meets those of lower ones.
    """

    code: str
    name: CompanyText
    needs: AllOf
