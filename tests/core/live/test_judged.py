"""Who is active where cycles are looked at one by one."""

import pytest

from core.db.database import Database
from core.kernel.ids import PersonId
from core.live.service import Live
from core.live.state import State
from core.plan.reading import example
from tests.core.live.companies import add_order, write
from tests.support.plain import Human, Order

NOW, BEFORE, LONG_AGO = -1, 0, 1
"""Ages of orders of the open cycle, the one before, and one that is not looked at any more."""
PEOPLE = {
    1: Human(None),
    2: Human(1, orders=[Order(age=BEFORE, qv=10**6)]),
    3: Human(1, orders=[Order(age=NOW, qv=10**6)]),
    4: Human(1, orders=[Order(age=NOW, qv=10**6), Order(age=BEFORE, qv=10**6)]),
    5: Human(1, orders=[Order(age=LONG_AGO, qv=10**6)]),
    6: Human(1, orders=[Order(age=NOW, qv=400_000), Order(age=BEFORE, qv=600_000)]),
}


def active(state: State) -> set[int]:
    return {person for person in PEOPLE if state.active(state.index_of(PersonId(person)))}


def plan(mode: str) -> str:
    return example("demo").replace("minimum = 50\n", f'minimum = 100\ncycles = 2\nmode = "{mode}"\n', 1)


@pytest.mark.parametrize(
    ("mode", "before", "after", "late"),
    [
        ("sum", {2, 3, 4, 6}, {2, 3, 4, 6}, {2, 3, 4, 5, 6}),
        ("any", {2, 3, 4}, {2, 3, 4}, {2, 3, 4, 5}),
        ("all", {4}, {2, 4}, {2, 4}),
    ],
)
async def test_cycles_are_added_up_or_looked_at_one_by_one(
    database: Database, mode: str, before: set[int], after: set[int], late: set[int]
) -> None:
    await write(database, PEOPLE, plan(mode))
    live = Live(database)
    assert active(await live.fresh()) == before
    for age, person, expected in ((NOW, 2, after), (BEFORE, 5, late)):
        async with database.begin() as uow:
            await uow.emit(await add_order(uow, person, Order(age=age, qv=10**6)))
            await uow.commit()
        assert active(await live.fresh()) == expected
