"""Reading and writing what people chose."""

from collections.abc import Sequence

from sqlalchemy import Table, select

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging.kinds import Topic
from core.preferences.model import Level
from core.preferences.tables import PreferenceRow, WakingRow

LEVELS: Table = PreferenceRow.__table__  # type: ignore[attr-defined]  # SQLModel sets it, its annotations do not tell
WAKING: Table = WakingRow.__table__  # type: ignore[attr-defined]  # as above


async def levels(uow: UnitOfWork, people: Sequence[PersonId]) -> dict[PersonId, dict[Topic, Level]]:
    """What people chose of topics."""
    found: dict[PersonId, dict[Topic, Level]] = {}
    for row in await uow.connection.execute(select(LEVELS).where(LEVELS.c.person_id.in_(people))):
        found.setdefault(PersonId(row.person_id), {})[Topic(row.topic)] = Level(row.level)
    return found


async def waking(
    uow: UnitOfWork, people: Sequence[PersonId]
) -> dict[PersonId, tuple[int | None, int | None, str | None]]:
    """What people chose: quiet from, quiet until, and how often their gauges."""
    found = await uow.connection.execute(select(WAKING).where(WAKING.c.person_id.in_(people)))
    return {PersonId(row.person_id): (row.quiet_from, row.quiet_until, row.summary) for row in found}
