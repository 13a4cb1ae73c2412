"""A hundred thousand payments: taken over from a run, listed, exported as files for the bank, and booked as paid.

On both databases. What a bank gets is checked against its schema within the time that is measured.
"""

import tempfile
import time
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import uvloop
from sqlalchemy import text

from benchmarks.figures import Figure
from benchmarks.support import book
from benchmarks.support.postgres import postgres_database
from core.db import metadata
from core.db.database import Database
from core.db.types import microseconds
from core.kernel.clock import Clock
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import Move, Purpose
from core.payments import job, service
from core.payments.model import CompanyAccountWish, Format, ListState, ListWish
from core.plan import service as plans
from core.plan.reading import example

PAYMENTS = 100_000
IN_A_FILE = 10_000
AT_ONCE = 5_000
WITHIN_S = 120.0
IBANS = ("ES9121000418450200051332", "NL91ABNA0417164300")
ACCOUNTS = """
    INSERT INTO bank_account
      (person_id, currency, holder, kind, account, country, is_sepa, since, usable_from, changed_by)
    SELECT i, 'EUR', 'Somebody Núñez ' || i, 'iban', '{iban}', 'ES', true, {now}, {now}, 'import' FROM {people} numbers
"""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Payout:
    """What the run pays one person."""

    person: PersonId
    currency: str
    paid: int


def figures() -> Iterator[Figure]:
    """Measure on SQLite and on PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="upline-benchmark-payments-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        yield from uvloop.run(_measured(f"sqlite+aiosqlite:///{folder}/payments.db", folder / "sqlite"))
        with postgres_database(folder) as server:
            yield from uvloop.run(_measured(server, folder / "postgresql"))


async def _measured(url: str, folder: Path) -> list[Figure]:
    database = Database(url, Clock())
    try:
        return await _paid(database, folder)
    finally:
        await database.close()


async def _paid(database: Database, folder: Path) -> list[Figure]:
    await _company(database)
    name = database.dialect
    day = (datetime.now(UTC) + timedelta(days=2)).date()
    took, _ = await _timed(_take_over(database))
    made_in, card = await _timed(job.make(database, ListWish(currency="EUR", execution_on=day), actor="staff:1"))
    async with database.begin(actor="staff:2") as uow:
        await service.approve(uow, card.number)
        await uow.commit()
    exported_in, card = await _timed(job.export(database, card.number, folder, actor="staff:1"))
    assert (card.state, card.count, len(card.files)) == (ListState.EXPORTED, PAYMENTS, PAYMENTS // IN_A_FILE)
    report = "".join(f"UP{card.number:06d}-{place:07d},paid\n" for place in range(1, PAYMENTS + 1))
    booked_in, booked = await _timed(job.book(database, f"end_to_end_id,status\n{report}".encode(), actor="staff:1"))
    async with database.read() as questions:
        wrong = [*await ledger.verify(questions), *await service.verify(questions)]
    return [
        Figure(f"{name}: taken over", took, "s"),
        Figure(f"{name}: list made", made_in, "s"),
        Figure(f"{name}: bank files for {PAYMENTS:,} payments", exported_in, "s", at_most=WITHIN_S),
        Figure(f"{name}: booked as paid", booked_in, "s"),
        Figure(f"{name}: not booked, or wrong in the book", PAYMENTS - booked.paid + len(wrong), "", at_most=0),
    ]


async def _company(database: Database) -> None:
    engine = database.writer
    async with engine.begin() as connection:
        await connection.run_sync(metadata.load().create_all)
    people = book.NUMBERS[database.dialect].format(count=PAYMENTS)
    async with database.begin(actor="benchmark") as uow:
        await plans.activate(uow, example("demo"))
        await uow.connection.execute(text(book.PEOPLE.format(people=people)))
        now = microseconds(uow.now)
        await uow.connection.execute(text(ACCOUNTS.format(people=people, iban=IBANS[0], now=now)))
        wish = CompanyAccountWish(holder="Benchmark", iban=IBANS[1], format=Format.SEPA_2019, payments_max=IN_A_FILE)
        await service.set_company_account(uow, "EUR", wish)
        await uow.commit()
    for start in range(1, PAYMENTS + 1, AT_ONCE):
        async with database.begin(actor="benchmark") as uow:
            moves = [Move(f"e:{one}", str(one), PersonId(one), 1000 + one) for one in range(start, start + AT_ONCE)]
            await ledger.move_all(
                uow,
                moves,
                kind="commissions.earned",
                reason="benchmark",
                document_kind="run",
                unit="EUR",
                source=Purpose.COMMISSIONS,
                target=Purpose.COMMISSIONS_EARNED,
            )
            await uow.commit()


async def _take_over(database: Database) -> None:
    for start in range(1, PAYMENTS + 1, AT_ONCE):
        payouts = [Payout(PersonId(one), "EUR", 1000 + one) for one in range(start, start + AT_ONCE)]
        async with database.begin(actor="benchmark") as uow:
            await service.take_some(uow, 1, "2026-10", payouts)
            await uow.commit()


async def _timed(work: Awaitable[T]) -> tuple[float, T]:
    begun = time.perf_counter()
    done = await work
    return time.perf_counter() - begun, done
