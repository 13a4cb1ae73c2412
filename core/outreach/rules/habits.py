"""How people buy, worked out for everybody at once from their paid sales."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.forest.kernel import Ints

USUAL_ORDERS = 6
PURCHASES_MIN = 3
NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Sales:
    """Paid sales of anybody, each at the same place of every array."""

    buyer: Ints
    """Person ids."""
    at: Ints
    """Microseconds since 1970."""
    number: Ints
    """What was written earlier has the smaller one."""
    qv: Ints

    def in_order(self) -> "Sales":
        """Buyer by buyer, each one's in the order of time."""
        order = np.lexsort((self.number, self.at, self.buyer))
        return Sales(self.buyer[order], self.at[order], self.number[order], self.qv[order])


def usual_orders(sales: Sales, size: int) -> Ints:
    """Everybody's usual order by person id, as `core.orders.rules.usual_order` has it; 0 for who never ordered.

    | QV of her last six sales | usual     |
    | ------------------------ | --------- |
    | 100 40 90                | 90        |
    | 100 40 90 95             | 93 (92.5) |

    Args:
        sales: in order.
        size: one more than the greatest person id.
    """
    usual = np.zeros(size, np.int64)
    first, count = _groups(sales.buyer)
    if not len(first):
        return usual
    kept = np.minimum(count, USUAL_ORDERS)
    last = first + count
    back = np.arange(USUAL_ORDERS)
    there = back < kept[:, None]
    table = np.where(there, sales.qv[np.where(there, last[:, None] - 1 - back, 0)], NEVER)
    table.sort(axis=1)
    low = np.take_along_axis(table, (kept[:, None] - 1) // 2, axis=1)[:, 0]
    high = np.take_along_axis(table, kept[:, None] // 2, axis=1)[:, 0]
    usual[sales.buyer[first]] = _half_up(low + high)
    return usual


def ordered_since(sales: Sales, start: int, size: int) -> NDArray[np.bool_]:
    """Who has a sale at or after a moment, by person id."""
    found = np.zeros(size, np.bool_)
    found[sales.buyer[sales.at >= start]] = True
    return found


def fallen_silent(sales: Sales, midnights: Ints, today: int) -> tuple[Ints, Ints]:
    """Who used to buy and stopped: on three days at least, and silent for more than twice her own median interval.

    Several sales of one day are one purchase. All is counted in days, and nothing is rounded: twice the
    median of an even number of intervals is the sum of the middle two.

    | days with a sale | intervals | twice the median | silent from |
    | ---------------- | --------- | ---------------- | ----------- |
    | 0, 30, 60        | 30 30     | 60               | day 121     |
    | 0, 10, 40        | 10 30     | 40               | day 81      |
    | 0, 10, 40, 45    | 10 30 5   | 20               | day 66      |
    | 0, 30            | 30        | -                | never       |

    Args:
        sales: in order.
        midnights: when the company's days begin, rising; the day of a sale is its place among them.
        today: the day of the look, counted in the same way.

    Returns:
        Person ids, rising, and beside them the day of the last sale.
    """
    day = np.searchsorted(midnights, sales.at, side="right")
    apart = np.ones(len(day), np.bool_)
    apart[1:] = (np.diff(day) != 0) | (np.diff(sales.buyer) != 0)
    buyer, day = sales.buyer[apart], day[apart]
    first, count = _groups(buyer)
    often = count >= PURCHASES_MIN
    first, count = first[often], count[often]
    last = day[first + count - 1]
    quiet = today - last > _twice_median(buyer, day, first, count)
    return buyer[first[quiet]], last[quiet]


def _twice_median(buyer: Ints, day: Ints, first: Ints, count: Ints) -> Ints:
    """Twice the median of the intervals between the days of each group that begins at `first`."""
    interval = np.diff(day, prepend=0)
    interval[
        np.flatnonzero(np.diff(buyer, prepend=-1))
    ] = -1  # before the first day of a buyer lies none: it sorts first
    interval = interval[np.lexsort((interval, buyer))]
    intervals = count - 1
    low, high = first + 1 + (intervals - 1) // 2, first + 1 + intervals // 2
    twice: Ints = interval[low] + interval[high]
    return twice


def _groups(sorted_values: Ints) -> tuple[Ints, Ints]:
    """Where each value begins, and how often it comes."""
    first = np.flatnonzero(np.diff(sorted_values, prepend=-1))
    return first, np.diff(first, append=len(sorted_values))


def _half_up(doubled: Ints) -> Ints:
    """Half of each, a half away from zero, as `core.kernel.money.round_half_up` has it."""
    halves: Ints = np.sign(doubled) * ((np.abs(doubled) + 1) // 2)
    return halves
