"""Reading and writing the rows of recorded ranks."""

from collections.abc import Sequence
from dataclasses import astuple

from sqlalchemy import delete, func, select
from sqlmodel import SQLModel

from core.db.bulk import bulk_insert
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ranks.model import RankPeriod, RecordedRank
from core.ranks.tables import PaidRankRow

RANKS = SQLModel.metadata.tables[str(PaidRankRow.__tablename__)]
FIXED = ("person_id", "rank", "career_rank", "misses", "honorary_rank", "grace", "by_grace", "reached")
COLUMNS = ("cycle", *FIXED)
GONE_AT_ONCE = 5_000
PERIOD = ("cycle", "rank", "career_rank", "honorary_rank", "by_grace")


async def recorded(uow: UnitOfWork, cycle: str) -> dict[PersonId, RecordedRank]:
    """Everybody's recorded rank in a closed cycle."""
    asked = select(*(RANKS.c[name] for name in FIXED)).where(RANKS.c.cycle == cycle)
    found = await uow.connection.execute(asked)
    return {PersonId(row[0]): RecordedRank(PersonId(row[0]), *row[1:]) for row in found}


async def between(uow: UnitOfWork, cycle: str, after: PersonId, last: PersonId) -> dict[PersonId, RecordedRank]:
    """The same of people behind `after` and up to `last`."""
    some = (RANKS.c.cycle == cycle) & (RANKS.c.person_id > after) & (RANKS.c.person_id <= last)
    found = await uow.connection.execute(select(*(RANKS.c[name] for name in FIXED)).where(some))
    return {PersonId(row[0]): RecordedRank(PersonId(row[0]), *row[1:]) for row in found}


async def add(uow: UnitOfWork, cycle: str, ranks: Sequence[RecordedRank]) -> None:
    """Write ranks of a cycle."""
    rows = ((cycle, *astuple(one)) for one in ranks)
    await bulk_insert(uow, RANKS, COLUMNS, rows)


async def forget_some(uow: UnitOfWork, cycle: str) -> bool:
    """Delete some ranks of a cycle; False when none was left."""
    some = select(RANKS.c.person_id).where(RANKS.c.cycle == cycle).order_by(RANKS.c.person_id).limit(GONE_AT_ONCE)
    last = (await uow.connection.execute(select(func.max(some.subquery().c.person_id)))).scalar_one()
    if last is None:
        return False
    await uow.connection.execute(delete(RANKS).where(RANKS.c.cycle == cycle, RANKS.c.person_id <= last))
    return True


async def honours(uow: UnitOfWork, cycle: str, people: Sequence[PersonId]) -> dict[PersonId, str]:
    """Honorary ranks of some people in a closed cycle."""
    hers = (RANKS.c.cycle == cycle) & RANKS.c.person_id.in_(people) & RANKS.c.honorary_rank.is_not(None)
    found = await uow.connection.execute(select(RANKS.c.person_id, RANKS.c.honorary_rank).where(hers))
    return {PersonId(person): rank for person, rank in found}


async def history(uow: UnitOfWork, person: PersonId) -> dict[str, RankPeriod]:
    """A person's recorded ranks by cycle, of those in which she had a rank, a title or an honour."""
    had = func.coalesce(RANKS.c.rank, RANKS.c.career_rank, RANKS.c.honorary_rank).is_not(None)
    asked = select(*(RANKS.c[name] for name in PERIOD)).where(RANKS.c.person_id == person, had)
    found = await uow.connection.execute(asked)
    return {
        cycle: RankPeriod(cycle=cycle, paid_rank=rank, career_rank=title, honorary_rank=honour, by_grace=by_grace)
        for cycle, rank, title, honour, by_grace in found
    }


async def found(uow: UnitOfWork, cycle: str) -> dict[PersonId, tuple[str | None, str | None]]:
    """The rank that a closed cycle paid everybody by, and what she reached in it."""
    asked = select(RANKS.c.person_id, RANKS.c.rank, RANKS.c.reached).where(
        RANKS.c.cycle == cycle, func.coalesce(RANKS.c.rank, RANKS.c.reached).is_not(None)
    )
    rows = await uow.connection.execute(asked)
    return {PersonId(person): (rank, reached) for person, rank, reached in rows}
