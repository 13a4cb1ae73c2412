"""Planning: which slots are due, and what each has to say to whom. One place for what is planned and what is asked."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import orjson

from core.calendar.rules import cycle_at
from core.db.database import Database
from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.live.computing import compute_open
from core.live.state import State
from core.messaging.kinds import KINDS
from core.messaging.model import OutboxState, Ready
from core.outreach import columns, store
from core.outreach.audience import Audience, Found, Ground, Look, Occasions, When
from core.outreach.rules.shares import held_out
from core.outreach.rules.slots import Every, Slot, local_slots, repeated_slot
from core.plan import service as plans
from core.plan.model import Plan

Audiences = Mapping[str, Audience]


async def due_slots(uow: UnitOfWork, plan: Plan, audiences: Audiences) -> list[Slot]:
    """Slots up to now that are not worked through and not too old to be caught up with, the earliest first."""
    if not audiences:
        return []
    zones = await columns.zones(uow, plan)
    done = await store.done(uow, uow.now - max(audience.late for audience in audiences.values()))
    found: list[Slot] = []
    for audience in audiences.values():
        for when in audience.when(plan.notifications):
            found += await _slots(uow, plan, audience, when, zones)
    return sorted((slot for slot in found if slot.name not in done), key=lambda slot: (slot.at, slot.name))


async def _slots(
    uow: UnitOfWork, plan: Plan, audience: Audience, when: When, zones: Sequence[str]
) -> Iterator[Slot] | list[Slot]:
    after, kind = uow.now - audience.late, audience.kind
    if isinstance(when, Occasions):
        happened = await when.source(uow, plan, after)
        return [Slot(kind, f"{kind}/{one.id}", one.at, cause=one.id) for one in happened]
    if isinstance(when, Every):
        return repeated_slot(kind, when, after, uow.now)
    return local_slots(kind, when, zones, after, uow.now, plan.calendar)


async def ground_of(uow: UnitOfWork, state: State) -> Ground:
    """What a pass stands on; `state` is nobody else's."""
    return Ground(uow.now, state, await columns.people(uow, state.plan))


async def state_at(database: Database, uow: UnitOfWork, live: State) -> State:
    """Everybody's figures at the moment of `uow`, by themselves: a copy of the live ones where these are of its cycle.

    Raises:
        PlanMissing: no plan was in force then.
    """
    plan = await plans.plan_in_force(uow, uow.now)
    if plan == live.plan and cycle_at(plan.calendar, uow.now) == live.cycle and live.as_of is None:
        return live.copied()
    return (await compute_open(uow, database.events)).state


@dataclass(slots=True)
class Pass:
    """One pass over slots, which all see the same."""

    ground: Ground
    audiences: Audiences
    _loaded: dict[tuple[str, str], Any] = field(default_factory=dict)

    async def planned(self, uow: UnitOfWork, slot: Slot) -> "Planned":
        """Who is due in a slot and what is to be said, worked out in a thread of its own."""
        audience, at = self.audiences[slot.kind], (slot.kind, slot.cause)
        if at not in self._loaded:
            self._loaded[at] = await audience.load(uow, self.ground, slot.cause)
        look = Look(slot, self.ground, self._loaded[at])
        return Planned(audience, look, await asyncio.to_thread(audience.find, look))


@dataclass(frozen=True, slots=True)
class Planned:
    """What one slot has to say."""

    audience: Audience
    look: Look
    found: Found

    def pieces(self, at_once: int) -> Iterator[range]:
        """The places of those who are told something, so many at once."""
        count = len(self.found.persons)
        return (range(start, min(start + at_once, count)) for start in range(0, count, at_once))

    def rows(self, places: Sequence[int]) -> list[Ready]:
        """The messages to some of them, by their places, as the outbox stores them."""
        slot, found = self.look.slot, self.found
        kind, spec, cycle = KINDS[slot.kind], self.look.ground.spec, self.look.state.cycle.code
        begins, lapses = microseconds(slot.at), self._lapses(kind.lapses)
        share = spec.holdout if kind.holdout else 0
        texts: dict[int, str] = {}  # facts are few where they are the same for many
        rows = []
        for place in places:
            person, facts = found.persons[place], found.facts[place]
            text = texts.get(id(facts)) or texts.setdefault(id(facts), orjson.dumps(facts).decode())
            withheld = share and held_out(slot.kind, person, cycle, spec.holdout)
            state = OutboxState.WITHHELD if withheld else OutboxState.WAITING
            key = f"{slot.kind}:{person}:{slot.once if found.keys is None else found.keys[place]}"
            rows.append(Ready(key, PersonId(person), text, slot.name, begins, lapses, state))
        return rows

    def _lapses(self, after: timedelta | None) -> int | None:
        ends: list[datetime] = [] if self.found.lapses_at is None else [self.found.lapses_at]
        if after is not None:
            ends.append(self.look.slot.at + after)
        return microseconds(min(ends)) if ends else None
