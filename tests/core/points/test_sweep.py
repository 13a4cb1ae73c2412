"""The sweep: imported orders, safe and ended lots, and cycles; and again, which changes nothing."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from sqlalchemy import text

from core.checkout.job import settle_returns
from core.closing.job import close_cycle
from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.live.service import Live
from core.orders import service as orders
from core.orders.model import NewLine, NewOrder, OrderKind
from core.points import job
from core.points import service as points
from core.points.job import Sweep, Sweeping, Swept, sweep
from tests.core.points.companies import POINTS_PLAN, balances, found, require_sound
from tests.support.clock import StillClock

RANKED = (
    POINTS_PLAN
    + """
[[points.rules]]
code = "silver_tea"
label = "Silver drinks tea"
on = "order"
when = 'rank >= silver'
points = 7

[[points.rules]]
code = "loyal"
label = "Loyal buyers"
on = "cycle"
when = "ordered_cycles >= 2 and kpi.pv >= 100 and person.country == \\"GB\\""
points = "10 * ordered_cycles"

[[points.rules]]
code = "brought"
label = "Whom you brought keeps ordering"
on = "cycle"
when = "referrals_ordered(2) >= 1"
points = "100 * referrals_ordered(2) + referrals"
"""
)


@pytest.fixture
async def people(database: Database) -> dict[str, PersonId]:
    """Orders as an import writes them: nobody asked what they earn."""
    async with database.begin() as uow:
        people = await found(uow, RANKED)
        for order_id, who, month, day in [
            ("a9", "Ana", 9, 20),
            ("a10", "Ana", 10, 20),
            ("b10", "Ben", 10, 5),
            ("b11", "Ben", 11, 20),
            ("c9", "Cleo", 9, 25),
            ("c10", "Cleo", 10, 25),
        ]:
            await record(uow, order_id, who, datetime(2026, month, day, 9, tzinfo=UTC))
        await record(uow, "rb", "Ben", datetime(2026, 11, 21, 9, tzinfo=UTC), 40, returns="b10")
        await uow.connection.execute(
            text("INSERT INTO referral (person_id, referrer_id, at, how) VALUES (:cleo, :eva, 0, 'staff')"),
            {"cleo": people["Cleo"], "eva": people["Eva"]},
        )
        await uow.connection.execute(
            text("INSERT INTO chat_link (chat_id, person_id, linked_at) SELECT 1000 + id, id, 0 FROM person")
        )
        await uow.commit()
    return people


async def record(
    uow: UnitOfWork, order_id: str, who: str, at: datetime, quantity: int = 100, returns: str | None = None
) -> None:
    new = NewOrder(
        order_id=order_id,
        person=who,
        date=at,
        kind=OrderKind.RETURN if returns else OrderKind.SALE,
        lines=(NewLine(sku="TEA", quantity=quantity),),
        paid_on=at,
        returns_order_id=returns,
    )
    await orders.record_order(uow, new)


async def standing(database: Database, people: dict[str, PersonId]) -> dict[str, tuple[int, int]]:
    async with database.read() as questions:
        await require_sound(questions)
        return {name: await balances(questions, person) for name, person in people.items()}


async def test_a_sweep_does_what_is_due_once(database: Database, people: dict[str, PersonId]) -> None:
    assert await sweep(database) == Swept(orders=7, points=600 + 200 + 40, safe=0, ended=1)
    after = await standing(database, people)
    # Ana's points of September have ended; Ben gave 40 back, and November's wait; Eva brought Cleo.
    assert after == {"Ana": (100, 0), "Ben": (60, 100), "Cleo": (200, 0), "Eva": (200, 0)}
    assert await sweep(database) == Swept()
    assert await standing(database, people) == after


async def test_closed_cycles_are_asked_once(database: Database, people: dict[str, PersonId]) -> None:
    await sweep(database)
    before = await standing(database, people)
    for code in ("2026-09", "2026-10"):
        await close_cycle(database, code, actor="test")
    done = await sweep(database)
    assert (done.cycles, done.points) == (2, 20 + 20 + 101)
    after = await standing(database, people)
    gained = {name: after[name][0] - before[name][0] for name in people}
    assert gained == {"Ana": 20, "Ben": 0, "Cleo": 20, "Eva": 101}
    assert await sweep(database) == Swept()


async def test_time_moves_lots_on_by_bulk_as_it_does_by_hand(
    database: Database, people: dict[str, PersonId], clock: StillClock
) -> None:
    await sweep(database)
    clock.advance(timedelta(days=13))
    assert (await sweep(database)).safe == 1
    assert (await standing(database, people))["Ben"] == (160, 0)
    clock.advance(timedelta(days=70))
    done = await sweep(database)
    assert done.ended == 4
    assert set((await standing(database, people)).values()) == {(0, 0)}


async def test_a_sweep_that_is_stopped_goes_on_later(database: Database, people: dict[str, PersonId]) -> None:
    whole = Sweep(database, no_figures)
    whole.stop()
    assert await whole.run() == Swept()
    assert (await sweep(database)).orders == 7


async def no_figures() -> None:
    """As while the service starts."""


async def test_orders_wait_while_the_figures_that_a_rule_asks_for_are_not_known(
    database: Database, people: dict[str, PersonId]
) -> None:
    done = await Sweep(database, no_figures).run()
    assert (done.points, set((await standing(database, people)).values())) == (0, {(0, 0)})
    assert (await sweep(database)).points > 0


async def test_a_sale_that_the_sweep_finds_after_its_return_was_asked_for_is_taken_back(
    database: Database, people: dict[str, PersonId]
) -> None:
    async with database.begin() as uow:
        assert await points.take_back(uow, "rb") == 0
        await uow.commit()
    await sweep(database)
    async with database.read() as questions:
        kinds = [
            one.kind.value for one in (await points.movements(questions, people["Ben"], cursor=None, limit=10)).items
        ]
    assert kinds == ["taken_back", "earned", "earned"]


async def test_the_service_sweeps_by_itself_and_ends_in_order(
    database: Database, people: dict[str, PersonId], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("FIRST_AFTER_S", "EVERY_S"):
        monkeypatch.setattr(job, name, 0.01)
    live = Live(database)
    lives = [live.life(web.Application()), Sweeping(database, live, first=settle_returns).life(web.Application())]
    for one in lives:
        await anext(one)
    for _ in range(600):
        if (await standing(database, people))["Cleo"] == (200, 0):
            break
        await asyncio.sleep(0.05)
    for one in reversed(lives):
        with suppress(StopAsyncIteration):
            await anext(one)
    assert (await standing(database, people))["Ben"] == (60, 100)
    assert (await sweep(database)).orders == 0
