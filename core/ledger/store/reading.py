"""Entries, balances and sums as they stand, now or at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, bindparam, column, func, select, table
from sqlmodel import SQLModel

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ledger.model import Account, Balance, BookLine, Document, Entry, EntryId, EntryLine, Purpose
from core.ledger.tables import AccountRow, EntryLineRow, EntryRow

ACCOUNTS = SQLModel.metadata.tables[str(AccountRow.__tablename__)]
ENTRIES = SQLModel.metadata.tables[str(EntryRow.__tablename__)]
LINES = SQLModel.metadata.tables[str(EntryLineRow.__tablename__)]
PEOPLE = table("person", column("id"), column("code"))
REVERSALS = ENTRIES.alias("reversal")
KEYS_AT_ONCE = 5_000
"""Both databases take a limited number of parameters in one statement."""

_ENTRY = select(ENTRIES, REVERSALS.c.id.label("reversed_by")).outerjoin(REVERSALS, REVERSALS.c.reverses == ENTRIES.c.id)
_BALANCES = (
    select(ACCOUNTS.c.purpose, ACCOUNTS.c.unit, ACCOUNTS.c.balance)
    .where(ACCOUNTS.c.person_id == bindparam("person"))
    .order_by(ACCOUNTS.c.purpose, ACCOUNTS.c.unit)
)
"""Put together once: asked whenever somebody looks at her points."""
_ON_ACCOUNT = ACCOUNTS.c.id == LINES.c.account_id
_OF_ENTRY = ENTRIES.c.id == LINES.c.entry_id


async def entries(uow: UnitOfWork, *wanted: ColumnElement[bool], limit: int | None = None) -> list[Entry]:
    """Entries with their lines, latest first."""
    found = await uow.connection.execute(_ENTRY.where(*wanted).order_by(ENTRIES.c.id.desc()).limit(limit))
    rows = list(found.mappings())
    lines = await _lines(uow, [row["id"] for row in rows])
    return [_entry(row, lines[row["id"]]) for row in rows]


async def by_keys(uow: UnitOfWork, keys: Sequence[str]) -> dict[str, Entry]:
    """The entries that were posted under these keys."""
    known: dict[str, Entry] = {}
    for start in range(0, len(keys), KEYS_AT_ONCE):
        some = await entries(uow, ENTRIES.c.key.in_(keys[start : start + KEYS_AT_ONCE]))
        known |= {entry.key: entry for entry in some}
    return known


async def by_number(uow: UnitOfWork, entry: EntryId) -> Entry | None:
    """The entry of a number."""
    return next(iter(await entries(uow, ENTRIES.c.id == entry)), None)


async def reversal_of(uow: UnitOfWork, entry: EntryId) -> EntryId | None:
    """The entry that reversed this one."""
    found = await uow.connection.execute(select(ENTRIES.c.id).where(ENTRIES.c.reverses == entry))
    number = found.scalar()
    return None if number is None else EntryId(number)


async def of_document(uow: UnitOfWork, document: Document) -> list[Entry]:
    """All entries of a document, latest first."""
    return await entries(uow, ENTRIES.c.document_kind == document.kind, ENTRIES.c.document_id == document.id)


async def of_account(uow: UnitOfWork, account: Account, *, before: EntryId | None, limit: int) -> list[Entry]:
    """Entries that touch the account, latest first; those with smaller numbers than `before`."""
    number = select(ACCOUNTS.c.id).where(*_named(account)).scalar_subquery()
    asked = select(LINES.c.entry_id).where(LINES.c.account_id == number).distinct()
    if before is not None:
        asked = asked.where(LINES.c.entry_id < before)
    found = await uow.connection.execute(asked.order_by(LINES.c.entry_id.desc()).limit(limit))
    numbers = list(found.scalars())
    return await entries(uow, ENTRIES.c.id.in_(numbers)) if numbers else []


async def latest(uow: UnitOfWork, *, before: EntryId | None, limit: int) -> list[Entry]:
    """Entries of the whole book, latest first; those with smaller numbers than `before`."""
    return await entries(uow, *(() if before is None else (ENTRIES.c.id < before,)), limit=limit)


async def book(uow: UnitOfWork, *, after: int, entries: int) -> list[BookLine]:
    """All lines of the next so many entries, in the order of the entries."""
    some = select(ENTRIES).where(ENTRIES.c.id > after).order_by(ENTRIES.c.id).limit(entries).subquery()
    head = (some.c[name] for name in ("key", "at", "kind", "reason", "document_kind", "document_id", "caused_by"))
    tail = (ACCOUNTS.c.purpose, ACCOUNTS.c.unit, LINES.c.amount)
    asked = (
        select(some.c.id, LINES.c.position, *head, some.c.reverses, PEOPLE.c.code, *tail)
        .join_from(some, LINES, LINES.c.entry_id == some.c.id)
        .join(ACCOUNTS, _ON_ACCOUNT)
        .outerjoin(PEOPLE, PEOPLE.c.id == ACCOUNTS.c.person_id)
        .order_by(some.c.id, LINES.c.position)
    )
    return [BookLine._make(row) for row in await uow.connection.execute(asked)]


async def balances(uow: UnitOfWork, person: PersonId, *, at: datetime | None) -> list[Balance]:
    """What stands on each of a person's accounts."""
    if at is None:
        found = await uow.connection.execute(_BALANCES, {"person": person})
    else:
        sums = _sums(ACCOUNTS.c.purpose, ACCOUNTS.c.unit, at=at).where(ACCOUNTS.c.person_id == person)
        found = await uow.connection.execute(sums.order_by(ACCOUNTS.c.purpose, ACCOUNTS.c.unit))
    return [Balance(purpose=Purpose(purpose), unit=unit, amount=int(amount)) for purpose, unit, amount in found]


async def balance(uow: UnitOfWork, account: Account, *, at: datetime | None) -> int:
    """What stands on the account; 0 where it was never used."""
    if at is None and account.person is not None:
        found = await uow.connection.execute(select(ACCOUNTS.c.balance).where(*_named(account)))
        return int(found.scalar() or 0)
    found = await uow.connection.execute(_sums(ACCOUNTS.c.id, at=at).where(*_named(account)))
    row = found.first()
    return 0 if row is None else int(row[-1])


async def sums(uow: UnitOfWork, *, at: datetime | None) -> Sequence[tuple[str, str, int]]:
    """Unit, purpose and the sum of all lines on accounts of both."""
    found = await uow.connection.execute(_sums(ACCOUNTS.c.unit, ACCOUNTS.c.purpose, at=at))
    return [(unit, purpose, int(amount)) for unit, purpose, amount in found]


def _sums(*by: ColumnElement[Any], at: datetime | None) -> Select[Any]:
    asked = select(*by, func.sum(LINES.c.amount)).join_from(LINES, ACCOUNTS, _ON_ACCOUNT).group_by(*by)
    return asked if at is None else asked.join(ENTRIES, _OF_ENTRY).where(ENTRIES.c.at <= at)


def _named(account: Account) -> tuple[ColumnElement[bool], ...]:
    holder = ACCOUNTS.c.person_id.is_(None) if account.person is None else ACCOUNTS.c.person_id == account.person
    return holder, ACCOUNTS.c.purpose == account.purpose.value, ACCOUNTS.c.unit == account.unit


async def _lines(uow: UnitOfWork, numbers: Sequence[int]) -> dict[int, list[EntryLine]]:
    lines: dict[int, list[EntryLine]] = {number: [] for number in numbers}
    asked = (
        select(LINES.c.entry_id, LINES.c.amount, ACCOUNTS.c.person_id, ACCOUNTS.c.purpose, ACCOUNTS.c.unit)
        .join_from(LINES, ACCOUNTS, _ON_ACCOUNT)
        .where(LINES.c.entry_id.in_(numbers))
        .order_by(LINES.c.entry_id, LINES.c.position)
    )
    for entry, amount, person, purpose, unit in await uow.connection.execute(asked) if numbers else ():
        account = Account(person=person, purpose=Purpose(purpose), unit=unit)
        lines[entry].append(EntryLine(account=account, amount=amount))
    return lines


def _entry(row: RowMapping, lines: Sequence[EntryLine]) -> Entry:
    same = ("key", "kind", "reason", "at", "caused_by", "reverses", "reversed_by")
    document = Document(kind=row["document_kind"], id=row["document_id"])
    return Entry(entry=row["id"], document=document, lines=tuple(lines), **{name: row[name] for name in same})


async def sums_of(
    uow: UnitOfWork, kind: str, documents: Document | None, purpose: Purpose
) -> dict[tuple[PersonId | None, str], int]:
    """What the entries of a kind did to accounts of a purpose, by holder and unit, whose documents' ids begin so."""
    asked = (
        select(ACCOUNTS.c.person_id, ACCOUNTS.c.unit, func.sum(LINES.c.amount))
        .select_from(ENTRIES)
        .join(LINES, _OF_ENTRY)
        .join(ACCOUNTS, _ON_ACCOUNT)
        .where(ENTRIES.c.kind == kind, ACCOUNTS.c.purpose == purpose.value)
        .group_by(ACCOUNTS.c.person_id, ACCOUNTS.c.unit)
    )
    if documents is not None:
        theirs = ENTRIES.c.document_id.startswith(documents.id, autoescape=True)
        asked = asked.where(ENTRIES.c.document_kind == documents.kind, theirs)
    return {(row[0], row[1]): int(row[2]) for row in await uow.connection.execute(asked)}
