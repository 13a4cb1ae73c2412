"""What the estimate asks of the database besides its inputs."""

from sqlalchemy import func, select
from sqlmodel import SQLModel

from core.db.tables import EventRow
from core.db.unit_of_work import UnitOfWork

EVENTS = SQLModel.metadata.tables[str(EventRow.__tablename__)]


async def latest_event(uow: UnitOfWork) -> int:
    """The highest number of an event; 0 while nothing has happened."""
    found = await uow.connection.execute(select(func.max(EVENTS.c.id)))
    return int(found.scalar() or 0)
