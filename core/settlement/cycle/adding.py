"""Orders added up by whoever placed them: one pass over their columns as they lie in memory."""

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from core.forest.kernel import Ints, inlined, kernel

BITS, LIFT = 32, 2**31
WIDE = 8
"""Bytes of the numbers that everything has room in."""
EVER = -(2**63)
"""A moment before all others."""


@inlined
def _more(found: NDArray[Any], place: np.uint64, amount: int) -> int:
    """Add to a place; returns the sum, lifted, so that one that has room in 32 bits has no others."""
    total = np.int64(found[place]) + amount
    found[place] = found.dtype.type(total)
    return int(total + LIFT)


@kernel
def _add(found: NDArray[Any], buyers: Ints, amounts: Ints) -> bool:
    """Add every order to its buyer's place, or to the last one for whoever has none (-1).

    Four orders in one go, none of them behind a condition: the machine waits for the memory of many places together,
    and takes three quarters of the time.

    Returns:
        Whether all sums have room in the numbers that `found` has.
    """
    nowhere, fours, sums = np.uint64(found.size - 1), buyers.size // 4 * 4, np.int64(0)
    for order in range(0, fours, 4):
        one, two = min(np.uint64(buyers[order]), nowhere), min(np.uint64(buyers[order + 1]), nowhere)
        three, four = min(np.uint64(buyers[order + 2]), nowhere), min(np.uint64(buyers[order + 3]), nowhere)
        sums |= _more(found, one, amounts[order])
        sums |= _more(found, two, amounts[order + 1])
        sums |= _more(found, three, amounts[order + 2])
        sums |= _more(found, four, amounts[order + 3])
    for order in range(fours, buyers.size):
        sums |= _more(found, min(np.uint64(buyers[order]), nowhere), amounts[order])
    return bool(found.itemsize == WIDE or sums >> BITS == 0)


def added(orders: pl.DataFrame, amounts: Ints, people: int, start: int, end: int) -> Ints:
    """What everybody's paid orders of a stretch of time come to, by place.

    Args:
        orders: as `core.settlement.model.ORDERS` says.
        amounts: what each order brings.
        people: how many there are.
        start: in microseconds, as the end, which is outside.

    | person, ordered at, paid at, amount | from 0 to 9       |
    | ----------------------------------- | ----------------- |
    | 0 5 5 10                            | 10 for the first  |
    | 1 0 7 20, 1 8 8 -5                  | 15 for the second |
    | 0 9 9 40, 0 5 - 80, -1 5 5 160      | nothing           |
    """
    when, span = orders["ordered_at"], slice(0, orders.height)
    inside = None
    if when.is_sorted():
        span = slice(when.search_sorted(start, "left"), when.search_sorted(end, "left"))
    else:
        inside = (when >= start) & (when < end)
    if orders["paid_at"].null_count():
        paid = orders["paid_at"].is_not_null()
        inside = paid if inside is None else inside & paid
    buyers = orders["person"].to_numpy()
    if inside is not None:
        buyers = np.where(inside.to_numpy(), buyers, -1)
    buyers, amounts = _fixed(buyers[span]), _fixed(amounts[span])
    for width in (np.int32, np.int64):  # as a rule the first is enough, and half the memory sooner at hand
        found = np.zeros(people + 1, width)
        if _add(found, buyers, amounts):
            break
    return found[:people].astype(np.int64)


def _fixed(values: Ints) -> Ints:
    """The same, not to be changed, as a table's columns are: a kernel is compiled anew for each kind of array."""
    found = values.view()
    found.flags.writeable = False
    return found
