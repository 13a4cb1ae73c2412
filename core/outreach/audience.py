"""What an audience is: when a kind of message is due, who is due to get it, and what is to be said to each.

An audience is one file, `core/outreach/audiences/<kind with _ for .>.py`, with one name, `AUDIENCE`. Who is due
is found by masks over arrays, aside from the event loop; nothing is asked about one person at a time.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.db.unit_of_work import UnitOfWork
from core.forest.kernel import Indices, Ints
from core.live.state import State
from core.outreach.rules.slots import Every, Local, Slot
from core.outreach.truth import Truth
from core.plan.model import NotificationsSpec, Plan

Mask = NDArray[np.bool_]
Noted = tuple[int, Mapping[str, Any]]
"""Somebody by her id, with her facts."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that happened and is to be told: a cycle closed, a run released, a campaign sent."""

    id: str
    """Unlike any other of its kind; the slot is called after it."""
    at: datetime
    """Company time from which it is due; None of the future is looked at."""


Source = Callable[[UnitOfWork, Plan, datetime], Awaitable[Sequence[Occasion]]]
"""What happened since a moment, that moment excluded, and until now."""


@dataclass(frozen=True, slots=True)
class Occasions:
    """Whenever something happens."""

    source: Source


When = Local | Every | Occasions


@dataclass(frozen=True, slots=True)
class People:
    """Who can be spoken to, by person id; ids beyond the end are nobody's."""

    zones: tuple[str, ...]
    zone: NDArray[np.int16]
    """The number of her zone."""
    reached: Mask
    """She has a chat that takes messages, or an e-mail address, and wants to hear anything at all."""

    def here(self, slot: Slot) -> Mask:
        """Who can be spoken to and is meant by the slot's zone."""
        if slot.zone is None:
            return self.reached
        if slot.zone not in self.zones:
            return np.zeros(len(self.reached), np.bool_)
        here: Mask = self.reached & (self.zone == self.zones.index(slot.zone))
        return here


@dataclass(frozen=True, slots=True)
class Ground:
    """What one pass of planning stands on."""

    at: datetime
    """Company time."""
    state: State
    """Everybody's figures, copied: nothing changes in it meanwhile."""
    people: People

    @property
    def plan(self) -> Plan:
        """The plan in force."""
        return self.state.plan

    @property
    def spec(self) -> NotificationsSpec:
        """What the plan says of messages."""
        return self.plan.notifications


@dataclass(frozen=True, slots=True)
class Look:
    """What an audience looks at to find who is due in one slot."""

    slot: Slot
    ground: Ground
    loaded: Any
    """What its `load` brought; shared by all slots of one pass that have the same cause."""

    @property
    def state(self) -> State:
        """Everybody's figures; columns are by index."""
        return self.ground.state

    def here(self) -> Mask:
        """By index, who can be spoken to and is meant by the slot's zone."""
        return self.reached(self.state.persons)

    def reached(self, persons: Indices | Ints) -> Mask:
        """The same of any people, by their ids, in whatever order they come."""
        known = self.ground.people.here(self.slot)
        inside = (persons >= 0) & (persons < len(known))
        found: Mask = inside & known[np.where(inside, persons, 0)] if len(known) else inside & False
        return found


@dataclass(frozen=True, slots=True)
class Found:
    """Who is due, with small facts of each; what is made of them is asked again when the message goes."""

    persons: Sequence[int]
    """Person ids, each once."""
    facts: Sequence[Mapping[str, Any]]
    """Beside `persons`."""
    keys: Sequence[str] | None = None
    """What makes each unlike any other message of its kind to her, where that is not the slot: `2026-11/gold`."""
    lapses_at: datetime | None = None
    """When nobody wants to hear it any more; None is as its kind says. Never later than its kind says."""
    silent: Sequence[Noted] = ()
    """People who are told nothing, and are only noted."""


def nobody() -> Found:
    """Nobody is due."""
    return Found((), ())


Load = Callable[[UnitOfWork, Ground, str], Awaitable[Any]]
"""What `find` needs of the database; the text is the cause of the slot."""
Note = Callable[[UnitOfWork, Look, Sequence[Noted]], Awaitable[bool]]
"""Called with some people and their facts in the transaction that writes their messages, before it writes; False ends
the slot there, with nothing more written."""
End = Callable[[UnitOfWork, Look], Awaitable[None]]
"""Called in the transaction that closes the slot."""


async def _nothing(_uow: UnitOfWork, _ground: Ground, _cause: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Audience:
    """When a kind is due and who gets it.

    Attributes:
        when: by what the plan says of messages.
        late: how long after its time a slot that was missed is still caught up with.
        find: pure; runs in a thread of its own.
        truth: the facts as they are when the message goes, or that it has become untrue; None where nothing can change.
    """

    kind: str
    when: Callable[[NotificationsSpec], Sequence[When]]
    late: timedelta
    find: Callable[[Look], Found]
    load: Load = field(default=_nothing)
    truth: Truth | None = None
    note: Note | None = None
    end: End | None = None
