"""A whole plan, with what is said once in it: activity, calendars, volume, visibility, rounding."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.kernel.money import minor_digits
from core.kernel.words import CompanyText
from core.plan.model.bonuses import Bonus
from core.plan.model.kpis import KpiSpec, Measure
from core.plan.model.notifications import NotificationsSpec
from core.plan.model.orders import EVERY_ORDER, OrderChoice
from core.plan.model.points import PointsSpec
from core.plan.model.ranks import Honorary, PackageSpec, RankSpec
from core.plan.model.runs import RunSpec
from core.plan.model.settling import AdvancesSpec, CapSpec, LateOrdersSpec, PayoutSpec, ReturnsSpec
from core.plan.model.tickets import TicketsSpec
from core.plan.model.trees import PlacementSpec, TerminationSpec, TreesSpec


class ActivityMode(StrEnum):
    """How several cycles are looked at."""

    SUM = "sum"
    """Added up."""
    ANY = "any"
    """Each by itself; one must do."""
    ALL = "all"
    """Each by itself; every one must do."""


@dataclass(frozen=True, slots=True)
class ActivitySpec:
    """Who is active: her own `measure` reaches `minimum` over `cycles` cycles, or over the last `days` days."""

    measure: Measure
    minimum: int
    cycles: int = 1
    mode: ActivityMode = ActivityMode.SUM
    warn_after: int | None = None
    """A distributor who was inactive for so many cycles in a row is to be warned; None is nobody."""
    terminate_after: int | None = None
    """Likewise, to be ended."""
    days: int = 0
    """In place of cycles; 0 is none."""
    orders: OrderChoice = EVERY_ORDER
    newcomer_days: int = 0
    """For so many days, that of joining the first, newcomers are active whatever they order."""

    @property
    def counts_inactive(self) -> bool:
        """Whether cycles without activity are counted."""
        return self.warn_after is not None or self.terminate_after is not None


class CalendarKind(StrEnum):
    """The calendars a company can have."""

    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    YEAR = "year"
    FORTNIGHT = "fortnight"
    QUARTER = "quarter"
    PERIOD = "period"


SOME_MONDAY = date(2000, 1, 3)
LENGTHS = {
    CalendarKind.DAY: 1,
    CalendarKind.WEEK: 7,
    CalendarKind.FORTNIGHT: 15,
    CalendarKind.MONTH: 30,
    CalendarKind.QUARTER: 91,
    CalendarKind.YEAR: 365,
}


@dataclass(frozen=True, slots=True)
class CalendarSpec:
    """A named calendar; the first in the file is the main one."""

    code: str
    kind: CalendarKind
    time_zone: str
    kpis_by: str | None = None
    """The calendar over whose cycle its runs count KPIs and activity, so far; None is its own."""
    days: int = 28
    """Of each cycle, where the kind is the period; but those between days that are listed go from one to the next."""
    begins: tuple[date, ...] = (SOME_MONDAY,)
    """Days on which periods begin, one or several of them, rising."""

    @property
    def length(self) -> int:
        """How many days a cycle has, about."""
        return self.days if self.kind is CalendarKind.PERIOD else LENGTHS[self.kind]


class DefaultVolume(StrEnum):
    """What CV or QV is when neither order line nor product says."""

    PRICE = "price"
    ZERO = "zero"


class DiscountAffects(StrEnum):
    """Which volume a coupon lessens in proportion, as it lessens the price."""

    CV = "cv"
    QV = "qv"
    BOTH = "both"
    NONE = "none"

    @property
    def cv(self) -> bool:
        """Whether CV."""
        return self in (DiscountAffects.CV, DiscountAffects.BOTH)

    @property
    def qv(self) -> bool:
        """Whether QV."""
        return self in (DiscountAffects.QV, DiscountAffects.BOTH)


@dataclass(frozen=True, slots=True)
class VolumeSpec:
    """How lines become volume."""

    currency: str
    scale: int = 4
    default_cv: DefaultVolume = DefaultVolume.PRICE
    default_qv: DefaultVolume = DefaultVolume.PRICE
    discount_affects: DiscountAffects = DiscountAffects.BOTH


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
    residue_to: str = "company"
    unit: Mapping[str, Decimal] = field(default_factory=dict)
    """By currency, in whole units of it, of what every amount is a multiple; else of the smallest that it has."""

    def step(self, unit: str) -> int:
        """Of how many of the smallest units every amount in a currency, or in points and the like, is a multiple."""
        return int(self.unit[unit].scaleb(minor_digits(unit))) if unit in self.unit else 1

    def told(self, unit: str) -> str:
        """As a line's reason has it: `half_up by line`, or `half_up by line to 0.05`."""
        to = f" to {self.unit[unit]:f}" if unit in self.unit else ""
        return f"{self.mode} by {self.by}{to}"


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
    honorary: Honorary = Honorary.NONE
    valid_from: date | None = None
    company: CompanyText = field(default_factory=dict)
    """What the company calls itself."""
    packages: tuple[PackageSpec, ...] = ()
    """The other ladder, by which tables of bonuses and caps can go."""
    points: PointsSpec | None = None
    """The points programme; None is none."""
    bonuses: tuple[Bonus, ...] = ()
    caps: tuple[CapSpec, ...] = ()
    payout: PayoutSpec = field(default_factory=PayoutSpec)
    returns: ReturnsSpec | None = None
    """None: a return is an order with a minus, and nothing else."""
    advances: AdvancesSpec | None = None
    late_orders: LateOrdersSpec | None = None
    """None: an order counts in its own cycle, and not at all once that is settled without it."""
    runs: tuple[RunSpec, ...] = ()
    """As the file has them; see `kinds_of_runs`."""
    trees: TreesSpec = field(default_factory=TreesSpec)
    placement: PlacementSpec = field(default_factory=PlacementSpec)
    termination: TerminationSpec = field(default_factory=TerminationSpec)
    notifications: NotificationsSpec = field(default_factory=NotificationsSpec)
    tickets: TicketsSpec = field(default_factory=TicketsSpec)
    takes_titles: bool = False
    """Whether titles are those of another calendar, which these cycles neither end nor hand on: in every run but the
    main calendar's. No word of the file."""

    @property
    def calendar(self) -> CalendarSpec:
        """The main calendar, by which ranks are paid."""
        return self.calendars[0]

    @property
    def kinds_of_runs(self) -> tuple[RunSpec, ...]:
        """How the company settles: as it says, else every calendar in all steps."""
        return self.runs or tuple(RunSpec(calendar.code, calendar.code) for calendar in self.calendars)

    @property
    def pays_customers(self) -> bool:
        """Whether a bonus of it is for customers too."""
        return any(bonus.on and bonus.who != "distributors" for bonus in self.bonuses)

    def kpi(self, code: str) -> KpiSpec:
        """The declared KPI of that code."""
        return next(kpi for kpi in self.kpis if kpi.code == code)

    def rank_index(self, code: str | None) -> int:
        """Position in the ladder from 1; 0 for no rank."""
        return 0 if code is None else 1 + [rank.code for rank in self.ranks].index(code)

    def package_index(self, code: str | None) -> int:
        """Position among the packages from 1; 0 for none, and for one that the plan does not have."""
        return next((place for place, one in enumerate(self.packages, start=1) if one.code == code), 0)
