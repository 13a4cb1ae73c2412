"""Distributors of her frontline who were active in the last closed cycle and are not yet in this one.

Told once a week, in the second half of the cycle.
"""

from datetime import timedelta

import numpy as np

from core.calendar.rules import cycle_named, days_left
from core.db.unit_of_work import UnitOfWork
from core.line import service as line
from core.live.computing import LAST_MOMENT, compute_cycle
from core.live.line import ACTIVE, DISTRIBUTOR
from core.live.state import State
from core.messaging.model.waiting import Waiting
from core.outreach import columns
from core.outreach.audience import Audience, Found, Ground, Look, Mask, When, nobody
from core.outreach.groups import still_hers, told_above
from core.outreach.rules.slots import THURSDAY, Weekly
from core.outreach.truth import Facts, each
from core.plan import service as plans
from core.plan.model import NotificationsSpec


def when(spec: NotificationsSpec) -> tuple[When, ...]:
    """Thursdays."""
    return (Weekly(THURSDAY, spec.at),)


async def load(uow: UnitOfWork, ground: Ground, _cause: str) -> Mask | None:
    """By index, who was active in the last closed cycle; None where none is closed, or it is too early to ask."""
    closed = await columns.last_closed(uow, ground.plan, ground.state.cycle.period.start)
    if closed is None or not _is_second_half(ground):
        return None
    plan = await plans.plan_in_force(uow, closed.ends_at - LAST_MOMENT)
    then = await compute_cycle(uow, plan, cycle_named(plan.calendar, closed.code))
    was = ((then.flags & ACTIVE) != 0).astype(np.int64)
    active: Mask = columns.by_index(ground, then.persons.astype(np.int64), was) != 0
    return active


def _is_second_half(ground: Ground) -> bool:
    period = ground.state.cycle.period
    return ground.at >= period.start + (period.end - period.start) / 2


def find(look: Look) -> Found:
    """Their sponsors; those who have been with the company for longest are named."""
    if look.loaded is None:
        return nobody()
    flags = look.state.flags
    index = np.flatnonzero(look.loaded & ((flags & DISTRIBUTOR) != 0) & ((flags & ACTIVE) == 0))
    return told_above(look, index, np.zeros(len(index), np.int64))


async def now(uow: UnitOfWork, state: State, message: Waiting) -> Facts:
    """Those named who are still hers and not active yet; nothing where none of them is left, or the cycle is over."""
    assert message.person is not None, "a sponsor is somebody"
    top, planned = state.index_of(message.person), message.facts
    if planned["cycle"] != state.cycle.code:
        return None
    idle = [one for one in still_hers(state, top, planned["people"]) if not state.active(one)]
    if not idle:
        return None
    return {
        "count": planned["count"] - len(planned["people"]) + len(idle),
        "people": [{"code": one.code, "name": one.name} for one in await line.shown(uow, state, top, idle)],
        "days_left": days_left(state.plan.calendar, state.cycle, uow.now),
    }


AUDIENCE = Audience("team.inactive", when, timedelta(days=1), find, load=load, truth=each(now))
