"""Kept true = computed afresh = worked out the slow way, for random plans, companies and events."""

from copy import deepcopy

from hypothesis import given, settings
from hypothesis import strategies as st

from core.kernel.ids import PersonId
from core.live.state import State
from core.plan.model import Plan
from core.ranks.rules import conditions
from tests.support.engine import flags, state_of, volume_changed
from tests.support.plain import Human, Order, Plain
from tests.support.random_companies import (
    Enrolled,
    Happening,
    Ordered,
    companies,
    happenings,
    long_lines,
    orders,
    plans,
)

Figures = dict[int, tuple[list[int], int, bool]]


def by_engine(plan: Plan, state: State, people: dict[int, Human]) -> Figures:
    asked = [condition for rank in plan.ranks for condition in conditions(rank.needs)]
    found = {}
    for person in people:
        index = state.index_of(PersonId(person))
        values = [state.kpi(index, kpi.code) for kpi in plan.kpis]
        values += [state.counted(index, condition) for condition in asked]
        found[person] = (values, state.rank(index), state.active(index))
    return found


def by_hand(plan: Plan, people: dict[int, Human]) -> Figures:
    plain = Plain(plan, people)
    asked = [condition for rank in plan.ranks for condition in conditions(rank.needs)]
    return {
        person: (
            [plain.kpi(person, kpi.code) for kpi in plan.kpis]
            + [plain.counted(person, condition) for condition in asked],
            plain.rank(person),
            plain.active(person),
        )
        for person in people
    }


def happen(state: State, people: dict[int, Human], what: Happening) -> None:
    if isinstance(what, Enrolled):
        people[what.person] = deepcopy(what.human)
        state.apply_enrolment(PersonId(what.person), PersonId(what.human.sponsor or 0), flags(what.human))
    elif isinstance(what, Ordered):
        people[what.person].orders.append(what.order)
        state.apply_volume(volume_changed(what.person, what.order))
    else:
        people[what.person].suspended = what.suspended
        state.apply_flags(state.index_of(PersonId(what.person)), flags(people[what.person]))


@settings(deadline=None)
@given(plan=plans(), people=companies())
def test_engine_equals_plain_calculation(plan: Plan, people: dict[int, Human]) -> None:
    assert by_engine(plan, state_of(plan, people), people) == by_hand(plan, people)


@settings(deadline=None)
@given(data=st.data(), plan=plans(), people=companies())
def test_state_kept_true_equals_recomputation(data: st.DataObject, plan: Plan, people: dict[int, Human]) -> None:
    state = state_of(plan, people)
    for what in data.draw(happenings(people)):
        happen(state, people, what)
        kept = by_engine(plan, state, people)
        assert kept == by_engine(plan, state_of(plan, people), people)
    assert kept == by_hand(plan, people)


@settings(deadline=None)
@given(plan=plans(), people=long_lines())
def test_engine_equals_plain_calculation_on_long_lines(plan: Plan, people: dict[int, Human]) -> None:
    assert by_engine(plan, state_of(plan, people), people) == by_hand(plan, people)


@settings(deadline=None)
@given(data=st.data(), plan=plans(), people=long_lines())
def test_long_lines_are_kept_true_as_well(data: st.DataObject, plan: Plan, people: dict[int, Human]) -> None:
    state = state_of(plan, people)
    for person in data.draw(st.lists(st.sampled_from(list(people)), min_size=1, max_size=4)):
        happen(state, people, Ordered(person, data.draw(orders)))
        assert by_engine(plan, state, people) == by_engine(plan, state_of(plan, people), people)


@settings(deadline=None)
@given(data=st.data(), plan=plans(), people=companies())
def test_supposition_equals_the_real_thing_and_leaves_no_trace(
    data: st.DataObject, plan: Plan, people: dict[int, Human]
) -> None:
    state = state_of(plan, people)
    for what in data.draw(happenings(people, most=3)):
        happen(state, people, what)
    before = by_engine(plan, state, people)
    top = data.draw(st.sampled_from(list(people)))
    index = state.index_of(PersonId(top))
    below = [top, *(int(state.person_of(one)) for _, one in state.descendants(index))]
    supposed = data.draw(st.lists(st.tuples(st.sampled_from(below), st.integers(0, 200)), max_size=4))

    standing = state.suppose([(state.index_of(PersonId(who)), qv // 2, qv) for who, qv in supposed], index)

    assert by_engine(plan, state, people) == before
    for who, qv in supposed:
        people[who].orders.append(Order(age=0, cv=qv // 2, qv=qv))
    asked = [condition for rank in plan.ranks for condition in conditions(rank.needs)]
    values = [standing.kpi(kpi.code) for kpi in plan.kpis] + [standing.counted(one) for one in asked]
    assert (values, standing.rank) == by_hand(plan, people)[top][:2]
