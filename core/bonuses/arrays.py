"""Words of bonuses: the network and the orders that they look at, and the lines that they give."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.forest.above import Marks
from core.forest.kernel import Grades, Indices, Ints
from core.plan.model import Bonus, Plan

Exact = NDArray[Any]
"""Whole numbers: 64-bit where all of them fit, else Python's own."""
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Network:
    """Everybody in the tree by node; parents have smaller numbers than their children."""

    parent: Indices
    paid: Grades
    """Places on the ladder from 1; 0 is none."""
    career: Grades
    """Titles, this cycle's included."""
    before: Grades
    """Titles before this cycle."""
    ever: Grades
    """The highest that was ever reached."""
    place: Ints
    """Everybody's place by day of joining and code, which decides wherever something must come first."""
    earns: Marks
    """Who can earn at all: distributors who are not suspended."""

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

    def where(self, which: Marks | Indices) -> "Orders":
        """Some of them."""
        return Orders(self.buyer[which], self.number[which], self.base[which], self.first[which])


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
    facts: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    """Further reasons by word, one a line; None where a line has none."""

    @property
    def size(self) -> int:
        """How many lines."""
        return len(self.payee)

    def where(self, which: Marks | Indices) -> "Lines":
        """Some of them, in the order named where numbers name them."""
        chosen = (np.flatnonzero(which) if which.dtype == np.bool_ else which).tolist()
        facts = {word: [values[at] for at in chosen] for word, values in self.facts.items()}
        return replace(
            self,
            **{name: getattr(self, name)[which] for name in BY_LINE},
            facts=facts,
        )


BY_LINE = ("payee", "source", "order", "level", "base", "rate", "units", "below")


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


@dataclass(frozen=True, slots=True)
class Ready:
    """All that a kind's rule is given."""

    plan: Plan
    bonus: Bonus
    network: Network
    orders: Orders
    basis: Basis
    unit: Unit
    qualified: Marks
    """Who earns it: by rank and by the bonus's conditions."""
    placed: Marks
    """Who holds a place in the counting of levels."""
    figure: Ints | None = None
    """The KPI that steps go by."""
    base: Ints | None = None
    """The KPI that is the base, where it is one."""
    holds: Marks | None = None
    """Where the bonus's expression holds."""
    matched: tuple[Settled, ...] = ()
    """The bonuses that it matches."""
