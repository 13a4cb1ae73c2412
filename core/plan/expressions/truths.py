# ruff: noqa: D102  (what `type`, `one` and `many` do is said once, in `Node`)
"""Yes and no, and texts: what is asked for, comparisons, and their joining."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np

from core.plan.expressions.columns import Array, Rows, Texts, Truths
from core.plan.expressions.model import Case
from core.plan.expressions.nodes import Numeric, Text, Truth

RELATIONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class Certain(Truth):
    """`true` or `false`."""

    value: bool

    def one(self, case: Case) -> bool:
        return self.value

    def many(self, rows: Rows) -> Truths:
        return np.array(self.value)


@dataclass(frozen=True, slots=True)
class Fact(Truth):
    """Yes or no, as the case tells."""

    name: str

    def one(self, case: Case) -> bool:
        return bool(case[self.name])

    def many(self, rows: Rows) -> Truths:
        return rows.truths(self.name, None)


@dataclass(frozen=True, slots=True)
class FactBy(Truth):
    """Yes or no, as the case tells for an argument."""

    name: str
    argument: str | int

    def one(self, case: Case) -> bool:
        return bool(case[self.name][self.argument])

    def many(self, rows: Rows) -> Truths:
        return rows.truths(self.name, self.argument)


@dataclass(frozen=True, slots=True)
class Not(Truth):
    """The contrary."""

    part: Truth

    def one(self, case: Case) -> bool:
        return not self.part.one(case)

    def many(self, rows: Rows) -> Truths:
        return ~self.part.many(rows)


@dataclass(frozen=True, slots=True)
class Every(Truth):
    """All of several (`and`)."""

    parts: tuple[Truth, ...]

    def one(self, case: Case) -> bool:
        for part in self.parts:  # noqa: SIM110 (twice as fast as all() here)
            if not part.one(case):
                return False
        return True

    def many(self, rows: Rows) -> Truths:
        return reduce(np.logical_and, (part.many(rows) for part in self.parts))


@dataclass(frozen=True, slots=True)
class Some(Truth):
    """One of several, or more (`or`)."""

    parts: tuple[Truth, ...]

    def one(self, case: Case) -> bool:
        for part in self.parts:  # noqa: SIM110 (twice as fast as any() here)
            if part.one(case):
                return True
        return False

    def many(self, rows: Rows) -> Truths:
        return reduce(np.logical_or, (part.many(rows) for part in self.parts))


@dataclass(frozen=True, slots=True)
class Compared(Truth):
    """Two numbers in the same units, or two ranks."""

    sign: str
    left: Numeric
    right: Numeric

    def one(self, case: Case) -> bool:
        holds: bool = RELATIONS[self.sign](self.left.one(case), self.right.one(case))
        return holds

    def many(self, rows: Rows) -> Truths:
        holds = RELATIONS[self.sign](self.left.many(rows).array, self.right.many(rows).array)
        return np.asarray(holds, np.bool_)


@dataclass(frozen=True, slots=True)
class SameTruth(Truth):
    """Whether two answers are the same."""

    left: Truth
    right: Truth

    def one(self, case: Case) -> bool:
        return self.left.one(case) == self.right.one(case)

    def many(self, rows: Rows) -> Truths:
        return np.asarray(self.left.many(rows) == self.right.many(rows))


@dataclass(frozen=True, slots=True)
class Among(Truth):
    """Whether a number or rank is one of some constants in the same units."""

    part: Numeric
    units: frozenset[int]

    def one(self, case: Case) -> bool:
        return self.part.one(case) in self.units

    def many(self, rows: Rows) -> Truths:
        array = self.part.many(rows).array
        return reduce(
            np.logical_or, (np.asarray(array == unit) for unit in self.units), np.zeros(np.shape(array), bool)
        )


@dataclass(frozen=True, slots=True)
class Given(Truth):
    """One of two answers."""

    condition: Truth
    yes: Truth
    no: Truth

    def one(self, case: Case) -> bool:
        return self.yes.one(case) if self.condition.one(case) else self.no.one(case)

    def many(self, rows: Rows) -> Truths:
        return np.where(self.condition.many(rows), self.yes.many(rows), self.no.many(rows))


@dataclass(frozen=True, slots=True)
class FixedText(Text):
    """A constant text."""

    value: str

    def one(self, case: Case) -> str:
        return self.value

    def many(self, rows: Rows) -> Texts:
        return Texts.same(self.value)


@dataclass(frozen=True, slots=True)
class ToldText(Text):
    """A text that the case tells."""

    name: str

    def one(self, case: Case) -> str:
        text: str = case[self.name]
        return text

    def many(self, rows: Rows) -> Texts:
        return rows.texts(self.name, None)


@dataclass(frozen=True, slots=True)
class GivenText(Text):
    """One of two texts."""

    condition: Truth
    yes: Text
    no: Text

    def one(self, case: Case) -> str:
        return self.yes.one(case) if self.condition.one(case) else self.no.one(case)

    def many(self, rows: Rows) -> Texts:
        yes, no = self.yes.many(rows), self.no.many(rows)
        both = Texts(yes.codes, tuple(dict.fromkeys((*yes.words, *no.words))))
        codes: Array = np.where(self.condition.many(rows), yes.codes, no.codes_in(both))
        return Texts(codes, both.words)


@dataclass(frozen=True, slots=True)
class SameText(Truth):
    """Whether two texts are the same."""

    left: Text
    right: Text

    def one(self, case: Case) -> bool:
        return self.left.one(case) == self.right.one(case)

    def many(self, rows: Rows) -> Truths:
        left, right = self.left.many(rows), self.right.many(rows)
        return np.asarray(left.codes == right.codes_in(left))


@dataclass(frozen=True, slots=True)
class TextAmong(Truth):
    """Whether a text is one of some constants."""

    part: Text
    texts: frozenset[str]

    def one(self, case: Case) -> bool:
        return self.part.one(case) in self.texts

    def many(self, rows: Rows) -> Truths:
        return self.part.many(rows).are(self.texts)
