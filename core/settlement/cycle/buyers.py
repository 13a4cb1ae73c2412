"""Which buyers somebody brought first, and how much of each order counts where a buyer's count up to so much."""

from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from core.forest.kernel import Ints
from core.forest.wide import brought


def brought_as(people: pl.DataFrame, who: str) -> Ints:
    """The how-manieth everybody is of those whom her sponsor brought, by place; 0 for whom nobody brought.

    Args:
        people: as `core.settlement.model.PEOPLE` says, by joining and code, also who has left.
        who: counted are "all", "distributors" or "customers" alone; of the others nobody has a number.
    """
    counted = (
        np.ones(people.height, np.bool_) if who == "all" else (people["kind"].cast(pl.String) + "s" == who).to_numpy()
    )
    sponsor = people["sponsor"].to_numpy()[counted].astype(np.int32)
    found = np.zeros(people.height, np.int64)
    found[counted] = np.where(sponsor >= 0, brought(sponsor), 0)
    return found


def up_to(orders: pl.DataFrame, cap: int, within: str, joined: pl.Series, zone: ZoneInfo) -> pl.DataFrame:
    """The same orders with so much as `base` as still counts when each comes.

    Args:
        orders: with `person`, `ordered_at` and `base`, in their turn, from the beginning of the stretch on.
        cap: in units of the base.
        within: "cycle", "year", "own_year" or "ever"; of a cycle only its orders are given.
        joined: everybody's day of joining, by place.

    | in a stretch of hers, in turn | cap | counts       |
    | ----------------------------- | --- | ------------ |
    | 50, 40, 30                    | 80  | 50, 30, 0    |
    | 50, 40, -20, 30               | 80  | 50, 30, -10, 10 |
    """
    stretch = orders.with_columns(_stretch(orders, within, joined, zone).alias("stretch"))
    so_far = stretch.select(pl.col("base").cum_sum().over("person", "stretch")).to_series()
    counts = so_far.clip(upper_bound=cap) - (so_far - orders["base"]).clip(upper_bound=cap)
    return orders.with_columns(counts.alias("base"))


def _stretch(orders: pl.DataFrame, within: str, joined: pl.Series, zone: ZoneInfo) -> pl.Series:
    """The year of each order; her own begin on the day of joining, or on 1 March where there is no 29 February."""
    day = pl.from_epoch(orders["ordered_at"], "us").dt.convert_time_zone(zone.key).dt.date()
    if within == "year":
        return day.dt.year()
    if within != "own_year":
        return pl.zeros(orders.height, pl.Int32, eager=True)
    since = joined.gather(orders["person"])
    earlier = _of_year(day) < _of_year(since)
    return day.dt.year() - earlier.cast(pl.Int32)


def _of_year(days: pl.Series) -> pl.Series:
    return days.dt.month().cast(pl.Int32) * 100 + days.dt.day().cast(pl.Int32)
