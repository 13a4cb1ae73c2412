"""Columns of a million values: exact numbers that cannot overflow, and texts by code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Truths = NDArray[np.bool_]
INT64_MAX = 2**63 - 1


class Figures:
    """Whole numbers, one a row, or one for all rows: of 64 bits, or Python's own where 64 bits could be too few.

    `bound` is a number that none of them exceeds in size. Whoever calculates asks `fit` whether the result has room.
    """

    def __init__(self, array: Array | int, bound: int | None = None) -> None:
        self.array = array
        self._bound = bound

    @property
    def bound(self) -> int:
        """Looked up in the numbers themselves only when somebody calculates with them."""
        if self._bound is None:
            self._bound = _largest(self.array)
        return self._bound

    @staticmethod
    def of(column: Array) -> "Figures":
        """A column as it was given: of any kind of whole numbers, of Python's own too."""
        assert column.dtype.kind in "iubO", "numbers are given as whole units at their word's decimals"
        narrow = column.dtype.kind in "ib" or (column.dtype.kind == "u" and column.dtype.itemsize < 8)
        return Figures(column.astype(np.int64 if narrow else object, copy=False))


def _largest(array: Array | int) -> int:
    if isinstance(array, int):
        return abs(array)
    return max(-int(array.min()), int(array.max()), 0) if array.size else 0


def fit(bound: int, *figures: Figures) -> list[Any]:
    """The arrays, so that a result of up to `bound` has room in them."""
    if bound <= INT64_MAX:
        return [each.array for each in figures]
    return [each.array if isinstance(each.array, int) else each.array.astype(object) for each in figures]


@dataclass(frozen=True)
class Texts:
    """Texts by code: row `i` is `words[codes[i]]`; no word stands twice among `words`."""

    codes: Array
    words: tuple[str, ...]

    def __post_init__(self) -> None:
        assert len(set(self.words)) == len(self.words), "a text with two codes would not equal itself"

    @staticmethod
    def of(column: Array) -> "Texts":
        """A column of plain texts, each looked up once."""
        found: dict[str, int] = {}
        codes = np.fromiter((found.setdefault(text, len(found)) for text in column.tolist()), np.int32, len(column))
        return Texts(codes, tuple(found))

    @staticmethod
    def same(text: str) -> "Texts":
        """One text for all rows."""
        return Texts(np.zeros((), np.int32), (text,))

    @cached_property
    def index(self) -> Mapping[str, int]:
        """The code of each word."""
        return {word: code for code, word in enumerate(self.words)}

    def plain(self) -> Array:
        """The texts themselves."""
        return np.array(self.words, dtype=object)[self.codes]

    def codes_in(self, other: "Texts") -> Array:
        """This column by the codes of `other`; -1 where that has no such word."""
        return np.array([other.index.get(word, -1) for word in self.words], np.int64)[self.codes]

    def are(self, wanted: frozenset[str]) -> Truths:
        """Which of them are among `wanted`."""
        return np.array([word in wanted for word in self.words], np.bool_)[self.codes]


@dataclass(frozen=True)
class Rows:
    """What a vectorised pass works on: the columns by word, each looked at once."""

    columns: Mapping[str, Any]
    figures: dict[tuple[str, str | int | None], Figures] = field(default_factory=dict)

    def column(self, name: str, argument: str | int | None) -> Any:
        """The column of a word, of one of its arguments where it takes one."""
        return self.columns[name] if argument is None else self.columns[name][argument]

    def numbers(self, name: str, argument: str | int | None) -> Figures:
        """A column of numbers or ranks."""
        key = (name, argument)
        if key not in self.figures:
            column = self.column(name, argument)
            self.figures[key] = Figures(int(column)) if np.ndim(column) == 0 else Figures.of(column)
        return self.figures[key]

    def truths(self, name: str, argument: str | int | None) -> Truths:
        """A column of yes and no."""
        return np.asarray(self.column(name, argument), np.bool_)

    def texts(self, name: str, argument: str | int | None) -> Texts:
        """A column of texts, which is quickest when it comes as `Texts`."""
        column = self.column(name, argument)
        if isinstance(column, str):
            return Texts.same(column)
        return column if isinstance(column, Texts) else Texts.of(column)
