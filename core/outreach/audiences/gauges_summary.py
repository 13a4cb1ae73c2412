"""Her gauges unasked: every Monday, or on the first of each month, as each chose."""

from datetime import timedelta

import numpy as np
from sqlalchemy import select

from core.db.unit_of_work import UnitOfWork
from core.live.line import DISTRIBUTOR
from core.live.state import State
from core.messaging.model.waiting import Waiting
from core.outreach.audience import Audience, Found, Ground, Look, Mask, When
from core.outreach.rules.slots import MONDAY, Monthly, Weekly
from core.outreach.telling import standing
from core.outreach.truth import Facts, each
from core.plan.model import NotificationsSpec
from core.preferences.model import Summary
from core.preferences.tables import WakingRow

CHOSEN = WakingRow.__table__  # type: ignore[attr-defined]  # SQLModel sets it, its annotations do not tell
UNLESS_CHOSEN = Summary.WEEKLY


def when(spec: NotificationsSpec) -> tuple[When, ...]:
    """Mondays, and first days of months."""
    return Weekly(MONDAY, spec.at), Monthly(1, spec.at)


async def load(uow: UnitOfWork, _ground: Ground, _cause: str) -> dict[int, Summary]:
    """What people chose; most choose nothing."""
    found = await uow.connection.execute(
        select(CHOSEN.c.person_id, CHOSEN.c.summary).where(CHOSEN.c.summary.is_not(None))
    )
    return {person: Summary(summary) for person, summary in found}


def find(look: Look) -> Found:
    """Distributors who chose this rhythm, or chose none and this is the one that holds then."""
    wanted = Summary.MONTHLY if isinstance(look.slot.when, Monthly) else Summary.WEEKLY
    due = look.here() & ((look.state.flags & DISTRIBUTOR) != 0) & _chose(look, wanted)
    persons = np.sort(look.state.persons[due]).tolist()
    return Found(persons, [{}] * len(persons))


def _chose(look: Look, wanted: Summary) -> Mask:
    chosen = np.full(look.state.count, wanted is UNLESS_CHOSEN)
    for person, summary in look.loaded.items():
        index = look.state.find(person)
        if index is not None:
            chosen[index] = summary is wanted
    return chosen


async def now(uow: UnitOfWork, state: State, message: Waiting) -> Facts:
    """The gauges as they are when they go."""
    assert message.person is not None, "a summary is somebody's"
    return await standing(uow, state, message.person)


AUDIENCE = Audience("gauges.summary", when, timedelta(hours=12), find, load=load, truth=each(now))
