"""Reading and writing what runs pay, before and after it is in a list."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    column,
    exists,
    func,
    select,
    table,
    update,
)
from sqlmodel import SQLModel

from core.db.bulk import bulk_insert
from core.db.unit_of_work import UnitOfWork
from core.db.upsert import insert_new
from core.kernel.ids import PersonId
from core.ledger.model import Purpose
from core.payments.model import Why
from core.payments.store.accounts import ACCOUNTS, AT_ONCE
from core.payments.tables import PayableRow, PayableRunRow
from i18n.negotiation import choose

PAYABLES = SQLModel.metadata.tables[str(PayableRow.__tablename__)]
LEFT = PAYABLES.c.amount_minor - PAYABLES.c.used_minor
"""What of a payable was not turned into something else."""
HAS_LEFT = PAYABLES.c.amount_minor > PAYABLES.c.used_minor
RUNS = SQLModel.metadata.tables[str(PayableRunRow.__tablename__)]
PEOPLE = table("person", column("id", BigInteger()), column("code"), column("language"), column("country"))
BALANCES = table(
    "account", column("person_id", BigInteger()), column("purpose"), column("unit"), column("balance", BigInteger())
)
COLUMNS = ("run_id", "cycle", "person_id", "currency", "amount_minor", "used_minor")


async def progress(uow: UnitOfWork, run: int) -> Row[Any]:
    """How far a run was taken over, held until the transaction ends."""
    await uow.connection.execute(insert_new(uow, RUNS).values(run_id=run, done_person=0, done_currency=""))
    return (await uow.connection.execute(select(RUNS).where(RUNS.c.run_id == run).with_for_update())).one()


async def note_progress(uow: UnitOfWork, run: int, person: int, currency: str) -> None:
    """A run is taken over up to this payout."""
    await uow.connection.execute(
        update(RUNS).where(RUNS.c.run_id == run).values(done_person=person, done_currency=currency)
    )


async def note_done(uow: UnitOfWork, run: int) -> None:
    """A run is taken over."""
    await uow.connection.execute(update(RUNS).where(RUNS.c.run_id == run).values(done_at=uow.now))


async def taken(uow: UnitOfWork) -> set[int]:
    """Runs that are taken over whole."""
    found = await uow.connection.execute(select(RUNS.c.run_id).where(RUNS.c.done_at.is_not(None)))
    return set(found.scalars())


async def taken_of(uow: UnitOfWork, run: int, currency: str) -> tuple[int, int]:
    """How much of a run is taken over in a currency, and of how many people."""
    asked = select(func.coalesce(func.sum(PAYABLES.c.amount_minor), 0), func.count())
    found = await uow.connection.execute(asked.where(PAYABLES.c.run_id == run, PAYABLES.c.currency == currency))
    amount, count = found.one()
    return int(amount), count


async def add(uow: UnitOfWork, rows: Sequence[tuple[int, str, int, str, int]]) -> None:
    """Write payables: run, cycle, person, currency, minor units."""
    await bulk_insert(uow, PAYABLES, COLUMNS, ((*row, 0) for row in rows))


def usable(uow: UnitOfWork, currency: str, *, is_sepa: bool) -> ColumnElement[bool]:
    """That an account can be paid to today."""
    fit = [ACCOUNTS.c.currency == currency, ACCOUNTS.c.ended_at.is_(None), ACCOUNTS.c.usable_from <= uow.now]
    return and_(*fit, ACCOUNTS.c.is_sepa.is_(True)) if is_sepa else and_(*fit)


async def ready(
    uow: UnitOfWork, currency: str, *, is_sepa: bool, after: int, limit: int
) -> list[tuple[int, int, int, str, int]]:
    """What is in no list, of the next people whose accounts can be paid to: person, payable, amount, cycle, account.

    Args:
        after: the last person who was looked at.
        limit: so many people at most.
    """
    theirs = and_(ACCOUNTS.c.person_id == PAYABLES.c.person_id, usable(uow, currency, is_sepa=is_sepa))
    free = (PAYABLES.c.list_id.is_(None), PAYABLES.c.currency == currency, HAS_LEFT, PAYABLES.c.person_id > after)
    some = select(PAYABLES.c.person_id).where(*free, exists().where(theirs)).distinct()
    people = (await uow.connection.execute(some.order_by(PAYABLES.c.person_id).limit(limit))).scalars().all()
    if not people:
        return []
    asked: Select[Any] = (
        select(PAYABLES.c.person_id, PAYABLES.c.id, LEFT, PAYABLES.c.cycle, ACCOUNTS.c.id.label("account"))
        .join(ACCOUNTS, theirs)
        .where(*free, PAYABLES.c.person_id <= people[-1])
        .order_by(PAYABLES.c.person_id, PAYABLES.c.run_id)
    )
    return [tuple(row) for row in await uow.connection.execute(asked)]


async def languages(uow: UnitOfWork, people: Sequence[PersonId]) -> dict[PersonId, str]:
    """In which of our languages each of these people reads her bank's statement."""
    theirs = PEOPLE.c.id.in_(people)
    rows = await uow.connection.execute(select(PEOPLE.c.id, PEOPLE.c.language, PEOPLE.c.country).where(theirs))
    return {PersonId(row.id): choose(row.language, country=row.country) for row in rows}


async def bind(uow: UnitOfWork, number: int, payables: Sequence[int]) -> None:
    """Put payables that are in no list into one."""
    for start in range(0, len(payables), AT_ONCE):
        some = PAYABLES.c.id.in_(payables[start : start + AT_ONCE])
        free = func.coalesce(PAYABLES.c.list_id, 0) == 0  # as "is null", SQLite walks the index of all that is free
        await uow.connection.execute(update(PAYABLES).where(some, free).values(list_id=number))


async def free(uow: UnitOfWork, number: int, people: Sequence[PersonId]) -> None:
    """Take these people's payables out of a list: the next one may have them."""
    for start in range(0, len(people), AT_ONCE):
        theirs = PAYABLES.c.person_id.in_(people[start : start + AT_ONCE])
        await uow.connection.execute(update(PAYABLES).where(PAYABLES.c.list_id == number, theirs).values(list_id=None))


async def use(uow: UnitOfWork, payable: int, amount_minor: int) -> None:
    """Note how much more of a payable was turned into something else."""
    used = PAYABLES.c.used_minor + amount_minor
    await uow.connection.execute(update(PAYABLES).where(PAYABLES.c.id == payable).values(used_minor=used))


async def free_all(uow: UnitOfWork, number: int) -> None:
    """Take everything out of a list."""
    await uow.connection.execute(update(PAYABLES).where(PAYABLES.c.list_id == number).values(list_id=None))


async def waiting(
    uow: UnitOfWork, currency: str, *, is_sepa: bool, largest: int | None, after: int, limit: int
) -> Sequence[Row[Any]]:
    """Whoever has something payable: person, code, amount, and why no list has it, holds aside; by person."""
    reasons = [
        (ACCOUNTS.c.id.is_(None), Why.NO_ACCOUNT.value),
        (ACCOUNTS.c.usable_from > uow.now, Why.ACCOUNT_WAITS.value),
    ]
    if is_sepa:
        reasons.append((ACCOUNTS.c.is_sepa.is_(False), Why.OUTSIDE_SEPA.value))
    if largest is not None:
        reasons.append((BALANCES.c.balance > largest, Why.TOO_LARGE.value))
    current = and_(
        ACCOUNTS.c.person_id == BALANCES.c.person_id, ACCOUNTS.c.currency == currency, ACCOUNTS.c.ended_at.is_(None)
    )
    why = case(*reasons, else_=Why.READY.value).label("why")
    asked: Select[Any] = (
        select(BALANCES.c.person_id, PEOPLE.c.code, BALANCES.c.balance.label("amount"), why)
        .join(PEOPLE, PEOPLE.c.id == BALANCES.c.person_id)
        .outerjoin(ACCOUNTS, current)
        .where(BALANCES.c.purpose == Purpose.COMMISSIONS_PAYABLE.value, BALANCES.c.unit == currency)
        .where(BALANCES.c.balance > 0, BALANCES.c.person_id > after)
        .order_by(BALANCES.c.person_id)
        .limit(limit)
    )
    return list(await uow.connection.execute(asked))


async def outside_sepa(uow: UnitOfWork, currency: str, *, largest: int | None) -> list[tuple[int, str, int]]:
    """Whoever SEPA alone keeps from being paid, holds aside: person, code, amount; by person.

    Args:
        largest: the most that a file in another format takes.
    """
    asked: Select[Any] = (
        select(BALANCES.c.person_id, PEOPLE.c.code, BALANCES.c.balance)
        .join(PEOPLE, PEOPLE.c.id == BALANCES.c.person_id)
        .join(ACCOUNTS, and_(ACCOUNTS.c.person_id == BALANCES.c.person_id, usable(uow, currency, is_sepa=False)))
        .where(BALANCES.c.purpose == Purpose.COMMISSIONS_PAYABLE.value, BALANCES.c.unit == currency)
        .where(BALANCES.c.balance > 0, ACCOUNTS.c.is_sepa.is_(False))
        .order_by(BALANCES.c.person_id)
    )
    fits = asked if largest is None else asked.where(BALANCES.c.balance <= largest)
    return [tuple(row) for row in await uow.connection.execute(fits)]


async def runs_of(uow: UnitOfWork, lists: Sequence[int]) -> list[int]:
    """The runs whose payables these lists pay."""
    asked = select(PAYABLES.c.run_id).where(PAYABLES.c.list_id.in_(lists)).distinct().order_by(PAYABLES.c.run_id)
    return list((await uow.connection.execute(asked)).scalars())
