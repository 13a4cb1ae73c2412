"""Returns that name their sale: which count, when, and how much of the sale they take back.

| the return names           | in the sale's window | what happens                                       |
| -------------------------- | -------------------- | -------------------------------------------------- |
| a paid sale                | yes                  | lines are charged back; its volume counts          |
| a paid sale                | no                   | nothing, and a notice                              |
| a sale that is not paid    | -                    | nothing, and a notice                              |
| another person's sale      | -                    | volume with a minus, no line; and a notice         |
| no sale, or another return | -                    | volume with a minus, no line; and a notice         |

What a sale's returns take back together is never more than the sale: of a sale of 100, returns of 60 and 60 take back
60 and 40. A line of 1.01 of whose sale one half is returned and then the other is charged 0.51 and 0.50: what all
returns so far come to is rounded, and what earlier ones have charged is taken off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from core.kernel.errors import Problem, Severity
from core.orders.model import OrderKind
from core.plan.model import Bonus, ReturnsSpec
from core.plan.model.terms import Conditional

OF_ORDERS = ("cv", "qv", "price", "margin", "points", "orders", "pieces")
BY_ORDER = ("unilevel", "fast_start", "first_order", "generation", "infinity", "matrix")
NAMED_MAX = 20
"""So many orders are named in a notice."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """The company's orders, with what returns mean."""

    orders: pl.DataFrame
    """Without the returns that count nowhere."""
    charging: pl.DataFrame
    """Returns that charge lines back, by sale, time and id: order_id, sale, returned_at."""
    notices: tuple[Problem, ...]


def sorted_out(orders: pl.DataFrame, spec: ReturnsSpec, zone: str, told: pl.Series, codes: pl.Series) -> Sorted:
    """Find what each return means.

    Args:
        orders: as `ORDERS` says, each once, with `counts`.
        codes: of everybody, by place.
        zone: company time, by whose days the window is counted: the day after the sale's is the first.
        told: ids of orders that notices are about.
    """
    is_return = pl.col("kind") == OrderKind.RETURN.value
    sales = orders.filter(~is_return).select(
        pl.col("order_id").alias("returns_order_id"),
        pl.col("person").alias("buyer"),
        pl.col("amount_minor").alias("sold"),
        pl.col("ordered_at").alias("sold_at"),
        (pl.col("paid_at").is_not_null() & pl.col("counts")).alias("sale_paid"),
    )
    returns = orders.filter(is_return).join(sales, on="returns_order_id", how="left")
    known = pl.col("buyer") == pl.col("person")
    in_time = pl.lit(value=True)
    if spec.within_days is not None:
        in_time = (_day("ordered_at", zone) - _day("sold_at", zone)).dt.total_days() <= spec.within_days
    nameless = returns.filter(pl.col("buyer").is_null())
    of_another = returns.filter(~known)
    unpaid = returns.filter(known & ~pl.col("sale_paid"))
    late = returns.filter(known & pl.col("sale_paid") & ~in_time)
    charging = returns.filter(known & pl.col("sale_paid") & in_time)
    charging = charging.sort("returns_order_id", "ordered_at", "order_id")
    so_far = (-pl.col("amount_minor")).cum_sum().over("returns_order_id")
    too_much = charging.filter((so_far > pl.col("sold")) & (pl.col("amount_minor") < 0))["order_id"]
    charging = charging.select(
        "order_id", pl.col("returns_order_id").alias("sale"), pl.col("ordered_at").alias("returned_at")
    )
    dropped = pl.concat([unpaid["order_id"], late["order_id"]])
    return Sorted(
        orders=orders.filter(~pl.col("order_id").is_in(dropped.implode())),
        charging=charging,
        notices=tuple(
            problem
            for code, found in (
                ("settle_return_without_sale", nameless["order_id"]),
                ("settle_return_unpaid", unpaid["order_id"]),
                ("settle_return_too_late", late["order_id"]),
                ("settle_return_too_much", too_much),
            )
            for problem in notice(code, found.filter(found.is_in(told.implode())))
        )
        + notice("settle_return_of_another", _with_people(of_another.filter(_is_in(told)), codes)),
    )


def _is_in(orders: pl.Series) -> pl.Expr:
    return pl.col("order_id").is_in(orders.implode())


def _with_people(returns: pl.DataFrame, codes: pl.Series) -> pl.Series:
    """Returns and the sales that they name, each with whose it is."""
    named = returns.select("order_id", codes.gather(returns["person"]).alias("hers"), "returns_order_id",
                           codes.gather(returns["buyer"]).alias("theirs"))  # fmt: skip
    return named.select(pl.format("{} ({}) → {} ({})", *named.columns).alias("named"))["named"]


def _day(column: str, zone: str) -> pl.Expr:
    return pl.from_epoch(column, "us").dt.replace_time_zone("UTC").dt.convert_time_zone(zone).dt.date()


def notice(code: str, orders: pl.Series) -> tuple[Problem, ...]:
    """What should be known about some orders; nothing where there are none."""
    if orders.is_empty():
        return ()
    named = [str(one) for one in orders.sort().head(NAMED_MAX)]
    return (Problem(code, Severity.NOTICE, facts={"orders": named, "count": len(orders)}),)


def names_orders(bonus: Bonus) -> bool:
    """Whether each line of the bonus is for one order, so that a return of it can charge the line back."""
    if bonus.base not in OF_ORDERS:
        return False
    return bonus.terms.per == "order" if isinstance(bonus.terms, Conditional) else bonus.kind in BY_ORDER


def shares(sale: int, returned: Sequence[int]) -> list[Fraction]:
    """How much of a sale is returned after each of its returns, at most all of it.

    Args:
        sale: its base; nothing counts as wholly returned by the first return.
        returned: the bases of its returns, below zero, in order.
    """
    found, sum_ = [], 0
    for base in returned:
        sum_ -= base
        found.append(min(Fraction(1), max(Fraction(0), Fraction(sum_, sale))) if sale > 0 else Fraction(1))
    return found
