"""Founds the demo company in an empty database: invent, then write in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import Table, delete, func, select, text

from core.catalog import service as catalog
from core.catalog.tables import ProductRow
from core.db.bulk import bulk_insert
from core.db.unit_of_work import UnitOfWork
from core.demo import points, rows
from core.demo.catalogue import countries, picture, products
from core.demo.model import Product, Story
from core.demo.rules.ordering import orders
from core.demo.rules.population import names, population
from core.genealogy.tables import SponsorLinkRow
from core.kernel.errors import DomainError
from core.ledger.tables import AccountRow, EntryRow
from core.messaging.tables import OutboxRow
from core.orders.tables import CustomerOrderRow, OrderLineRow
from core.people.tables import PersonRow
from core.plan.model import Condition, Plan
from core.points.tables import PointsLotRow

Tell = Callable[[str], None]
COUNTED = (
    PersonRow,
    SponsorLinkRow,
    CustomerOrderRow,
    OrderLineRow,
    AccountRow,
    EntryRow,
    PointsLotRow,
)
COUNT_ON = "SELECT setval(pg_get_serial_sequence('{table}', 'id'), coalesce((SELECT max(id) FROM {table}), 1))"


class CompanyExists(DomainError):
    """The database already holds people; the demo is made in an empty one only."""

    code = "company_exists"


@dataclass(frozen=True, slots=True)
class Founded:
    """How much was written, and the codes of the heroines."""

    people: int
    orders: int
    heroines: tuple[str, ...]


async def found(uow: UnitOfWork, plan: Plan, *, size: int, seed: int, today: date, tell: Tell) -> Founded:
    """Write a company of `size` people with a year of orders ending `today`.

    Deterministic in its arguments, whatever the database.

    Args:
        plan: in force; the heroines' figures are made to fit its ladder.
        tell: hears a short line as each part begins.

    Raises:
        CompanyExists: the database is not empty.
    """
    if await uow.connection.scalar(select(func.count()).select_from(_table(PersonRow))):
        raise CompanyExists
    rng, goods, homes = np.random.default_rng(seed), products(), countries()
    calendar = rows.Calendar(today, plan.calendar.time_zone)
    tell(f"inventing {size:,} people")
    people = population(size, rng, homes)
    called, towns = names(people, rng, homes), rng.random(size).tolist()
    told = orders(people, rng, goods, story_of(plan), open_days=today.day)
    book = rows.OrderBook(told, people, homes, goods, calendar)

    tell("writing people")
    stored_date = date.isoformat if uow.dialect == "sqlite" else _as_it_is
    everybody = rows.person_rows(people, called, homes, calendar, towns=towns, stored_date=stored_date)
    await bulk_insert(uow, _table(PersonRow), rows.PERSON.split(), everybody)
    await bulk_insert(uow, _table(SponsorLinkRow), rows.LINK.split(), rows.link_rows(people, calendar))
    await bulk_insert(uow, _table(ProductRow), rows.PRODUCT.split(), rows.product_rows(goods))
    await _show(uow, goods)
    tell(f"writing {book.sales:,} orders")
    await bulk_insert(uow, _table(CustomerOrderRow), rows.ORDER.split(), book.order_rows())
    await bulk_insert(uow, _table(OrderLineRow), rows.LINE.split(), book.line_rows())
    had = 0
    if plan.points is not None:
        tell("writing points")
        founding = points.Founding(people, book, homes, goods, calendar, seed, stored_date)
        had = await points.write(uow, plan.points, founding)
    await _count_on(uow, *COUNTED)
    return Founded(size, book.size + had, tuple(rows.code_of(index) for index in people.heroines))


async def _show(uow: UnitOfWork, goods: Sequence[Product]) -> None:
    """The pictures of all goods, in every price list."""
    for product in goods:
        content = picture(product.sku)
        if content is None:
            continue
        for currency in product.prices:
            await catalog.put_picture(uow, rows.sku_of(product, currency), content)


def story_of(plan: Plan) -> Story:
    """What the heroines sell: their own volume suits the top rank, their group's the one below it."""
    own, group = plan.gauges[0], plan.gauges[1]
    top, below = plan.ranks[-1], plan.ranks[-2]
    unit: int = 10**plan.volume.scale
    return Story(
        own_volume=_minimum(top.needs.parts, own) // unit,
        group_volume=_minimum(below.needs.parts, group) * 21 // (20 * unit),
        active_volume=plan.activity.minimum // unit,
    )


def _minimum(parts: Any, kpi: str) -> int:
    return max(part.minimum for part in parts if isinstance(part, Condition) and part.kpi == kpi)


async def say_nothing_of_the_past(uow: UnitOfWork) -> None:
    """Take back what founding put into the outbox: payments of months ago are no news to anybody."""
    await uow.connection.execute(delete(_table(OutboxRow)))


async def _count_on(uow: UnitOfWork, *tables: Any) -> None:
    """Let PostgreSQL's counters go on after the numbers that were given here; SQLite does so by itself."""
    if uow.dialect == "postgresql":
        for row in tables:
            await uow.connection.execute(text(COUNT_ON.format(table=_table(row).name)))


def _table(row: Any) -> Table:
    table: Table = row.__table__
    return table


def _as_it_is(day: date) -> date:
    return day
