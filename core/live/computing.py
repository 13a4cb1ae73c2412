"""Figures of one cycle, computed from the database: the open one to be kept true, or a past one as it stood."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from core.calendar.model import Cycle
from core.calendar.rules import company_midnight, cycle_at
from core.db.events import EventLog, Mark
from core.db.unit_of_work import UnitOfWork
from core.forest.kernel import Grades
from core.kernel.ids import PersonId
from core.live.building import build
from core.live.calculation import Calculation, compiled
from core.live.graced import reached
from core.live.joining import day_numbered
from core.live.load import load
from core.live.load_along import filled, load_along
from core.live.state import State
from core.live.windows import DAY, day_of, windows_of
from core.plan import service as plans
from core.plan import store as plan_store
from core.plan.model import Plan
from core.ranks.rules import earlier

LAST_MOMENT = timedelta(microseconds=1)


@dataclass(slots=True)
class Opened:
    """A state of the open cycle, and from where on events are news to it. Moves on as events are worked in."""

    state: State
    mark: Mark
    until: datetime
    """When the cycle ends or another plan begins to count; where figures change with the days, when the day does."""
    outdated: bool = False
    """Something happened that can only be computed anew."""


async def compute_open(uow: UnitOfWork, events: EventLog) -> Opened:
    """The open cycle by the plan in force, and the mark that belongs to what was read.

    Raises:
        PlanMissing: no plan was ever put in force.
        NotATree: the sponsors make a circle.
    """
    plan = await plans.plan_in_force(uow, uow.now)
    cycle = cycle_at(plan.calendar, uow.now)
    state = await _computed(uow, compiled(plan), cycle, None)
    ends = [version.valid_from for version in await plan_store.versions(uow) if version.valid_from > uow.now]
    if state.calculation.by_day:
        ends.append(company_midnight(plan.calendar, day_of(plan.calendar, uow.now) + DAY))
    return Opened(state, await events.mark(uow), min([cycle.period.end, *ends]))


async def compute_cycle(uow: UnitOfWork, plan: Plan, cycle: Cycle) -> State:
    """A cycle that has ended: the tree as it was at its end, with the orders that are known now.

    Args:
        plan: the one in force when the cycle ended.
    """
    return await _computed(uow, compiled(plan), cycle, cycle.period.end - LAST_MOMENT)


def paid_ranks(state: State) -> dict[PersonId, int]:
    """Everybody's place on the ladder from 1, 0 for no rank; a company node is nobody."""
    return _of_people(state, state.ranks)


def reached_ranks(state: State) -> dict[PersonId, int]:
    """The same by their own figures, where some are paid by a rank that they keep for a while."""
    return _of_people(state, reached(state))


def reached_kpis(state: State) -> dict[PersonId, str]:
    """What people reached that KPIs of later cycles count, as `core.ranks.rules.earlier` tells it."""
    nothing = np.zeros(state.count, np.int64)  # bonuses are paid by runs
    rows = earlier.added(state.plan, state.column, lambda _: nothing, state.count)
    texts = zip(state.persons.tolist(), earlier.told(state.plan, rows), state.flags.tolist(), strict=True)
    return {PersonId(person): text for person, text, flags in texts if text and flags}


def _of_people(state: State, places: Grades) -> dict[PersonId, int]:
    ranks = zip(state.persons.tolist(), places.tolist(), state.flags.tolist(), strict=True)
    return {PersonId(person): rank for person, rank, flags in ranks if flags}


async def _computed(uow: UnitOfWork, calculation: Calculation, cycle: Cycle, at: datetime | None) -> State:
    picture = await load(uow, calculation, cycle, at)
    beside = await load_along(uow, calculation, cycle, picture, uow.now if at is None else at)
    windows, whole = windows_of(calculation, cycle, day_numbered(picture.today)), filled(picture, beside)
    return await asyncio.to_thread(build, calculation, cycle, windows, whole, beside=beside)
