"""Reading and writing the rows of campaigns."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Table, insert, select, update

from core.campaigns.tables import CampaignRow
from core.db.unit_of_work import UnitOfWork

CAMPAIGNS: Table = CampaignRow.__table__  # type: ignore[attr-defined]  # SQLModel sets it, its annotations do not tell


async def add(uow: UnitOfWork, values: Mapping[str, Any]) -> int:
    """Write a new campaign; its number."""
    found = await uow.connection.execute(insert(CAMPAIGNS).values(**values).returning(CAMPAIGNS.c.id))
    return int(found.scalar_one())


async def change(uow: UnitOfWork, number: int, values: Mapping[str, Any]) -> None:
    """Overwrite the named columns of one campaign."""
    await uow.connection.execute(update(CAMPAIGNS).where(CAMPAIGNS.c.id == number).values(**values))


async def row(uow: UnitOfWork, number: int, *, locked: bool = False) -> RowMapping | None:
    """One campaign; `locked` holds it until the transaction ends."""
    asked = select(CAMPAIGNS).where(CAMPAIGNS.c.id == number)
    return (await uow.connection.execute(asked.with_for_update() if locked else asked)).mappings().first()


async def rows(uow: UnitOfWork, numbers: Collection[int]) -> Sequence[RowMapping]:
    """Some campaigns."""
    return (await uow.connection.execute(select(CAMPAIGNS).where(CAMPAIGNS.c.id.in_(numbers)))).mappings().all()


async def page(uow: UnitOfWork, before: int | None, limit: int) -> Sequence[RowMapping]:
    """Campaigns below a number, the last one first."""
    asked = select(CAMPAIGNS).order_by(CAMPAIGNS.c.id.desc()).limit(limit)
    asked = asked if before is None else asked.where(CAMPAIGNS.c.id < before)
    return (await uow.connection.execute(asked)).mappings().all()


async def going_out(uow: UnitOfWork, after: datetime) -> list[tuple[int, datetime]]:
    """Number and moment of campaigns that go out after a moment and were not cancelled, the first one first."""
    found = await uow.connection.execute(
        select(CAMPAIGNS.c.id, CAMPAIGNS.c.at)
        .where(CAMPAIGNS.c.at > after, CAMPAIGNS.c.cancelled_at.is_(None))
        .order_by(CAMPAIGNS.c.at, CAMPAIGNS.c.id)
    )
    return [(number, at) for number, at in found]
