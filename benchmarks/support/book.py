"""A book of any size, made inside the database: people with points earned in many small entries, and lots that end.

Everybody has the same number of entries of the same size, so that every balance is known without asking.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from core.db import metadata
from core.db.database import Database
from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.plan import service as plans
from core.plan.reading import example

EARNED = 40
"""Points of each entry."""
STARTED = datetime.fromisoformat("2026-01-05T12:00:00+00:00")
NUMBERS = {
    "sqlite": "(WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) SELECT i FROM n)",
    "postgresql": "(SELECT i FROM generate_series(1, {count}) i)",
}

PEOPLE = """
    INSERT INTO person (id, code, name, name_folded, kind, status, joined_on, country, language, language_chosen,
        notifications)
    SELECT i, 'P' || i, 'Somebody', 'somebody', 'distributor', 'active', '2026-01-01', 'ES', 'es', false, true
    FROM {people} numbers
"""
ACCOUNTS = """
    INSERT INTO account (id, person_id, purpose, unit, balance)
    SELECT i, i, 'points_available', 'points', {each} FROM {people} numbers
"""
COMPANY = """
    INSERT INTO account (id, person_id, purpose, unit) VALUES ({issued}, NULL, 'points_issued', 'points'),
    ({expired}, NULL, 'points_expired', 'points')
"""
ENTRIES = """
    INSERT INTO entry (id, key, kind, reason, document_kind, document_id, at, caused_by, request_id)
    SELECT i, 'points.earned:' || i, 'points.earned', 'catalogue', 'order', 'O' || i, {at} + i, 'sweep', ''
    FROM {entries} numbers
"""
LINES = """
    INSERT INTO entry_line (entry_id, position, account_id, amount, least)
    SELECT i, 1 + side, CASE side WHEN 0 THEN {issued} ELSE 1 + i % {count} END,
        CASE side WHEN 0 THEN -{earned} ELSE {earned} END, CASE side WHEN 0 THEN NULL ELSE 0 END
    FROM {entries} numbers CROSS JOIN (SELECT 0 AS side UNION ALL SELECT 1) sides
"""
COUNT_ON = "SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
LOTS = """
    INSERT INTO points_lot (id, person_id, entry_id, origin, state, earned_on, expires_on, amount, remaining, expired,
        returned)
    SELECT i, 1 + i % {count}, i, 'earned', 'available', '2026-01-05', {ends}, {lot}, {lot}, 0, 0
    FROM {lots} numbers
"""


async def make(database: Database, *, people: int, entries: int, lots: int, ends: date) -> None:
    """Fill an empty database: `entries` and `lots` are multiples of `people`.

    Args:
        ends: the last day of everybody's first lot; each further one ends a day later.
    """
    dialect = database.dialect
    each = entries // people * EARNED
    if dialect == "sqlite":
        days = f"date('{ends}', '+' || ((i - 1) / {people}) || ' days')"
    else:
        days = f"date '{ends}' + ((i - 1) / {people})"
    words = {
        "people": NUMBERS[dialect].format(count=people),
        "entries": NUMBERS[dialect].format(count=entries),
        "lots": NUMBERS[dialect].format(count=lots),
        "count": people,
        "each": each,
        "earned": EARNED,
        "lot": each * people // lots,
        "issued": people + 1,
        "expired": people + 2,
        "ends": days,
        "at": microseconds(STARTED),
    }
    async with database.writer.begin() as connection:
        await connection.run_sync(metadata.load().create_all)
    async with database.begin() as uow:
        await plans.activate(uow, example("demo"))
        await uow.commit()
    for statement in (PEOPLE, ACCOUNTS, COMPANY, ENTRIES, LINES, LOTS):
        await _fill(database, statement.format(**words))
    await _finish(database)


async def _fill(database: Database, statement: str) -> None:
    """Without checking references row by row, and with the table's indexes made at the end."""
    table = SQLModel.metadata.tables[statement.split()[2]]
    indexes = [index for index in table.indexes if not index.unique]
    async with database.begin() as uow:
        await _change(uow, indexes, "drop")
        if uow.dialect == "postgresql":
            await uow.connection.execute(text("SET LOCAL session_replication_role = replica"))
        await uow.connection.execute(text(statement))
        await _change(uow, indexes, "create")
        await uow.commit()


async def _change(uow: UnitOfWork, indexes: list[Index], what: str) -> None:
    for index in indexes:
        await uow.connection.run_sync(getattr(index, what))


async def _finish(database: Database) -> None:
    """Let the planner know, and PostgreSQL count on from the numbers that were given."""
    async with database.begin() as uow:
        if uow.dialect == "postgresql":
            for table in ("person", "account", "entry", "points_lot"):
                await uow.connection.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
                    )  # our own tables
                )
        await uow.connection.execute(text("ANALYZE"))
        await uow.commit()


def day_before(moment: datetime) -> date:
    """A day that has passed wherever the company is."""
    return (moment - timedelta(days=2)).date()
