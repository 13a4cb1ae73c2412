"""Reading and writing the rows of offers."""

from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, delete, insert, select, update
from sqlmodel import SQLModel

from core.db.unit_of_work import UnitOfWork
from core.offers.model import OfferId
from core.offers.tables import OfferRow

OFFERS = SQLModel.metadata.tables[str(OfferRow.__tablename__)]


async def add(uow: UnitOfWork, values: dict[str, Any]) -> None:
    """Write a new offer."""
    await uow.connection.execute(insert(OFFERS).values(**values))


async def locked(uow: UnitOfWork, offer: OfferId) -> RowMapping | None:
    """The offer's row, held until the transaction ends."""
    found = await uow.connection.execute(select(OFFERS).where(OFFERS.c.id == offer).with_for_update())
    return found.mappings().first()


async def finish(uow: UnitOfWork, offer: OfferId, at: datetime, result: dict[str, Any]) -> bool:
    """Keep what the offer came to; False when it is done already."""
    open_one = (OFFERS.c.id == offer) & OFFERS.c.done_at.is_(None)
    changed = await uow.connection.execute(update(OFFERS).where(open_one).values(done_at=at, result=result))
    return bool(changed.rowcount == 1)


async def forget_before(uow: UnitOfWork, moment: datetime) -> None:
    """Delete what was offered before `moment`."""
    await uow.connection.execute(delete(OFFERS).where(OFFERS.c.made_at < moment))
