"""What a plan pays: the bonuses, each with what all of them have in common and the terms of its kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.kernel.words import CompanyText
from core.plan.model.percents import Percent
from core.plan.model.ranks import AllOf
from core.plan.model.terms import Compressed, Conditions, Terms


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which orders a bonus looks at."""

    only: str = "all"
    """"first" is a person's first paid sale ever, "repeat" every other order."""
    products: tuple[str, ...] = ()
    """Only lines of these count; empty is all."""
    without_products: tuple[str, ...] = ()
    within_days: int | None = None
    """So many days from the day of joining on, that day included."""
    after_days: int | None = None
    """Only after these days: what `within_days` of as many leaves out."""
    minimum: Decimal = Decimal(0)
    """Only single orders with so much QV in the lines that count; of a return it is asked without the minus."""
    volume_counted: Percent = Decimal(100)
    """So much of an order's figure is the base."""
    who: str = "all"
    """Whose orders, or figures: those of `distributors`, of `customers`, or of all."""
    with_rank: str | None = None
    """Only of whoever holds this rank or a higher one, by the bonus's `rank_basis`."""
    below_rank: str | None = None
    """Only of whoever holds a lower rank than this, or none."""
    with_package: str | None = None
    """Only of whoever has this package or a higher one."""
    below_package: str | None = None
    """Only of whoever has a lower package than this, or none."""
    customers_as: str = "buyer"
    """With "sponsor" an order of a customer is one of the nearest distributor above her, as if he had bought it."""
    brought_from: int | None = None
    """Only of the n-th whom her sponsor brought and later ones, counted among those whom `who` names."""
    brought_to: int | None = None
    """Only of the first so many."""
    buyer_cap: Decimal | None = None
    """So much of all that one buyer orders counts at most; None is everything."""
    buyer_cap_in: str = "cycle"
    """In which stretch of time: a "cycle", a "year" of the calendar, an "own_year" from joining on, or "ever"."""

    @property
    def by_person(self) -> bool:
        """Whether it asks whose they are."""
        asked = (self.with_rank, self.below_rank, self.with_package, self.below_package)
        return self.who != "all" or self.by_number or any(one is not None for one in asked)

    @property
    def by_number(self) -> bool:
        """Whether it asks for the how-manieth they are whom somebody brought."""
        return self.brought_from is not None or self.brought_to is not None


@dataclass(frozen=True, slots=True)
class Bonus:
    """One bonus of the plan."""

    code: str
    kind: str
    label: CompanyText
    terms: Terms
    on: bool = True
    calendar: str | None = None
    """None is the main one."""
    tree: str = "sponsor"
    base: str = "cv"
    """A figure of orders (`cv`, `qv`, `price`, `points`, `orders`), `earnings`, `heads`, or a KPI's code."""
    pays: str = "money"
    currency: str | None = None
    """None is the plan's."""
    prize: CompanyText = field(default_factory=dict)
    who: str = "distributors"
    """Who earns it: `distributors`, `customers`, or all; never whoever is suspended."""
    minimum_rank: str | None = None
    rank_basis: str = "paid"
    earner: Conditions = ()
    orders: OrderFilter = OrderFilter()
    excludes: tuple[str, ...] = ()
    cap: Decimal | None = None
    cap_by_rank: Mapping[str, Decimal] = field(default_factory=dict)
    by_package: tuple[str, ...] = ()
    """Which of its tables, such as `rate_by_rank`, list packages in place of ranks."""
    breakage_to: str = "company"
    paid_now: Percent = Decimal(100)
    """So much of every line is paid in its own cycle."""
    rest_in_cycles: tuple[int, ...] = ()
    """The cycles that pay equal parts of the rest; its own is 1."""
    rest_to_earners: bool = False
    """Whether a part is lost to whoever does not earn the bonus in the cycle that would pay it."""

    @property
    def conditions(self) -> AllOf:
        """What the earner must reach besides her rank."""
        return AllOf(self.earner)

    @property
    def place(self) -> AllOf:
        """What it takes to hold a place in the counting of levels."""
        return AllOf(self.terms.place if isinstance(self.terms, Compressed) else ())
