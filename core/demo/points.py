"""Writes the points story of the demo company: who has how many stars, since when, and what became of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import Table

from core.catalog.tables import RateRow
from core.db.bulk import bulk_insert
from core.db.types import EPOCH, MICROSECOND, microseconds
from core.db.unit_of_work import UnitOfWork
from core.demo import redeemed
from core.demo.book import ACCOUNT, ENTRY, ENTRY_LINE, LOT, USE, Book
from core.demo.catalogue import sayings
from core.demo.model import Country, Population, Product
from core.demo.rows import Calendar, OrderBook, Row, return_id, sale_id
from core.demo.rules.ordering import YEAR_DAYS
from core.demo.rules.purses import Purses
from core.demo.rules.savings import Earned, Savings, company_days, savings
from core.demo.rules.stars import CONVERTED, Bringing, Cast, Sale, Teller
from core.incentives.tables import HoldingRow
from core.ledger.model import POINTS
from core.ledger.tables import AccountRow, EntryLineRow, EntryRow
from core.orders.tables import CustomerOrderRow, OrderLineRow, OrderPaymentRow
from core.plan.expressions.evaluation import whole
from core.plan.model.points import Occasion, PointsSpec, Receiver
from core.points.model import Purse
from core.points.rules import conversion
from core.points.tables import PointsLotRow, PointsLotUseRow, PointsOnceRow, PointsOrderRow
from core.referrals.tables import ReferralRow

TOLD = 3000
"""So many people's points are told one by one; what the others earned before was brought in from other books."""
RATES = (
    ("EUR", "USD", 400, "1.08"),
    ("USD", "EUR", 400, "0.92"),
    ("EUR", "USD", 30, "1.09"),
    ("USD", "EUR", 30, "0.91"),
)
"""What one is worth in the other, since how many days."""


@dataclass(frozen=True, slots=True)
class Founding:
    """The company so far, as it is being written."""

    people: Population
    orders: OrderBook
    homes: Sequence[Country]
    goods: Sequence[Product]
    calendar: Calendar
    seed: int
    stored_date: Callable[[date], Any]

    @property
    def zone(self) -> ZoneInfo:
        """Where company time is."""
        return ZoneInfo(self.calendar.time_zone)

    def currencies(self) -> list[str]:
        """Everybody's."""
        return [self.homes[home].currency for home in self.people.country.tolist()]


async def write(uow: UnitOfWork, spec: PointsSpec, company: Founding) -> int:
    """Everything about points, on top of people, goods and orders that are written already.

    Returns:
        How many orders were had for points.
    """
    told = min(TOLD, company.people.size)
    teller = _tell(spec, company, told)
    book = Book(teller.purses, _savings(spec, company, told), company.orders.at, company.stored_date)
    await _write_redeemed(uow, company, teller)
    await _write(uow, AccountRow, ACCOUNT, book.account_rows())
    await _write(uow, EntryRow, ENTRY, book.entry_rows())
    await _write(uow, EntryLineRow, ENTRY_LINE, book.entry_line_rows())
    await _write(uow, PointsLotRow, LOT, book.lot_rows())
    await _write(uow, PointsLotUseRow, USE + " restored", ((*use, 0) for use in book.use_rows()))
    await _write(uow, PointsOrderRow, "order_ref returned_minor", _asked(company.orders, teller))
    await _write(uow, PointsOnceRow, "rule person_id about_id", _once(teller))
    await _write_held(uow, company, teller)
    return len(teller.redemptions)


def _tell(spec: PointsSpec, company: Founding, told: int) -> Teller:
    cast = Cast(
        people=company.people,
        told=told,
        goods=company.goods,
        languages=[
            company.homes[home].languages[place % len(company.homes[home].languages)]
            for place, home in enumerate(company.people.country[:told].tolist())
        ],
        currencies=company.currencies()[:told],
        reasons=sayings("reasons"),
        worth=_worth(spec),
        bringing=_bringing(spec),
        today=company.calendar.today,
    )
    rng = np.random.default_rng([company.seed, 1])
    teller = Teller(cast, Purses(spec, company.zone), rng, first_ref=company.orders.size + 1)
    teller.tell(_sales(company.orders, told))
    return teller


def _worth(spec: PointsSpec) -> dict[str, conversion.Exchange]:
    """What `CONVERTED` points give in the currency of the plan, and in the other one by today's rates."""
    if spec.convert is None or spec.convert.to_credit is None:
        return {}
    rates = {(source, target): Decimal(rate) for source, target, _, rate in RATES}
    worth = {}
    for currency in ("EUR", "USD"):
        quote = conversion.Quote(Fraction(1), Fraction(1))
        if currency != "EUR":
            quote = conversion.quote(rates[currency, "EUR"], rates["EUR", currency])
        major = conversion.rate(spec.convert, Purse.POINTS, Purse.CREDIT, quote, quote)
        if major is not None:
            worth[currency] = conversion.exchange(CONVERTED, conversion.in_units(major, POINTS, currency))
    return worth


def _bringing(spec: PointsSpec) -> Bringing | None:
    """The rule that gives a referrer a fixed number of points once."""
    for rule in spec.rules:
        if rule.on is Occasion.ORDER and rule.to is Receiver.REFERRER and rule.once and not rule.points.names:
            return Bringing(rule.code, whole(rule.points, {}))
    return None


def _sales(orders: OrderBook, told: int) -> list[Sale]:
    back = {sale: orders.sales + place + 1 for place, sale in enumerate(orders.returned)}
    sales = []
    for index in np.flatnonzero((orders.orders.person < told) & ~orders.orders.unpaid).tolist():
        number = back.get(index)
        returned = (
            None if number is None else (number, return_id(number), EPOCH + int(orders.back_at[index]) * MICROSECOND)
        )
        at = EPOCH + int(orders.at[index]) * MICROSECOND
        person, points = int(orders.orders.person[index]), int(orders.points[index])
        sales.append(Sale(index + 1, sale_id(index), person, at, points, returned))
    return sales


def _savings(spec: PointsSpec, company: Founding, told: int) -> Savings:
    orders, today = company.orders, company.calendar.today
    days = company_days(spec, company.zone, today, YEAR_DAYS + 2)
    starts = np.array([microseconds(day.begins_at) for day in days], dtype=np.int64)
    stays = (orders.orders.person >= told) & ~orders.orders.unpaid & (orders.points > 0)
    stays[orders.returned] = False
    at = np.flatnonzero(stays)
    day = np.searchsorted(starts, orders.at[at], side="right") - 1
    earned = Earned(orders.orders.person[at], at + 1, day, orders.points[at])
    return savings(earned, days, days[-1].begins_at)


def _asked(orders: OrderBook, teller: Teller) -> Iterable[Row]:
    """Every paid order and return was asked what it earns, or takes back."""
    amounts = orders.amounts
    back = dict.fromkeys(orders.returned)
    for index in np.flatnonzero(~orders.orders.unpaid).tolist():
        yield index + 1, amounts[index] if index in back else 0
    for number in range(orders.sales + 1, teller.first_ref + len(teller.redemptions)):
        yield number, 0


def _once(teller: Teller) -> Iterable[Row]:
    rule = teller.cast.bringing
    return [] if rule is None else [(rule.code, receiver + 1, about + 1) for receiver, about in teller.once]


async def _write_redeemed(uow: UnitOfWork, company: Founding, teller: Teller) -> None:
    had, goods = teller.redemptions, company.goods
    now = teller.purses.begin(company.calendar.today)
    await _write(uow, CustomerOrderRow, redeemed.ORDER, redeemed.order_rows(had, goods, now))
    await _write(uow, OrderLineRow, redeemed.LINE, redeemed.line_rows(had, goods, company.orders.line_count + 1))
    await _write(uow, OrderPaymentRow, redeemed.PAYMENT, redeemed.payment_rows(had, goods))


async def _write_held(uow: UnitOfWork, company: Founding, teller: Teller) -> None:
    """Who brought whom, coupons and credit notes, and what a currency is worth."""
    cast, today, joined = teller.cast, company.calendar.today, company.people.joined_day.tolist()
    brought = (
        (person + 1, by + 1, microseconds(teller.purses.begin(today - timedelta(days=joined[person]))), "link")
        for person, by in teller.brought.items()
    )
    await _write(uow, ReferralRow, "person_id referrer_id at how", brought)
    said = {"labels": sayings("labels"), "reasons": sayings("reasons")}
    made_at = teller.purses.begin(today - timedelta(days=40))
    heroines = company.people.heroines
    held = redeemed.holding_rows(cast.told, heroines, cast.currencies, said, today, made_at, company.stored_date)
    await _write(uow, HoldingRow, redeemed.HOLDING, held)
    rates = (
        (source, target, company.stored_date(today - timedelta(days=back)), rate)
        for source, target, back, rate in RATES
    )
    await _write(uow, RateRow, "from to date rate", rates)


async def _write(uow: UnitOfWork, row: Any, columns: str, rows: Iterable[Row]) -> None:
    table: Table = row.__table__
    await bulk_insert(uow, table, columns.split(), rows)
