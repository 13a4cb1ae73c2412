"""Reading and writing the rows of recorded ranks."""

from collections.abc import Sequence
from dataclasses import astuple

from sqlalchemy import delete, select
from sqlmodel import SQLModel

from core.db.bulk import bulk_insert
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ranks.model import RankPeriod, RecordedRank
from core.ranks.tables import PaidRankRow

RANKS = SQLModel.metadata.tables[str(PaidRankRow.__tablename__)]
FIXED = ("person_id", "rank", "career_rank", "misses", "honorary_rank", "grace", "by_grace")
COLUMNS = ("cycle", *FIXED)
PERIOD = ("cycle", "rank", "career_rank", "honorary_rank", "by_grace")


async def recorded(uow: UnitOfWork, cycle: str) -> dict[PersonId, RecordedRank]:
    """Everybody's recorded rank in a closed cycle."""
    asked = select(*(RANKS.c[name] for name in FIXED)).where(RANKS.c.cycle == cycle)
    found = await uow.connection.execute(asked)
    return {PersonId(row[0]): RecordedRank(PersonId(row[0]), *row[1:]) for row in found}


async def replace(uow: UnitOfWork, cycle: str, ranks: Sequence[RecordedRank]) -> None:
    """Write the ranks of a cycle in place of what was written before."""
    await uow.connection.execute(delete(RANKS).where(RANKS.c.cycle == cycle))
    rows = ((cycle, *astuple(one)) for one in ranks)
    await bulk_insert(uow, RANKS, COLUMNS, rows)


async def history(uow: UnitOfWork, person: PersonId) -> dict[str, RankPeriod]:
    """A person's recorded ranks by cycle."""
    asked = select(*(RANKS.c[name] for name in PERIOD)).where(RANKS.c.person_id == person)
    found = await uow.connection.execute(asked)
    return {
        cycle: RankPeriod(cycle=cycle, paid_rank=rank, career_rank=title, honorary_rank=honour, by_grace=by_grace)
        for cycle, rank, title, honour, by_grace in found
    }
