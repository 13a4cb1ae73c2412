"""What a checked expression gives: for one case, or for columns of a million in one pass. Both give the same, exactly.

No rounding, no overflow and no floating point: a number is a whole number over a denominator that is known beforehand.
Vectorised, these are 64-bit integers; where the values at hand could exceed them, Python's own integers take over.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, cast

import numpy as np

from core.plan.expressions.columns import Array, Figures, Rows, Texts, Truths
from core.plan.expressions.model import Case, Expression, Type, Value
from core.plan.expressions.nodes import Node, Numeric

INT64 = np.iinfo(np.int64)


def value(expression: Expression, case: Case) -> Value:
    """What the expression gives in one case.

    Args:
        case: the value of every word in `expression.names`, as `Name` says how it is given.

    Returns:
        A number as `int`, or as `Fraction` where the expression can give fractions; `bool`; `str`; a rank's rung.

    Raises:
        KeyError: the case lacks a word, or an argument of one, that the expression asks for.
    """
    tree: Node = expression.tree
    units: Value = tree.one(case)
    if isinstance(tree, Numeric) and tree.denominator != 1:
        return Fraction(int(units), tree.denominator)
    return units


def values(expression: Expression, columns: Mapping[str, Any], size: int) -> Array:
    """What the expression gives in `size` cases at once.

    Args:
        columns: for every word in `expression.names` an array of `size` values, or one value for all; texts best as
            `Texts`; a word with an argument as a mapping from argument to array.

    Returns:
        Yes and no as bool; whole numbers and ranks as int64, or as objects where one is beyond 64 bits; numbers of an
        expression that can give fractions as `Fraction` objects, which is slow (`wholes` is not); texts as objects.

    Raises:
        KeyError: a column that the expression asks for is missing.
    """
    tree: Node = expression.tree
    found = tree.many(Rows(columns))
    if isinstance(found, Texts):
        return _spread(np.asarray(found.plain(), object), size)
    if not isinstance(found, Figures):
        return _spread(np.asarray(found), size)
    assert isinstance(tree, Numeric), "only numbers and ranks give figures"
    if tree.denominator == 1:
        return _spread(_narrow(found), size)
    units = _spread(np.asarray(found.array), size).tolist()
    return np.array([Fraction(unit, tree.denominator) for unit in units], dtype=object)


def whole(expression: Expression, case: Case) -> int:
    """A number without its fraction, cut off towards zero."""
    number = value(expression, case)
    assert expression.type is Type.NUMBER, "only numbers can be cut"
    return int(number)


def wholes(expression: Expression, columns: Mapping[str, Any], size: int) -> Array:
    """Numbers without their fractions, cut off towards zero: int64, or objects where one is beyond 64 bits."""
    tree = expression.tree
    assert expression.type is Type.NUMBER, "only numbers can be cut"
    found = cast("Figures", tree.many(Rows(columns)))
    if tree.denominator == 1:
        return _spread(_narrow(found), size)
    array = found.array if found.bound <= INT64.max else np.asarray(found.array, object)
    if tree.denominator > INT64.max:
        array = np.asarray(array, object)
    cut = np.where(np.asarray(array < 0), -(abs(array) // tree.denominator), abs(array) // tree.denominator)
    return _spread(_narrow(Figures(cut)), size)


def truths(expression: Expression, columns: Mapping[str, Any], size: int) -> Truths:
    """For which of `size` cases the expression holds."""
    assert expression.type is Type.TRUTH, "only yes or no holds"
    return values(expression, columns, size)


def _narrow(figures: Figures) -> Array:
    """As 64-bit integers where all of them are some, however they were calculated."""
    array = np.asarray(figures.array)
    if array.dtype != object or Figures(array).bound > INT64.max:
        return array
    return array.astype(np.int64)


def _spread(array: Array, size: int) -> Array:
    """One value for all rows as a row each."""
    return np.broadcast_to(array, (size,)).copy() if array.ndim == 0 else array
