"""Reading and writing what people chose."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Table, delete, select, update

from core.db.unit_of_work import UnitOfWork
from core.db.upsert import insert_new
from core.kernel.ids import PersonId
from core.messaging.kinds import Topic
from core.preferences.model import Level
from core.preferences.tables import HeededRow, PreferenceRow, UnsubscribeRow, WakingRow

LEVELS: Table = PreferenceRow.__table__  # type: ignore[attr-defined]  # SQLModel sets it, its annotations do not tell
WAKING: Table = WakingRow.__table__  # type: ignore[attr-defined]  # as above
HEEDED: Table = HeededRow.__table__  # type: ignore[attr-defined]  # as above
TOKENS: Table = UnsubscribeRow.__table__  # type: ignore[attr-defined]  # as above

EVERYTHING = "*"
"""In place of a topic: all of them."""


async def levels(uow: UnitOfWork, people: Sequence[PersonId]) -> dict[PersonId, dict[Topic, Level]]:
    """What people chose of topics."""
    found: dict[PersonId, dict[Topic, Level]] = {}
    for row in await uow.connection.execute(select(LEVELS).where(LEVELS.c.person_id.in_(people))):
        found.setdefault(PersonId(row.person_id), {})[Topic(row.topic)] = Level(row.level)
    return found


async def set_level(uow: UnitOfWork, person: PersonId, topic: Topic, level: Level | None) -> None:
    """Write how much of a topic somebody takes; None as if she had not chosen."""
    hers = (LEVELS.c.person_id == person, LEVELS.c.topic == topic.value)
    if level is None:
        await uow.connection.execute(delete(LEVELS).where(*hers))
        return
    row = {"person_id": person, "topic": topic.value, "level": level.value}
    await uow.connection.execute(insert_new(uow, LEVELS).values(row))
    await uow.connection.execute(update(LEVELS).where(*hers).values(level=level.value))


async def waking(
    uow: UnitOfWork, people: Sequence[PersonId]
) -> dict[PersonId, tuple[int | None, int | None, str | None]]:
    """What people chose: quiet from, quiet until, and how often their gauges."""
    found = await uow.connection.execute(select(WAKING).where(WAKING.c.person_id.in_(people)))
    return {PersonId(row.person_id): (row.quiet_from, row.quiet_until, row.summary) for row in found}


async def set_waking(uow: UnitOfWork, person: PersonId, values: Mapping[str, int | str | None]) -> None:
    """Write some of the columns of `waking`."""
    await uow.connection.execute(insert_new(uow, WAKING).values(person_id=person))
    await uow.connection.execute(update(WAKING).where(WAKING.c.person_id == person).values(**values))


async def heeded(uow: UnitOfWork, person: PersonId, message: int) -> dict[str, tuple[str | None, str]]:
    """What a button under a message changed: by topic what was before and what it made of it."""
    found = await uow.connection.execute(
        select(HEEDED).where(HEEDED.c.message_id == message, HEEDED.c.person_id == person).order_by(HEEDED.c.topic)
    )
    return {row.topic: (row.before, row.after) for row in found}


async def heed(uow: UnitOfWork, person: PersonId, message: int, topic: str, before: str | None, after: str) -> None:
    """Remember what was before a message's button changed it; of several changes what was before the first."""
    row = {"message_id": message, "topic": topic, "person_id": person, "before": before, "after": after}
    await uow.connection.execute(insert_new(uow, HEEDED).values(row))
    await uow.connection.execute(
        update(HEEDED).where(HEEDED.c.message_id == message, HEEDED.c.topic == topic).values(after=after)
    )


async def forget(uow: UnitOfWork, person: PersonId, message: int) -> None:
    """Forget what a message's buttons changed."""
    await uow.connection.execute(delete(HEEDED).where(HEEDED.c.message_id == message, HEEDED.c.person_id == person))


async def token(uow: UnitOfWork, person: PersonId, topic: str, new: str) -> str:
    """What stands at the end of her e-mails about a topic: the token that she has, or `new` from now on."""
    row = {"person_id": person, "topic": topic, "token": new}
    await uow.connection.execute(insert_new(uow, TOKENS).values(row))
    found = await uow.connection.execute(
        select(TOKENS.c.token).where(TOKENS.c.person_id == person, TOKENS.c.topic == topic)
    )
    return str(found.scalar_one())


async def of_token(uow: UnitOfWork, given: str) -> tuple[PersonId, str] | None:
    """Whose token this is, and of which topic; None for nobody's."""
    found = await uow.connection.execute(select(TOKENS.c.person_id, TOKENS.c.topic).where(TOKENS.c.token == given))
    row = found.one_or_none()
    return None if row is None else (PersonId(row.person_id), row.topic)
