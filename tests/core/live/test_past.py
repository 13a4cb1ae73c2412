"""A cycle that is over is computed as it stood at its end."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from core.calendar.rules import cycle_named
from core.db.database import Database
from core.kernel.ids import PersonId
from core.live.computing import compute_cycle, paid_ranks
from core.live.state import State
from core.plan import service as plans
from tests.core.live.companies import LINKS, PEOPLE, write
from tests.support.engine import NOW
from tests.support.plain import Human, Order

LAST_MONTH = "2026-09"


async def september(database: Database) -> State:
    async with database.read() as questions:
        plan = await plans.plan_in_force(questions, NOW)
        return await compute_cycle(questions, plan, cycle_named(plan.calendar, LAST_MONTH))


async def test_orders_of_its_own_time_count(database: Database) -> None:
    orders = [Order(age=0, qv=70), Order(age=1, qv=50), Order(age=2, qv=30)]
    await write(database, {1: Human(None), 2: Human(1, orders=orders)})
    state = await september(database)
    assert [state.kpi(state.index_of(PersonId(who)), "gv") for who in (1, 2)] == [50, 50]


async def test_who_left_since_still_stands_where_she_stood(database: Database) -> None:
    await write(database, {1: Human(None), 2: Human(1), 3: Human(2, orders=[Order(age=1, qv=50)])})
    async with database.begin() as uow:
        left = datetime(2026, 10, 3, tzinfo=UTC)
        await uow.connection.execute(update(LINKS).where(LINKS.c.person_id.in_([2, 3])).values(valid_to=left))
        await uow.connection.execute(update(PEOPLE).where(PEOPLE.c.id == 2).values(status="terminated"))
        moved = {"person_id": 3, "sponsor_id": 1, "valid_from": left, "recorded_at": left}
        await uow.connection.execute(LINKS.insert().values({**moved, "recorded_by": "test", "reason": "test"}))
        await uow.commit()
    state = await september(database)
    assert state.kpi(state.index_of(PersonId(2)), "gv") == 50
    assert list(state.upline(state.index_of(PersonId(3)))) == [1, 0]


async def test_who_joined_since_is_not_in_it(database: Database) -> None:
    await write(database, {1: Human(None), 2: Human(1)})
    async with database.begin() as uow:
        joined = NOW - timedelta(days=2)
        await uow.connection.execute(update(LINKS).where(LINKS.c.person_id == 2).values(valid_from=joined))
        await uow.commit()
    state = await september(database)
    assert (state.find(PersonId(1)), state.find(PersonId(2))) == (0, None)


async def test_ranks_are_told_by_person_without_the_company(database: Database) -> None:
    people = {1: Human(None, kind="company"), 2: Human(1, orders=[Order(age=1, cv=10**9, qv=10**9)]), 3: Human(2)}
    await write(database, people)
    assert set(paid_ranks(await september(database))) == {2, 3}
