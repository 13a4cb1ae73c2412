"""Warnings before points end: once for each person, day and stage, also when a day was missed."""

from collections.abc import Sequence
from datetime import date, timedelta

from core.access import service as access
from core.db import state as company_state
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging import outbox
from core.messaging.kinds import Priority
from core.points.rules import days
from core.points.service.programme import Programme, programme_at
from core.points.store import due as store
from core.points.store.due import Ending

EXPIRING = "points.expiring"
DONE = "points.warned"


async def is_due(uow: UnitOfWork) -> bool:
    """Whether nobody was warned today yet."""
    current = await programme_at(uow, uow.now)
    if current is None or not current.spec.warn_days:
        return False
    done = await company_state.fact(uow, DONE)
    return done is None or done.get("day") != current.today.isoformat()


async def soon(uow: UnitOfWork, after: PersonId, limit: int) -> list[Ending]:
    """What ends within the longest warning, for some people above a number, each of them whole; nothing at the end."""
    current = await programme_at(uow, uow.now)
    if current is None or not current.spec.warn_days:
        return []
    found = await store.ending(uow, current.today, max(current.spec.warn_days), after, limit)
    cut = len(found) == limit and found[0].person != found[-1].person
    return [one for one in found if one.person != found[-1].person] if cut else found


async def warn(uow: UnitOfWork, found: Sequence[Ending]) -> int:
    """Warn of what ends soon; how many warnings were new.

    Whoever has no chat is not warned; when she links one within that time, the next day's warning reaches her.
    """
    current = await programme_at(uow, uow.now)
    assert current is not None, "what ends soon was found by a programme"
    reached = await access.linked(uow, {one.person for one in found})
    return sum([await _warn(uow, current, one) for one in found if one.person in reached])


async def done_today(uow: UnitOfWork) -> None:
    """Remember that everybody was warned today."""
    current = await programme_at(uow, uow.now)
    if current is not None:
        await company_state.put(uow, DONE, {"day": current.today.isoformat()})


async def _warn(uow: UnitOfWork, current: Programme, one: Ending) -> bool:
    stage = stage_of(current.spec.warn_days, current.today, one.on)
    if stage is None:
        return False
    return await outbox.put(
        uow,
        f"{EXPIRING}:{one.person}:{one.on.isoformat()}:{stage}",
        EXPIRING,
        one.person,
        {"points": one.points, "on": one.on.isoformat(), "name": current.name},
        lapses_at=days.day_start(one.on, current.zone) + timedelta(days=1),
        priority=Priority.BULK,
    )


def stage_of(warn_days: Sequence[int], today: date, on: date) -> int | None:
    """Which warning is due for what ends on a day: the nearest whose time has come; None while it is too early."""
    left = (on - today).days
    return min((stage for stage in warn_days if stage >= left), default=None)
