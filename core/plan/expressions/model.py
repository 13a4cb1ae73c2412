"""Expressions, their types and the vocabularies that they are checked against."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any

from core.kernel.errors import Fact

Value = int | Fraction | bool | str
"""What an expression gives for one case: an exact number, yes or no, a text, or a rank as its rung from 1 (0: none)."""

Case = Mapping[str, Any]
"""The values of the words that an expression asks for, by word; see `Name` for how each is given."""


class Type(StrEnum):
    """What an expression gives."""

    NUMBER = "number"
    TRUTH = "truth"
    TEXT = "text"
    RANK = "rank"
    PACKAGE = "package"


@dataclass(frozen=True, slots=True, order=True)
class Call:
    """A word with the argument that an expression gives it, such as `bought` with `"BL-100"`."""

    name: str
    argument: str | int


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression.

    Attributes:
        text: as the plan's author wrote it.
        type: what it gives.
        tree: its parsed form, which only this room reads.
        names: what it asks for, so that only this has to be loaded.
        calls: with which arguments it asks for those of `names` that take one.
    """

    text: str
    type: Type
    tree: Any
    names: frozenset[str]
    calls: frozenset[Call] = frozenset()


@dataclass(frozen=True, slots=True)
class Name:
    """A word that expressions may use, and how its value is given.

    A number is a whole number of units at `decimals` (12.34 with 6 decimals is 12,340,000), a rank its rung in the
    ladder from 1 (0 is none). A word with an argument is given as a mapping from argument to value; a `Counter` where
    what is not in it counts as nothing.

    Attributes:
        decimals: how exact a number of it is.
        by: the type of its argument, for words that take one, such as `bought("SKU")`.
        most: the largest number that can be its argument; the smallest is 1.
        values: every text that it can be; empty where that is open.
    """

    type: Type
    decimals: int = 0
    by: Type | None = None
    most: int = 0
    values: tuple[str, ...] = ()


Vocabulary = Mapping[str, Name]


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with an expression, and where.

    Attributes:
        code: whose sentence is in the catalogue.
        at: how many characters of the text come before it.
        facts: what the sentence names.
        known: what could stand there in place of the fact `found`; where something is near, the code with `_near`
            and the fact `nearest` says so.
    """

    code: str
    at: int
    facts: Mapping[str, Fact] = field(default_factory=dict)
    known: tuple[str, ...] = ()
