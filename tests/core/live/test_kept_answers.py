"""Whoever orders what in whatever order: an answer given again is the one that would be worked out now."""

from collections.abc import Awaitable, Callable
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from core.genealogy import service as genealogy
from core.kernel.ids import PersonId
from core.kernel.words import Model
from core.line import service as line
from core.live.computing import compute_open
from core.live.state import State
from core.people import service as people
from core.people.model import NewPerson
from core.progress import service as progress
from tests.core.live.companies import add_order, write
from tests.support.api import Api, Asker
from tests.support.clock import StillClock
from tests.support.engine import NOW
from tests.support.plain import Human, Order

SCALE = 10_000
TREE = {
    1: Human(None),
    2: Human(1, orders=[Order(age=1, qv=80 * SCALE)]),
    3: Human(1),
    4: Human(2, kind="customer", orders=[Order(age=1, qv=60 * SCALE)]),
    5: Human(2, orders=[Order(age=0, qv=200 * SCALE)]),
    6: Human(5),
}
LATE = 7
"""She joins under the last of the tree once the figures are loaded, so she stands beside the order of levels."""

Working = Callable[[UnitOfWork, State, PersonId], Awaitable[Model]]
OPERATIONS: dict[str, Working] = {
    "/v1/me": line.me,
    "/v1/me/team": line.team,
    "/v1/me/progress": progress.progress,
    "/v1/me/progress?rank=bronze": lambda uow, state, who: progress.progress(uow, state, who, towards="bronze"),
    "/v1/me/cycle": lambda uow, state, _who: line.cycle_card(uow, state),
}
PEOPLE = st.sampled_from([*TREE, LATE])
ORDERS = st.builds(
    Order,
    age=st.sampled_from([0, 0, 0, 1, -1]),
    qv=st.integers(-40, 260).map(lambda amount: amount * SCALE),
    orders=st.sampled_from([1, 1, 0]),
)
STEPS = st.lists(st.tuples(st.none() | ORDERS, PEOPLE, st.lists(PEOPLE, max_size=3)), min_size=1, max_size=5)


@pytest.fixture
def clock() -> StillClock:
    return StillClock(NOW)


@pytest.fixture
async def askers(api: Api) -> dict[int, Asker]:
    await write(api.database, TREE)
    found = {person: await api.person(PersonId(person), chat=person) for person in TREE}
    await found[1].get("/v1/me/progress")
    late = NewPerson(code="P7", sponsor="P6", name="Late", joined_on=NOW.date(), country="ES", language="es")
    async with api.database.begin() as uow:
        assert await genealogy.enrol(uow, late) == LATE
        await uow.commit()
    return {**found, LATE: await api.person(PersonId(LATE), chat=LATE)}


async def happen(database: Database, person: int, order: Order | None) -> None:
    """An order, or without one a change of what is known of the person."""
    async with database.begin() as uow:
        if order is None:
            suspended = (await people.profile(uow, PersonId(person))).status == "suspended"
            await (people.resume if suspended else people.suspend)(uow, f"P{person}")
        else:
            await uow.emit(await add_order(uow, person, order))
        await uow.commit()


async def wrong(asker: Asker, person: int, questions: UnitOfWork, anew: State) -> list[str]:
    """The operations that answer her otherwise than by what is computed from the database."""
    found = []
    for path, work in OPERATIONS.items():
        expected: Any = orjson.loads((await work(questions, anew, PersonId(person))).model_dump_json())
        found += [path] if (await asker.get(path)).body != expected else []
    return found


@pytest.mark.parametrize("dialect", ["sqlite"])
@given(steps=STEPS)
@settings(max_examples=settings().max_examples // 5, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_an_answer_given_again_is_the_one_that_would_be_worked_out(
    api: Api, askers: dict[int, Asker], steps: list[tuple[Order | None, int, list[int]]]
) -> None:
    for order, person, asking in [*steps, (Order(age=0), 4, list(askers))]:
        await happen(api.database, person, order)
        async with api.database.read() as questions:
            anew = (await compute_open(questions, api.database.events)).state
            for one in asking:
                assert await wrong(askers[one], one, questions, anew) == []
