"""Questions about the tree, with people who joined after everything was laid out."""

from hypothesis import given
from hypothesis import strategies as st

from core.kernel.ids import PersonId
from core.live.line import ACTIVE, CUSTOMER, DISTRIBUTOR
from core.live.state import State
from core.plan.model import Plan
from core.plan.reading import check, example
from tests.support.engine import flags, state_of
from tests.support.plain import Human, Plain
from tests.support.random_companies import Enrolled, companies, happenings


def demo() -> Plan:
    plan, _ = check(example("demo"))
    assert plan is not None
    return plan


DEMO = demo()


def grown(data: st.DataObject, people: dict[int, Human]) -> State:
    """A state of the company, to which newcomers were added."""
    state = state_of(DEMO, people)
    for what in data.draw(happenings(people)):
        if isinstance(what, Enrolled):
            people[what.person] = what.human
            state.apply_enrolment(PersonId(what.person), PersonId(what.human.sponsor or 0), flags(what.human))
    return state


def below(people: dict[int, Human], person: int) -> dict[int, int]:
    """Everybody below with her level, the slow way."""
    return {path[-1]: len(path) for paths in Plain(DEMO, people).legs(person) for path in paths}


@given(data=st.data(), people=companies())
def test_a_line_is_told_level_by_level(data: st.DataObject, people: dict[int, Human]) -> None:
    state = grown(data, people)
    for person in people:
        index = state.index_of(PersonId(person))
        told = [(level, int(state.person_of(one))) for level, one in state.descendants(index)]
        assert [level for level, _ in told] == sorted(level for level, _ in told)
        assert {one: level for level, one in told} == below(people, person)
        assert {int(state.person_of(int(one))) for one in state.children(index)} == {
            one for one, level in below(people, person).items() if level == 1
        }


@given(data=st.data(), people=companies())
def test_levels_are_counted_as_they_are_told(data: st.DataObject, people: dict[int, Human]) -> None:
    state = grown(data, people)
    for index in range(state.count):
        told = list(state.descendants(index))
        levels = state.level_counts(index)
        assert [level.people for level in levels] == [len(level) for level in state.levels(index)]
        assert sum(level.customers for level in levels) == sum(state.is_customer(one) for _, one in told)
        assert sum(level.active for level in levels) == sum(state.active(one) for _, one in told)


@given(data=st.data(), people=companies())
def test_levels_between_two_people_agree_with_the_line(data: st.DataObject, people: dict[int, Human]) -> None:
    state = grown(data, people)
    for top in range(state.count):
        levels = {one: level for level, one in state.descendants(top)}
        for index in range(state.count):
            expected = 0 if index == top else levels.get(index)
            assert state.level_between(top, index) == expected
            assert state.is_below(top, index) == (index in levels)
            assert (top in list(state.upline(index))) == (index in levels)


@given(data=st.data(), people=companies())
def test_people_are_found_by_what_they_are(data: st.DataObject, people: dict[int, Human]) -> None:
    state = grown(data, people)
    inactive = {one for _, one in state.descendants(0) if state.is_customer(one) and not state.active(one)}
    assert set(state.heads(0, wanted=CUSTOMER, unwanted=ACTIVE).tolist()) == inactive
    front = {one for one in state.children(0).tolist() if not state.is_customer(one) and not state.is_company(one)}
    assert set(state.heads(0, wanted=DISTRIBUTOR, max_level=1).tolist()) == front


def test_the_end_of_a_page_is_not_walked_to() -> None:
    people = {1: Human(None)} | {number: Human(number // 3) for number in range(3, 3000)}
    state = state_of(DEMO, {number: human for number, human in people.items() if number == 1 or human.sponsor})
    line = state.descendants(0)
    first = [next(line) for _ in range(5)]
    assert [level for level, _ in first] == [1, 1, 1, 2, 2]
