# ruff: noqa: D102  (what `type`, `one` and `many` do is said once, in `Node`)
"""Numbers and ranks: what is asked for, and arithmetic."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import lcm
from operator import add, index

import numpy as np

from core.plan.expressions.columns import Array, Figures, Rows, fit
from core.plan.expressions.model import Case, Type
from core.plan.expressions.nodes import Numeric, Truth

QUOTIENT = 10**6
"""A quotient by something that is no constant keeps six decimals."""


@dataclass(frozen=True, slots=True)
class Fixed(Numeric):
    """A constant."""

    units: int

    @staticmethod
    def of(value: Fraction | int) -> "Fixed":
        """A constant in lowest terms."""
        return Fixed(value.denominator, value.numerator)

    @property
    def value(self) -> Fraction:
        """The number itself."""
        return Fraction(self.units, self.denominator)

    def one(self, case: Case) -> int:
        return self.units

    def many(self, rows: Rows) -> Figures:
        return Figures(self.units)


@dataclass(frozen=True, slots=True)
class Rung(Fixed):
    """A rank or package of the plan."""

    ladder: Type = Type.RANK

    @property
    def type(self) -> Type:
        return self.ladder


@dataclass(frozen=True, slots=True)
class Number(Numeric):
    """A number that the case tells."""

    name: str

    def one(self, case: Case) -> int:
        return index(case[self.name])  # of any kind of whole number, but of nothing with a fraction

    def many(self, rows: Rows) -> Figures:
        return rows.numbers(self.name, None)


@dataclass(frozen=True, slots=True)
class Rank(Number):
    """A rank or package that the case tells."""

    ladder: Type = Type.RANK

    @property
    def type(self) -> Type:
        return self.ladder


@dataclass(frozen=True, slots=True)
class NumberBy(Numeric):
    """A number that the case tells for an argument."""

    name: str
    argument: str | int

    def one(self, case: Case) -> int:
        return index(case[self.name][self.argument])

    def many(self, rows: Rows) -> Figures:
        return rows.numbers(self.name, self.argument)


@dataclass(frozen=True, slots=True)
class Scaled(Numeric):
    """A number in finer units, or times a constant."""

    part: Numeric
    factor: int

    def one(self, case: Case) -> int:
        return self.part.one(case) * self.factor

    def many(self, rows: Rows) -> Figures:
        part = self.part.many(rows)
        if self.factor == 1:  # only the unit is another
            return part
        bound = part.bound * abs(self.factor)
        [array] = fit(max(bound, abs(self.factor)), part)
        return Figures(array * self.factor, bound)


@dataclass(frozen=True, slots=True)
class Total(Numeric):
    """A sum; all parts have its denominator."""

    parts: tuple[Numeric, ...]

    def one(self, case: Case) -> int:
        return sum(part.one(case) for part in self.parts)

    def many(self, rows: Rows) -> Figures:
        parts = [part.many(rows) for part in self.parts]
        bound = sum(part.bound for part in parts)
        return Figures(reduce(add, fit(bound, *parts)), bound)


@dataclass(frozen=True, slots=True)
class Product(Numeric):
    """A product; its denominator is that of its parts."""

    left: Numeric
    right: Numeric

    def one(self, case: Case) -> int:
        return self.left.one(case) * self.right.one(case)

    def many(self, rows: Rows) -> Figures:
        left, right = self.left.many(rows), self.right.many(rows)
        bound = left.bound * right.bound
        a, b = fit(bound, left, right)
        return Figures(a * b, bound)


@dataclass(frozen=True, slots=True)
class Quotient(Numeric):
    """A quotient, rounded to six decimals, a half away from zero; divided by nothing it is nothing.

    | 7 / 2 | 1 / 3    | 2 / 3    | -2 / 3    | 5 / 0 |
    | ----- | -------- | -------- | --------- | ----- |
    | 3.5   | 0.333333 | 0.666667 | -0.666667 | 0     |
    """

    dividend: Numeric
    divisor: Numeric

    @staticmethod
    def of(left: Numeric, right: Numeric) -> "Quotient":
        """Both sides in such units that the whole quotient of them is in millionths."""
        return Quotient(QUOTIENT, scaled(left, QUOTIENT * right.denominator), scaled(right, left.denominator))

    def one(self, case: Case) -> int:
        dividend, divisor = self.dividend.one(case), self.divisor.one(case)
        if divisor == 0:
            return 0
        size, rest = divmod(abs(dividend), abs(divisor))
        size += 2 * rest >= abs(divisor)
        return size if (dividend < 0) == (divisor < 0) else -size

    def many(self, rows: Rows) -> Figures:
        dividend, divisor = self.dividend.many(rows), self.divisor.many(rows)
        a, b = fit(max(dividend.bound, 2 * divisor.bound), dividend, divisor)
        parts = np.where(b == 0, 1, abs(b))
        size = abs(a) // parts
        size = size + (2 * (abs(a) - size * parts) >= parts)  # numpy's divmod does not know Python's integers
        return Figures(np.where(b == 0, 0, np.where((a < 0) == (b < 0), size, -size)))


@dataclass(frozen=True, slots=True)
class Whole(Numeric):
    """The next whole number below (`floor`)."""

    part: Numeric

    def one(self, case: Case) -> int:
        return self.part.one(case) // self.part.denominator

    def many(self, rows: Rows) -> Figures:
        part = self.part.many(rows)
        [array] = fit(max(part.bound, self.part.denominator), part)
        return Figures(array // self.part.denominator)


@dataclass(frozen=True, slots=True)
class Size(Numeric):
    """A number without its sign (`abs`)."""

    part: Numeric

    def one(self, case: Case) -> int:
        return abs(self.part.one(case))

    def many(self, rows: Rows) -> Figures:
        part = self.part.many(rows)
        [array] = fit(part.bound, part)
        return Figures(abs(array), part.bound)


@dataclass(frozen=True, slots=True)
class Extreme(Numeric):
    """The least or the largest of several; all parts have its denominator."""

    parts: tuple[Numeric, ...]
    largest: bool

    def one(self, case: Case) -> int:
        values = [part.one(case) for part in self.parts]
        return max(values) if self.largest else min(values)

    def many(self, rows: Rows) -> Figures:
        parts = [part.many(rows) for part in self.parts]
        bound = max(part.bound for part in parts)
        choose = np.maximum if self.largest else np.minimum
        array: Array = reduce(choose, fit(bound, *parts))
        return Figures(array, bound)


@dataclass(frozen=True, slots=True)
class Either(Numeric):
    """One of two numbers or ranks; both have its denominator."""

    given: Type
    condition: Truth
    yes: Numeric
    no: Numeric

    @property
    def type(self) -> Type:
        return self.given

    def one(self, case: Case) -> int:
        return self.yes.one(case) if self.condition.one(case) else self.no.one(case)

    def many(self, rows: Rows) -> Figures:
        yes, no = self.yes.many(rows), self.no.many(rows)
        bound = max(yes.bound, no.bound)
        return Figures(np.where(self.condition.many(rows), *fit(bound, yes, no)), bound)


def scaled(part: Numeric, factor: int, denominator: int = 1) -> Numeric:
    """`part` in units that are `factor` times finer; of a constant, another constant."""
    if factor == 1:
        return part
    if isinstance(part, Fixed):
        return Fixed(denominator, part.units * factor)
    return Scaled(denominator, part, factor)


def alike(parts: Sequence[Numeric]) -> tuple[int, tuple[Numeric, ...]]:
    """The parts with one denominator, and which that is."""
    common = lcm(*(part.denominator for part in parts))
    return common, tuple(scaled(part, common // part.denominator, common) for part in parts)


def total(parts: Sequence[Numeric]) -> Numeric:
    """A sum, its constants added up beforehand."""
    fixed = sum((part.value for part in parts if isinstance(part, Fixed)), Fraction(0))
    others = [part for part in parts if not isinstance(part, Fixed)]
    if not others:
        return Fixed.of(fixed)
    common, alikes = alike([*others, Fixed.of(fixed)] if fixed else others)
    return alikes[0] if len(alikes) == 1 else Total(common, alikes)


def times(part: Numeric, factor: Fraction) -> Numeric:
    """A number times a constant."""
    if isinstance(part, Fixed) or factor == 0:
        return Fixed.of(part.value * factor if isinstance(part, Fixed) else 0)
    exact = factor / part.denominator
    return Scaled(exact.denominator, part, exact.numerator)


def product(left: Numeric, right: Numeric) -> Numeric:
    """A product; by a constant it is exact and cheap."""
    if isinstance(left, Fixed):
        return times(right, left.value)
    if isinstance(right, Fixed):
        return times(left, right.value)
    return Product(left.denominator * right.denominator, left, right)
