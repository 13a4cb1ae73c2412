"""Words of settlement: what a run takes, and how it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

import polars as pl

from core.catalog.model import Product
from core.kernel.errors import DomainError, Problem, Severity


class PlanNotCalculated(DomainError):
    """The plan asks for what is not calculated yet. Facts: `words`."""

    code: ClassVar[str] = "settle_not_calculated"


class CarryUnfit(DomainError):
    """The folder carried over is not that of the cycle before. Facts: `found`, `expected`."""

    code: ClassVar[str] = "settle_carry_unfit"


@dataclass(frozen=True, slots=True)
class Member:
    """One person as the files have her."""

    code: str
    sponsor: str | None
    joined_on: date
    kind: str
    status: str
    country: str
    language: str
    career_rank: str | None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A correction by hand."""

    person: str
    amount_minor: int
    currency: str
    reason: str


@dataclass(frozen=True, slots=True)
class Carried:
    """What the cycle before left behind."""

    ranks: Mapping[str, tuple[str | None, int, str | None]] = field(default_factory=dict)
    """Title, cycles missed in a row, and the highest rank ever reached, by person."""
    balances: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """Minor units by person and currency."""


@dataclass(frozen=True, slots=True)
class Company:
    """Everything that a run reads besides the plan: people by joining and code, orders by time and id."""

    members: tuple[Member, ...]
    orders: pl.DataFrame
    """order_id, person (place in `members`), kind, ordered_at, paid_at, currency, amount_minor, cv, qv, points."""
    lines: pl.DataFrame
    """order_id, sku, amount_minor, cv, qv, points."""
    products: Mapping[str, Product]
    adjustments: tuple[Adjustment, ...] = ()


@dataclass(slots=True)
class Told:
    """What was found in the files, by file name."""

    problems: list[tuple[str, Problem]] = field(default_factory=list)

    @property
    def blocked(self) -> bool:
        """Whether there are faults."""
        return any(problem.severity is Severity.FAULT for _, problem in self.problems)
