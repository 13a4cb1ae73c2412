"""Everybody's own figures: her orders added up over a window, as far as they count."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from core.calendar.model import Cycle
from core.forest.above import Marks
from core.forest.kernel import Ints
from core.kernel.clock import microseconds
from core.kpis.model import JUDGED, OwnFigure
from core.kpis.rules import NEWCOMERS, judged, of_customers
from core.live.windows import begins, last_day
from core.orders.model import OrderKind
from core.people.model import Kind
from core.plan.model import EVERY_ORDER, Measure, OrderChoice, Plan
from core.settlement.cycle.adding import EVER, added
from core.settlement.cycle.firsts import first_sales
from core.settlement.model import Company

DAY = timedelta(days=1)


def figure_of(company: Company, plan: Plan, figure: OwnFigure, cycle: Cycle, given: Mapping[str, Ints]) -> Ints:
    """Everybody's own figure, by place.

    Args:
        plan: with the calendar of the cycle as its main one.
        given: figures that are no sums of orders, by name.
    """
    if figure.kpi == JUDGED:
        found = _judged(company, plan, figure, cycle)
    elif figure.kpi is not None:
        return given[figure.kpi]
    else:
        found = _summed(company, plan, figure, cycle)
    if not figure.newcomer_days:
        return found
    return found + NEWCOMERS * _newcomers(company.people, last_day(plan.calendar, cycle), figure.newcomer_days)


def _judged(company: Company, plan: Plan, figure: OwnFigure, cycle: Cycle) -> Ints:
    """The activity figure where cycles are looked at one by one."""
    each = (replace(figure, cycles=cycles, kpi=None) for cycles in range(1, plan.activity.cycles + 1))
    return judged(plan.activity, np.array([_summed(company, plan, one, cycle) for one in each]))


def _newcomers(people: pl.DataFrame, day: date, days: int) -> Ints:
    """1 for whoever joined so many days before the end of this day at most."""
    return (people["joined_on"] > day - days * DAY).cast(pl.Int64).to_numpy()


def _summed(company: Company, plan: Plan, figure: OwnFigure, cycle: Cycle) -> Ints:
    start = begins(figure, plan.calendar, cycle)
    since, end = EVER if start is None else microseconds(start), microseconds(cycle.period.end)
    amounts = _amounts(company, figure.measure, figure.orders)
    if figure.customer_share is not None:
        theirs = (company.people["kind"] == Kind.CUSTOMER.value).to_numpy()[company.orders["person"].to_numpy()]
        amounts = np.where(theirs, of_customers(amounts, figure.customer_share), amounts)
    if figure.orders != EVERY_ORDER:
        amounts = np.where(_chosen(company, figure.orders, ZoneInfo(plan.calendar.time_zone), end), amounts, 0)
    return added(company.orders, amounts, company.people.height, since, end)


def _amounts(company: Company, measure: Measure, orders: OrderChoice) -> Ints:
    """What each order brings, or those of its lines that count."""
    if measure is Measure.ORDERS:
        sales = company.orders["kind"] == OrderKind.SALE.value
        if orders.by_product:
            sales &= company.orders["order_id"].is_in(_lines(company, orders)["order_id"].unique().implode())
        return sales.cast(pl.Int64).to_numpy()
    if not orders.by_product:
        return company.orders[measure.value].to_numpy()
    sums = _lines(company, orders).group_by("order_id").agg(pl.col(measure.value).sum())
    each = company.orders.select("order_id").join(sums, on="order_id", how="left", maintain_order="left")
    return each[measure.value].fill_null(0).to_numpy()


def _lines(company: Company, orders: OrderChoice) -> pl.DataFrame:
    sku, lines = pl.col("sku"), company.lines
    if orders.products:
        lines = lines.filter(sku.is_in(list(orders.products)))
    return lines.filter(~sku.is_in(list(orders.without_products)))


def _chosen(company: Company, orders: OrderChoice, zone: ZoneInfo, end: int) -> Marks:
    """Which orders are such that count, of whatever lines are left of them.

    Args:
        end: orders from then on are not known.
    """
    found = np.ones(company.orders.height, np.bool_)
    if orders.minimum:
        found &= _amounts(company, Measure.QV, orders) >= orders.minimum
    if orders.only != "all":
        known = company.orders["paid_at"].is_not_null() & (company.orders["ordered_at"] < end)
        first = np.zeros(len(known), np.bool_)
        first[np.flatnonzero(known.to_numpy())] = first_sales(company.orders.filter(known))
        found &= first if orders.only == "first" else ~first
    if orders.within_days is not None:
        joined = company.people["joined_on"]
        ends = {day: _midnight(day + orders.within_days * DAY, zone) for day in joined.unique().to_list()}
        until = joined.replace_strict(ends, return_dtype=pl.Int64)
        found &= (company.orders["ordered_at"] < until.gather(company.orders["person"])).to_numpy()
    return found


def _midnight(day: date, zone: ZoneInfo) -> int:
    return microseconds(datetime.combine(day, time(), zone))
