"""What the API says about gauges, ranks and the way to the next one. Volumes are integers at `scale` decimals."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from core.calendar.model import CycleCard
from core.kernel.errors import DomainError
from core.kernel.words import CompanyText, Model
from core.people.model import LinePerson
from core.plan.model import Unit
from core.ranks.model import RankName


class VolumeInvalid(DomainError):
    """A supposed volume is no number above zero. Facts: `volume` as given."""

    code: ClassVar[str] = "volume_invalid"
    status: ClassVar[int] = 422


class Mark(Model):
    """Where a rank begins on a gauge's scale."""

    rank: str
    minimum: int


class Gauge(Model):
    """One needle. `rank` is the highest rank that this KPI alone allows."""

    kpi: str
    label: CompanyText
    unit: Unit
    value: int
    rank: str | None
    marks: tuple[Mark, ...]
    """Thresholds of this KPI from the lowest rank up; ranks that do not ask for it are left out."""
    needed: int | None
    """What the target rank asks for; None when there is no target or it does not ask for this KPI."""
    missing: int
    decides: bool
    """This gauge (maybe with others) holds the paid rank down."""
    drill_down: str | None = None
    """Which list of people stands behind it: "customers", "distributors", "team", "orders"."""


class Need(Model):
    """A condition of the target rank that is no gauge (or a capped form of one)."""

    kpi: str
    label: CompanyText
    unit: Unit
    value: int
    needed: int
    missing: int
    leg_cap: int | None = None
    """At most this much of each leg counts, as a volume."""
    path: int | None = None
    """Conditions of one any-of group carry the same group number; one `path` of a group must hold whole."""
    group: int | None = None


class Counting(Model):
    """What counts for a KPI that does not take in every order of the cycle, and of which something is missing."""

    label: CompanyText
    only: str = "all"
    """"first" orders of people, "repeat" for all others."""
    products: tuple[CompanyText, ...] = ()
    """Names; only these count where there are any."""
    without_products: tuple[CompanyText, ...] = ()
    within_days: int | None = None
    """So many days from the buyer's joining on."""
    minimum: int = 0
    """Only single orders of so much QV, at scale."""
    days: int = 0
    """The last so many, today among them; 0 is by cycles."""
    since: date | None = None
    """Only what was ordered from this day on, where it begins anew on days of a year."""


class StepKind(StrEnum):
    """What a step of the way there moves."""

    OWN_ORDER = "own_order"
    ACTIVATE_CUSTOMER = "activate_customer"
    ACTIVATE_DISTRIBUTOR = "activate_distributor"
    MORE_VOLUME = "more_volume"
    LEG = "leg"
    """An order that lifts somebody to a rank that the target asks for."""


class Step(Model):
    """One person to talk to, and the order that is enough."""

    person: LinePerson
    kind: StepKind
    volume: int
    """QV to order, at scale; never above `usual`."""
    usual: int
    """Her usual order: the median QV of her last six paid orders, at scale."""


class WayThere(Model):
    """The cheapest way: fewest people, then least volume. `reaches` is False when nobody's usual orders suffice."""

    reaches: bool
    steps: tuple[Step, ...]
    volume: int
    exact: bool = True
    """False when the search was cut short and a cheaper way may exist."""


class Progress(Model):
    """Where each needle stands, what the target still asks for, and the cheapest way there."""

    person_code: str
    name: str
    cycle: CycleCard
    estimate: bool
    """True until the cycle is closed."""
    what_if: bool = False
    scale: int
    volume_currency: str
    ladder: tuple[RankName, ...]
    paid_rank: str | None
    """The rank she would be paid by if the cycle closed now (or was paid by, once closed)."""
    career_rank: str | None
    by_grace: bool = False
    """Whether grace is the reason for the paid rank."""
    honorary_rank: str | None = None
    """As the last closed cycle fixed it."""
    target: str | None
    """The rank asked for, or the next one; None at the top of the ladder."""
    gauges: tuple[Gauge, ...]
    needs: tuple[Need, ...]
    counting: tuple[Counting, ...] = ()
    way_there: WayThere | None
    """None when nothing is missing or no target is left."""
    fingerprint: str
    """Changes when anything a picture of this answer would show changes."""
    as_of: datetime | None = None
    """Set while newer figures are being worked out: what happened since then is not in these."""


class WhatIfOrder(Model):
    """Suppose this person orders this much QV (a decimal text, in whole units) and as much CV."""

    person: str
    """A code of the caller's line, or "me"."""
    volume: Annotated[str, Field(max_length=40)]


class WhatIf(Model):
    """A supposition to calculate with; nothing is stored. `rank` is the one to measure against, by default the next."""

    orders: Annotated[tuple[WhatIfOrder, ...], Field(min_length=1, max_length=50)]
    rank: str | None = None
