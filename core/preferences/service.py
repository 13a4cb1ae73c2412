"""Use cases of what people want to hear."""

from collections.abc import Sequence

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.people.addressees import addressees
from core.preferences import store
from core.preferences.model import Defaults, Summary, Wishes

NOTHING_CHOSEN = (None, None, None)


async def wishes(uow: UnitOfWork, people: Sequence[PersonId], defaults: Defaults) -> dict[PersonId, Wishes]:
    """What each of up to a few hundred people wants to hear; somebody unknown is left out."""
    known = await addressees(uow, people)
    levels, waking = await store.levels(uow, people), await store.waking(uow, people)
    found = {}
    for person, one in known.items():
        begin, end, summary = waking.get(person, NOTHING_CHOSEN)
        found[person] = Wishes(
            on=one.notifications,
            zone=one.time_zone or defaults.zone,
            quiet=defaults.quiet if begin is None or end is None else (begin, end),
            summary=Summary(summary or Summary.WEEKLY),
            levels=levels.get(person, {}),
        )
    return found
