"""The buttons under a message: less of this, mute, and undo."""

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging import outbox
from core.messaging.kinds import KINDS, Topic
from core.messaging.model import MessageUnknown
from core.people import service as people
from core.preferences import store
from core.preferences.model import Heeded, Level, PreferenceWish
from core.preferences.service import change

ON, OFF = "on", "off"


async def turn_down(uow: UnitOfWork, person: PersonId, message: int, level: Level) -> Heeded:
    """Give somebody less, or nothing, of what a message of hers was about; to mute a digest is to mute everything.

    What was before is remembered, so that `undo` brings it back. Safe to repeat.

    Raises:
        MessageUnknown: no message of hers that went out has this number, or it is one that nothing turns off.
    """
    kinds, topics = await _about(uow, person, message)
    if len(kinds) > 1 and level is Level.OFF:
        await _turn_off(uow, person, message)
        return Heeded(topics=(), level=level)
    known = (await store.levels(uow, [person])).get(person, {})
    for topic in topics:
        before = known.get(topic)
        if before is level:
            continue
        await store.heed(uow, person, message, topic.value, before and before.value, level.value)
    await change(uow, person, PreferenceWish(levels=dict.fromkeys(topics, level)))
    return Heeded(topics=topics, level=level)


async def undo(uow: UnitOfWork, person: PersonId, message: int) -> Heeded:
    """Take back what the buttons under a message changed, as far as she has not changed it again since.

    Safe to repeat: a second time nothing is left to take back.

    Raises:
        MessageUnknown: as for `turn_down`.
    """
    _, topics = await _about(uow, person, message)
    changed = await store.heeded(uow, person, message)
    known = (await store.levels(uow, [person])).get(person, {})
    for name, (before, after) in changed.items():
        if name == store.EVERYTHING:
            await change(uow, person, PreferenceWish(on=True))
        elif known.get(Topic(name)) == after:
            await store.set_level(uow, person, Topic(name), Level(before) if before else None)
    await store.forget(uow, person, message)
    return Heeded(topics=() if store.EVERYTHING in changed else topics, level=None)


async def _about(uow: UnitOfWork, person: PersonId, message: int) -> tuple[list[str], tuple[Topic, ...]]:
    """What a message of hers was made of, and the topics that this was about, each once."""
    kinds = await outbox.kinds_in(uow, message, person)
    topics = [KINDS[kind].topic for kind in kinds if kind in KINDS]
    found = tuple(dict.fromkeys(topic for topic in topics if topic is not None))
    if not found:
        raise MessageUnknown(message=message)
    return kinds, found


async def _turn_off(uow: UnitOfWork, person: PersonId, message: int) -> None:
    if (await people.profile(uow, person)).notifications:
        await store.heed(uow, person, message, store.EVERYTHING, ON, OFF)
        await change(uow, person, PreferenceWish(on=False))
