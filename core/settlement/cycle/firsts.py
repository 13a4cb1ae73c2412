"""Which orders are their buyers' first."""

import numpy as np
import polars as pl

from core.forest.above import Marks
from core.orders.model import OrderKind


def first_sales(orders: pl.DataFrame) -> Marks:
    """Which orders are their buyers' first sales; orders stand by time."""
    sales = np.flatnonzero((orders["kind"] == OrderKind.SALE.value).to_numpy())
    buyers = orders["person"].to_numpy()[sales]
    first = np.full(int(buyers.max(initial=-1)) + 1, -1, np.int64)
    first[buyers[::-1]] = sales[::-1]  # of equal buyers the last one stays, which is the earliest
    found = np.zeros(orders.height, np.bool_)
    found[first[first >= 0]] = True
    return found
