"""No shape is too deep or too wide."""

import numpy as np
import pytest

from core.calendar.rules import cycle_at
from core.kernel.ids import PersonId
from core.live.building import build
from core.live.calculation import compiled
from core.live.picture import Picture, flags_of
from core.live.state import State
from core.live.windows import windows_of
from core.plan.reading import check, example
from tests.support.engine import NOW, volume_changed
from tests.support.plain import Order

PEOPLE = 1_000_000
WHOLE = 10_000


def chain() -> "np.ndarray[tuple[int], np.dtype[np.int32]]":
    return np.arange(PEOPLE, dtype=np.int32) - 1


def star() -> "np.ndarray[tuple[int], np.dtype[np.int32]]":
    return np.where(np.arange(PEOPLE) == 0, -1, 0).astype(np.int32)


def company(
    plan_name: str, parents: "np.ndarray[tuple[int], np.dtype[np.int32]]", volumes: "list[int] | None" = None
) -> State:
    """As many distributors, each with 60 of own volume or with her part of `volumes`."""
    people = len(parents)
    plan, _ = check(example(plan_name))
    assert plan is not None
    calculation = compiled(plan)
    cycle = cycle_at(plan.calendar, NOW)
    persons = np.arange(1, people + 1, dtype=np.int32)
    picture = Picture(
        persons=persons,
        sponsors=np.where(parents < 0, -1, parents + 1).astype(np.int32),
        flags=np.full(people, flags_of("distributor", "active"), np.uint8),
        titles=np.zeros(0, np.int8),
        own=np.tile(np.array(volumes or [60] * people, np.int64) * WHOLE, (len(calculation.own), 1)),
    )
    return build(calculation, cycle, windows_of(calculation, cycle), picture)


@pytest.mark.parametrize("parents", [chain, star])
def test_a_million_in_one_line_or_under_one_sponsor(parents: object) -> None:
    assert callable(parents)
    state = company("benchmark", parents())
    last = state.index_of(PersonId(PEOPLE))
    assert state.kpi(0, "gv") == 60 * PEOPLE * WHOLE
    assert state.kpi(0, "heads") == PEOPLE - 1
    assert state.level_between(0, last) == len(state.level_counts(0))
    state.apply_volume(volume_changed(PEOPLE, Order(age=0, qv=100 * WHOLE)))
    assert state.kpi(0, "gv") == (60 * PEOPLE + 100) * WHOLE
    supposed = state.suppose([(last, 0, 7 * WHOLE)], 0)
    assert supposed.kpi("gv") == (60 * PEOPLE + 107) * WHOLE
    assert state.kpi(0, "gv") == (60 * PEOPLE + 100) * WHOLE


def test_every_volume_of_a_long_line_moves_by_the_order() -> None:
    state = company("demo", chain())
    before, ranks = state.column("gv"), state.ranks.copy()
    state.apply_volume(volume_changed(PEOPLE, Order(age=0, qv=100 * WHOLE)))
    assert (state.column("gv") - before == 100 * WHOLE).all()
    assert ranks[-1] <= state.ranks[-1]


@pytest.mark.parametrize("seed", range(3))
def test_orders_move_a_line_whose_figures_hover_about_their_marks_as_computing_anew_does(seed: int) -> None:
    draw = np.random.default_rng(seed)
    people = 5_000
    own = np.where(draw.random(people) < 0.01, 60, draw.integers(-45, 46, people)).tolist()  # few are active
    state = company("benchmark", chain()[:people], own)
    for _ in range(25):
        person, volume = int(draw.integers(people // 2, people)), int(draw.choice([-150, -1, 1, 60, 400]))
        own[person] += volume
        state.apply_volume(volume_changed(person + 1, Order(age=0, qv=volume * WHOLE)))
        anew = company("benchmark", chain()[:people], own)
        assert (state.ranks == anew.ranks).all()
        assert all((state.column(kpi.code) == anew.column(kpi.code)).all() for kpi in state.plan.kpis)
