"""What the second engine looks at and what it finds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from core.plan.model import Condition

Ranks = Mapping[str, int]
"""Places on the ladder by person."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the tree."""

    code: str
    sponsor: str | None
    earns: bool
    """A distributor who is not suspended."""


@dataclass(frozen=True, slots=True)
class Order:
    """A paid order of the cycle that a bonus looks at; `number` orders them by time and id."""

    number: int
    buyer: str
    base: Fraction
    """In whole units, with the sign of the order's kind."""
    first: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Everybody's ranks and KPIs, however they were worked out."""

    people: Mapping[str, Person]
    """By (joined, code), the earliest first."""
    ranks: Mapping[str, Ranks]
    """By basis: paid, career, ever; and `before`, the titles at the beginning."""
    kpi: Callable[[str, str], Fraction]
    """A KPI of a person, in whole units."""
    counted: Callable[[str, Condition], int]

    def above(self, person: str) -> list[str]:
        """Everybody above, nearest first."""
        found = []
        sponsor = self.people[person].sponsor
        while sponsor is not None:
            found.append(sponsor)
            sponsor = self.people[sponsor].sponsor
        return found


@dataclass(frozen=True, slots=True)
class Line:
    """What one line pays, exactly, in minor units."""

    payee: str
    order: int
    source: str | None
    level: int
    rate: Fraction
    exact: Fraction
