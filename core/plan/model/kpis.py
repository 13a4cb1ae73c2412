"""What a plan declares as a KPI: what is counted, over whom, over which time."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.kernel.words import CompanyText
from core.plan.model.orders import EVERY_ORDER, OrderChoice

DaysOfYear = tuple[tuple[int, int], ...]
"""Month and day of each, rising."""


class Measure(StrEnum):
    """What a KPI counts, before it says over whom."""

    CV = "cv"
    QV = "qv"
    ORDERS = "orders"
    POINTS = "points"
    HEADS = "heads"
    LEGS = "legs"
    """Legs that satisfy `KpiSpec.leg_with_rank` or hold at least `leg_minimum` of `leg_kpi`."""
    HELD = "held"
    """Earlier cycles that paid her by `KpiSpec.held_rank` or a higher one."""
    REACHED = "reached"
    """Earlier cycles in which her `KpiSpec.of_kpi` came to `of_minimum`."""
    EARNED = "earned"
    """What `KpiSpec.bonuses` paid her in earlier cycles, in whole units like volume, before `[[caps]]` and returns."""


class Unit(StrEnum):
    """In what a KPI's value is counted. Volumes are integers at the plan's scale, all others plain counts."""

    VOLUME = "volume"
    PEOPLE = "people"
    ORDERS = "orders"
    POINTS = "points"
    LEGS = "legs"
    CYCLES = "cycles"


class InARow(StrEnum):
    """Which of the earlier cycles count that a KPI finds."""

    NO = ""
    """Every one."""
    LATEST = "latest"
    """Those right before this one, without a gap."""
    LONGEST = "longest"
    """Those of the longest stretch without a gap."""


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
    LEFT = "left"
    """The whole left side below her in the binary tree."""
    RIGHT = "right"


class RankBasis(StrEnum):
    """At which rank a KPI looks, at a boundary or of those whom it counts."""

    PAID = "paid"
    CAREER = "career"


class Window(StrEnum):
    """Over which time a KPI adds up."""

    CYCLES = "cycles"
    """The open cycle and the `KpiSpec.cycles - 1` before it."""
    CUMULATIVE = "cumulative"
    """Everything since the beginning, the open cycle included."""
    DAYS = "days"
    """The last `KpiSpec.days` days up to the cycle's end, in an open cycle up to today."""
    SINCE = "since"
    """From the last of `KpiSpec.since` on, up to the cycle's end, in an open cycle up to today."""


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
    enrolled_only: bool = False
    """Along a placement tree: of those below her only whose sponsor she is."""
    with_rank: str | None = None
    """Of those below her only who holds this rank or a higher one."""
    customer_share: Decimal | None = None
    """So many percent of each order of a customer count; None is all."""
    include_self: bool = False
    """The person's own figure counts too, whatever the filters ask of those below her."""
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
    days: int = 0
    since: DaysOfYear = ()
    orders: OrderChoice = EVERY_ORDER
    held_rank: str | None = None
    of_kpi: str | None = None
    of_minimum: int = 0
    past_cycles: int = 0
    """At how many cycles before this one a KPI looks that counts earlier cycles."""
    in_a_row: InARow = InARow.NO
    bonuses: tuple[str, ...] = ()
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
            Measure.HELD: Unit.CYCLES,
            Measure.REACHED: Unit.CYCLES,
        }
        return units.get(self.measure, Unit.VOLUME)

    @property
    def looks_back(self) -> bool:
        """Whether it counts earlier cycles by what they found, so that nothing in this one changes it."""
        return self.measure in (Measure.HELD, Measure.REACHED, Measure.EARNED)

    @property
    def along_places(self) -> bool:
        """Whether it goes along a placement tree."""
        return self.tree != "sponsor"

    @property
    def waits_along_places(self) -> bool:
        """Whether it waits for the ranks of people who stand below by their place, whoever brought them."""
        return self.on and self.along_places and self.knows_rank and not self.enrolled_only

    @property
    def knows_rank(self) -> bool:
        """Whether its value depends on somebody's rank in the same cycle."""
        words = (self.stop_at_rank, self.with_rank, self.leg_with_rank)
        looks = self.over is Over.GENERATION or any(word is not None for word in words)
        return looks and self.rank_basis is RankBasis.PAID
