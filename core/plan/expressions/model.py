"""Expressions, their types and the vocabularies that they are checked against."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Type(StrEnum):
    """What an expression gives."""

    NUMBER = "number"
    TRUTH = "truth"
    TEXT = "text"
    RANK = "rank"


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression.

    Attributes:
        text: as the plan's author wrote it.
        type: what it gives.
        tree: its parsed form, which only this room reads.
        names: what it asks for, so that only this has to be loaded.
    """

    text: str
    type: Type
    tree: Any
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Name:
    """A word that expressions may use.

    Attributes:
        decimals: how exact a number of it is.
        by: the type of its argument, for words that take one, such as `bought("SKU")`.
    """

    type: Type
    decimals: int = 0
    by: Type | None = None


Vocabulary = Mapping[str, Name]
