"""KPIs along places that look at ranks: kept true = computed afresh = worked out by the second engine."""

from random import Random

import pytest

from core.db.database import Database
from core.kernel.ids import PersonId
from core.live.state import State
from core.settlement.second.figures import Figures, Placed
from core.settlement.second.people import NOBODY, Asked, Tree
from core.settlement.second.plan import Plan as SecondPlan
from tests.core.live import test_along as along
from tests.core.live.companies import write
from tests.support.plain import Human, Order

WORDS = {
    "golds_left": 'measure = "heads"\nover = "left"\nenrolled_only = true\nwith_rank = "b"',
    "ranked": 'measure = "qv"\nover = "line"\ninclude_self = true\nwith_rank = "a"',
    "ranked_right": 'measure = "heads"\nover = "right"\nwith_rank = "a"',
    "group": 'measure = "qv"\nover = "line"\nstop_at_rank = "b"',
    "sides": 'measure = "legs"\nleg_with_rank = "a"\nleg_depth = 2',
    "first": 'measure = "heads"\nover = "generation"\ngeneration = 1\ngeneration_rank = "a"',
    "weaker": 'measure = "qv"\nover = "lesser_legs"',
    "left": 'measure = "qv"\nover = "left"',
}
KPIS = "".join(f'[kpis.{code}]\nlabel = "It"\ntree = "binary"\n{words}\n' for code, words in WORDS.items())
RANKS = """
[kpis.pv]
label = "Own"
measure = "qv"
[kpis.silvers]
label = "Silvers"
measure = "heads"
over = "line"
with_rank = "a"
[[ranks]]
code = "a"
name = "A"
needs = [{ kpi = "pv", minimum = 40 }]
[[ranks]]
code = "b"
name = "B"
needs = [{ any = [{ kpi = "sides", minimum = 1 }, { kpi = "silvers", minimum = 2 }] }]
[[ranks]]
code = "c"
name = "C"
needs = [{ any = [
    { kpi = "golds_left", minimum = 1 }, { kpi = "ranked_right", minimum = 2 }, { kpi = "first", minimum = 3 },
] }]
"""
PLAN = along.HEAD + KPIS + RANKS


def by_hand(company: along.Company) -> dict[int, tuple[dict[str, int], int]]:
    """By the second engine, of those who are there."""
    people = list(company.people)
    place = {person: number for number, person in enumerate(people)}
    there = [person not in company.holes for person in people]
    humans = list(company.people.values())
    sponsors = Tree([NOBODY if one.sponsor is None else place[one.sponsor] for one in humans], there)
    standing = [person in company.place for person in people]
    above = [company.place.get(person, (None, 0))[0] for person in people]
    parent = [NOBODY if one is None else place[one] for one in above]
    line, counted = list(parent), list(standing)
    for person in people:
        for waiting in company.waiting(person):
            line[place[waiting]], counted[place[waiting]] = place[person], True
    slot = [company.place.get(person, (None, 0))[1] for person in people]
    figures = Figures(
        SecondPlan.read(PLAN),
        sponsors,
        [one.kind for one in humans],
        [one.suspended for one in humans],
        [0] * len(people),
        lambda asked: _own(company, asked),
        {"binary": Placed(Tree(line, counted), Tree(parent, standing), slot)},
    )
    codes = (*WORDS, "silvers")
    return {
        person: ({code: figures.kpi(place[person], code) for code in codes}, figures.rank(place[person]))
        for person in people
        if person not in company.holes
    }


def _own(company: along.Company, asked: Asked) -> list[int]:
    if asked.measure == "heads":
        return [1] * len(company.people)
    return [sum(getattr(order, asked.measure) for order in one.orders) for one in company.people.values()]


def told(state: State, company: along.Company) -> dict[int, tuple[dict[str, int], int]]:
    found = {}
    for person in company.people:
        index = state.find(PersonId(person))
        if index is not None:
            figures = {code: state.kpi(index, code) for code in (*WORDS, "silvers")}
            found[person] = (figures, state.rank(index))
    return found


class Ranked(along.Story):
    """People who may stand above whoever brought them."""

    async def begin(self) -> None:
        self.company.people = {1: Human(None)}
        for person in range(2, along.PEOPLE_COUNT):
            self.company.people[person] = self._human(person)
        await write(self.database, self.company.people, PLAN)
        order = list(range(2, along.PEOPLE_COUNT - 3))
        self.random.shuffle(order)
        await self.put(1, (None, 0))
        for person in order:
            await self.put(person, self.random.choice(self._free()))
        await self._leave()

    def _suppose(self, state: State, person: int, order: Order) -> along.Supposed:
        index = state.index_of(PersonId(person))
        top = self.random.choice([index, *state.upline(index)])
        before = told(state, self.company)
        supposed = state.suppose([(index, order.cv, order.qv)], top)
        assert told(state, self.company) == before
        return int(state.person_of(top)), [supposed.kpi(code) for code in WORDS], supposed.rank


async def test_ranks_along_places_are_kept_true(database: Database) -> None:
    story = Ranked(database, seed=3)
    await story.begin()
    state = await story.afresh()
    assert told(state, story.company) == by_hand(story.company)
    for _ in range(along.STEPS):
        supposed = await story.happen(state)
        kept = told(state, story.company)
        assert kept == told(await story.afresh(), story.company)
        assert kept == by_hand(story.company)
        if supposed is not None:
            top, values, rank = supposed
            assert ([kept[top][0][code] for code in WORDS], kept[top][1]) == (values, rank)


@pytest.mark.parametrize("seed", range(3))
async def test_what_is_supposed_comes_true_and_leaves_no_trace(database: Database, seed: int) -> None:
    story = Ranked(database, seed=seed + 20)
    await story.begin()
    state, random = await story.afresh(), Random(seed)
    before = told(state, story.company)
    orders = [(random.randrange(state.count), 10, 60) for _ in range(3)]
    top = state.index_of(PersonId(1))
    supposed = state.suppose(orders, top)
    assert told(state, story.company) == before
    other = state.copied()
    for order in orders:
        state.order(*order)
    assert [supposed.kpi(code) for code in WORDS] == [state.kpi(top, code) for code in WORDS]
    assert supposed.rank == state.rank(top)
    assert told(other, story.company) == before
    for order in reversed(orders):
        state.take_back(*order)
    assert told(state, story.company) == before
