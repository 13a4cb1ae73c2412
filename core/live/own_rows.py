"""Own figures from the database: paid orders added up over their windows, as far as they count."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import zip_longest
from typing import Any

import numpy as np
from sqlalchemy import BigInteger, ColumnElement, FromClause, case, cast, collate, exists, func, or_, select
from sqlmodel import SQLModel

from core.calendar.model import Cycle
from core.calendar.rules import company_midnight
from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.forest.kernel import Flags, Indices, Ints
from core.forest.sweep import add_figures
from core.kpis.model import JUDGED, OwnFigure
from core.kpis.rules import NEWCOMERS, judged, of_customers
from core.live.calculation import Calculation
from core.live.joining import EPOCH, number, within
from core.live.reading import Query, columns
from core.live.windows import begins, windows_of
from core.orders.model import OrderKind
from core.orders.tables import CustomerOrderRow, OrderLineRow
from core.plan.model import CalendarSpec, Measure, OrderChoice, Plan

ORDERS = SQLModel.metadata.tables[str(CustomerOrderRow.__tablename__)]
LINES = SQLModel.metadata.tables[str(OrderLineRow.__tablename__)]
DAY = timedelta(days=1)
FIGURES: dict[Measure, ColumnElement[Any]] = {
    Measure.CV: ORDERS.c.cv,
    Measure.QV: ORDERS.c.qv,
    Measure.POINTS: ORDERS.c.points,
    Measure.ORDERS: case((ORDERS.c.kind == OrderKind.SALE.value, 1), else_=0),
}


@dataclass(frozen=True, slots=True)
class Crowd:
    """People whose own figures are read."""

    persons: Indices
    place: Indices
    """Where each person id stands among them; -1 for whose orders count nowhere."""
    customers: Flags
    """By place, not 0 for customers."""
    joined: Ints
    """By place, in days since 1970; may be empty where no figure asks."""
    few: bool = False
    """Whether their orders alone are read, not those of everybody."""

    def places(self, buyers: Ints) -> Indices:
        """Where these people stand; -1 where nowhere."""
        known = np.where(buyers < len(self.place), buyers, -1)
        return np.where(known >= 0, self.place[known], -1).astype(np.int32)


async def own_rows(uow: UnitOfWork, calculation: Calculation, cycle: Cycle, crowd: Crowd, day: date) -> Ints:
    """Own figures, those of one window read once for all that it holds; what is given from elsewhere is 0 here.

    Args:
        day: the last that is looked at.
    """
    windows = windows_of(calculation, cycle, day)
    own = np.zeros((len(calculation.own), len(crowd.persons)), np.int64)
    whole = [row for row, figure in enumerate(calculation.own) if not figure.kpi and not figure.looked_up]
    for start in dict.fromkeys(windows[row] for row in whole):
        rows = [row for row in whole if windows[row] == start]
        measures = [calculation.own[row].measure for row in rows]
        shares = [calculation.own[row].customer_share for row in rows]
        await _add(uow, own, rows, _orders(measures, start, cycle.period.end), crowd, shares)
    for row, figure in enumerate(calculation.own):
        if figure.looked_up or figure.kpi == JUDGED:
            own[row] = await own_figure(uow, calculation.plan, figure, cycle, crowd, day)
    return own


async def own_figure(uow: UnitOfWork, plan: Plan, figure: OwnFigure, cycle: Cycle, crowd: Crowd, day: date) -> Ints:
    """One own figure of these people, by place; see `own_rows`."""
    if figure.kpi == JUDGED:
        each = [replace(figure, kpi=None, cycles=cycles) for cycles in range(1, plan.activity.cycles + 1)]
        found = judged(plan.activity, np.array([await _summed(uow, plan, one, cycle, crowd, day) for one in each]))
    else:
        found = await _summed(uow, plan, figure, cycle, crowd, day)
    if not figure.newcomer_days:
        return found
    return found + NEWCOMERS * within(crowd.joined, number(day), figure.newcomer_days)


async def _summed(uow: UnitOfWork, plan: Plan, figure: OwnFigure, cycle: Cycle, crowd: Crowd, day: date) -> Ints:
    query = _chosen(figure, begins(figure, plan.calendar, cycle, day), cycle.period.end, uow.dialect)
    if crowd.few:
        query = query.where(ORDERS.c.person_id.in_(crowd.persons.tolist()))
    buyers, moments, amounts = await columns(uow, query)
    nodes = crowd.places(buyers)
    if figure.orders.within_days is not None and len(nodes):
        late = moments >= _ends(crowd.joined, figure.orders.within_days, plan.calendar)[nodes]
        nodes[late] = -1
    if figure.customer_share is not None:
        theirs = (nodes >= 0) & (crowd.customers[nodes] != 0)
        amounts[theirs] = of_customers(amounts[theirs], figure.customer_share)
    found = np.zeros((1, len(crowd.persons)), np.int64)
    add_figures(found, 0, nodes, amounts)
    return np.asarray(found[0])


def _ends(joined: Ints, days: int, calendar: CalendarSpec) -> Ints:
    """When so many days from joining are over, in microseconds."""
    known, which = np.unique(joined, return_inverse=True)
    ends = [microseconds(company_midnight(calendar, EPOCH + (one + days) * DAY)) for one in known.tolist()]
    return np.array(ends, np.int64)[which]


async def _add(
    uow: UnitOfWork, own: Ints, rows: Sequence[int], orders: Query, crowd: Crowd, shares: Sequence[Decimal | None]
) -> None:
    """Add what orders come to, a column of the query to each of these rows.

    Args:
        shares: how much of customers' orders counts, by row; None is all.
    """
    buyers, *figures = await columns(uow, orders)
    nodes = crowd.places(buyers)
    for row, amounts, share in zip_longest(rows, figures, shares):
        if share is not None:
            theirs = (nodes >= 0) & (crowd.customers[nodes] != 0)
            amounts[theirs] = of_customers(amounts[theirs], share)
        add_figures(own, row, nodes, amounts)


def _orders(measures: Sequence[Measure], start: datetime | None, end: datetime) -> Query:
    asked = select(_big(ORDERS.c.person_id), *(_big(FIGURES[measure]) for measure in measures))
    return _in_time(asked, start, end)


def _chosen(figure: OwnFigure, start: datetime | None, end: datetime, dialect: str) -> Query:
    """Buyers, moments and amounts of the orders that count, or of those of their lines that do."""
    orders, amount = figure.orders, FIGURES[figure.measure]
    lines = orders.by_product and figure.measure is not Measure.ORDERS
    if lines:
        amount = LINES.c[figure.measure.value]
    asked = _in_time(select(_big(ORDERS.c.person_id), _big(ORDERS.c.ordered_at), _big(amount)), start, end)
    if lines:
        asked = asked.join_from(ORDERS, LINES, LINES.c.order_ref == ORDERS.c.id).where(*_goods(orders))
    elif orders.by_product:
        asked = asked.where(exists().where(LINES.c.order_ref == ORDERS.c.id, *_goods(orders)))
    if orders.minimum:
        asked = asked.where(_size(orders) >= orders.minimum)
    if orders.only != "all":
        first = (ORDERS.c.kind == OrderKind.SALE.value) & ~_follows(dialect)
        asked = asked.where(first if orders.only == "first" else ~first)
    return asked


def _goods(orders: OrderChoice, lines: FromClause = LINES) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [lines.c.sku.in_(orders.products)] if orders.products else []
    return [*found, lines.c.sku.not_in(orders.without_products)] if orders.without_products else found


def _size(orders: OrderChoice) -> ColumnElement[int]:
    """The QV of an order, or of those of its lines that count."""
    if not orders.by_product:
        return ORDERS.c.qv
    mine = LINES.alias("mine")
    theirs = select(func.coalesce(func.sum(mine.c.qv), 0)).where(mine.c.order_ref == ORDERS.c.id)
    return theirs.where(*_goods(orders, mine)).correlate(ORDERS).scalar_subquery()


def _follows(dialect: str) -> ColumnElement[bool]:
    """Whether the buyer had a paid sale before; of two of one moment that with the lower id, by its bytes."""
    other = ORDERS.alias("earlier")
    mine: ColumnElement[str] = ORDERS.c.order_id
    its: ColumnElement[str] = other.c.order_id
    if dialect == "postgresql":
        mine, its = collate(mine, "C"), collate(its, "C")
    earlier = or_(other.c.ordered_at < ORDERS.c.ordered_at, (other.c.ordered_at == ORDERS.c.ordered_at) & (its < mine))
    sold = (other.c.kind == OrderKind.SALE.value) & other.c.paid_at.is_not(None)
    return exists().where(other.c.person_id == ORDERS.c.person_id, sold, earlier)


def _in_time(asked: Query, start: datetime | None, end: datetime) -> Query:
    asked = asked.where(ORDERS.c.paid_at.is_not(None) & (ORDERS.c.ordered_at < end))
    return asked if start is None else asked.where(ORDERS.c.ordered_at >= start)


def _big(column: ColumnElement[Any]) -> ColumnElement[int]:
    return cast(column, BigInteger)
