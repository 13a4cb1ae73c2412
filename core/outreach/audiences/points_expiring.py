"""Points that end soon: as many days before as the company says, each warning once."""

from collections.abc import Sequence
from datetime import date, timedelta

from core.db.unit_of_work import UnitOfWork
from core.live.state import State
from core.messaging.model import Json
from core.messaging.model.waiting import Waiting
from core.outreach.audience import Audience, Found, Ground, Look, When, nobody
from core.outreach.ending import LATE, Warnings, warnings
from core.outreach.rules.slots import Daily
from core.plan.model import NotificationsSpec
from core.points.service import ending
from core.points.service.ending import Ending

KIND = "points.expiring"


def when(spec: NotificationsSpec) -> tuple[When, ...]:
    """Every morning."""
    return (Daily(spec.at),)


async def load(uow: UnitOfWork, _ground: Ground, _cause: str) -> Warnings[Ending] | None:
    """What ends soon, of everybody; None where the company has no programme or gives no warning."""
    current = await ending.warning(uow)
    if current is None:
        return None
    stages = current.spec.warn_days
    endings = await ending.within(uow, current.today, current.today + timedelta(days=max(stages)))
    return await warnings(uow, KIND, stages, current.zone, endings, lambda _: "")


def find(look: Look) -> Found:
    """Whoever has points of which a warning is due; one for each day on which some end."""
    loaded: Warnings[Ending] | None = look.loaded
    if loaded is None:
        return nobody()
    return loaded.due(look, lambda one: {"points": one.points, "on": one.on.isoformat()})


async def truth(uow: UnitOfWork, _state: State, waiting: Sequence[Waiting]) -> dict[int, Json | None]:
    """How many points end on that day now; None once there are none, or the day is over."""
    current = await ending.warning(uow)
    if current is None:
        return {one.id: None for one in waiting}
    left = await ending.of_people(uow, sorted({one.person for one in waiting if one.person is not None}))
    facts: dict[int, Json | None] = {}
    for one in waiting:
        on = date.fromisoformat(one.facts["on"])
        points = 0 if one.person is None or on < current.today else left.get((one.person, on), 0)
        facts[one.id] = one.facts | {"points": points, "name": current.name} if points > 0 else None
    return facts


AUDIENCE = Audience(KIND, when, LATE, find, load=load, truth=truth)
