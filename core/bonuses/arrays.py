"""Words of bonuses: the network and the orders that they look at, and the lines that they give."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.bonuses.tree import Tree
from core.forest.above import Marks
from core.forest.kernel import Grades, Indices, Ints
from core.forest.ordering import taken
from core.plan.model import Bonus, Plan

Exact = NDArray[Any]
"""Whole numbers: 64-bit where all of them fit, else Python's own; or fractions, where nothing else would be exact."""
Told = Callable[[Indices, Ints], Sequence[Any]]
"""What an expression gives for some people, and for so much of the base of each; whole numbers or fractions."""
NOBODY = CAP_LEVEL = -1
"""Nobody; and the level of the line that takes off what is beyond a cap."""


@dataclass(frozen=True, slots=True)
class Network:
    """Everybody by node, parents before children; `brought` is the how-manieth whom her sponsor brought, by `who`."""

    parent: Indices
    paid: Grades
    """Places on the ladder from 1; 0 is none. So are those of `package`, which a plan without packages leaves empty."""
    career: Grades
    """Titles, this cycle's included."""
    before: Grades
    """Titles before this cycle."""
    ever: Grades
    """The highest that was ever reached."""
    place: Ints
    """Everybody's place by day of joining and code, which decides wherever something must come first."""
    earns: Marks
    """Distributors who are not suspended."""
    open: Marks
    """Everybody who is not suspended."""
    customer: Marks
    """Who is a customer."""
    there: Marks
    """Who is a person; along a placement tree the holes that people left are none."""
    package: Grades = field(default_factory=lambda: np.zeros(0, np.int8))
    brought: Mapping[str, Ints] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many people."""
        return len(self.parent)

    def ranks(self, basis: str) -> Grades:
        """Everybody's rank by the basis that a bonus names."""
        return {"paid": self.paid, "career": self.career, "ever": self.ever}[basis]


@dataclass(frozen=True, slots=True)
class Orders:
    """Orders that a bonus looks at, one entry each."""

    buyer: Indices
    number: Indices
    """Their numbers among all orders."""
    base: Ints
    """What the bonus is a share of, with the sign of the order's kind."""
    first: Marks
    """Whether it is the buyer's first paid sale ever."""
    sign: Ints
    """1 for a sale, -1 for a return, 0 for what is neither; of figures 1."""

    def where(self, which: Marks | Indices) -> "Orders":
        """Some of them."""
        return Orders(self.buyer[which], self.number[which], self.base[which], self.first[which], self.sign[which])


@dataclass(frozen=True, slots=True)
class Basis:
    """What a base is counted in."""

    decimals: int
    """A base of 12.5 with 4 decimals is 125,000."""
    worth: Fraction = Fraction(1)
    """What one whole unit of it is worth in whole units of what is paid."""


@dataclass(frozen=True, slots=True)
class Unit:
    """In what a bonus pays: a currency, `points`, `prize` or `badge`."""

    code: str
    digits: int = 0
    worth: Fraction = Fraction(1)
    """What one whole unit of the plan's own currency is worth in it, for amounts that the plan names."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A reason that lines can have, one value a line; `NO_FACT` where a line has none."""

    values: Ints
    how: str = "count"
    """How a value is told:

    | how      | value                              | told as         |
    | -------- | ---------------------------------- | --------------- |
    | count    | a whole number                     | 3               |
    | volume   | with `decimals`, those of use only | "12.5"          |
    | money    | with `decimals`, all of them       | "12.50"         |
    | person   | a node                             | her code        |
    | text     | a place in `table`                 | as it stands    |
    | rate     | a place in `table` of percentages  | "12.5"          |
    | exact    | a place in `table` of fractions    | "12.345", "1/3" |
    """
    decimals: int = 0
    table: tuple[Any, ...] = ()

    def where(self, which: Marks | Indices) -> "Fact":
        """Of some of the lines."""
        return replace(self, values=self.values[which])

    def repeated(self, count: int) -> "Fact":
        """The one value that it has, on so many lines."""
        return replace(self, values=np.repeat(self.values, count))


NO_FACT = int(np.iinfo(np.int64).min)


@dataclass(frozen=True, slots=True)
class Lines:
    """What one bonus pays before rounding, one entry a line."""

    payee: Indices
    source: Indices
    """Whose order, leg or earnings; -1 for nobody's."""
    order: Indices
    """The order's number; -1 where there is no single one."""
    level: Indices
    """Level or generation; 0 where there is none."""
    base: Ints
    rate: Indices
    """Place in `rates`; -1 where an amount is paid."""
    rates: Sequence[Fraction]
    """Percentages."""
    units: Exact
    """The exact amount in parts of a minor unit."""
    denominator: int
    """How many of these parts are a minor unit."""
    decimals: int
    """Of the base."""
    below: Indices
    """From whom the way up to the payee began, so that who was skipped can be told; -1 where nobody can be."""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    """Further reasons by word."""

    @property
    def size(self) -> int:
        """How many lines."""
        return len(self.payee)

    def where(self, which: Marks | Indices) -> "Lines":
        """Some of them, in the order named where numbers name them."""
        at: Indices = np.flatnonzero(which).astype(np.int32) if which.dtype == np.bool_ else which.astype(np.int32)
        columns: dict[str, Any] = {name: taken(getattr(self, name), at) for name in BY_LINE}
        facts = {word: fact.where(at) for word, fact in self.facts.items()}
        return replace(self, **columns, facts=facts)


BY_LINE = ("payee", "source", "order", "level", "base", "rate", "units", "below")


@dataclass(frozen=True, slots=True)
class Due:
    """Parts of what was earned in one cycle and is paid in later ones, one entry each."""

    payee: Indices
    origin: Indices
    """Place in `cycles` of the cycle in which it was earned."""
    cycles: tuple[str, ...]
    part: Indices
    """Its number among the parts from 1."""
    last: Marks
    """The last part of its origin, which takes what rounding left of the others."""
    wait: Indices
    """In so many cycles from this one; 0 is now."""
    exact: tuple[Fraction, ...]
    """Minor units."""


@dataclass(frozen=True, slots=True)
class Lots:
    """Volume on the sides of people that was not used yet, one entry a person, side, leg and age in cycles."""

    node: Indices
    side: Indices
    """1 is left or the strongest leg, 2 right or all others; `leg` is the place of its head, or a level, else -1."""
    age: Indices
    volume: Ints
    leg: Indices


@dataclass(frozen=True, slots=True)
class Before:
    """What the cycles before left to a bonus; a first cycle has nothing of it."""

    had: Mapping[str, Marks] = field(default_factory=dict)
    """Who has had what can be had once, by what it is."""
    due: Due | None = None
    lots: Lots | None = None
    pool: Fraction = Fraction(0)
    """Minor units that a pool gave nobody."""
    kpis: Mapping[str, Ints] = field(default_factory=dict)
    """KPIs in the cycle before."""
    paid: tuple[Grades, ...] = ()
    """Ranks that were paid, of the cycle before first; who was not there has none."""


@dataclass(frozen=True, slots=True)
class After:
    """What a bonus leaves to the next cycle; each word replaces what was before, and ages are told from this cycle."""

    had: Mapping[str, Marks] = field(default_factory=dict)
    due: Due | None = None  # those that wait: none of them with 0
    lost: tuple[tuple[int, str, int], ...] = ()  # payee, origin and number of parts due now that she does not earn
    lots: Lots | None = None
    pool: Fraction = Fraction(0)


NOTHING_BEFORE, NOTHING_AFTER = Before(), After()


@dataclass(frozen=True, slots=True)
class Found:
    """What a kind's rule finds, where that is more than lines."""

    lines: Lines
    after: After = NOTHING_AFTER
    left: Fraction = Fraction(0)
    """Exact minor units that go to a pool: what nobody at a level earned, or what a pool passes on."""
    shared: bool = False
    """The lines divide one sum, which is rounded as a whole."""
    way: Indices | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """A bonus with its lines and what each pays in the end."""

    bonus: Bonus
    unit: Unit
    lines: Lines
    amount: Ints
    """In minor units."""
    basis_unit: str
    """In what the base is counted, for the reader."""
    fixed: Marks
    """Lines that are not rounded together with others: shares of a pool, and parts of what was earned before."""
    after: After = NOTHING_AFTER
    way: Indices | None = None
    """Who is above along the bonus's tree, by node; None is the sponsor."""


@dataclass(frozen=True, slots=True)
class Ready:
    """All that a kind's rule is given."""

    plan: Plan
    bonus: Bonus
    network: Network
    orders: Orders
    """Those it looks at; of a bonus whose base is a KPI or people, one for everybody who has any, without a number."""
    basis: Basis
    unit: Unit
    qualified: Marks
    """Who earns it: by rank and by the bonus's conditions."""
    placed: Marks
    """Who holds a place in the counting of levels."""
    figures: Mapping[str, Ints] = field(default_factory=dict)
    """The KPIs that its terms name, by code."""
    before: Before = NOTHING_BEFORE
    holds: Marks | None = None
    """Where the bonus's expression holds."""
    comes_to: Told | None = None
    """What the expression of its amount comes to."""
    matched: tuple[Settled, ...] = ()
    """The bonuses that it matches, or whose shares it divides by."""
    worth: Mapping[str, Fraction] = field(default_factory=dict)
    """What one whole unit of each currency that is matched is worth in what is paid."""
    given: Fraction = Fraction(0)
    """Exact minor units that other bonuses leave to a pool."""
    tree: Tree | None = None
    """The placement tree that the bonus goes along; None is the sponsor tree."""
    bought: Orders | None = None
    """All of the cycle's orders in their turn with a figure of theirs, where percentages move with them."""
    last_sale: Ints | None = None
    """When everybody's last paid sale of the cycle was, where that decides who comes first."""
