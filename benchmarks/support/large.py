"""A company of a million people in a database, founded in a minute: rows in bulk, a plan, one product, and staff.

People and their orders are those of `shapes`, with the plan of the settlement's benchmark; all orders lie in one month.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

import numpy as np
from sqlalchemy import Table, text
from sqlmodel import SQLModel

from benchmarks.support import book
from benchmarks.support.shapes import Company, company
from core.access import service as access
from core.access.model import Role
from core.catalog import service as catalog
from core.catalog.model import Product
from core.db.bulk import bulk_insert
from core.db.database import Database
from core.db.types import microseconds
from core.genealogy.tables import SponsorLinkRow
from core.kernel.clock import Clock
from core.orders.tables import CustomerOrderRow, OrderLineRow
from core.payments.model import CompanyAccountWish, Format
from core.payments.service import set_company_account
from core.people.tables import PersonRow
from core.plan import service as plans
from core.plan.reading import example

ORDERS_EACH = 3
DAYS = 27
"""All orders are of the month's first days."""
ROWS_AT_ONCE = 200_000
JOINED = date(2026, 1, 1)
TEA = Product(sku="TEA", name="Tea", price=Decimal(10), currency="EUR", cv=Decimal(10), qv=Decimal(10))
STAFF = {"marta": Role.COMMISSIONS, "jonas": Role.COMMISSIONS, "ines": Role.COMMISSIONS, "lucia": Role.TREASURY}
WITH_ACCOUNT = 100_000
"""So many people can be paid."""
COMPANY_IBAN, IBAN = "NL91ABNA0417164300", "ES9121000418450200051332"
ACCOUNTS = """
    INSERT INTO bank_account
      (person_id, currency, holder, kind, account, country, is_sepa, since, usable_from, changed_by)
    SELECT i, 'EUR', 'Somebody Núñez ' || i, 'iban', '{iban}', 'ES', true, {now}, {now}, 'import' FROM {people} numbers
"""
PERSON = "id code name name_folded kind status joined_on country language language_chosen notifications"
LINK = "id person_id sponsor_id valid_from recorded_at recorded_by reason"
ORDER = "id order_id person_id kind state ordered_at paid_at currency amount_minor cv qv points line_count"
LINE = "id order_ref position sku quantity unit_price amount_minor cv qv points"

Rows = Iterator[Sequence[Any]]


async def found(url: str, people: int, month: date) -> None:
    """Fill an empty, migrated database.

    Args:
        month: the first day of the month in which all orders lie.
    """
    whose, database = company(people, ORDERS_EACH * people), Database(url, Clock())
    try:
        await _offices(database, people)
        joined: Any = JOINED if database.dialect == "postgresql" else JOINED.isoformat()
        await _fill(database, PersonRow, PERSON, _people(whose, joined))
        await _fill(database, SponsorLinkRow, LINK, _links(whose))
        await _fill(database, CustomerOrderRow, ORDER, _orders(whose, _moments(whose, month)))
        await _fill(database, OrderLineRow, LINE, _lines(whose))
        await _accounts(database, min(people, WITH_ACCOUNT))
    finally:
        await database.close()


async def _offices(database: Database, people: int) -> None:
    """What is there before anybody joins."""
    async with database.begin(actor="benchmark") as uow:
        await plans.activate(uow, example("benchmark_month"), JOINED)
        await catalog.record_products(uow, [TEA])
        for name, role in STAFF.items():
            await access.add_staff(uow, name, role)
        wish = CompanyAccountWish(holder="Benchmark", iban=COMPANY_IBAN, format=Format.SEPA_2019, payments_max=people)
        await set_company_account(uow, "EUR", wish)
        await uow.commit()


async def _fill(database: Database, row: type[SQLModel], columns: str, rows: Rows) -> None:
    table: Table = SQLModel.metadata.tables[str(row.__tablename__)]
    while some := list(islice(rows, ROWS_AT_ONCE)):
        async with database.begin() as uow:
            await bulk_insert(uow, table, columns.split(), some)
            await uow.commit()
    if database.dialect == "postgresql":
        async with database.begin() as uow:
            await uow.connection.execute(text(book.COUNT_ON.format(table=table.name)))
            await uow.commit()


async def _accounts(database: Database, people: int) -> None:
    numbers = book.NUMBERS[database.dialect].format(count=people)
    async with database.begin() as uow:
        await uow.connection.execute(text(ACCOUNTS.format(people=numbers, iban=IBAN, now=microseconds(uow.now))))
        await uow.commit()


def _moments(whose: Company, month: date) -> list[int]:
    start = microseconds(datetime(month.year, month.month, 1, tzinfo=UTC))
    seconds = np.random.default_rng(5).integers(0, DAYS * 86_400, len(whose.buyer))
    moments: list[int] = (np.sort(seconds) * 1_000_000 + start).tolist()
    return moments


def _people(whose: Company, joined: Any) -> Rows:
    for number, is_distributor in enumerate(whose.distributor.tolist(), start=1):
        kind = "distributor" if is_distributor else "customer"
        yield number, f"P{number}", "Somebody", "somebody", kind, "active", joined, "ES", "es", False, True


def _links(whose: Company) -> Rows:
    since = microseconds(datetime(JOINED.year, JOINED.month, JOINED.day, tzinfo=UTC))
    for number, sponsor in enumerate(whose.sponsor.tolist(), start=1):
        yield number, number, sponsor or None, since, since, "benchmark", "enrolment"


def _orders(whose: Company, moments: Iterable[int]) -> Rows:
    bought = zip(whose.buyer.tolist(), whose.qv.tolist(), moments, strict=True)
    for number, (person, qv, moment) in enumerate(bought, start=1):
        yield number, f"O{number}", person, "sale", "paid", moment, moment, "EUR", qv // 100, qv, qv, 0, 1


def _lines(whose: Company) -> Rows:
    for number, qv in enumerate(whose.qv.tolist(), start=1):
        yield number, number, 1, TEA.sku, qv // (10 * 10_000) or 1, "10", qv // 100, qv, qv, 0
