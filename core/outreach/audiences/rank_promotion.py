"""Somebody is paid for the first time ever by a rank: told when the cycle that fixed it is closed.

| recorded before (rank, title) | this cycle | told |
| ----------------------------- | ---------- | ---- |
| silver, silver                | gold       | gold |
| silver, gold                  | gold       | no   |
| gold, gold, then none         | gold       | no   |
| nothing                       | bronze     | bronze |

Of the first cycle that is closed nothing is told, for nobody knows what people reached before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from core.calendar import service as calendar
from core.db.unit_of_work import UnitOfWork
from core.forest.kernel import Ints
from core.live.state import State
from core.messaging.model.waiting import Waiting
from core.outreach import columns
from core.outreach.audience import Audience, Found, Ground, Look, Occasion, Occasions, When
from core.outreach.telling import rank_names, standing
from core.outreach.truth import Facts, each
from core.plan.model import NotificationsSpec, Plan


@dataclass(frozen=True, slots=True)
class Loaded:
    """Places by person id, in the cycle and before it."""

    persons: Ints
    places: Ints
    before: dict[int, int]


async def closed(uow: UnitOfWork, plan: Plan, since: datetime) -> Sequence[Occasion]:
    """Cycles closed since a moment, but for the very first."""
    found = (await calendar.closed_cycles(uow, plan))[1:]
    return [Occasion(one.code, one.closed_at) for one in found if since < one.closed_at <= uow.now]


def when(_spec: NotificationsSpec) -> tuple[When, ...]:
    """Whenever a cycle is closed."""
    return (Occasions(closed),)


async def load(uow: UnitOfWork, ground: Ground, cause: str) -> Loaded:
    """The ranks of that cycle, and for those who have one the highest rank or title of all cycles before."""
    codes = [one.code for one in await calendar.closed_cycles(uow, ground.plan)]
    earlier = codes[: codes.index(cause)]
    persons, places = await columns.ranks_of(uow, ground.plan, [cause])
    before = await columns.ranks_of(uow, ground.plan, earlier, titles=True)
    return Loaded(persons, places, dict(zip(before[0].tolist(), before[1].tolist(), strict=True)))


def find(look: Look) -> Found:
    """Who was never as high before, the people of all zones."""
    loaded, plan = look.loaded, look.ground.plan
    highest = np.array([loaded.before.get(person, 0) for person in loaded.persons.tolist()], np.int64)
    index = np.flatnonzero((loaded.places > highest) & look.reached(loaded.persons))
    index = index[np.argsort(loaded.persons[index])]
    codes = [rank.code for rank in plan.ranks]
    facts = [{"rank": codes[place - 1], "cycle": look.slot.cause} for place in loaded.places[index].tolist()]
    return Found(loaded.persons[index].tolist(), facts)


async def now(uow: UnitOfWork, state: State, message: Waiting) -> Facts:
    """The rank, with the gauges of the open cycle."""
    assert message.person is not None, "a promotion is somebody's"
    names = rank_names(state.plan)
    facts = await standing(uow, state, message.person)
    reached = names.get(message.facts["rank"])
    return None if reached is None else facts | {"reached": reached, "cycle_closed": message.facts["cycle"]}


AUDIENCE = Audience("rank.promotion", when, timedelta(days=3), find, load=load, truth=each(now))
