"""A rank reached in the open cycle, told soon after: each rank once a cycle.

| look            | ranks seen so far in the cycle | rank now | told |
| --------------- | ------------------------------ | -------- | ---- |
| the first       | none, for nobody looked        | silver   | no   |
| the second      | silver                         | gold     | gold |
| the third       | gold                           | silver   | no   |
| the fourth      | gold                           | gold     | no   |
| the next cycle's| none                           | bronze   | no   |
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np

from core.db.unit_of_work import UnitOfWork
from core.forest.kernel import Grades, Ints
from core.live.line import DISTRIBUTOR
from core.live.state import State
from core.messaging.model.waiting import Waiting
from core.outreach import store
from core.outreach.audience import Audience, Found, Ground, Look, Mask, Noted, When
from core.outreach.rules.slots import Every
from core.outreach.telling import place_of, rank_names, standing
from core.outreach.truth import Facts, each
from core.plan.model import NotificationsSpec

LOOKS_EVERY_MINUTES = 30


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was seen in this cycle before."""

    is_first: bool
    seen: Grades
    """By index, the highest place so far; 0 for none."""


def when(_spec: NotificationsSpec) -> tuple[When, ...]:
    """Twice an hour, whatever the zone: quiet hours are kept when it goes."""
    return (Every(LOOKS_EVERY_MINUTES),)


async def load(uow: UnitOfWork, ground: Ground, _cause: str) -> Loaded:
    """The ranks that people were seen at."""
    is_first, persons, places = await store.ranks_seen(uow, ground.plan, ground.state.cycle.code)
    found = np.zeros(ground.state.count, np.int8)
    for person, place in zip(persons, places, strict=True):
        index = ground.state.find(person)
        if index is not None:
            found[index] = place
    return Loaded(is_first, found)


def find(look: Look) -> Found:
    """Who is higher than ever in this cycle; whoever cannot be spoken to, and all at its first look, are only noted."""
    state, loaded = look.state, look.loaded
    risen = (state.ranks > loaded.seen) & ((state.flags & DISTRIBUTOR) != 0)
    told = risen & look.here() & (not loaded.is_first)
    facts, persons = _facts(look, told), state.persons[_by_person(state, told)].tolist()
    silent = risen & ~told
    unspoken = zip(state.persons[_by_person(state, silent)].tolist(), _facts(look, silent), strict=True)
    keys = [f"{one['cycle']}/{one['reached']}" for one in facts]
    return Found(persons, facts, keys, lapses_at=state.cycle.period.end, silent=list(unspoken))


def _by_person(state: State, some: Mask) -> Ints:
    index = np.flatnonzero(some)
    ordered: Ints = index[np.argsort(state.persons[index])]
    return ordered


def _facts(look: Look, some: Mask) -> list[dict[str, Any]]:
    state = look.state
    codes = [rank.code for rank in state.plan.ranks]
    places = state.ranks[_by_person(state, some)].tolist()
    return [{"reached": codes[place - 1], "cycle": state.cycle.code} for place in places]


async def note(uow: UnitOfWork, look: Look, some: Sequence[Noted]) -> bool:
    """Remember the ranks that these people were seen at."""
    await store.see_ranks(uow, look.state.cycle.code, [(person, facts["reached"]) for person, facts in some])
    return True


async def end(uow: UnitOfWork, look: Look) -> None:
    """Remember that this cycle was looked at."""
    if look.loaded.is_first:
        await store.see_ranks(uow, look.state.cycle.code, [(store.NOBODY, "")])


async def now(uow: UnitOfWork, state: State, message: Waiting) -> Facts:
    """The rank with the gauges; nothing once she has fallen below it again, or the cycle is over."""
    assert message.person is not None, "a rank is somebody's"
    planned = message.facts
    place = place_of(state.plan, planned["reached"])
    if planned["cycle"] != state.cycle.code or not place or state.rank(state.index_of(message.person)) < place:
        return None
    facts = await standing(uow, state, message.person)
    return facts | {"reached": rank_names(state.plan)[planned["reached"]]}


AUDIENCE = Audience("rank.progress", when, timedelta(hours=2), find, load=load, truth=each(now), note=note, end=end)
