"""Two clocks of an order: when it was ordered and when it was paid, and in which cycle it counts by them.

An order of 30 October, settled by months, in a plan with `[late_orders]`:

| settled_in     | cut_off_days | paid on 5 November | paid on 20 November |
| -------------- | ------------ | ------------------ | ------------------- |
| own_period     | none         | October            | October             |
| own_period     | 14           | October            | nowhere             |
| payment_period | none         | November           | November            |
| payment_period | 14           | October            | November            |
| nowhere        | none         | nowhere            | nowhere             |
| nowhere        | 14           | October            | nowhere             |

Without the section an order counts in its own cycle, whenever it is paid, if it is paid when that cycle is settled.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl

from core.calendar.rules import company_midnight, cycle_at
from core.plan.model import CalendarSpec, LateOrdersSpec

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
COUNTS = "counts"


def by_clocks(orders: pl.DataFrame, spec: LateOrdersSpec | None, calendar: CalendarSpec) -> pl.DataFrame:
    """The orders with `counts`; those that count in the cycle of their payment have its time as their own."""
    if spec is None or (spec.settled_in == "own_period" and spec.cut_off_days is None):
        return orders.with_columns(pl.lit(value=True).alias(COUNTS))
    zone = calendar.time_zone
    day = pl.from_epoch("ordered_at", "us").dt.replace_time_zone("UTC").dt.convert_time_zone(zone).dt.date()
    days = orders.select(day.alias("day"))["day"]
    ends = {one: _cut_off(calendar, one, spec.cut_off_days or 0) for one in days.unique()}
    until = days.replace_strict(ends, return_dtype=pl.Int64) if ends else pl.Series([], dtype=pl.Int64)
    late = (pl.col("paid_at") >= until).fill_null(value=False)
    if spec.settled_in == "payment_period":
        moved = pl.when(late).then(pl.col("paid_at")).otherwise(pl.col("ordered_at"))
        return orders.with_columns(moved.alias("ordered_at"), pl.lit(value=True).alias(COUNTS))
    return orders.with_columns((~late).alias(COUNTS))


def _cut_off(calendar: CalendarSpec, day: date, days: int) -> int:
    """Until when an order of that day must be paid to count in its own cycle."""
    end = cycle_at(calendar, company_midnight(calendar, day)).period.end.astimezone(ZoneInfo(calendar.time_zone))
    last = company_midnight(calendar, (end + timedelta(days=days)).date())
    return round((last - EPOCH).total_seconds()) * 1_000_000
