"""The engine on the companies that the plain calculation takes."""

from datetime import UTC, datetime, timedelta

import numpy as np

from core.calendar.rules import cycle_at
from core.kernel.ids import PersonId
from core.live.building import build
from core.live.calculation import Calculation, compiled
from core.live.picture import Picture, flags_of
from core.live.state import State
from core.live.windows import windows_of
from core.orders.model import VolumeChanged
from core.plan.model import Plan
from tests.support.plain import Human, Order

NOW = datetime(2026, 10, 15, tzinfo=UTC)
CYCLE_LENGTH = timedelta(days=30)


def moment_of(order: Order) -> datetime:
    """When an order of that age was placed: in the middle of its month."""
    return NOW - order.age * CYCLE_LENGTH


def flags(human: Human) -> int:
    return flags_of(human.kind, "suspended" if human.suspended else "active")


def picture_of(calculation: Calculation, people: dict[int, Human]) -> Picture:
    own = np.zeros((len(calculation.own), len(people)), np.int64)
    for row, figure in enumerate(calculation.own):
        for place, human in enumerate(people.values()):
            counted = [order for order in human.orders if figure.cycles is None or order.age < figure.cycles]
            own[row, place] = sum(getattr(order, figure.measure.value) for order in counted)
    return Picture(
        persons=np.array(list(people), np.int32),
        sponsors=np.array([-1 if human.sponsor is None else human.sponsor for human in people.values()], np.int32),
        flags=np.array([flags(human) for human in people.values()], np.uint8),
        titles=np.array([human.title for human in people.values()] if calculation.titled else [], np.int8),
        own=own,
    )


def state_of(plan: Plan, people: dict[int, Human]) -> State:
    calculation = compiled(plan)
    cycle = cycle_at(plan.calendar, NOW)
    return build(calculation, cycle, windows_of(calculation, cycle), picture_of(calculation, people), spare=64)


def volume_changed(person: int, order: Order) -> VolumeChanged:
    return VolumeChanged(
        person_id=PersonId(person),
        at=moment_of(order),
        cv=order.cv,
        qv=order.qv,
        points=order.points,
        orders=order.orders,
    )
