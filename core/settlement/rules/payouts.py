"""What is paid out of what was earned, and what is carried over.

With a minimum of 10:

| carried in | earned | adjustments | paid | carried out |
| ---------- | ------ | ----------- | ---- | ----------- |
| 0          | 7      | 0           | 0    | 7           |
| 7          | 5      | 0           | 12   | 0           |
| 0          | 20     | -25         | 0    | -5          |
| 0          | 10     | 0           | 10   | 0           |
"""

from collections.abc import Mapping
from fractions import Fraction

import polars as pl

from core.kernel.money import minor_digits

HOLDER = ("person_id", "currency")
MONEY = ("earned", "carried_in", "adjustments", "paid", "carried_out")
"""Columns of payouts after `HOLDER`, in minor units."""
LEAST = {"currency": pl.String, "least": pl.Int64}


def payouts(
    earned: pl.DataFrame, carried: pl.DataFrame, adjustments: pl.DataFrame, minimum_minor: Mapping[str, int]
) -> pl.DataFrame:
    """Everybody's balance in each currency in which she has anything, in no particular order.

    All or nothing is paid; a negative balance waits for earnings and is never asked back.

    Args:
        earned: person_id, currency, amount_minor; any number of rows for one holder, as in the two that follow.
        carried: what the cycle before left.
        adjustments: corrections by hand.
        minimum_minor: the least that is paid, by currency.

    Returns:
        `HOLDER` and `MONEY`.
    """
    parts = {"earned": earned, "carried_in": carried, "adjustments": adjustments}
    noted = [part.select(*HOLDER, pl.col("amount_minor").alias(name)) for name, part in parts.items()]
    sums = pl.concat(noted, how="diagonal").group_by(HOLDER).agg(pl.col(*parts).sum())
    due = pl.sum_horizontal(*parts)
    least = pl.DataFrame(list(minimum_minor.items()), schema=LEAST, orient="row")
    paid = pl.when((due > 0) & (due >= pl.col("least"))).then(due).otherwise(0)
    return (
        sums.join(least, on="currency")
        .with_columns(paid.alias("paid"), (due - paid).alias("carried_out"))
        .select(*HOLDER, *MONEY)
    )


def minimum_minor(amount: Fraction, worth: Fraction, currency: str) -> int:
    """The minimum in minor units of a currency, rounded up, so that nothing below it is paid.

    Args:
        worth: what one unit of the minimum's currency is worth in `currency`.
    """
    exact = amount * worth * 10 ** minor_digits(currency)
    return int(-(-exact.numerator // exact.denominator))
