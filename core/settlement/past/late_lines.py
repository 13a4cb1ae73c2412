"""Lines of a cycle that is settled again, and what returns have taken of them."""

import polars as pl

from core.settlement.rules.waiting_parts import losing

TAKEN = ("kept", "off", "cut", "owed")
"""What is known of a line's later parts besides what they come to."""


def refreshed(posted: pl.DataFrame, again: pl.DataFrame, cycle: str) -> pl.DataFrame:
    """The lines with those of the cycle as they are now; what returns have taken of them stays taken.

    A line that pays an amount is another than one that pays a rate. A line that is no more, and of which something was
    taken, stays as one of nothing, so that it is given back.
    """
    key = ["cycle", "person_id", "bonus", "unit", "source_person_id", "order_id", "level", "is_amount"]
    here, is_amount = pl.col("cycle") == cycle, pl.col("base").is_null().alias("is_amount")
    before, theirs = (one.filter(here).with_columns(is_amount) for one in (posted, again))
    kept = [pl.col(name).alias(f"{name}_before") for name in TAKEN]
    taken = before.unique(key, keep="first").select(*key, pl.col("taken").alias("before"), *kept)
    theirs = theirs.join(taken, on=key, how="left", nulls_equal=True, maintain_order="left")
    later = pl.col("rest").is_not_null()
    taken_of_parts = [
        pl.when(later).then(pl.coalesce(f"{name}_before", "kept" if name == "kept" else pl.lit("0"))).alias(name)
        for name in TAKEN
    ]
    theirs = theirs.with_columns(pl.col("before").fill_null(0).alias("taken"), *taken_of_parts)
    gone = before.filter((pl.col("taken") != 0) | (pl.col("cut").fill_null("0") != "0"))
    gone = gone.join(theirs, on=key, how="anti", nulls_equal=True)
    nothing = gone.with_columns(
        pl.lit(0, pl.Int64).alias("amount"),
        pl.lit(0, pl.Int64).alias("base"),
        pl.when(later).then(pl.lit("0")).alias("rest"),
    )
    return pl.concat([posted.filter(~here), *(one.select(posted.columns) for one in (theirs, nothing))])


def knowing_lost(posted: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
    """Lines of a cycle with the number of their parts that were lost since.

    Args:
        parts: as `Past.parts` says.
    """
    whose = ["bonus", "person_id", "unit"]
    lost = parts.filter(pl.col("exact").is_null()).group_by(whose).len("gone")
    if lost.is_empty():
        return posted
    later = pl.col("rest").is_not_null()
    posted = posted.with_columns(pl.when(later).then(pl.lit("0")).alias(name) for name in TAKEN[1:])
    return losing(posted.join(lost, on=whose, how="left", maintain_order="left"), "gone")
