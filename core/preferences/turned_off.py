"""Who wants nothing of a topic: one question about everybody."""

from sqlalchemy import select

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging.kinds import Topic
from core.preferences.model import Level
from core.preferences.tables import PreferenceRow

PREFERENCE = PreferenceRow.__table__  # type: ignore[attr-defined]  # SQLModel sets it, its annotations do not tell


async def turned_off(uow: UnitOfWork, topic: Topic) -> set[PersonId]:
    """Everybody who turned a topic off."""
    off = (PREFERENCE.c.topic == topic.value) & (PREFERENCE.c.level == Level.OFF.value)
    found = await uow.connection.execute(select(PREFERENCE.c.person_id).where(off))
    return {PersonId(person) for person in found.scalars()}
