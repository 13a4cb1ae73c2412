"""What payees have by runs."""

from collections.abc import Sequence
from operator import attrgetter

from sqlalchemy import func, select, tuple_
from sqlmodel import SQLModel

from core.db.bulk import bulk_insert
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.runs.model import OVER, RunPayout
from core.runs.store.runs import RUNS
from core.runs.tables import RunPayoutRow

PAYOUTS = SQLModel.metadata.tables[str(RunPayoutRow.__tablename__)]
MONEY = ("earned", "carried_in", "adjustments", "to_credit", "paid", "carried_out")
COLUMNS = ("run", "person_id", "currency", *MONEY, "charges")
ASKED = select(*(PAYOUTS.c[name] for name in COLUMNS)).join(RUNS, RUNS.c.id == PAYOUTS.c.run)
RELEASED = RUNS.c.state.in_([state.value for state in OVER])


async def add(uow: UnitOfWork, payouts: Sequence[RunPayout]) -> None:
    """Write some."""
    money = attrgetter(*MONEY, "charges")
    rows = ((one.run, one.person, one.currency, *money(one)) for one in payouts)
    await bulk_insert(uow, PAYOUTS, COLUMNS, rows)


async def page(uow: UnitOfWork, run: int, after: tuple[int, str], limit: int) -> list[RunPayout]:
    """Payouts of a released run by person and currency, after those of `after`."""
    later = tuple_(PAYOUTS.c.person_id, PAYOUTS.c.currency) > after
    asked = ASKED.where(PAYOUTS.c.run == run, RELEASED, later).order_by(PAYOUTS.c.person_id, PAYOUTS.c.currency)
    return [RunPayout(*row) for row in await uow.connection.execute(asked.limit(limit))]


async def of_person(uow: UnitOfWork, person: PersonId) -> list[RunPayout]:
    """A person's payouts of released runs, the first run first."""
    asked = ASKED.where(PAYOUTS.c.person_id == person, RELEASED)
    found = await uow.connection.execute(asked.order_by(RUNS.c.released_number, PAYOUTS.c.currency))
    return [RunPayout(*row) for row in found]


async def paying(uow: UnitOfWork, run: int, currency: str) -> tuple[int, int]:
    """How much a released run pays in a currency, and to how many people."""
    asked = select(func.coalesce(func.sum(PAYOUTS.c.paid), 0), func.count()).join(RUNS, RUNS.c.id == PAYOUTS.c.run)
    mine = (PAYOUTS.c.run == run) & (PAYOUTS.c.currency == currency) & (PAYOUTS.c.paid > 0)
    amount, count = (await uow.connection.execute(asked.where(mine, RELEASED))).one()
    return int(amount), count


async def of_run(uow: UnitOfWork, run: int) -> list[RunPayout]:
    """All payouts of a run, released or not, by person and currency."""
    asked = select(*(PAYOUTS.c[name] for name in COLUMNS)).where(PAYOUTS.c.run == run)
    found = await uow.connection.execute(asked.order_by(PAYOUTS.c.person_id, PAYOUTS.c.currency))
    return [RunPayout(*row) for row in found]
