"""What changed between two previews, or since the cycle before, by payee, bonus and cause; the largest first.

A line is the same line when payee, bonus, unit, source, order and level are. The cause is the first that holds:

| cause        | between two previews                                   | since the cycle before      |
| ------------ | ------------------------------------------------------ | --------------------------- |
| `adjustment` | debit and credit notes                                 | the same                    |
| `carried`    | what came in from the cycle before                     | the same                    |
| `return`     | of a return that one of them does not have, or changed | of a return                 |
| `correction` | of volume corrected by hand, likewise                  | of volume corrected by hand |
| `new_order`  | of an order that one of them does not have             | -                           |
| `changed`    | of an order whose figures changed                      | -                           |
| `plan`       | by another text of the plan                            | by another version          |
| `rank`       | another paid rank of the payee's, and it is looked at  | the same                    |
| `network`    | payee or source has another sponsor                    | -                           |
| `figures`    | anything else: activity, conditions, others' ranks     | -                           |
| `volume`     | -                                                      | anything else: other orders |
"""

from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from core.kernel.money import minor_digits
from core.plan.model import RunSpec

KEY = ("person", "bonus", "unit", "source", "order", "level")
HOLDER = ("person", "bonus", "unit", "cause")
JUMP_MAX = Decimal(5)
"""Where the plan names no limit."""
ORDER_FIGURES = ("amount_minor", "cv", "qv", "points")
BY_HAND = ("return", "correction")
SCHEMA = {
    "person": pl.String(), "bonus": pl.String(), "unit": pl.String(), "cause": pl.String(),
    "before": pl.Int64(), "now": pl.Int64(), "lines": pl.Int64(), "is_anomaly": pl.Boolean(),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """What is compared of a preview."""

    lines: pl.DataFrame
    """payee_id, bonus, unit, amount_minor, source_person_id, source_order_id, level."""
    orders: pl.DataFrame
    """As the run reads them."""
    sponsors: pl.DataFrame
    """person, sponsor: their codes."""
    ranks: pl.DataFrame
    """person, rank."""
    payouts: pl.DataFrame
    """person_id, currency, carried_in, adjustments."""
    plan: str
    """The text between two previews, else the version."""
    by_rank: frozenset[str] = frozenset()
    """The bonuses that look at ranks; to the others a rank makes no difference."""


def between_previews(kind: RunSpec, now: Side, before: Side) -> pl.DataFrame:
    """What another preview of the same cycle changed."""
    lines = _joined(now.lines, before.lines, KEY)
    old, new = _figures(before.orders, "old"), _figures(now.orders, "new")
    orders = old.join(new, on="order", how="full", coalesce=True)
    same = pl.all_horizontal(pl.col(f"old_{name}") == pl.col(f"new_{name}") for name in ORDER_FIGURES)
    orders = orders.with_columns(
        pl.coalesce("new_kind", "old_kind").alias("kind"),
        (pl.col("new_kind").is_null() | pl.col("old_kind").is_null()).alias("alone"),
        same.fill_null(value=False).alias("same"),
    )
    lines = lines.join(orders.select("order", "kind", "alone", "same"), on="order", how="left")
    moved = _changed(now.sponsors, before.sponsors, "sponsor")
    other = pl.col("alone") | ~pl.col("same")
    cause = (
        pl.when(other & pl.col("kind").is_in(BY_HAND)).then(pl.col("kind"))
        .when(pl.col("alone")).then(pl.lit("new_order"))
        .when(~pl.col("same")).then(pl.lit("changed"))
        .when(pl.lit(now.plan != before.plan)).then(pl.lit("plan"))
        .when(_ranked(now, before)).then(pl.lit("rank"))
        .when(pl.col("person").is_in(moved.implode()) | pl.col("source").is_in(moved.implode())).then(pl.lit("network"))
        .otherwise(pl.lit("figures"))
    )  # fmt: skip
    return _told(kind, lines.with_columns(cause.alias("cause")), now, before)


def since_last_cycle(kind: RunSpec, now: Side, before: Side) -> pl.DataFrame:
    """What everybody earns more or less than in the cycle before."""
    kinds = [_figures(side.orders, "new").select("order", pl.col("new_kind").alias("kind")) for side in (now, before)]
    sides = [
        side.lines.join(which, left_on="source_order_id", right_on="order", how="left")
        for side, which in zip((now, before), kinds, strict=True)
    ]
    special = pl.when(pl.col("kind").is_in(BY_HAND)).then(pl.col("kind")).alias("source_order_id")
    new, old = (side.with_columns(special) for side in sides)
    lines = _joined(new, old, ("person", "bonus", "unit", "order"))
    cause = (
        pl.when(pl.col("order").is_not_null()).then(pl.col("order"))
        .when(pl.lit(now.plan != before.plan)).then(pl.lit("plan"))
        .when(_ranked(now, before)).then(pl.lit("rank"))
        .otherwise(pl.lit("volume"))
    )  # fmt: skip
    return _told(kind, lines.with_columns(cause.alias("cause")), now, before)


def _joined(now: pl.DataFrame, before: pl.DataFrame, key: tuple[str, ...]) -> pl.DataFrame:
    """Sums by key of both sides beside each other."""
    names = {"payee_id": "person", "source_person_id": "source", "source_order_id": "order"}
    sides = [
        side.rename(names).group_by(key).agg(pl.col("amount_minor").sum().alias(word), pl.len().alias(f"{word}_lines"))
        for word, side in (("now", now), ("before", before))
    ]
    both = sides[0].join(sides[1], on=list(key), how="full", coalesce=True, nulls_equal=True)
    counted = [pl.col(word).fill_null(0) for word in ("now", "before")]
    lines = pl.max_horizontal("now_lines", "before_lines").fill_null(0).cast(pl.Int64).alias("lines")
    return both.with_columns(*counted, lines)


def _figures(orders: pl.DataFrame, word: str) -> pl.DataFrame:
    figures = [pl.col(name).alias(f"{word}_{name}") for name in ("kind", *ORDER_FIGURES)]
    return orders.select(pl.col("order_id").alias("order"), *figures)


def _changed(now: pl.DataFrame, before: pl.DataFrame, column: str) -> pl.Series:
    """Whoever has another value in both."""
    both = now.join(before, on="person", how="inner", suffix="_before")
    return both.filter(pl.col(column).ne_missing(pl.col(f"{column}_before")))["person"]


def _ranked(now: Side, before: Side) -> pl.Expr:
    """That the payee has another rank, which the bonus looks at."""
    looks = pl.col("bonus").is_in(pl.Series(sorted(now.by_rank), dtype=pl.String()).implode())
    return looks & pl.col("person").is_in(_changed(now.ranks, before.ranks, "rank").implode())


def _told(kind: RunSpec, lines: pl.DataFrame, now: Side, before: Side) -> pl.DataFrame:
    """By payee, bonus, unit and cause, the largest change first."""
    moved = lines.filter(pl.col("now") != pl.col("before"))
    found = moved.group_by(HOLDER).agg(pl.col("before", "now", "lines").sum())
    parts = [found.select(*HOLDER, "before", "now", "lines"), *_balances(now.payouts, before.payouts)]
    whole = pl.concat(parts).filter(pl.col("now") != pl.col("before"))
    return (
        whole.join(_anomalies(kind, whole, lines), on=["person", "unit"], how="left")
        .with_columns(pl.col("is_anomaly").fill_null(value=False))
        .with_columns((pl.col("now") - pl.col("before")).abs().alias("size"))
        .sort("size", *HOLDER, descending=[True, False, False, False, False])
        .select(*SCHEMA)
    )


def _balances(now: pl.DataFrame, before: pl.DataFrame) -> list[pl.DataFrame]:
    """Notes and what was carried in, which are no lines of a bonus."""
    both = now.join(before, on=["person_id", "currency"], how="full", coalesce=True, suffix="_before")
    return [
        both.select(
            pl.col("person_id").alias("person"),
            pl.lit("").alias("bonus"),
            pl.col("currency").alias("unit"),
            pl.lit(cause).alias("cause"),
            pl.col(f"{column}_before").fill_null(0).alias("before"),
            pl.col(column).fill_null(0).alias("now"),
            pl.lit(0, pl.Int64()).alias("lines"),
        )
        for column, cause in (("adjustments", "adjustment"), ("carried_in", "carried"))
    ]


def _anomalies(kind: RunSpec, whole: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Who has more than so many times what she had in one unit, or is below zero now."""
    sums = lines.group_by("person", "unit").agg(pl.col("before", "now").sum())
    units = whole["unit"].unique().sort().to_list()
    least = {unit: int(kind.jump_from.scaleb(minor_digits(unit))) if len(unit) == 3 else 0 for unit in units}
    times = kind.jump_max or JUMP_MAX
    top, bottom = times.as_integer_ratio()
    jump = (pl.col("now") * bottom > pl.max_horizontal("before", 0) * top) & (
        pl.col("now") >= pl.col("unit").replace_strict(least, default=0, return_dtype=pl.Int64)
    )
    return sums.select("person", "unit", (jump | (pl.col("now") < 0)).alias("is_anomaly"))
