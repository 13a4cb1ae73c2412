"""Compiling every kernel before the first request needs it; from the second start on they come from the disk."""

from datetime import UTC, datetime
from functools import cache

import numpy as np

from core.calendar.rules import cycle_at
from core.forest.legs import legs_of
from core.forest.sweep import values_of
from core.forest.walk import way_up, which_below
from core.kernel.ids import PersonId
from core.live.building import build
from core.live.calculation import compiled
from core.live.circled import circled
from core.live.digits import whole_numbers
from core.live.picture import Picture, flags_of
from core.live.places import Places
from core.live.state import State
from core.orders.model import VolumeChanged
from core.people.model import Kind, Status
from core.plan.reading import check, example

EXAMPLE = "benchmark"
"""Any plan will do: what kernels look like does not depend on it."""
OTHERS = ("matrix", "unilevel")
"""Ranks that ask for more than gauges, and figures that look at ranks, have kernels of their own."""


@cache
def warm() -> None:
    """Do everything in a company of two, once a process; milliseconds, or half a minute on a machine's first start."""
    for name in OTHERS:
        _built(name)
    state, now, flags = _built(EXAMPLE), datetime.now(UTC), flags_of(Kind.DISTRIBUTOR, Status.ACTIVE)
    plan, calculation = state.plan, state.calculation
    state.apply_enrolment(PersonId(3), PersonId(2), flags)
    state.apply_volume(VolumeChanged(person_id=PersonId(3), at=now, cv=1, qv=1, points=0, orders=1))
    state.suppose([(2, 1, 1)], 0)
    state.column(plan.kpis[0].code)
    state.kpi(0, plan.kpis[0].code)
    which_below(state.nodes.parent, 0, np.array([2], np.int64))
    values_of(calculation.program, state.nodes, 0, way_up(state.nodes.parent, 2))
    legs_of(state.nodes.parent[:3], state.nodes.parent[:3])
    state.level_counts(0)
    state.is_below(0, 2)
    state.children(0)
    state.happened.at(2)
    state.happened.concerns(state.nodes.parent, 0, 0)
    whole_numbers("1")
    _circled()


def _circled() -> None:
    nobody, everybody = np.full(2, -1, np.int32), np.arange(2, dtype=np.int32)
    people = Picture(everybody, nobody, np.ones(2, np.uint8), np.zeros(0, np.int8), np.zeros((0, 2), np.int64))
    circled([(people, Places(nobody, nobody, nobody, nobody))])


def _built(name: str) -> State:
    """Somebody and whom she sponsors, by one of our examples."""
    plan, _ = check(example(name))
    assert plan is not None, "our own example is a right plan"
    calculation = compiled(plan)
    flags = flags_of(Kind.DISTRIBUTOR, Status.ACTIVE)
    picture = Picture(
        persons=np.array([1, 2], np.int32),
        sponsors=np.array([-1, 1], np.int32),
        flags=np.array([flags, flags], np.uint8),
        titles=np.zeros(2, np.int8),
        own=np.zeros((len(calculation.own), 2), np.int64),
    )
    cycle = cycle_at(plan.calendar, datetime.now(UTC))
    return build(calculation, cycle, [None] * len(calculation.own), picture)
