"""Coupons and credit notes whose last day comes near: a week before, and on the day before."""

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from core.db.unit_of_work import UnitOfWork
from core.incentives import ending
from core.incentives.ending import Ending
from core.incentives.model import Holding, HoldingState
from core.kernel.ids import PersonId
from core.live.state import State
from core.messaging.model import Json
from core.messaging.model.waiting import Waiting
from core.outreach.audience import Audience, Found, Ground, Look, When
from core.outreach.ending import LATE, Warnings, warnings
from core.outreach.rules.slots import Daily
from core.plan.model import NotificationsSpec

KIND = "coupon.ending"
STAGES = (7, 1)
TOLD = {"kind", "code", "label", "percent", "amount_minor", "left_minor", "currency", "order_least_minor"}


def when(spec: NotificationsSpec) -> tuple[When, ...]:
    """Every morning."""
    return (Daily(spec.at),)


async def load(uow: UnitOfWork, ground: Ground, _cause: str) -> Warnings[Ending]:
    """Whatever of everybody's works today and ends soon."""
    zone = ZoneInfo(ground.plan.calendar.time_zone)
    today = uow.now.astimezone(zone).date()
    endings = await ending.within(uow, today, today + timedelta(days=max(STAGES)))
    return await warnings(uow, KIND, STAGES, zone, endings, lambda one: one.code)


def find(look: Look) -> Found:
    """Whoever holds something of which a warning is due; one for each document."""
    loaded: Warnings[Ending] = look.loaded
    return loaded.due(look, lambda one: {"code": one.code, "on": one.on.isoformat()})


async def truth(uow: UnitOfWork, state: State, waiting: Sequence[Waiting]) -> dict[int, Json | None]:
    """The document as it is now; None once it is used up, withdrawn or over."""
    zone = ZoneInfo(state.plan.calendar.time_zone)
    known = await ending.named(uow, zone, sorted({one.facts["code"] for one in waiting}))
    return {one.id: _facts(one, *known.get(one.facts["code"], (None, None))) for one in waiting}


def _facts(one: Waiting, person: PersonId | None, holding: Holding | None) -> Json | None:
    if holding is None or person != one.person or holding.state is not HoldingState.USABLE:
        return None
    last = holding.valid_until
    return (
        None if last is None else one.facts | holding.model_dump(mode="json", include=TOLD) | {"on": last.isoformat()}
    )


AUDIENCE = Audience(KIND, when, LATE, find, load=load, truth=truth)
