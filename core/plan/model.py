"""A compensation plan as read from its file: frozen words, every number already exact and at scale.

The file's language is explained in `docs/plan-language.md`. Volumes stand here as integers at scale,
percentages as `Decimal`, texts of the company as `{language: text}`. `Plan.volume.scale` is the scale of them all.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from core.kernel.errors import DomainError, NotFound
from core.kernel.events import Event
from core.kernel.words import CompanyText, Model


class Measure(StrEnum):
    """What a KPI counts, before it says over whom."""

    CV = "cv"
    QV = "qv"
    ORDERS = "orders"
    POINTS = "points"
    HEADS = "heads"
    LEGS = "legs"
    """Legs that satisfy `KpiSpec.leg_with_rank` or hold at least `leg_minimum` of `leg_kpi`."""


class Unit(StrEnum):
    """In what a KPI's value is counted. Volumes are integers at the plan's scale, all others plain counts."""

    VOLUME = "volume"
    PEOPLE = "people"
    ORDERS = "orders"
    POINTS = "points"
    LEGS = "legs"


class Who(StrEnum):
    """Whose figures a KPI takes in."""

    ALL = "all"
    DISTRIBUTORS = "distributors"
    CUSTOMERS = "customers"


class Over(StrEnum):
    """How a KPI goes over the tree below a person."""

    OWN = "own"
    LEVELS = "levels"
    """Everybody from `level_from` to `level_to` below her; the frontline is 1 to 1, the whole line 1 to None."""
    LARGEST_LEG = "largest_leg"
    LESSER_LEGS = "lesser_legs"
    """The whole line without the largest leg."""
    GENERATION = "generation"


class RankBasis(StrEnum):
    """Which rank a boundary looks at."""

    PAID = "paid"
    CAREER = "career"


class Window(StrEnum):
    """Over which time a KPI adds up."""

    CYCLES = "cycles"
    """The open cycle and the `KpiSpec.cycles - 1` before it."""
    CUMULATIVE = "cumulative"
    """Everything since the beginning, the open cycle included."""


@dataclass(frozen=True, slots=True)
class KpiSpec:
    """One declared KPI; `core.kpis` compiles it to a column, a mask and a tree operation."""

    code: str
    label: CompanyText
    measure: Measure
    over: Over = Over.OWN
    level_from: int = 0
    level_to: int | None = 0
    generation: int = 0
    generation_rank: str | None = None
    who: Who = Who.ALL
    active_only: bool = False
    include_self: bool = False
    """The person's own figure counts too, whatever `who`, `active_only` and `stop_at_rank` ask of those below her."""
    floor: int = 0
    """A person's own figure below this counts as nothing (volume at scale, or a count)."""
    cap_per_leg: int | None = None
    """At most this much of one leg counts; a leg is a frontline person with all below her."""
    stop_at_rank: str | None = None
    """Leave out everybody at or above this rank, with all below (personal group volume)."""
    rank_basis: RankBasis = RankBasis.PAID
    leg_with_rank: str | None = None
    """With `leg_kpi` too, a leg must pass both."""
    leg_kpi: str | None = None
    leg_minimum: int = 0
    leg_depth: int | None = None
    """How deep in the leg the person of that rank may stand; None is anywhere, 1 the frontline person herself."""
    window: Window = Window.CYCLES
    cycles: int = 1
    tree: str = "sponsor"
    on: bool = True
    visible: bool = True

    @property
    def unit(self) -> Unit:
        """In what its value is counted."""
        units = {
            Measure.ORDERS: Unit.ORDERS,
            Measure.POINTS: Unit.POINTS,
            Measure.HEADS: Unit.PEOPLE,
            Measure.LEGS: Unit.LEGS,
        }
        return units.get(self.measure, Unit.VOLUME)

    @property
    def knows_rank(self) -> bool:
        """Whether its value depends on somebody's rank in the same cycle."""
        boundary = self.stop_at_rank is not None or self.over is Over.GENERATION
        return self.leg_with_rank is not None or (boundary and self.rank_basis is RankBasis.PAID)


class CapBase(StrEnum):
    """Of what a leg cap's percent is taken."""

    REQUIREMENT = "requirement"
    ACTUAL = "actual"


@dataclass(frozen=True, slots=True)
class LegCap:
    """At most this much of one leg counts towards a requirement."""

    percent: Decimal | None = None
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


@dataclass(frozen=True, slots=True)
class RankSpec:
    """One rung. Ranks stand in `Plan.ranks` from lowest to highest."""

    code: str
    name: CompanyText
    needs: AllOf
    title_keep: TitleKeep = TitleKeep.FOREVER
    title_keep_cycles: int = 0
    grace_cycles: int = 0
    spoken: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Further words people type for it, by language."""


@dataclass(frozen=True, slots=True)
class ActivitySpec:
    """Who is active: `kpi` (an own KPI) reaches `minimum` over `cycles` cycles."""

    measure: Measure
    minimum: int
    cycles: int = 1


class CalendarKind(StrEnum):
    """The calendars a company can have."""

    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    YEAR = "year"
    FORTNIGHT = "fortnight"


@dataclass(frozen=True, slots=True)
class CalendarSpec:
    """A named calendar; the first in the file is the main one."""

    code: str
    kind: CalendarKind
    time_zone: str


class DefaultVolume(StrEnum):
    """What CV or QV is when neither order line nor product says."""

    PRICE = "price"
    ZERO = "zero"


@dataclass(frozen=True, slots=True)
class VolumeSpec:
    """How lines become volume."""

    currency: str
    scale: int = 4
    default_cv: DefaultVolume = DefaultVolume.PRICE
    default_qv: DefaultVolume = DefaultVolume.PRICE


@dataclass(frozen=True, slots=True)
class Visibility:
    """What a distributor sees of her line: figures, orders and contacts down to a level; None is the whole line."""

    figures_to_level: int | None = None
    orders_to_level: int | None = 1
    contacts_to_level: int | None = 1


@dataclass(frozen=True, slots=True)
class RoundingSpec:
    """How and where settlement rounds."""

    mode: str = "half_up"
    by: str = "line"


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole plan file, checked."""

    code: str
    version: str
    name: CompanyText
    currency: str
    language: str
    volume: VolumeSpec
    calendars: tuple[CalendarSpec, ...]
    kpis: tuple[KpiSpec, ...]
    ranks: tuple[RankSpec, ...]
    gauges: tuple[str, ...]
    activity: ActivitySpec
    visibility: Visibility = Visibility()
    rounding: RoundingSpec = RoundingSpec()
    must_climb: bool = True
    """Ranks are tried from the lowest and stop at the first failure; otherwise the highest that holds is taken."""
    valid_from: date | None = None
    company: CompanyText = field(default_factory=dict)
    """What the company calls itself."""
    reserved: tuple[str, ...] = ()
    """Sections that the file has and that are understood but not calculated yet."""

    @property
    def calendar(self) -> CalendarSpec:
        """The main calendar, by which ranks are paid."""
        return self.calendars[0]

    def kpi(self, code: str) -> KpiSpec:
        """The declared KPI of that code."""
        return next(kpi for kpi in self.kpis if kpi.code == code)

    def rank_index(self, code: str | None) -> int:
        """Position in the ladder from 1; 0 for no rank."""
        return 0 if code is None else 1 + [rank.code for rank in self.ranks].index(code)


class Version(Model):
    """A plan text that was put in force."""

    code: str
    version: str
    valid_from: datetime
    activated_at: datetime
    activated_by: str
    fingerprint: str
    """SHA-256 of the text, as hexadecimal."""


class RankWords(Model):
    """How people speak of a rank."""

    code: str
    name: CompanyText
    spoken: dict[str, tuple[str, ...]]
    """Further words people type for it, by language."""


class KpiWords(Model):
    """How a KPI is spoken of, and in what it is counted."""

    code: str
    label: CompanyText
    unit: Unit


class PlanWords(Model):
    """What a chat needs to know of the plan in force: its words, without thresholds."""

    company: CompanyText
    language: str
    """The company's own."""
    ranks: tuple[RankWords, ...]
    """Lowest first."""
    kpis: tuple[KpiWords, ...]
    """Only those that distributors may see."""
    gauges: tuple[str, ...]
    fingerprint: str


class PlanCard(Model):
    """A plan version as staff see it."""

    in_force: Version
    text: str
    versions: tuple[Version, ...]
    """All versions, the latest to begin first; those of the future too."""


class PlanMissing(NotFound):
    """No plan was ever put in force."""

    code: ClassVar[str] = "plan_missing"


class PlanFaulty(DomainError):
    """The text has faults, so it cannot be put in force. Facts: `faults`, how many."""

    code: ClassVar[str] = "plan_faulty"
    status: ClassVar[int] = 422


class PlanVersionTaken(DomainError):
    """This version of the plan was put in force with another text. Facts: `version`."""

    code: ClassVar[str] = "plan_version_taken"


class PlanStartTaken(DomainError):
    """Another text begins at that moment already. Facts: `start`."""

    code: ClassVar[str] = "plan_start_taken"


class PlanActivated(Event):
    """A version of the plan was put in force from `valid_from` (ISO) on."""

    kind: ClassVar[str] = "plan.activated"

    code: str
    version: str
    valid_from: str
