"""The way there through the real engine: equal to exhaustive search, and true once the orders are really placed."""

from decimal import Decimal
from itertools import product

from hypothesis import assume, given
from hypothesis import strategies as st

from core.kernel.ids import PersonId
from core.live.state import State
from core.plan.model import (
    ActivitySpec,
    AllOf,
    AnyOf,
    CalendarKind,
    CalendarSpec,
    Condition,
    KpiSpec,
    LegCap,
    Measure,
    Over,
    Plan,
    RankSpec,
    VolumeSpec,
    Who,
)
from core.progress.engine import Suppositions
from core.progress.rules.steps import activation
from core.progress.rules.way import Candidate, Way, cheapest_way
from tests.support.engine import state_of, volume_changed
from tests.support.plain import Human, Order


def active_frontline(code: str, who: Who) -> KpiSpec:
    over = Over.LEVELS
    return KpiSpec(code, {"en": code}, Measure.HEADS, over, level_from=1, level_to=1, who=who, active_only=True)


KPIS = (
    KpiSpec("own", {"en": "own"}, Measure.QV),
    KpiSpec("group", {"en": "group"}, Measure.QV, over=Over.LEVELS, level_from=0, level_to=None, include_self=True),
    KpiSpec("near", {"en": "near"}, Measure.QV, over=Over.LEVELS, level_from=1, level_to=1),
    active_frontline("customers", Who.CUSTOMERS),
    active_frontline("distributors", Who.DISTRIBUTORS),
    KpiSpec("legs", {"en": "legs"}, Measure.LEGS, leg_with_rank="low"),
)
LOW = RankSpec("low", {"en": "low"}, AllOf((Condition("own", 2), Condition("group", 4))))
ME = 1


def plan_with(needs: AllOf) -> Plan:
    return Plan(
        code="test",
        version="1",
        name={"en": "Test"},
        currency="EUR",
        language="en",
        volume=VolumeSpec("EUR", scale=0),
        calendars=(CalendarSpec("month", CalendarKind.MONTH, "UTC"),),
        kpis=KPIS,
        ranks=(LOW, RankSpec("high", {"en": "high"}, needs)),
        gauges=("own", "group"),
        activity=ActivitySpec(Measure.QV, 2),
        must_climb=False,
    )


@st.composite
def needs(draw: st.DrawFn) -> AllOf:
    minima = {"own": 4, "group": 12, "near": 9, "customers": 2, "distributors": 2, "legs": 2}

    def condition() -> Condition:
        kpi = draw(st.sampled_from(list(minima)))
        minimum = draw(st.integers(1, minima[kpi]))
        capped = kpi == "group" and draw(st.booleans())
        return Condition(kpi, minimum, LegCap(percent=Decimal(draw(st.sampled_from([40, 60])))) if capped else None)

    parts = [condition() for _ in range(draw(st.integers(1, 3)))]
    if draw(st.integers(0, 2)) == 0:
        return AllOf((*parts, AnyOf((condition(), AllOf((condition(), condition()))))))
    return AllOf(tuple(parts))


@st.composite
def companies(draw: st.DrawFn) -> tuple[dict[int, Human], dict[int, int]]:
    """Six people at most under the one who asks, with what each ordered this cycle and usually orders."""
    people = {ME: Human(None)}
    usual = {ME: draw(st.integers(0, 3))}
    for number in range(2, draw(st.integers(3, 7))):
        sponsors = [one for one, human in people.items() if human.kind == "distributor" and one < 4]
        people[number] = Human(draw(st.sampled_from(sponsors)), draw(st.sampled_from(["distributor", "customer"])))
        usual[number] = draw(st.integers(0, 3))
    for human in people.values():
        human.orders.append(Order(age=0, qv=draw(st.integers(0, 2))))
    return people, usual


def candidates(state: State, usual: dict[int, int], *, legs: bool, engine: Suppositions) -> list[Candidate]:
    chosen = []
    for person, volume in usual.items():
        index = state.index_of(PersonId(person))
        if volume:
            lack = activation(state.calculation.own[0], 2, state.own_figure(index), volume)
            chosen.append(Candidate(index, volume, lack, (engine.leg_of(index),) if legs else ()))
    return chosen


def searched(plan: Plan, people: dict[int, Human], usual: dict[int, int]) -> tuple[State, Suppositions, Way | None]:
    state = state_of(plan, people)
    engine = Suppositions(state, state.index_of(PersonId(ME)), plan.ranks[1])
    return state, engine, cheapest_way(candidates(state, usual, legs=engine.legs_matter(), engine=engine), engine)


def exhaustive(state: State, engine: Suppositions, usual: dict[int, int]) -> tuple[int, int] | None:
    """Every combination of whole volumes: (people, volume) of the cheapest that reaches."""
    indices = [state.index_of(PersonId(person)) for person in usual]
    costs = (
        (sum(1 for volume in volumes if volume), sum(volumes))
        for volumes in product(*(range(most + 1) for most in usual.values()))
        if engine.reaches(dict(zip(indices, volumes, strict=True)))
    )
    return min(costs, default=None)


@given(needs(), companies())
def test_no_cheaper_way_exists(asked: AllOf, company: tuple[dict[int, Human], dict[int, int]]) -> None:
    people, usual = company
    state, engine, way = searched(plan_with(asked), people, usual)
    assume(not engine.reaches({}))
    found = None if way is None else (len(way.orders), sum(way.orders.values()))
    assert found == exhaustive(state, engine, usual)


@given(needs(), companies())
def test_the_rank_is_reached_once_the_orders_are_really_placed(
    asked: AllOf, company: tuple[dict[int, Human], dict[int, int]]
) -> None:
    people, usual = company
    plan = plan_with(asked)
    state, engine, way = searched(plan, people, usual)
    assume(way is not None and not engine.reaches({}))
    assert way is not None
    for index, volume in way.orders.items():
        state.apply_volume(volume_changed(int(state.person_of(index)), Order(age=0, cv=volume, qv=volume)))
    assert state.rank(state.index_of(PersonId(ME))) == 2


def test_a_leg_is_lifted_by_the_people_in_it() -> None:
    """Two of my distributors each lack a little to be low; I need one such leg, and the nearer one is named."""
    people = {
        ME: Human(None, orders=[Order(0, qv=9)]),
        2: Human(ME, orders=[Order(0, qv=1)]),
        3: Human(ME, orders=[Order(0, qv=2)]),
        4: Human(3, "customer", orders=[Order(0, qv=1)]),
    }
    usual = {ME: 3, 2: 3, 3: 3, 4: 3}
    state, _, way = searched(plan_with(AllOf((Condition("legs", 1),))), people, usual)
    assert way == Way({state.index_of(PersonId(3)): 1}, exact=True)


def test_what_is_supposed_counts_before_the_way_is_sought() -> None:
    people = {ME: Human(None, orders=[Order(0, qv=1)]), 2: Human(ME, "customer")}
    plan = plan_with(AllOf((Condition("own", 4),)))
    state = state_of(plan, people)
    me = state.index_of(PersonId(ME))
    engine = Suppositions(state, me, plan.ranks[1], supposed=[(me, 0, 2)])
    assert cheapest_way([Candidate(me, 3)], engine) == Way({me: 1}, exact=True)
