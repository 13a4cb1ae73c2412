"""Taking over what released runs pay, run by run: one that is wrong is left where it is, and told."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

from sqlalchemy.exc import IntegrityError

from core.db.database import Database
from core.db.model import DatabaseAway, DatabaseBusy
from core.db.steps import step
from core.db.unit_of_work import UnitOfWork
from core.kernel.errors import DomainError
from core.payments import service
from core.payments.model import NotTaken, PaymentsOvertaken, RunRefused
from core.runs import service as runs
from core.runs.model import PayoutDoubted, ReleasedRun, RunDoubted

AT_ONCE = 100
"""So many payments change in one transaction, so that others who write wait for a moment only."""


class TakenOver(NamedTuple):
    """How many payouts became payable, and which runs were left where they are, and why."""

    payouts: int
    doubts: tuple[DomainError, ...]


async def not_taken(uow: UnitOfWork, currency: str) -> list[NotTaken]:
    """Released runs that pay something in a currency which no list has looked at yet."""
    found = []
    for run in await _untaken(uow):
        pays = await runs.paying(uow, run.number, currency)
        found.append(await service.left_of(uow, run.number, run.cycle, currency, pays))
    return [one for one in found if one is not None]


async def _untaken(uow: UnitOfWork) -> list[ReleasedRun]:
    done = await service.taken(uow)
    return [run for run in await runs.released(uow) if run.pays and run.number not in done]


async def take_over(database: Database, *, actor: str) -> TakenOver:
    """Make payable what released runs pay and was not taken over yet.

    A run that is not as it was released, or that the book refuses, is left where it is, and the others are taken.
    """
    async with database.read() as questions:
        waiting = await _untaken(questions)
    count = 0
    doubts: list[DomainError] = []
    for run in waiting:
        try:
            count += await _take_run(database, run, actor)
        except (DatabaseAway, DatabaseBusy):
            raise
        except (RunDoubted, PayoutDoubted) as doubt:
            doubts.append(doubt)
        except DomainError as refused:
            doubts.append(RunRefused(run=str(run.number), cycle=run.cycle, why=refused.code))
    return TakenOver(count, tuple(doubts))


async def _take_run(database: Database, run: ReleasedRun, actor: str) -> int:
    """How many payouts of a run became payable.

    Raises:
        RunDoubted, PayoutDoubted: it is not as it was released; what was taken over before stays so.
    """
    async with database.read() as questions:
        trusted = await runs.trusted(questions, run.number)
    count, last, more = 0, (0, ""), True
    while more:
        async with database.read() as questions:
            payouts = await runs.payouts(questions, run.number, after=last, limit=AT_ONCE)
            await trusted.require(questions, payouts)
        more = bool(payouts)
        async with begun(database, actor) as uow:
            count += await service.take_some(uow, run.number, run.cycle, payouts)
            if not more and await service.paid_runs(uow, [run.number]):
                await runs.mark_paid(uow, run.number)
        last = (payouts[-1].person, payouts[-1].currency) if payouts else last
    return count


@asynccontextmanager
async def begun(database: Database, actor: str, *, is_dry: bool = False) -> AsyncIterator[UnitOfWork]:
    """A transaction that is committed at its end, unless it is dry.

    Raises:
        PaymentsOvertaken: somebody else did the same meanwhile.
    """
    try:
        async with step(database, actor=actor) as uow:
            yield uow
            if not is_dry:
                await uow.commit()
    except IntegrityError as error:
        raise PaymentsOvertaken from error
