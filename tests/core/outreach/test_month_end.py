"""The month's end: who is due by masks is who is due by the definition, person by person."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.db.types import microseconds
from core.forest.kernel import Grades
from core.kernel.ids import PersonId
from core.live.state import State
from core.orders.rules import usual_order
from core.outreach.audiences.month_end import Loaded
from core.outreach.rules.habits import Sales
from core.outreach.rules.reach import allowance
from core.plan.model import (
    ActivitySpec,
    AllOf,
    AnyOf,
    Condition,
    KpiSpec,
    LegCap,
    Measure,
    NotificationsSpec,
    Over,
    Plan,
    RankSpec,
    Requirement,
    Unit,
)
from tests.support.engine import moment_of, state_of
from tests.support.plain import Human, Order, Plain
from tests.support.random_companies import companies, plans

Company = dict[int, Human]


def sales_of(people: Company) -> Sales:
    rows = [
        (person, microseconds(moment_of(order)), number, order.qv)
        for person, human in people.items()
        for number, order in enumerate(human.orders)
        if order.orders
    ]
    table = np.array(rows, np.int64).reshape(len(rows), 4)
    return Sales(table[:, 0], table[:, 1], table[:, 2], table[:, 3])


def usual(human: Human) -> int:
    last = [order.qv for order in sorted(human.orders, key=lambda order: -order.age) if order.orders][-6:]
    return max(0, usual_order(last)) if last else 0


def ordering(people: Company, who: Iterable[int]) -> Company:
    """The company if these people ordered as usual."""
    found = deepcopy(people)
    for person in who:
        volume = usual(people[person])
        if volume:
            found[person].orders.append(Order(age=0, cv=volume, qv=volume))
    return found


def best_case(people: Company, whose: int) -> Company:
    """All who have not ordered in the open cycle yet order as usual, and she herself once more in any case."""
    idle = {one for one, human in people.items() if not any(order.orders and not order.age for order in human.orders)}
    return ordering(people, idle | {whose})


def near(plan: Plan, plain: Plain, alone: Plain, person: int, needed: Requirement) -> bool:
    """Each gap, one by one, is at most the share of its threshold, or one head, or closed by her own usual order."""
    if isinstance(needed, Condition):
        kpi = plan.kpi(needed.kpi)
        gap = needed.minimum - plain.counted(person, needed)
        heads = kpi.unit is not Unit.VOLUME and kpi.unit is not Unit.POINTS
        share = plan.notifications.reach
        is_little = gap <= 0 or gap * 100 <= share * needed.minimum or (gap == 1 and heads and share > 0)
        is_own = kpi.over is Over.OWN and kpi.measure is not Measure.LEGS
        return is_little or (is_own and alone.counted(person, needed) >= needed.minimum)
    parts = [near(plan, plain, alone, person, part) for part in needed.parts]
    return all(parts) if isinstance(needed, AllOf) else any(parts)


def told(plan: Plan, people: Company, recorded: dict[int, int]) -> dict[int, tuple[str, int]]:
    """What each is told, by the definition."""
    now, found = Plain(plan, people), {}
    for person in (one for one, human in people.items() if human.kind == "distributor"):
        rank, could = now.rank(person), Plain(plan, best_case(people, person)).rank(person)
        alone = Plain(plan, ordering(people, [person]))
        falls = recorded[person] > rank
        rungs = plan.ranks[: rank + 1] if plan.must_climb else plan.ranks[rank : rank + 1]
        is_near = could > rank and all(near(plan, now, alone, person, rung.needs) for rung in rungs)
        if falls and could >= recorded[person]:
            found[person] = ("fall", recorded[person])
        elif is_near:
            found[person] = ("reach", rank + 1)
        elif falls:
            found[person] = ("fall", recorded[person])
    return found


def by_masks(state: State, people: Company, recorded: dict[int, int]) -> dict[int, tuple[str, int]]:
    places: Grades = np.array([recorded[int(person)] for person in state.persons], np.int8)
    loaded = Loaded(state, sales_of(people), places)
    found = {}
    for person in people:
        index = state.index_of(PersonId(person))
        reach, fall = int(loaded.nudged.reach[index]), int(loaded.nudged.fall[index])
        assert not (reach and fall)
        if reach or fall:
            found[person] = ("reach", reach) if reach else ("fall", fall)
    return found


LADDER = (
    RankSpec("bronze", {}, AllOf((Condition("pv", 60), Condition("gv", 100)))),
    RankSpec("silver", {}, AllOf((Condition("gv", 220), AnyOf((Condition("heads", 2), Condition("pv", 150)))))),
    RankSpec("gold", {}, AllOf((Condition("gv", 400, LegCap(Decimal(60))), Condition("legs", 1)))),
)


@st.composite
def usual_plans(draw: st.DrawFn) -> Plan:
    """What companies have: own volume, group volume with a leg cap, active people, and legs with a rank."""
    kpis = (
        KpiSpec("pv", {}, Measure.QV, Over.OWN),
        KpiSpec("gv", {}, Measure.QV, Over.LEVELS, 1, None, include_self=True),
        KpiSpec("heads", {}, Measure.HEADS, Over.LEVELS, 1, 1, active_only=True),
        KpiSpec("legs", {}, Measure.LEGS, leg_with_rank="bronze"),
    )
    activity = ActivitySpec(draw(st.sampled_from((Measure.QV, Measure.ORDERS))), draw(st.integers(0, 60)))
    return replace(
        draw(plans()), kpis=kpis, ranks=LADDER, activity=activity, must_climb=draw(st.sampled_from((True, True, False)))
    )


@st.composite
def usual_companies(draw: st.DrawFn) -> Company:
    """People who order nearly every month, some of them not yet in this one; drawn evenly, not from the smallest."""
    chance = Random(draw(st.integers(0, 10**9)))
    people = {1: Human(None)}
    for person in range(2, chance.randint(3, 12)):
        people[person] = Human(chance.choice(list(people)), kind=chance.choice(("distributor", "customer")))
    for human in people.values():
        ages = {age for age in range(4) if chance.random() < (0.3 if age == 0 else 0.8)}
        human.orders = [Order(age, cv=qv, qv=qv) for age in ages for qv in [chance.randint(20, 160)]]
    return people


@settings(max_examples=settings().max_examples // 3)
@given(st.data())
def test_who_is_due_by_masks_is_who_is_due_by_the_definition(data: st.DataObject) -> None:
    is_usual = data.draw(st.booleans())
    plan = data.draw(usual_plans() if is_usual else plans())
    people = data.draw(usual_companies() if is_usual else companies())
    reach = Decimal(data.draw(st.sampled_from((0, 30, 100))))
    plan = replace(plan, notifications=NotificationsSpec(reach=reach))
    recorded = {person: data.draw(st.integers(0, 3)) if human.kind == "distributor" else 0
                for person, human in people.items()}  # fmt: skip
    state = state_of(plan, people)
    before = state.nodes.figures.copy(), state.ranks.copy()
    assert by_masks(state, people, recorded) == told(plan, people, recorded)
    assert (before[0] == state.nodes.figures).all() and (before[1] == state.ranks).all(), "nothing was changed"


@pytest.mark.parametrize(
    ("threshold", "unit", "reach", "missing"),
    [
        (1000, Unit.VOLUME, 30, 300),
        (333, Unit.VOLUME, 30, 99),
        (5, Unit.PEOPLE, 30, 1),
        (2, Unit.LEGS, 30, 1),
        (10, Unit.PEOPLE, 30, 3),
        (2, Unit.LEGS, 0, 0),
        (6, Unit.CYCLES, 30, 0),
    ],
)
def test_so_much_of_a_threshold_may_be_missing(threshold: int, unit: Unit, reach: int, missing: int) -> None:
    assert allowance(threshold, unit, Decimal(reach)) == missing
