# ruff: noqa: D102  (what `type`, `one` and `many` do is said once, in `Node`)
"""What every part of a checked expression can do, twice: for one case, and for all rows of columns.

Numbers are exact: a part's value is a whole number over a denominator that is fixed when the expression is read, so
that both ways calculate with whole numbers alone and give the same.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from core.plan.expressions.columns import Figures, Rows, Texts, Truths
from core.plan.expressions.model import Case, Type


@dataclass(frozen=True, slots=True)
class Node(ABC):
    """A part of a checked expression."""

    @property
    @abstractmethod
    def type(self) -> Type:
        """What it gives."""

    @abstractmethod
    def one(self, case: Case) -> Any:
        """Its value in one case."""

    @abstractmethod
    def many(self, rows: Rows) -> Any:
        """Its values in all rows."""


@dataclass(frozen=True, slots=True)
class Numeric(Node):
    """A number in units of one over `denominator`, or the rung of a rank."""

    denominator: int

    @property
    def type(self) -> Type:
        return Type.NUMBER

    @abstractmethod
    def one(self, case: Case) -> int: ...

    @abstractmethod
    def many(self, rows: Rows) -> Figures: ...


@dataclass(frozen=True, slots=True)
class Truth(Node):
    """Yes or no."""

    @property
    def type(self) -> Type:
        return Type.TRUTH

    @abstractmethod
    def one(self, case: Case) -> bool: ...

    @abstractmethod
    def many(self, rows: Rows) -> Truths: ...


@dataclass(frozen=True, slots=True)
class Text(Node):
    """A text."""

    @property
    def type(self) -> Type:
        return Type.TEXT

    @abstractmethod
    def one(self, case: Case) -> str: ...

    @abstractmethod
    def many(self, rows: Rows) -> Texts: ...
