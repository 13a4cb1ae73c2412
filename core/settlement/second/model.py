"""What the second engine is given and what it finds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

import polars as pl

from core.settlement.second.people import NOBODY

AMOUNT = Fraction(-1)
"""In place of a rate, where a line pays an amount."""
CAP_LEVEL = -1
"""In place of a level, on the line that cuts off what is beyond a bonus's own cap."""

Worth = Callable[[date, str, str], Decimal]
"""What one of a currency is worth in another on a day."""
Frames = Mapping[str, pl.DataFrame]
"""What a cycle left, by part of `core.settlement.model.Carried`."""


@dataclass(frozen=True, slots=True)
class Then:
    """An earlier cycle that orders can still come to, as it was settled."""

    cycle: str
    plan: str
    people: pl.DataFrame
    carried: Frames
    orders: pl.DataFrame
    """The orders that it was settled with, by id, and what they came to."""
    posted: pl.DataFrame
    """What everybody was paid of every bonus."""
    parts: pl.DataFrame
    """What it left for later cycles before returns took of it; nothing stands where a part was lost."""


@dataclass(frozen=True)
class Inputs:
    """A cycle as it was read: the plan's text, frames as `core.settlement.model` has them, and what was carried in."""

    plan: str
    calendar: str | None
    cycle: str
    people: pl.DataFrame
    orders: pl.DataFrame
    lines: pl.DataFrame
    adjustments: pl.DataFrame
    worth: Worth
    carried: Frames
    """What the cycle before left."""
    late: frozenset[str] = frozenset()
    """Orders of earlier cycles, by id, whose volume binary bonuses take in this one."""
    places_whole: bool = False
    """Whether nobody is placed by a tree's spill."""
    past: Sequence[Then] = ()
    """The oldest first."""
    main: Frames | None = None
    """What the main calendar's last cycle left, for a run that pays advances."""
    after: date | None = None
    """The first day that is not looked at, where that comes before the cycle's end."""
    ranking: pl.DataFrame | None = None
    """The orders that decide ranks, where those are others."""
    sold: pl.DataFrame | None = None
    """The orders that bonuses look at, where figures and ranks are those of others."""
    only: frozenset[str] | None = None
    """So many orders, by id, are all that bonuses see."""
    kept: Mapping[str, Sequence[tuple[str, str, int]]] = field(default_factory=dict)
    """What caps see of bonuses that stay as they were paid: by bonus person, unit and minor units."""

    @property
    def bought(self) -> pl.DataFrame:
        """The orders that bonuses look at; lines name them by the numbers of their rows."""
        return self.orders if self.sold is None else self.sold


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what was earned in another cycle."""

    payee: int
    origin: str
    number: int
    last: bool
    wait: int
    """In so many cycles; 0 is now."""
    exact: Fraction


@dataclass(frozen=True, slots=True)
class Lot:
    """Volume on one side of a person that came in so many cycles ago; along sponsors by whoever heads its leg."""

    person: int
    side: int
    age: int
    volume: int
    leg: int = NOBODY


@dataclass(frozen=True)
class Before:
    """What earlier cycles left to a bonus."""

    had: Mapping[str, frozenset[int]] = field(default_factory=dict)
    due: tuple[Part, ...] = ()
    lots: tuple[Lot, ...] = ()
    pool: Fraction = Fraction(0)
    kpis: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    paid: tuple[Mapping[int, int], ...] = ()
    """Paid ranks by person, of the cycle before first."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a bonus is a share of: an order, or a figure of a person, which has no number."""

    number: int
    buyer: int
    base: Fraction
    """In whole units, with the sign of the order's kind."""
    first: bool = False
    sign: int = 1
    """1 for a sale, -1 for a return, 0 for what is neither."""


@dataclass(frozen=True, slots=True)
class Line:
    """What one line pays, exactly, in minor units."""

    payee: int
    order: int
    source: int
    level: int
    rate: Fraction
    exact: Fraction


@dataclass(frozen=True, slots=True)
class Paid:
    """One line of a bonus or cap and what it pays in minor units."""

    bonus: str
    line: Line
    amount: int


@dataclass
class Found:
    """What one bonus comes to before rounding."""

    lines: list[Line]
    breakage: Fraction = Fraction(0)
    had: dict[str, set[int]] = field(default_factory=dict)
    lots: list[Lot] = field(default_factory=list)
    pool: Fraction = Fraction(0)
    """What nobody got and waits for the next cycle."""
    passed: Fraction = Fraction(0)
    """What nobody got and goes to the next pool."""
    shared: bool = False
    """Its lines divide one sum, which is rounded once."""


def fixed(payee: int, exact: Fraction, *, level: int = 0, order: int = NOBODY, source: int = NOBODY) -> Line:
    """A line that pays an amount."""
    return Line(payee, order, source, level, AMOUNT, exact)
