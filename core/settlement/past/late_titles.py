"""Titles that were reached late."""

import polars as pl

from core.plan.model import Plan

TITLES = ("career_rank", "highest_rank")


def raised(plan: Plan, ranks: pl.DataFrame, late: pl.DataFrame) -> pl.DataFrame:
    """What was carried, with every title and highest rank that the other has higher.

    Args:
        ranks, late: as `RANKS` says.
    """
    ladder = {rank.code: place for place, rank in enumerate(plan.ranks, start=1)}
    both = ranks.join(late, on="person_id", how="full", coalesce=True, suffix=":", maintain_order="left_right")
    higher = [_higher(name, ladder).alias(name) for name in TITLES]
    found = both.with_columns(*higher, pl.coalesce("misses", "misses:").alias("misses"))
    return found.select(ranks.columns)


def _higher(name: str, ladder: dict[str, int]) -> pl.Expr:
    def place(column: str) -> pl.Expr:
        return pl.col(column).replace_strict(ladder, default=0, return_dtype=pl.Int32).fill_null(0)

    return pl.when(place(f"{name}:") > place(name)).then(pl.col(f"{name}:")).otherwise(pl.col(name))
