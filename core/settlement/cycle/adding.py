"""Orders added up by whoever placed them: one pass over their columns as they lie in memory."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from core.forest.kernel import Ints, kernel

EVER = -(2**63)
"""A moment before all others."""


@kernel
def _add(
    found: Ints, buyers: Ints, amounts: Ints, moments: Ints, paid: NDArray[np.bool_], start: int, end: int
) -> None:
    for order in range(buyers.size):
        if start <= moments[order] < end and buyers[order] >= 0 and (paid.size == 0 or paid[order]):
            found[buyers[order]] += amounts[order]


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
    found = np.zeros(people, np.int64)
    paid = orders["paid_at"]
    known = paid.is_not_null().to_numpy() if paid.null_count() else np.zeros(0, np.bool_)
    buyers, moments = (_fixed(orders[name].to_numpy()) for name in ("person", "ordered_at"))
    _add(found, buyers, _fixed(amounts), moments, known, start, end)
    return found


def _fixed(values: Ints) -> Ints:
    """The same, not to be changed, as a table's columns are: a kernel is compiled anew for each kind of array."""
    found = values.view()
    found.flags.writeable = False
    return found
