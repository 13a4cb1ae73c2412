"""Reading and writing bank accounts."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import RowMapping, delete, insert, select, update
from sqlmodel import SQLModel

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.payments.tables import BankAccountRow, CompanyAccountRow

ACCOUNTS = SQLModel.metadata.tables[str(BankAccountRow.__tablename__)]
COMPANY = SQLModel.metadata.tables[str(CompanyAccountRow.__tablename__)]
AT_ONCE = 5_000
"""Both databases take a limited number of parameters in one statement."""


async def of_person(uow: UnitOfWork, person: PersonId) -> Sequence[RowMapping]:
    """All of a person's accounts, those of today first, the latest of the others next."""
    asked = select(ACCOUNTS).where(ACCOUNTS.c.person_id == person)
    found = await uow.connection.execute(asked.order_by(ACCOUNTS.c.ended_at.is_not(None), ACCOUNTS.c.id.desc()))
    return found.mappings().all()


async def current(uow: UnitOfWork, people: Sequence[PersonId]) -> dict[tuple[PersonId, str], RowMapping]:
    """The accounts of today of many people, by person and currency."""
    known: dict[tuple[PersonId, str], RowMapping] = {}
    for start in range(0, len(people), AT_ONCE):
        some = ACCOUNTS.c.person_id.in_(people[start : start + AT_ONCE])
        found = await uow.connection.execute(select(ACCOUNTS).where(some, ACCOUNTS.c.ended_at.is_(None)))
        known |= {(row["person_id"], row["currency"]): row for row in found.mappings()}
    return known


async def former(uow: UnitOfWork, people: Sequence[PersonId]) -> set[tuple[PersonId, str]]:
    """Which of many people ever had an account, and for which currency."""
    known: set[tuple[PersonId, str]] = set()
    for start in range(0, len(people), AT_ONCE):
        some = ACCOUNTS.c.person_id.in_(people[start : start + AT_ONCE])
        found = await uow.connection.execute(select(ACCOUNTS.c.person_id, ACCOUNTS.c.currency).where(some).distinct())
        known |= {(PersonId(person), currency) for person, currency in found}
    return known


async def end(uow: UnitOfWork, accounts: Collection[int]) -> int:
    """End accounts that are in use; how many were."""
    ended = 0
    numbers = sorted(accounts)
    for start in range(0, len(numbers), AT_ONCE):
        some = ACCOUNTS.c.id.in_(numbers[start : start + AT_ONCE]) & ACCOUNTS.c.ended_at.is_(None)
        done = await uow.connection.execute(update(ACCOUNTS).where(some).values(ended_at=uow.now, ended_by=uow.actor))
        ended += done.rowcount
    return ended


async def add(uow: UnitOfWork, rows: Sequence[dict[str, Any]]) -> None:
    """Write new accounts."""
    await uow.connection.execute(insert(ACCOUNTS), list(rows))


async def company(uow: UnitOfWork, currency: str) -> RowMapping | None:
    """From where a currency is paid."""
    found = await uow.connection.execute(select(COMPANY).where(COMPANY.c.currency == currency))
    return found.mappings().first()


async def companies(uow: UnitOfWork) -> Sequence[RowMapping]:
    """From where each currency is paid."""
    return (await uow.connection.execute(select(COMPANY).order_by(COMPANY.c.currency))).mappings().all()


async def set_company(uow: UnitOfWork, currency: str, values: dict[str, Any]) -> None:
    """Write from where a currency is paid, in place of what was."""
    await uow.connection.execute(delete(COMPANY).where(COMPANY.c.currency == currency))
    await uow.connection.execute(
        insert(COMPANY).values(currency=currency, changed_at=uow.now, changed_by=uow.actor, **values)
    )


async def waiting_days(uow: UnitOfWork) -> dict[str, int]:
    """How long a changed account waits, by currency."""
    found = await uow.connection.execute(select(COMPANY.c.currency, COMPANY.c.waiting_days))
    return {row.currency: row.waiting_days for row in found}


async def written_by(uow: UnitOfWork, accounts: Any, actor: str) -> bool:
    """Whether `actor` wrote one of the accounts (a query of their numbers)."""
    hers = (ACCOUNTS.c.changed_by == actor) & ACCOUNTS.c.id.in_(accounts)
    return (await uow.connection.execute(select(ACCOUNTS.c.id).where(hers).limit(1))).first() is not None
