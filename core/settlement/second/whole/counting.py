"""Which orders count, and when: by both clocks of an order, and by what the plan says of returns."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from core.settlement.second.days import Cycle
from core.settlement.second.model import Inputs
from core.settlement.second.plan import Plan, Words

KNOWN = ("amount_minor", "cv", "qv", "points")
"""What is kept of the orders that a cycle was settled with; another price of a product changes none of them."""
FIGURES = (*KNOWN, "margin_minor")
OF_LINES = (*FIGURES, "pieces")
COLUMNS = ("order_id", "person", "kind", "ordered_at", "paid_at", "returns_order_id", *FIGURES)
RETURN = "return"


@dataclass(frozen=True, slots=True)
class Back:
    """A return that takes back what its sale was paid for."""

    sale: str
    at: int
    order: str


@dataclass(frozen=True, slots=True)
class Counted:
    """Orders as they count."""

    orders: pl.DataFrame
    lines: pl.DataFrame
    backs: Sequence[Back]
    """By sale, time and id."""


@dataclass(slots=True)
class Entry:
    """An order, as far as it can change by counting."""

    row: int
    name: str
    person: int
    kind: str
    at: int
    paid: int | None
    sale: str | None
    figures: list[int]
    counts: bool = True


def counted(inputs: Inputs, plan: Plan, cycle: Cycle, *, until: int | None = None) -> Counted:
    """Everything as the plan counts it.

    Args:
        until: returns from then on are not known yet; None is the cycle's end.
    """
    if not (plan.has("late_orders") or plan.has("returns")):
        return Counted(inputs.orders, inputs.lines, ())
    touched = _touched(inputs.orders)
    entries, backs, lines = _entries(inputs.orders.filter(touched)), list[Back](), inputs.lines
    _by_clocks(entries, plan, cycle)
    if plan.has("returns"):
        words = plan.inner("returns")
        known = cycle.end if until is None else until
        entries = [one for one in entries if one.kind != RETURN or one.at < known]
        entries, backs = _sorted_out(entries, words, cycle)
        if words.text("amount", "original_lines") == "recompute":
            lines = _lines_left(lines, backs)
            kept = set(lines.filter(pl.col("pieces") > 0)["order_id"].to_list())
            entries, backs = _without_what_came_back(entries, backs, kept), []
        elif words.text("volume_in", "refund_period") == "original_period":
            _in_the_sales_time(entries, backs)
    changed = _frame(inputs.orders.filter(touched), [one for one in entries if one.counts])
    orders = pl.concat([inputs.orders.filter(~touched), changed]).sort("ordered_at", "order_id")
    return Counted(orders, lines, backs)


def _touched(orders: pl.DataFrame) -> pl.Series:
    """Which orders can count otherwise than they came: paid after they were ordered, returned, or returns."""
    sold = orders["returns_order_id"].drop_nulls().unique()
    later = pl.col("paid_at") > pl.col("ordered_at")
    asked = later | (pl.col("kind") == RETURN) | pl.col("order_id").is_in(sold.implode())
    return orders.select(asked.fill_null(value=False).alias("touched"))["touched"]


def _entries(orders: pl.DataFrame) -> list[Entry]:
    names, people, kinds, times, paid, sales, *figures = (orders[name].to_list() for name in COLUMNS)
    each = zip(names, people, kinds, times, paid, sales, zip(*figures, strict=True), strict=True)
    return [Entry(row, name, person, kind, at, when, sale, list(its))
            for row, (name, person, kind, at, when, sale, its) in enumerate(each)]  # fmt: skip


def _frame(orders: pl.DataFrame, entries: Sequence[Entry]) -> pl.DataFrame:
    """The frame's rows in the order of the entries, with their times and figures."""
    figures = {name: pl.Series(name, [one.figures[at] for one in entries], dtype=pl.Int64)
               for at, name in enumerate(FIGURES)}  # fmt: skip
    times = pl.Series("ordered_at", [one.at for one in entries], dtype=pl.Int64)
    return orders[[one.row for one in entries]].with_columns(times, *figures.values())


def _by_clocks(entries: Iterable[Entry], plan: Plan, cycle: Cycle) -> None:
    """An order paid too late for its own cycle counts in that of its payment, or nowhere."""
    words = plan.inner("late_orders")
    where = words.text("settled_in", "own_period")
    if not plan.has("late_orders") or (where == "own_period" and not words.has("cut_off_days")):
        return
    days, limits = words.whole("cut_off_days"), dict[date, int]()
    for one in entries:
        day = cycle.day(one.at)
        if day not in limits:
            limits[day] = cycle.moment(cycle.around(day).after + timedelta(days=days))
        if one.paid is not None and one.paid >= limits[day]:
            one.counts = where == "payment_period"
            one.at = one.paid if one.counts else one.at


def _sorted_out(entries: Sequence[Entry], words: Words, cycle: Cycle) -> tuple[list[Entry], list[Back]]:
    """The orders without returns that do nothing, and the returns that take something back, each from its own buyer."""
    sales = {one.name: one for one in entries if one.kind != RETURN}
    days = words.whole("within_days") if words.has("within_days") else None
    left, backs = list[Entry](), list[Back]()
    for one in entries:
        sale = sales.get(one.sale or "") if one.kind == RETURN else None
        if sale is not None and sale.person == one.person:
            in_time = days is None or (cycle.day(one.at) - cycle.day(sale.at)).days <= days
            if sale.paid is None or not sale.counts or not in_time:
                continue
            backs.append(Back(sale.name, one.at, one.name))
        left.append(one)
    return left, sorted(backs, key=lambda one: (one.sale, one.at, one.order))


def _in_the_sales_time(entries: Sequence[Entry], backs: Iterable[Back]) -> None:
    by_name = {one.name: one for one in entries}
    for back in backs:
        by_name[back.order].at = by_name[back.sale].at


def _without_what_came_back(entries: Iterable[Entry], backs: Sequence[Back], kept: Container[str]) -> list[Entry]:
    """Sales less their returns, never below nothing; a sale that came back whole is as if it had never been.

    Args:
        kept: orders of which pieces are left.
    """
    by_name = {one.name: one for one in entries}
    for back in backs:
        sale, its = by_name[back.sale], by_name[back.order]
        sale.figures = [one + less for one, less in zip(sale.figures, its.figures, strict=True)]
    for name in {one.sale for one in backs}:
        by_name[name].figures = [max(0, one) for one in by_name[name].figures]
    empty = {one.sale for one in backs if not any(by_name[one.sale].figures) and one.sale not in kept}
    gone = {one.order for one in backs} | empty
    return [one for name, one in by_name.items() if name not in gone]


def _lines_left(lines: pl.DataFrame, backs: Sequence[Back]) -> pl.DataFrame:
    """Of every sale with returns one line a product: what was sold less what came back, never below nothing."""
    sale_of = {one.order: one.sale for one in backs} | {one.sale: one.sale for one in backs}
    concerned = pl.col("order_id").is_in(list(sale_of))
    sums: dict[tuple[str, str], list[int]] = {}
    for row in lines.filter(concerned).iter_rows(named=True):
        key = (sale_of[row["order_id"]], row["sku"])
        known = sums.get(key, [0] * len(OF_LINES))
        sums[key] = [one + row[name] for one, name in zip(known, OF_LINES, strict=True)]
    left = [(sale, sku, *(max(0, one) for one in figures)) for (sale, sku), figures in sums.items()]
    columns = ("order_id", "sku", *OF_LINES)
    rows = [dict(zip(columns, row, strict=True)) for row in left]
    return pl.concat([lines.filter(~concerned), pl.DataFrame(rows, schema=lines.schema)])
