"""Live figures on a real database: what was committed before a question is in its answer."""

import asyncio
from datetime import timedelta

import pytest

from core.calendar import service as calendar
from core.db.database import Database
from core.genealogy import service as genealogy
from core.genealogy.model import Termination
from core.kernel.ids import PersonId
from core.live.service import Live
from core.orders.model import VolumeChanged
from core.people import service as people
from core.plan.model import PlanMissing
from core.plan.reading import example
from tests.support.clock import StillClock
from tests.support.planting import plant

TREE = """
root
  ana
    (carl)
  bea
"""


async def company(database: Database) -> dict[str, PersonId]:
    async with database.begin() as uow:
        await calendar.activate_plan(uow, example("demo"), None)
        numbers = await plant(uow, TREE)
        await uow.commit()
    return numbers


async def order(database: Database, person: PersonId, qv: int) -> None:
    """An order as the live figures hear of it."""
    async with database.begin() as uow:
        await uow.emit(VolumeChanged(person_id=person, at=uow.now, cv=qv, qv=qv, points=0, orders=1))
        await uow.commit()


async def test_without_a_plan_there_are_no_figures(database: Database) -> None:
    live = Live(database)
    await live.start()
    assert await live.loaded()
    with pytest.raises(PlanMissing):
        await live.fresh()


async def test_a_plan_put_in_force_later_is_heard_of(database: Database) -> None:
    live = Live(database)
    await live.start()
    numbers = await company(database)
    assert (await live.fresh()).find(numbers["ana"]) is not None


async def test_an_order_shows_at_the_next_question_in_the_whole_upline(database: Database) -> None:
    numbers = await company(database)
    live = Live(database)
    await live.start()
    await order(database, numbers["carl"], 70)
    state = await live.fresh()
    assert [state.kpi(state.index_of(numbers[who]), "gv") for who in ("carl", "ana", "root", "bea")] == [70, 70, 70, 0]


async def test_a_newcomer_and_a_suspension_show_at_the_next_question(database: Database) -> None:
    numbers = await company(database)
    live = Live(database)
    before = await live.fresh()
    async with database.begin() as uow:
        numbers |= await plant(uow, "zoe")
        await people.suspend(uow, "carl")
        await uow.commit()
    state = await live.fresh()
    assert before.find(PersonId(10**6)) is None
    assert not state.wakeable(state.index_of(numbers["carl"]))
    assert state.find(numbers["zoe"]) is not None


async def test_surgery_on_the_tree_shows_at_the_next_question(database: Database) -> None:
    numbers = await company(database)
    live = Live(database)
    await live.start()
    async with database.begin() as uow:
        await genealogy.terminate(uow, "ana", Termination(reason="left"))
        await uow.commit()
    state = await live.fresh()
    assert state.find(numbers["ana"]) is None
    assert state.parent(state.index_of(numbers["carl"])) == state.index_of(numbers["root"])


async def test_one_check_serves_all_questions_that_wait(database: Database) -> None:
    numbers = await company(database)
    live = Live(database)
    await live.start()
    await order(database, numbers["bea"], 5)
    states = await asyncio.gather(*(live.fresh() for _ in range(50)))
    assert {id(state) for state in states} == {id(states[0])}
    assert states[0].kpi(states[0].index_of(numbers["bea"]), "pv") == 5


async def test_an_event_that_cannot_be_worked_in_makes_all_be_computed_anew(database: Database) -> None:
    numbers = await company(database)
    live = Live(database)
    await live.start()
    async with database.begin() as uow:
        for qv in (5, 2**63):  # no order of ours is so large, and the first of the two must not count twice
            await uow.emit(VolumeChanged(person_id=numbers["bea"], at=uow.now, cv=qv, qv=qv, points=0, orders=1))
        await uow.commit()
    with pytest.raises(OverflowError):
        await live.fresh()
    state = await live.fresh()
    assert state.kpi(state.index_of(numbers["bea"]), "pv") == 0  # there are events here, but no orders


async def test_the_next_cycle_begins_by_itself(database: Database, clock: StillClock) -> None:
    numbers = await company(database)
    live = Live(database)
    await order(database, numbers["bea"], 5)
    first = await live.fresh()
    clock.advance(timedelta(days=20))
    second = await live.fresh()
    assert (first.cycle.code, second.cycle.code) == ("2026-11", "2026-12")
    assert second.kpi(second.index_of(numbers["bea"]), "pv") == 0
