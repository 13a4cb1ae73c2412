"""The demo company as rows of the database, each in the order of the columns named beside it."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from core.db.types import microseconds
from core.demo.model import Country, Ints, Orders, Population, Product
from core.demo.rules.ordering import DAY_MINUTES
from core.people.rules import folded

Row = Sequence[Any]
PERSON = "id code name name_folded kind status joined_on country town language language_chosen time_zone currency"
PERSON += " email phone notifications"
LINK = "id person_id sponsor_id valid_from recorded_at recorded_by reason"
PRODUCT = "sku name price currency cv qv points redeem_points names service stock"
ORDER = (
    "id order_id person_id kind state ordered_at paid_at currency amount_minor cv qv points line_count returns_order_id"
)
LINE = "id order_ref position sku quantity unit_price amount_minor cv qv points"
SCALE = 10_000
MINUTE = 60_000_000
RETURN_AFTER_DAYS = 6
SECOND_LIST = "USD"
"""Goods priced in this currency carry a suffix in their SKU."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The day the company's year of orders ends, in its own time zone."""

    today: date
    time_zone: str

    @property
    def end(self) -> int:
        """Midnight after today, in microseconds."""
        midnight = datetime.combine(self.today + timedelta(days=1), datetime.min.time(), ZoneInfo(self.time_zone))
        return microseconds(midnight.astimezone(UTC))

    def day(self, days_ago: int) -> date:
        """The date so many days before today."""
        return self.today - timedelta(days=days_ago)


def code_of(index: int) -> str:
    """The company's code of the person at `index`."""
    return f"S{index + 10001}"


def sale_id(index: int) -> str:
    """The id of the sale at `index`."""
    return f"SO-{index + 100001}"


def return_id(number: int) -> str:
    """The id of the return with this row number."""
    return f"RE-{number + 100000}"


def sku_of(product: Product, currency: str) -> str:
    """The article number of a product in one price list."""
    return product.sku if currency != SECOND_LIST else f"{product.sku}-US"


def person_rows(
    people: Population,
    names: Sequence[str],
    countries: Sequence[Country],
    calendar: Calendar,
    *,
    towns: Sequence[float],
    stored_date: Callable[[date], Any],
) -> Iterator[Row]:
    """`PERSON` of everybody; the row's id is the index plus one.

    Args:
        towns: a number in [0, 1) each, that picks the town.
        stored_date: a date as the database's driver takes it.
    """
    kinds = people.distributor.tolist()
    days = people.joined_day.tolist()
    for i, home in enumerate(people.country.tolist()):
        country = countries[home]
        yield (
            i + 1,
            code_of(i),
            names[i],
            folded(names[i]),
            "distributor" if kinds[i] else "customer",
            "active",
            stored_date(calendar.day(days[i])),
            country.code,
            country.towns[int(towns[i] * len(country.towns))],
            country.languages[i % len(country.languages)],
            False,
            country.time_zone,
            country.currency,
            f"{code_of(i).lower()}@example.org",
            f"{country.phone}{i:0{country.digits}d}",
            True,
        )


def link_rows(people: Population, calendar: Calendar) -> Iterator[Row]:
    """`LINK` of everybody: one open link each, the founder's without a sponsor."""
    for i, (sponsor, days) in enumerate(zip(people.sponsor.tolist(), people.joined_day.tolist(), strict=True)):
        joined = calendar.end - (days + 1) * DAY_MINUTES * MINUTE
        yield i + 1, i + 1, sponsor + 1 if sponsor >= 0 else None, joined, joined, "demo", "enrolment"


def product_rows(goods: Sequence[Product]) -> Iterator[Row]:
    """`PRODUCT` of every product in every price list; what can be had for points is so in the main one alone."""
    for product in goods:
        for currency, price in product.prices.items():
            is_main = currency != SECOND_LIST
            yield (
                sku_of(product, currency),
                product.names["en"],
                price,
                currency,
                str(product.cv),
                str(product.qv),
                product.points,
                product.redeem_points if is_main else None,
                json.dumps(product.names, ensure_ascii=False),
                False,
                product.stock if is_main else None,
            )


class OrderBook:
    """All orders and returns with their totals; returns follow the sales in numbering."""

    def __init__(
        self,
        orders: Orders,
        people: Population,
        countries: Sequence[Country],
        goods: Sequence[Product],
        calendar: Calendar,
    ) -> None:
        self.orders, self.goods = orders, goods
        self.at: Ints = calendar.end - orders.minute * MINUTE
        self.currency = np.array([country.currency for country in countries])[people.country][orders.person]
        self.counts = np.diff(orders.first_line)
        self.line_order = np.repeat(np.arange(len(orders.person)), self.counts)
        self.line_amount = self._price() * orders.quantity
        self.sales = len(orders.person)
        self.points: Ints = np.array(self._total(self._line_figure([p.points for p in goods])), dtype=np.int64)
        self.back_at: Ints = self.at + RETURN_AFTER_DAYS * DAY_MINUTES * MINUTE
        in_time = self.back_at < calendar.end - DAY_MINUTES * MINUTE
        self.returned: list[int] = np.flatnonzero(orders.returned & ~orders.unpaid & in_time).tolist()
        """Sales that came back, in the order of their returns."""

    @property
    def size(self) -> int:
        """How many orders and returns."""
        return self.sales + len(self.returned)

    @property
    def amounts(self) -> list[int]:
        """What each sale costs, in minor units."""
        return self._total(self.line_amount)

    @property
    def line_count(self) -> int:
        """How many lines all orders and returns have."""
        return len(self.orders.product) + int(self.counts[self.returned].sum())

    def _price(self) -> Ints:
        in_second = self.currency[self.line_order] == SECOND_LIST
        prices = np.array([[p.prices_minor["EUR"], p.prices_minor[SECOND_LIST]] for p in self.goods])
        return np.asarray(prices[self.orders.product, in_second.astype(np.int64)])

    def _line_figure(self, per_unit: Sequence[int]) -> Ints:
        return np.asarray(np.array(per_unit)[self.orders.product] * self.orders.quantity)

    def _total(self, lines: Ints) -> list[int]:
        return np.add.reduceat(lines, self.orders.first_line[:-1]).tolist() if self.sales else []

    def order_rows(self) -> Iterator[Row]:
        """`ORDER` of every sale, then of every return."""
        totals = zip(
            self.orders.person.tolist(),
            self.at.tolist(),
            self.currency.tolist(),
            self.counts.tolist(),
            self.amounts,
            self._total(self._line_figure([p.cv for p in self.goods])),
            self._total(self._line_figure([p.qv for p in self.goods])),
            self.points.tolist(),
            self.orders.unpaid.tolist(),
            strict=True,
        )
        came_back = dict.fromkeys(self.returned)
        back: list[Row] = []
        for i, (person, at, currency, lines, amount, cv, qv, points, unpaid) in enumerate(totals):
            state, paid = ("open", None) if unpaid else ("delivered", at)
            volumes = (amount, cv * SCALE, qv * SCALE, points)
            yield i + 1, sale_id(i), person + 1, "sale", state, at, paid, currency, *volumes, lines, None
            if i in came_back:
                minus = tuple(-value for value in volumes)
                number, again = self.sales + len(back) + 1, int(self.back_at[i])
                ids = (number, return_id(number), person + 1, "return", "paid", again, again, currency)
                back.append((*ids, *minus, lines, sale_id(i)))
        yield from back

    def line_rows(self) -> Iterator[Row]:
        """`LINE` of every sale, then of every return."""
        first = self.orders.first_line.tolist()
        product, quantity = self.orders.product.tolist(), self.orders.quantity.tolist()
        amount, currency = self.line_amount.tolist(), self.currency.tolist()
        number = 0
        documents = [(i, i + 1, 1) for i in range(self.sales)]
        documents += [(sale, self.sales + k + 1, -1) for k, sale in enumerate(self.returned)]
        for sale, ref, sign in documents:
            for position, line in enumerate(range(first[sale], first[sale + 1]), start=1):
                item, count = self.goods[product[line]], quantity[line]
                number += 1
                yield (
                    number,
                    ref,
                    position,
                    sku_of(item, currency[sale]),
                    count,
                    item.prices[currency[sale]],
                    sign * amount[line],
                    sign * count * item.cv * SCALE,
                    sign * count * item.qv * SCALE,
                    sign * count * item.points,
                )
