"""Several processes' figures on one database: each equals a recomputation after whatever the others did."""

import asyncio
import random
from collections.abc import AsyncIterator

import pytest

from core.db.database import Database
from core.db.events import EventLog
from core.db.unit_of_work import UnitOfWork
from core.genealogy import service as genealogy
from core.genealogy.model import Termination
from core.kernel.ids import PersonId
from core.live import service as live_service
from core.live.computing import Opened, compute_open
from core.live.service import Live
from core.live.state import State
from core.people import service as people
from core.people.model import Kind, NewPerson
from tests.core.live.companies import add_order, write
from tests.support.clock import StillClock
from tests.support.engine import NOW
from tests.support.plain import Human, Order

SCALE = 10_000
TREE = {
    1: Human(None),
    2: Human(1),
    3: Human(1, orders=[Order(age=0, qv=90 * SCALE)]),
    4: Human(2, kind="customer"),
    5: Human(2, orders=[Order(age=0, qv=200 * SCALE)]),
    6: Human(5),
    7: Human(6),
    8: Human(6, kind="customer"),
}


@pytest.fixture
def clock() -> StillClock:
    return StillClock(NOW)


@pytest.fixture
async def other(database: Database, clock: StillClock) -> AsyncIterator[Database]:
    """A second process's connections to the same database."""
    other = Database(database.url.render_as_string(hide_password=False), clock)
    yield other
    await other.close()


def figures(state: State) -> dict[int, tuple[int, ...]]:
    found = {}
    for index in range(state.count):
        values = [state.kpi(index, kpi.code) for kpi in state.plan.kpis]
        found[int(state.person_of(index))] = (*values, state.rank(index), int(state.active(index)))
    return found


async def recomputed(database: Database) -> dict[int, tuple[int, ...]]:
    async with database.read() as questions:
        return figures((await compute_open(questions, database.events)).state)


async def order(database: Database, person: int, qv: int, *, pause: float = 0.0) -> None:
    """Pay an order, with time passing between its event's number and the commit."""
    async with database.begin() as uow:
        await uow.emit(await add_order(uow, person, Order(age=0, cv=qv, qv=qv, points=1)))
        await uow.flush()
        await asyncio.sleep(pause)
        await uow.commit()


async def settled(live: Live, before: State) -> State:
    """The state that comes after `before`."""
    for _ in range(1000):
        after = await live.fresh()
        if after is not before:
            return after
        await asyncio.sleep(0.01)
    raise AssertionError("the figures computed anew never came")


async def test_every_process_hears_of_every_order(database: Database, other: Database) -> None:
    await write(database, TREE)
    ours, theirs = Live(database), Live(other)
    chance = random.Random(5)
    for _ in range(10):
        await order(chance.choice([database, other]), chance.choice(list(TREE)), chance.randint(-50, 300) * SCALE)
        expected = await recomputed(database)
        assert figures(await ours.fresh()) == expected
        assert figures(await theirs.fresh()) == expected


async def test_orders_that_commit_out_of_order_are_each_counted_once(database: Database, other: Database) -> None:
    await write(database, TREE)
    ours, theirs = Live(database), Live(other)
    await asyncio.gather(ours.fresh(), theirs.fresh())
    chance = random.Random(6)

    async def post(which: Database) -> None:
        for _ in range(8):
            await order(which, chance.choice(list(TREE)), chance.randint(1, 90) * SCALE, pause=chance.random() / 50)
            await asyncio.gather(ours.fresh(), theirs.fresh())

    await asyncio.gather(post(database), post(other), post(other))
    expected = await recomputed(database)
    assert figures(await ours.fresh()) == expected
    assert figures(await theirs.fresh()) == expected


async def test_whatever_happens_figures_equal_a_recomputation(database: Database) -> None:
    await write(database, TREE)
    live, chance = Live(database), random.Random(7)
    await live.fresh()
    codes = {person: f"P{person}" for person in TREE}
    for number in range(15):
        async with database.begin() as uow:
            what = chance.choice(["enrol", "enrol", "order", "suspend", "resume", "leave"])
            person = chance.choice(list(codes))
            if what == "enrol":
                sponsor = chance.choice([code for one, code in codes.items() if one not in (4, 8)])
                kind = chance.choice(list(Kind)) if number % 2 else Kind.DISTRIBUTOR
                new = NewPerson(
                    code=f"N{number}",
                    sponsor=sponsor,
                    name="New",
                    joined_on=NOW.date(),
                    country="ES",
                    language="es",
                    kind=kind,
                )
                added = await genealogy.enrol(uow, new)
                if kind is Kind.DISTRIBUTOR:
                    codes[int(added)] = new.code
            elif what == "order":
                await uow.emit(await add_order(uow, person, Order(age=chance.randint(0, 1), qv=60 * SCALE)))
            elif what == "leave" and person != 1:
                await genealogy.terminate(uow, codes.pop(person), Termination(reason="left"))
            elif what == "suspend":
                await people.suspend(uow, codes[person])
            elif what == "resume":
                await people.resume(uow, codes[person])
            await uow.commit()
        assert figures(await live.fresh()) == await recomputed(database)


async def test_while_all_is_computed_anew_the_old_figures_answer(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await write(database, TREE)
    live = Live(database)
    before = await live.fresh()
    go_on = asyncio.Event()

    async def slowly(uow: UnitOfWork, events: EventLog) -> Opened:
        await go_on.wait()
        return await compute_open(uow, events)

    monkeypatch.setattr(live_service, "compute_open", slowly)
    monkeypatch.setattr(live_service, "PATIENCE_S", 0.01)
    async with database.begin() as uow:
        await genealogy.terminate(uow, "P5", Termination(reason="left"))
        await uow.commit()
    meanwhile = await live.fresh()
    assert meanwhile is before
    assert meanwhile.as_of is not None
    assert meanwhile.find(PersonId(5)) is not None
    await order(database, 7, 40 * SCALE)
    go_on.set()
    after = await settled(live, before)
    assert after.as_of is None
    assert figures(after) == await recomputed(database)
