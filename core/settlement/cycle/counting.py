"""Which orders count, and when, by what the plan says of returns and late orders; a run sees only these."""

from dataclasses import dataclass, replace
from datetime import datetime

import polars as pl

from core.calendar.model import Cycle
from core.kernel.errors import Problem, Severity
from core.orders.model import OrderKind
from core.plan.model import Plan
from core.settlement.cycle.figures import microseconds
from core.settlement.model import LINES, ORDERS, Company
from core.settlement.rules.clocks import COUNTS, by_clocks
from core.settlement.rules.returning import notice, sorted_out

RECOMPUTE = "recompute"
FIGURES = ("amount_minor", "cv", "qv", "points", "margin_minor")
OF_LINES = (*FIGURES, "pieces")
NO_CHARGES = {"order_id": pl.String(), "sale": pl.String(), "returned_at": pl.Int64()}


@dataclass(frozen=True, slots=True)
class Counted:
    """A company's orders as they count."""

    company: Company
    charging: pl.DataFrame
    """Returns that charge lines back: order_id, sale, returned_at, by sale, time and id."""
    notices: tuple[Problem, ...]


def counted(company: Company, plan: Plan, cycle: Cycle, until: datetime | None = None) -> Counted:
    """Every order in its own time, by the calendar of the run.

    Args:
        plan: with the calendar of the cycle as its main one.
        cycle: whose late orders and returns are told.
        until: returns from then on are not known yet; None is the cycle's end.
    """
    if plan.late_orders is None and plan.returns is None:
        return Counted(company, pl.DataFrame(schema=NO_CHARGES), ())
    start, end = microseconds(cycle.period.start), microseconds(cycle.period.end)
    orders = by_clocks(company.orders, plan.late_orders, plan.calendar)
    gone = orders.filter(~pl.col(COUNTS) & (pl.col("paid_at") >= start) & (pl.col("paid_at") < end))
    notices = notice("settle_order_too_late", gone["order_id"])
    charging, lines = pl.DataFrame(schema=NO_CHARGES), company.lines
    if plan.returns is not None:
        told = company.orders.filter((pl.col("ordered_at") >= start) & (pl.col("ordered_at") < end))["order_id"]
        unknown = pl.col("ordered_at") >= microseconds(until or cycle.period.end)
        orders = orders.filter((pl.col("kind") != OrderKind.RETURN.value) | ~unknown)
        found = sorted_out(orders, plan.returns, plan.calendar.time_zone, told, company.people["code"])
        orders, charging, notices = found.orders, found.charging, (*notices, *found.notices)
        if plan.returns.amount == RECOMPUTE:
            orders, lines = netted(orders, lines, charging)
            charging = charging.clear()
        elif plan.returns.volume_in == "original_period":
            orders = _moved(orders, charging)
    orders = orders.filter(COUNTS).sort("ordered_at", "order_id").select(list(ORDERS))
    return Counted(replace(company, orders=orders, lines=lines.select(list(LINES))), charging, notices)


def without_orders(company: Company, cycle: Cycle) -> tuple[Problem, ...]:
    """What should be known about a cycle in which nobody ordered: perhaps the wrong cycle, or the wrong file."""
    start, end = microseconds(cycle.period.start), microseconds(cycle.period.end)
    if company.orders["ordered_at"].is_between(start, end, closed="left").any():
        return ()
    return (Problem("settle_no_orders", Severity.NOTICE, facts={"cycle": cycle.code}),)


def _moved(orders: pl.DataFrame, charging: pl.DataFrame) -> pl.DataFrame:
    """The returns at the time of their sales."""
    sold = orders.select(pl.col("order_id").alias("sale"), pl.col("ordered_at").alias("sold_at"))
    times = charging.join(sold, on="sale").select("order_id", "sold_at")
    found = orders.join(times, on="order_id", how="left", maintain_order="left")
    return found.with_columns(pl.coalesce("sold_at", "ordered_at").alias("ordered_at")).drop("sold_at")


def netted(orders: pl.DataFrame, lines: pl.DataFrame, charging: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Sales less what came back of them, never below nothing; one that came back whole is as if it had never been.

    | sale of 100 of A and 50 of B | returned | counts         |
    | ---------------------------- | -------- | -------------- |
    | one                          | 50 of B  | 100 of A       |
    | one                          | all      | nowhere        |
    """
    back = charging.join(orders, on="order_id").group_by("sale").agg(pl.col(FIGURES).sum())
    orders = orders.join(charging.select("order_id"), on="order_id", how="anti", maintain_order="left")
    found = orders.join(back, left_on="order_id", right_on="sale", how="left", maintain_order="left", suffix=":")
    rest = [_rest(pl.col(name), pl.col(f"{name}:")).alias(name) for name in FIGURES]
    touched = pl.col("amount_minor:").is_not_null()
    found = found.with_columns(rest)
    left = _netted_lines(lines, charging)
    bare = ~pl.col("order_id").is_in(left.filter(pl.col("pieces") > 0)["order_id"].implode())
    empty = touched & pl.all_horizontal(pl.col(name) == 0 for name in FIGURES) & bare
    return found.filter(~empty).select(orders.columns), left


def _rest(sold: pl.Expr, back: pl.Expr) -> pl.Expr:
    return pl.when(back.is_null()).then(sold).otherwise(pl.max_horizontal(sold + back, 0))


def _netted_lines(lines: pl.DataFrame, charging: pl.DataFrame) -> pl.DataFrame:
    """A sale's lines and those of its returns as one line a product."""
    touched = pl.concat([charging["sale"], charging["order_id"]]).unique().to_frame("order_id")
    names = charging.select("order_id", "sale")
    theirs = lines.join(touched, on="order_id", how="semi").join(names, on="order_id", how="left")
    theirs = theirs.with_columns(pl.coalesce("sale", "order_id").alias("order_id"))
    rests = [pl.max_horizontal(pl.col(name).sum(), 0).alias(name) for name in OF_LINES]
    sums = theirs.group_by("order_id", "sku", maintain_order=True).agg(rests)
    rest = lines.join(touched, on="order_id", how="anti", maintain_order="left")
    return pl.concat([rest.select(list(LINES)), sums.select(list(LINES))])
