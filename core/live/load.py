"""A picture of everybody from the database, as of one moment and in one unchanging view."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from itertools import zip_longest
from typing import Any

import numpy as np
from sqlalchemy import BigInteger, ColumnElement, case, cast, func, or_, select
from sqlmodel import SQLModel

from core.calendar import service as calendar
from core.calendar.model import Cycle
from core.calendar.rules import window_start
from core.db.unit_of_work import UnitOfWork
from core.forest.kernel import Flags, Grades, Indices, Ints
from core.forest.program import SECOND_KIND
from core.forest.sweep import add_figures
from core.genealogy.tables import SponsorLinkRow
from core.kernel.ids import PersonId
from core.kpis.model import GRACE
from core.kpis.rules import activity_figure, judged, of_customers
from core.live.calculation import Calculation
from core.live.picture import Picture, flags_of, places
from core.live.reading import Query, columns
from core.orders.model import OrderKind
from core.orders.tables import CustomerOrderRow
from core.people.model import COMPANY_KIND, Kind, Status
from core.people.store import CAREER_RANK
from core.people.tables import PersonRow
from core.plan.model import Measure, Plan
from core.ranks import service as ranks
from core.ranks.rules import grace

PEOPLE = SQLModel.metadata.tables[str(PersonRow.__tablename__)]
LINKS = SQLModel.metadata.tables[str(SponsorLinkRow.__tablename__)]
ORDERS = SQLModel.metadata.tables[str(CustomerOrderRow.__tablename__)]

Windows = tuple[datetime | None, ...]
"""When each own figure's window begins; None for the beginning of time."""

KINDS = (Kind.DISTRIBUTOR.value, Kind.CUSTOMER.value, COMPANY_KIND)
FIGURES: dict[Measure, ColumnElement[Any]] = {
    Measure.CV: ORDERS.c.cv,
    Measure.QV: ORDERS.c.qv,
    Measure.POINTS: ORDERS.c.points,
    Measure.ORDERS: case((ORDERS.c.kind == OrderKind.SALE.value, 1), else_=0),
}


def windows_of(calculation: Calculation, cycle: Cycle) -> Windows:
    """The windows of the calculation's own figures that end with `cycle`."""
    calendar = calculation.plan.calendar
    return tuple(
        None if figure.cycles is None else window_start(calendar, cycle, figure.cycles) for figure in calculation.own
    )


async def load(uow: UnitOfWork, calculation: Calculation, cycle: Cycle, at: datetime | None = None) -> Picture:
    """Everybody in the tree with her own figures for `cycle`.

    Args:
        at: whose sponsor was who at this moment; None for now. Orders count as they are known now.
    """
    persons, sponsors = await _links(uow, at)
    place = places(persons)
    flags = await _flags(uow, persons, place)
    return Picture(
        persons=persons,
        sponsors=sponsors,
        flags=flags,
        titles=await _titles(uow, calculation, persons, place),
        own=await own_rows(uow, calculation, cycle, place, persons, flags & np.uint8(SECOND_KIND)),
    )


async def _links(uow: UnitOfWork, at: datetime | None) -> tuple[Indices, Indices]:
    in_force: ColumnElement[bool]
    if at is None:
        in_force = LINKS.c.valid_to.is_(None)
    else:
        in_force = (LINKS.c.valid_from <= at) & or_(LINKS.c.valid_to.is_(None), LINKS.c.valid_to > at)
    asked = select(_big(LINKS.c.id), _big(LINKS.c.person_id), _big(func.coalesce(LINKS.c.sponsor_id, -1)))
    numbers, persons, sponsors = await columns(uow, asked.where(in_force))
    order = np.argsort(numbers, kind="stable")  # siblings stand in the order in which they came
    return persons[order].astype(np.int32), sponsors[order].astype(np.int32)


async def _flags(uow: UnitOfWork, persons: Indices, place: Indices) -> Flags:
    """Whoever has a link at that moment and is terminated today left later; then she was active."""
    then = {status.value: status.value for status in Status} | {Status.TERMINATED.value: Status.ACTIVE.value}
    known = [
        ((PEOPLE.c.kind == kind) & (PEOPLE.c.status == today), flags_of(kind, before))
        for kind in KINDS
        for today, before in then.items()
    ]
    ids, flags = await columns(uow, select(_big(PEOPLE.c.id), _big(case(*known, else_=0))))
    return _placed(ids, flags, place, len(persons)).astype(np.uint8)


async def _titles(uow: UnitOfWork, calculation: Calculation, persons: Indices, place: Indices) -> Grades:
    """Career ranks' places on the ladder; not read when no KPI looks at them."""
    return await titles(uow, calculation.plan, persons, place) if calculation.titled else np.zeros(0, np.int8)


async def titles(uow: UnitOfWork, plan: Plan, persons: Indices, place: Indices) -> Grades:
    """Career ranks' places on the ladder, by place."""
    ladder = {rank.code: number for number, rank in enumerate(plan.ranks, start=1)}
    number = case(ladder, value=CAREER_RANK, else_=0)
    asked = select(_big(PEOPLE.c.id), _big(number)).where(CAREER_RANK.is_not(None))
    ids, found = await columns(uow, asked)
    return _placed(ids, found, place, len(persons)).astype(np.int8)


async def own_rows(
    uow: UnitOfWork, calculation: Calculation, cycle: Cycle, place: Indices, persons: Indices, customers: Flags
) -> Ints:
    """Own figures from paid orders, those of one window read once for all that it holds; and those that are given.

    What is kept along places (`core.live.load_along`) is 0 here.

    Args:
        place: where each person id stands; -1 for whose orders count nowhere.
        customers: by place, not 0 for customers.
    """
    windows = windows_of(calculation, cycle)
    own = np.zeros((len(calculation.own), len(persons)), np.int64)
    summed = [row for row, figure in enumerate(calculation.own) if not figure.kpi]
    for start in dict.fromkeys(windows[row] for row in summed):
        rows = [row for row in summed if windows[row] == start]
        measures = [calculation.own[row].measure for row in rows]
        shares = [calculation.own[row].customer_share for row in rows]
        await _add(uow, own, rows, _orders(measures, start, cycle.period.end), place, shares, customers)
    if calculation.judged:
        own[calculation.own.index(activity_figure(calculation.plan))] = judged(
            calculation.plan.activity, await _by_windows(uow, calculation.plan, cycle, place, len(persons))
        )
    if calculation.graced:
        held = await titles(uow, calculation.plan, persons, place)
        own[calculation.own.index(GRACE)] = await _kept(uow, calculation.plan, cycle, persons, held)
    return own


async def _add(
    uow: UnitOfWork,
    own: Ints,
    rows: Sequence[int],
    orders: Query,
    place: Indices,
    shares: Sequence[Decimal | None] = (),
    customers: Flags | None = None,
) -> None:
    """Add what orders come to, a column of the query to each of these rows.

    Args:
        shares: how much of customers' orders counts, by row; None, as without any, is all.
        customers: by place, not 0 for customers.
    """
    buyers, *figures = await columns(uow, orders)
    known = np.where(buyers < len(place), buyers, -1)
    nodes = np.where(known >= 0, place[known], -1).astype(np.int32)
    for row, amounts, share in zip_longest(rows, figures, shares):
        if share is not None and customers is not None:
            theirs = (nodes >= 0) & (customers[nodes] != 0)
            amounts[theirs] = of_customers(amounts[theirs], share)
        add_figures(own, row, nodes, amounts)


async def _by_windows(uow: UnitOfWork, plan: Plan, cycle: Cycle, place: Indices, count: int) -> Ints:
    """What the activity rule counts, over this cycle, this one and the one before, and so on."""
    sums = np.zeros((plan.activity.cycles, count), np.int64)
    for row in range(plan.activity.cycles):
        start = window_start(plan.calendar, cycle, row + 1)
        await _add(uow, sums, [row], _orders([plan.activity.measure], start, cycle.period.end), place)
    return sums


async def _kept(uow: UnitOfWork, plan: Plan, cycle: Cycle, persons: Indices, held: Grades) -> Grades:
    """The ranks that people keep by grace of what the last cycle before this one recorded."""
    closed = [one for one in await calendar.closed_cycles(uow, plan) if one.ends_at <= cycle.period.start]
    recorded = await ranks.recorded_ranks(uow, closed[-1].code) if closed else {}
    texts = [recorded[PersonId(one)].grace if one in recorded else None for one in persons.tolist()]
    return grace.kept(plan, grace.read(plan, texts), held)


def _orders(measures: Sequence[Measure], start: datetime | None, end: datetime) -> Query:
    counted = ORDERS.c.paid_at.is_not(None) & (ORDERS.c.ordered_at < end)
    asked = select(_big(ORDERS.c.person_id), *(_big(FIGURES[measure]) for measure in measures)).where(counted)
    return asked if start is None else asked.where(ORDERS.c.ordered_at >= start)


def _placed(ids: Ints, values: Ints, place: Indices, count: int) -> Ints:
    """Values by place; who stands at no place is left out, who has no value has 0."""
    known = ids < len(place)
    places_of = place[ids[known]]
    found = np.zeros(count, np.int64)
    found[places_of[places_of >= 0]] = values[known][places_of >= 0]
    return found


def _big(column: ColumnElement[Any]) -> ColumnElement[int]:
    return cast(column, BigInteger)
