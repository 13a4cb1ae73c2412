"""Reading and writing lists, their payments and their files."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    RowMapping,
    Select,
    and_,
    cast,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)
from sqlmodel import SQLModel

from core.db.bulk import bulk_insert
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.payments.model import ListState, PaymentState
from core.payments.store.accounts import ACCOUNTS, AT_ONCE
from core.payments.store.payables import HAS_LEFT, PAYABLES, PEOPLE
from core.payments.tables import PaymentFileRow, PaymentListRow, PaymentRow

LISTS = SQLModel.metadata.tables[str(PaymentListRow.__tablename__)]
PAYMENTS = SQLModel.metadata.tables[str(PaymentRow.__tablename__)]
FILES = SQLModel.metadata.tables[str(PaymentFileRow.__tablename__)]
Posting = tuple[int, PersonId, int, str]
"""A payment's number, person, amount and currency."""
PAYMENT_COLUMNS = (
    "list_id", "position", "person_id", "bank_account_id", "amount_minor", "end_to_end_id", "cycles", "text", "state",
)  # fmt: skip
ACCOUNT_ENDED = ACCOUNTS.c.ended_at.is_not(None)
SHOWN = select(
    PAYMENTS,
    PEOPLE.c.code,
    ACCOUNTS.c.holder,
    ACCOUNTS.c.kind,
    ACCOUNTS.c.country,
    ACCOUNTS.c.account,
    ACCOUNTS.c.bank_code,
    ACCOUNTS.c.ended_at.label("account_ended_at"),
    LISTS.c.currency,
    LISTS.c.execution_on,
).select_from(
    PAYMENTS.join(PEOPLE, PEOPLE.c.id == PAYMENTS.c.person_id)
    .join(ACCOUNTS, ACCOUNTS.c.id == PAYMENTS.c.bank_account_id)
    .join(LISTS, LISTS.c.id == PAYMENTS.c.list_id)
)


async def add(uow: UnitOfWork, values: dict[str, Any]) -> int:
    """Begin a list; its number."""
    added = await uow.connection.execute(
        insert(LISTS)
        .values(state=ListState.MAKING.value, count=0, sum_minor=0, done_person=0, **values)
        .returning(LISTS.c.id)
    )
    number: int = added.scalar_one()
    return number


async def taken_over(uow: UnitOfWork, currency: str, values: dict[str, Any]) -> int | None:
    """Give the list of a currency that is being made to another maker; its number, None where there is none."""
    making = (LISTS.c.currency == currency) & (LISTS.c.state == ListState.MAKING.value)
    done = await uow.connection.execute(update(LISTS).where(making).values(**values).returning(LISTS.c.id))
    number: int | None = done.scalar_one_or_none()
    return number


async def grown(uow: UnitOfWork, number: int, person: int, count: int, sum_minor: int) -> None:
    """Note how far the making of a list came, and what it holds more."""
    await uow.connection.execute(
        update(LISTS)
        .where(LISTS.c.id == number)
        .values(done_person=person, count=LISTS.c.count + count, sum_minor=LISTS.c.sum_minor + sum_minor)
    )


async def last_position(uow: UnitOfWork, number: int) -> int:
    """The position of the last payment of a list; 0 where it has none."""
    asked = select(func.max(PAYMENTS.c.position)).where(PAYMENTS.c.list_id == number)
    return (await uow.connection.execute(asked)).scalar_one() or 0


async def forget_empty(uow: UnitOfWork, number: int, maker: str) -> None:
    """Forget a list in the making, unless somebody is in it or another maker has it."""
    empty = ~exists().where(PAYMENTS.c.list_id == number)
    here = (LISTS.c.id == number) & (LISTS.c.state == ListState.MAKING.value) & (LISTS.c.maker == maker)
    await uow.connection.execute(delete(LISTS).where(here, empty))


async def add_payments(uow: UnitOfWork, rows: Iterable[Sequence[Any]]) -> None:
    """Write the payments of a list."""
    await bulk_insert(uow, PAYMENTS, PAYMENT_COLUMNS, rows)


async def row(uow: UnitOfWork, number: int, *, locked: bool = False) -> RowMapping | None:
    """A list; `locked` holds it until the transaction ends."""
    asked = select(LISTS).where(LISTS.c.id == number)
    found = await uow.connection.execute(asked.with_for_update() if locked else asked)
    return found.mappings().first()


async def page(uow: UnitOfWork, *, before: int | None, limit: int) -> Sequence[RowMapping]:
    """Lists, latest first."""
    asked = select(LISTS) if before is None else select(LISTS).where(LISTS.c.id < before)
    return (await uow.connection.execute(asked.order_by(LISTS.c.id.desc()).limit(limit))).mappings().all()


async def move(uow: UnitOfWork, number: int, before: ListState, **values: Any) -> bool:
    """Take a list from a state to what `values` says; False when it is in another one."""
    here = (LISTS.c.id == number) & (LISTS.c.state == before.value)
    done = await uow.connection.execute(update(LISTS).where(here).values(**values))
    return bool(done.rowcount == 1)


async def count(uow: UnitOfWork, number: int) -> tuple[int, int]:
    """How many payments of a list are neither held nor cancelled, and their sum; written into the list as well."""
    lives = PAYMENTS.c.state.not_in([PaymentState.HELD.value, PaymentState.CANCELLED.value])
    asked = select(func.count(), cast(func.coalesce(func.sum(PAYMENTS.c.amount_minor), 0), BigInteger))
    found = (await uow.connection.execute(asked.where(PAYMENTS.c.list_id == number, lives))).one()
    await uow.connection.execute(update(LISTS).where(LISTS.c.id == number).values(count=found[0], sum_minor=found[1]))
    return found[0], found[1]


async def states(uow: UnitOfWork, number: int) -> dict[PaymentState, int]:
    """How many payments of a list are in each state."""
    asked = select(PAYMENTS.c.state, func.count()).where(PAYMENTS.c.list_id == number).group_by(PAYMENTS.c.state)
    return {PaymentState(state): many for state, many in await uow.connection.execute(asked.order_by(PAYMENTS.c.state))}


async def payments(
    uow: UnitOfWork, number: int, *wanted: ColumnElement[bool], after: int = 0, limit: int | None = None
) -> Sequence[RowMapping]:
    """Payments of a list with their accounts, by position."""
    here = (PAYMENTS.c.list_id == number, PAYMENTS.c.position > after, *wanted)
    asked = SHOWN.where(*here).order_by(PAYMENTS.c.position).limit(limit)
    return (await uow.connection.execute(asked)).mappings().all()


def to_people(people: Collection[PersonId]) -> Iterator[ColumnElement[bool]]:
    """That a payment is to one of many people, in as many conditions as the databases need."""
    ordered = sorted(people)
    return (PAYMENTS.c.person_id.in_(ordered[start : start + AT_ONCE]) for start in range(0, len(ordered), AT_ONCE))


async def of_person(uow: UnitOfWork, person: PersonId, *, limit: int) -> Sequence[RowMapping]:
    """One person's payments, latest first."""
    asked = SHOWN.where(PAYMENTS.c.person_id == person).order_by(PAYMENTS.c.id.desc()).limit(limit)
    return (await uow.connection.execute(asked)).mappings().all()


async def payment(uow: UnitOfWork, end_to_end_id: str) -> RowMapping | None:
    """One payment by its id."""
    return (await uow.connection.execute(SHOWN.where(PAYMENTS.c.end_to_end_id == end_to_end_id))).mappings().first()


async def to_post(uow: UnitOfWork, number: int, *states: PaymentState, after: int = 0) -> list[Posting]:
    """The payments of a list after a position, of the states or of all, as the book needs them."""
    wanted = [state.value for state in states or PaymentState]
    here = (PAYMENTS.c.list_id == number, PAYMENTS.c.position > after, PAYMENTS.c.state.in_(wanted))
    asked: Select[Any] = select(PAYMENTS.c.id, PAYMENTS.c.person_id, PAYMENTS.c.amount_minor, LISTS.c.currency)
    found = await uow.connection.execute(asked.join(LISTS, LISTS.c.id == PAYMENTS.c.list_id).where(*here))
    return [tuple(row) for row in found]


async def amounts(uow: UnitOfWork, number: int) -> list[tuple[int, int]]:
    """Position and amount of a list's open payments, by position."""
    here = (PAYMENTS.c.list_id == number, PAYMENTS.c.state == PaymentState.OPEN.value)
    asked: Select[Any] = select(PAYMENTS.c.position, PAYMENTS.c.amount_minor)
    found = await uow.connection.execute(asked.where(*here).order_by(PAYMENTS.c.position))
    return [(position, amount) for position, amount in found]


async def change(uow: UnitOfWork, numbers: Collection[int], before: PaymentState, **values: Any) -> int:
    """Take payments from a state to what `values` says; how many were in it."""
    done, ordered = 0, sorted(numbers)
    for start in range(0, len(ordered), AT_ONCE):
        some = and_(PAYMENTS.c.id.in_(ordered[start : start + AT_ONCE]), PAYMENTS.c.state == before.value)
        done += (await uow.connection.execute(update(PAYMENTS).where(some).values(**values))).rowcount
    return done


async def change_all(uow: UnitOfWork, number: int, before: PaymentState, **values: Any) -> int:
    """Take all payments of a list that are in a state to what `values` says; how many there were."""
    here = and_(PAYMENTS.c.list_id == number, PAYMENTS.c.state == before.value)
    return int((await uow.connection.execute(update(PAYMENTS).where(here).values(**values))).rowcount)


async def put_into_file(uow: UnitOfWork, number: int, file: int, first: int, last: int) -> None:
    """Say in which file the open payments from one position to another go."""
    here = and_(PAYMENTS.c.list_id == number, PAYMENTS.c.state == PaymentState.OPEN.value)
    there = PAYMENTS.c.position.between(first, last)
    await uow.connection.execute(update(PAYMENTS).where(here, there).values(file_number=file))


async def add_files(uow: UnitOfWork, rows: Sequence[dict[str, Any]]) -> None:
    """Write the files that a list becomes."""
    await uow.connection.execute(insert(FILES), list(rows))


async def files(uow: UnitOfWork, number: int) -> Sequence[RowMapping]:
    """The files of a list, by number."""
    asked = select(FILES).where(FILES.c.list_id == number).order_by(FILES.c.number)
    return (await uow.connection.execute(asked)).mappings().all()


async def keep_fingerprints(uow: UnitOfWork, number: int, file: int, fingerprints: dict[str, str]) -> None:
    """Keep what a file looked like when it was exported."""
    here = (FILES.c.list_id == number) & (FILES.c.number == file)
    await uow.connection.execute(update(FILES).where(here).values(fingerprints=fingerprints))


async def unfinished_runs(uow: UnitOfWork, runs: Sequence[int]) -> set[int]:
    """Those of the runs of which something is not paid yet."""
    its = and_(PAYMENTS.c.list_id == PAYABLES.c.list_id, PAYMENTS.c.person_id == PAYABLES.c.person_id)
    unpaid = HAS_LEFT & (PAYMENTS.c.state.is_(None) | (PAYMENTS.c.state != PaymentState.PAID.value))
    asked = select(PAYABLES.c.run_id).outerjoin(PAYMENTS, its).where(PAYABLES.c.run_id.in_(runs), unpaid).distinct()
    return set((await uow.connection.execute(asked)).scalars())


async def has_any(uow: UnitOfWork, number: int, state: PaymentState) -> bool:
    """Whether a payment of a list is in a state."""
    here = (PAYMENTS.c.list_id == number) & (PAYMENTS.c.state == state.value)
    return (await uow.connection.execute(select(PAYMENTS.c.id).where(here).limit(1))).first() is not None
