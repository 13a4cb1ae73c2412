"""The month's end: some days before the close, whoever can still reach a rank, or is about to lose one."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np

from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.forest.kernel import Grades, Indices, Ints
from core.forest.sweep import values_of
from core.live.line import DISTRIBUTOR
from core.live.state import State
from core.messaging.model import Json
from core.messaging.model.waiting import Waiting
from core.outreach import columns
from core.outreach.audience import Audience, Found, Ground, Look, Mask, When, nobody
from core.outreach.rules.habits import Sales, ordered_since, usual_orders
from core.outreach.rules.reach import Counted, Nudged, in_own_hands, near_next, nudged
from core.outreach.rules.slots import DaysBeforeClose, days_before_close
from core.outreach.telling import place_of, standing
from core.outreach.truth import Facts, each
from core.plan.model import NotificationsSpec

REACH, FALL = "reach", "fall"


@dataclass(frozen=True)
class Loaded:
    """What is read once for all zones, and what follows from it."""

    state: State
    sales: Sales
    recorded: Grades
    """Ranks of the last closed cycle, by index."""

    @cached_property
    def nudged(self) -> Nudged:
        """Who is told of what, by index."""
        state, usual, ordered = self.state, *self._habits()
        best, every = state.copied(), state.copied()
        best.order_all(*_orders(np.where(ordered, 0, usual)))
        every.order_all(*_orders(usual))
        distributors = (state.flags & DISTRIBUTOR) != 0
        near = near_next(state.plan, state.ranks, distributors, _counted(state), _counted(every))
        ranks = best.ranks.copy()
        again = near & ordered & (usual > 0)
        lacks = in_own_hands(state.plan, state.ranks, again & (ranks <= state.ranks), _counted(best))
        again &= lacks | ((ranks > state.ranks) & (ranks < self.recorded))
        for index in np.flatnonzero(again).tolist():  # few: they are near, have ordered, and their own order may do it
            ranks[index] = best.suppose([(index, int(usual[index]), int(usual[index]))], index).rank
        return nudged(state.ranks, ranks, self.recorded, near)

    def _habits(self) -> tuple[Ints, Mask]:
        """By index everybody's usual order, 0 for none, and who has ordered in this cycle."""
        persons, sales = self.state.persons, self.sales.in_order()
        size = 1 + max(int(persons.max(initial=0)), int(sales.buyer.max(initial=0)))
        usual = np.maximum(usual_orders(sales, size), 0)
        ordered = ordered_since(sales, microseconds(self.state.cycle.period.start), size)
        return usual[persons], ordered[persons]


def _orders(volumes: Ints) -> tuple[Indices, Ints]:
    who = np.flatnonzero(volumes).astype(np.int32)
    return who, volumes[who]


def _counted(state: State) -> Counted:
    calculation, nodes = state.calculation, state.nodes
    return lambda condition, some: values_of(calculation.program, nodes, calculation.counted[condition], some)


def when(spec: NotificationsSpec) -> tuple[When, ...]:
    """The days that the company chose."""
    return (DaysBeforeClose(spec.month_end, spec.month_end_at),)


async def load(uow: UnitOfWork, ground: Ground, _cause: str) -> Loaded:
    """All paid sales up to the cycle's end, and the ranks of the last closed cycle."""
    sales = await columns.sales(uow, ground.state.cycle.period.end)
    return Loaded(ground.state, sales, await columns.last_ranks(uow, ground))


def find(look: Look) -> Found:
    """Of the slot's zone those who are told something; nobody hears of it after the close."""
    if look.slot.at < look.state.cycle.period.start:
        return nobody()
    state, told = look.state, look.loaded.nudged
    due = look.here() & ((state.flags & DISTRIBUTOR) != 0) & ((told.reach > 0) | (told.fall > 0))
    index = np.flatnonzero(due)
    index = index[np.argsort(state.persons[index])]
    reach, place = told.reach[index] > 0, np.maximum(told.reach[index], told.fall[index])
    words = _facts(state)
    facts = [words[way, rank] for way, rank in zip(reach.tolist(), place.tolist(), strict=True)]
    keys = [_once(look)] * len(facts)
    return Found(state.persons[index].tolist(), facts, keys, lapses_at=state.cycle.period.end)


def _once(look: Look) -> str:
    """What she hears of once, in whatever zones she is meanwhile: so many days before this close, `2026-11/7`."""
    slot, cycle = look.slot, look.state.cycle
    assert isinstance(slot.when, DaysBeforeClose) and slot.zone is not None, "its slots are these"
    return f"{cycle.code}/{days_before_close(slot.at, slot.when.at, ZoneInfo(slot.zone), cycle)}"


def _facts(state: State) -> dict[tuple[bool, int], Json]:
    """The few different facts that there are, by whether a rank is to be reached, and its place."""
    return {
        (reach, place): {"reason": REACH if reach else FALL, "towards": rank.code, "cycle": state.cycle.code}
        for reach in (True, False)
        for place, rank in enumerate(state.plan.ranks, start=1)
    }


async def now(uow: UnitOfWork, state: State, message: Waiting) -> Facts:
    """What is missing now and the cheapest way there; nothing once she has the rank, or the cycle is over."""
    assert message.person is not None, "a nudge is somebody's"
    planned = message.facts
    place = place_of(state.plan, planned["towards"])
    if planned["cycle"] != state.cycle.code or not place or state.rank(state.index_of(message.person)) >= place:
        return None
    return planned | await standing(uow, state, message.person, towards=planned["towards"])


AUDIENCE = Audience("month_end", when, timedelta(hours=6), find, load=load, truth=each(now))
