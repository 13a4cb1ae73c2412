"""KPIs along placement trees: kept true = computed afresh = added up place by place, and what ranks make of them."""

from dataclasses import dataclass, field
from random import Random

from sqlalchemy import insert, update

from core.db.database import Database
from core.db.events import StoredEvent
from core.kernel.ids import PersonId
from core.live.computing import compute_open
from core.live.load_along import LINKS
from core.live.news import take_note
from core.live.state import State
from core.orders.model import VolumeChanged
from core.plan.model import Plan
from core.plan.reading import check
from core.ranks.rules import conditions
from tests.core.live.companies import LINKS as SPONSORS
from tests.core.live.companies import LONG_AGO, PEOPLE, add_order, add_person, write
from tests.support.engine import NOW, flags, volume_changed
from tests.support.plain import Human, Order

HEAD = """
[plan]
code = "along"
version = "1"
name = "Along"
company = "Along"
currency = "EUR"
time_zone = "UTC"
[volume]
scale = 0
[activity]
measure = "qv"
minimum = 50
[trees.binary]
spill = "manual"
[placement]
volume_while_waiting = "enroller"
[ladder]
gauges = ["weaker", "left"]
"""
WORDS = {
    "left": 'measure = "qv"\nover = "left"',
    "right_active": 'measure = "heads"\nover = "right"\nactive_only = true',
    "weaker": 'measure = "qv"\nover = "lesser_legs"',
    "line": 'measure = "qv"\nover = "line"\ninclude_self = true\nwho = "customers"\ncustomer_share = "50 %"',
    "capped": 'measure = "cv"\nover = "levels"\nto_level = 2\ncap_per_leg = 60',
    "enrolled_left": 'measure = "heads"\nover = "left"\nactive_only = true\nenrolled_only = true',
    "enrolled_weaker": 'measure = "qv"\nover = "lesser_legs"\nenrolled_only = true',
    "enrolled_capped": 'measure = "cv"\nover = "levels"\nto_level = 2\ncap_per_leg = 30\nenrolled_only = true\n'
    "include_self = true",
}
KPIS = "".join(f'[kpis.{code}]\nlabel = "It"\ntree = "binary"\n{words}\n' for code, words in WORDS.items())
RANKS = """
[kpis.legs]
label = "Legs"
measure = "legs"
leg_with_rank = "a"
[[ranks]]
code = "a"
name = "A"
needs = [{ kpi = "weaker", minimum = 50 }]
[[ranks]]
code = "b"
name = "B"
needs = [{ kpi = "legs", minimum = 1 }]
"""


Supposed = tuple[int, list[int], int]
"""Somebody, her KPIs along places, and her rank."""
PEOPLE_COUNT, STEPS = 14, 12


def plan() -> Plan:
    found, problems = check(HEAD + KPIS + RANKS)
    assert found is not None, problems
    return found


@dataclass
class Company:
    """Person 1 is the top of both trees; who has no place waits, and a hole is who has left."""

    people: dict[int, Human] = field(default_factory=dict)
    place: dict[int, tuple[int | None, int]] = field(default_factory=dict)
    """Who stands above, and on which side: 1 is left."""
    holes: set[int] = field(default_factory=set)

    def below(self, person: int, side: int) -> list[int]:
        """Everybody below on that side."""
        first = [one for one, place in self.place.items() if place == (person, side)]
        return first + [found for one in first for each in (1, 2) for found in self.below(one, each)]

    def waiting(self, person: int) -> list[int]:
        """Who waits, and counts for levels as standing right below her."""
        return [one for one in self.people if one not in self.place and self._nearest(one) == person]

    def _nearest(self, person: int) -> int | None:
        above = self.people[person].sponsor
        return above if above is None or above in self.place else self._nearest(above)

    def own(self, person: int, measure: str) -> int:
        """What she has ordered."""
        there = person not in self.holes
        return sum(getattr(order, measure) for order in self.people[person].orders) if there else 0

    def active(self, person: int) -> bool:
        human = self.people[person]
        return person not in self.holes and not human.suspended and self.own(person, "qv") >= 50

    def figures(self, person: int) -> dict[str, int]:
        """Every KPI along places, by its definition."""
        if person not in self.place:
            return dict.fromkeys(WORDS, 0)
        herself = self._shared(person, self.people[person].kind)
        left, right = (self.below(person, side) for side in (1, 2))
        legs = {one: sum(self.own(each, "qv") for each in self._whole(one)) for one in self._next(person)}
        return {
            "left": sum(self.own(one, "qv") for one in left),
            "right_active": sum(map(self.active, right)),
            "weaker": sum(legs.values()) - max(legs.values(), default=0),
            "line": herself + sum(self._shared(one) for one in self._whole(person)[1:]),
            "capped": sum(min(60, self._two_levels(one)) for one in self._next(person)),
            **self._of_enrolled(person),
        }

    def _of_enrolled(self, person: int) -> dict[str, int]:
        """Those that count only whom she enrolled herself."""
        mine = {one for one, human in self.people.items() if human.sponsor == person}
        legs = [sum(self.own(each, "qv") for each in self._whole(one) if each in mine) for one in self._next(person)]
        near = [[each for each in (one, *self._next(one)) if each in mine] for one in self._next(person)]
        return {
            "enrolled_left": sum(self.active(one) for one in self.below(person, 1) if one in mine),
            "enrolled_weaker": sum(legs) - max(legs, default=0),
            "enrolled_capped": self.own(person, "cv")
            + sum(min(30, sum(self.own(one, "cv") for one in leg)) for leg in near),
        }

    def _next(self, person: int) -> list[int]:
        return [one for one, place in self.place.items() if place[0] == person] + self.waiting(person)

    def _whole(self, person: int) -> list[int]:
        return [person] + [found for one in self._next(person) for found in self._whole(one)]

    def _two_levels(self, person: int) -> int:
        return sum(self.own(one, "cv") for one in [person, *self._next(person)])

    def _shared(self, person: int, wanted: str = "customer") -> int:
        human = self.people[person]
        if human.kind != "customer":
            return self.own(person, "qv") if wanted == human.kind else 0
        return sum((order.qv + 1) // 2 for order in human.orders) if person not in self.holes else 0


def told(state: State, company: Company) -> dict[int, tuple[list[int], int]]:
    asked = [condition for rank in state.plan.ranks for condition in conditions(rank.needs)]
    found = {}
    for person in company.people:
        index = state.find(PersonId(person))
        if index is not None:
            values = [state.kpi(index, code) for code in (*WORDS, "legs")]
            found[person] = (values + [state.counted(index, one) for one in asked], state.rank(index))
    return found


class Story:
    """A company in the database, and the state that follows it."""

    def __init__(self, database: Database, seed: int) -> None:
        self.database, self.random, self.company = database, Random(seed), Company()

    async def begin(self) -> None:
        self.company.people = {1: Human(None)}
        for person in range(2, PEOPLE_COUNT):
            self.company.people[person] = self._human(person)
        await write(self.database, self.company.people, HEAD + KPIS + RANKS)
        await self.put(1, (None, 0))
        for person in range(2, PEOPLE_COUNT - 3):
            await self.put(person, self.random.choice(self._free()))
        await self._leave()

    def _human(self, person: int) -> Human:
        kind = self.random.choice(["distributor", "distributor", "customer"])
        return Human(self.random.randrange(1, person), kind, orders=[self._order()])

    def _order(self) -> Order:
        return Order(age=-1, cv=self.random.randrange(0, 40), qv=self.random.randrange(1, 70))

    def _free(self) -> list[tuple[int | None, int]]:
        taken = set(self.company.place.values())
        return [(one, side) for one in self.company.place for side in (1, 2) if (one, side) not in taken]

    async def put(self, person: int, place: tuple[int | None, int]) -> None:
        self.company.place[person] = place
        row = {"tree": "binary", "person_id": person, "parent_id": place[0], "slot": place[1], "valid_from": LONG_AGO}
        async with self.database.begin() as uow:
            row |= {"recorded_at": LONG_AGO, "recorded_by": "test", "reason": "test"}
            await uow.connection.execute(insert(LINKS).values(row))
            await uow.commit()

    async def _leave(self) -> None:
        """A hole in the middle of the tree, of somebody who has brought nobody."""
        brought = {human.sponsor for human in self.company.people.values()}
        gone = next(one for one in self.company.place if one not in brought)
        self.company.holes.add(gone)
        async with self.database.begin() as uow:
            await uow.connection.execute(update(SPONSORS).where(SPONSORS.c.person_id == gone).values(valid_to=LONG_AGO))
            await uow.connection.execute(update(PEOPLE).where(PEOPLE.c.id == gone).values(status="terminated"))
            await uow.commit()

    async def afresh(self) -> State:
        async with self.database.read() as questions:
            return (await compute_open(questions, self.database.events)).state

    async def happen(self, state: State) -> Supposed | None:
        """One thing in the company, its state and database; of an order, what was supposed of somebody."""
        supposed = None
        what = self.random.choice(["order", "order", "order", "suspend", "enrol"])
        there = [one for one in self.company.people if one not in self.company.holes]
        person = self.random.choice(there)
        async with self.database.begin() as uow:
            if what == "order":
                order = self._order()
                supposed = self._suppose(state, person, order)
                self.company.people[person].orders.append(order)
                await add_order(uow, person, order)
                state.apply_volume(volume_changed(person, order))
            elif what == "suspend":
                human = self.company.people[person]
                human.suspended = not human.suspended
                status = "suspended" if human.suspended else "active"
                await uow.connection.execute(update(PEOPLE).where(PEOPLE.c.id == person).values(status=status))
                state.apply_flags(state.index_of(PersonId(person)), flags(human))
            else:
                number = len(self.company.people) + 1
                self.company.people[number] = human = Human(person)
                await add_person(uow, number, human)
                state.apply_enrolment(PersonId(number), PersonId(person), flags(human))
            await uow.commit()
        return supposed

    def _suppose(self, state: State, person: int, order: Order) -> Supposed:
        """What is supposed of somebody above is what comes true, and leaves no trace."""
        index = state.index_of(PersonId(person))
        top = self.random.choice([index, *state.upline(index)])
        before = told(state, self.company)
        supposed = state.suppose([(index, order.cv, order.qv)], top)
        assert told(state, self.company) == before
        return int(state.person_of(top)), [supposed.kpi(code) for code in WORDS], supposed.rank


async def test_kept_true_is_computed_afresh_and_added_up_by_hand(database: Database) -> None:
    story = Story(database, seed=10)
    await story.begin()
    state = await story.afresh()
    for _ in range(STEPS):
        supposed = await story.happen(state)
        kept = told(state, story.company)
        assert kept == told(await story.afresh(), story.company)
        for person, (values, _) in kept.items():
            assert dict(zip(WORDS, values, strict=False)) == story.company.figures(person), person
        if supposed is not None:
            top, values, rank = supposed
            assert (kept[top][0][: len(WORDS)], kept[top][1]) == (values, rank)


async def test_an_order_shows_to_those_above_its_place_too(database: Database) -> None:
    """3 was brought by 1 and stands below 2."""
    story = Story(database, seed=1)
    story.company.people = {1: Human(None), 2: Human(1), 3: Human(1)}
    await write(database, story.company.people, HEAD + KPIS + RANKS)
    for person, place in ((1, (None, 0)), (2, (1, 1)), (3, (2, 1))):
        await story.put(person, place)
    state = await story.afresh()
    top, above, buyer = (state.index_of(PersonId(person)) for person in (1, 2, 3))
    assert set(state.concerned(buyer) or ()) == {top, above, buyer}
    facts = volume_changed(3, Order(age=-1, qv=1)).model_dump(mode="json")
    take_note(state, [StoredEvent(1, VolumeChanged.kind, NOW, None, facts, "test", "test")])
    assert state.happened.concerns(state.nodes.parent, above, 0)
