"""What audiences of things that end have in common: who is warned of what, each warning once."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

import numpy as np

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging import tallies
from core.messaging.model import Json
from core.outreach.audience import Found, Look, nobody
from core.outreach.rules.stages import key_of, stage_of, stages_around

LATE = timedelta(hours=20)
"""The next morning warns of whatever this one missed."""


class Ends(Protocol):
    """Something of somebody's with a last day."""

    @property
    def person(self) -> PersonId:
        """Whose it is."""

    @property
    def on(self) -> date:
        """Its last day."""


Thing = TypeVar("Thing", bound=Ends)


@dataclass(frozen=True, slots=True)
class Warnings(Generic[Thing]):
    """What ends soon, of everybody."""

    kind: str
    stages: Sequence[int]
    """So many days before the end somebody is warned."""
    zone: ZoneInfo
    """By whose clock days end."""
    endings: Sequence[Thing]
    named: Callable[[Thing], str]
    """What of somebody's it is, where it is not all that ends with a day."""
    told: Collection[str]
    """The keys of warnings that were given."""

    def due(self, look: Look, facts: Callable[[Thing], Json]) -> Found:
        """Whoever has something of which a warning is due on the slot's day, and was not given yet."""
        if not self.endings:
            return nobody()
        day = look.slot.at.astimezone(self.zone).date()
        here = look.reached(np.array([one.person for one in self.endings], np.int64)).tolist()
        stages = [stage_of(self.stages, day, one.on) for one in self.endings]
        due = [
            (one, key_of(self.named(one), one.on, stage))
            for one, stage, is_here in zip(self.endings, stages, here, strict=True)
            if is_here and stage is not None
        ]
        new = [(one, key) for one, key in due if f"{self.kind}:{one.person}:{key}" not in self.told]
        return Found([one.person for one, _ in new], [facts(one) for one, _ in new], [key for _, key in new])


async def warnings(
    uow: UnitOfWork,
    kind: str,
    stages: Sequence[int],
    zone: ZoneInfo,
    endings: Sequence[Thing],
    named: Callable[[Thing], str],
) -> Warnings[Thing]:
    """What ends soon, and which warnings of it were given already."""
    today = uow.now.astimezone(zone).date()
    keys = [
        f"{kind}:{one.person}:{key_of(named(one), one.on, stage)}"
        for one in endings
        for stage in stages_around(stages, today, one.on)
    ]
    return Warnings(kind, stages, zone, endings, named, await tallies.known(uow, keys))
