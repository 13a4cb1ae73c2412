"""Two people give each other points at the same moment, while the sweep goes over both."""

import asyncio
from collections.abc import Collection
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from core.checkout import service as checkout
from core.db.database import Database
from core.db.model import DatabaseBusy
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.live.service import Live
from core.live.state import State
from core.offers.model import OfferChanged
from core.orders import service as orders
from core.orders.model import NewLine, NewOrder, OrderKind
from core.points import service as points
from core.points.job import ACTOR, sweep
from core.points.model import TransferWish
from core.points.service import asking
from core.points.store import asked
from tests.core.points.companies import NOW, balances, found, order, require_sound
from tests.core.points.test_in_any_order import Everybody
from tests.support.clock import StillClock

ROUNDS = 6
AT_THE_COUNTER_S = 0.3
"""Long enough for the others to come and wait."""


async def give(database: Database, state: State, giver: PersonId, to: str, results: list[str]) -> None:
    """Offer and accept, as two requests do; a second tap at the same time gets the same answer."""
    async with database.begin() as uow:
        offer = await points.offer_transfer(uow, state, giver, TransferWish(to=to, points=10))
        await uow.commit()

    async def tap() -> str:
        try:
            async with database.begin() as uow:
                done = await points.transfer(uow, state, giver, offer.offer)
                await uow.commit()
        except (OfferChanged, DatabaseBusy) as refused:
            return refused.code
        return done.offer

    answers = await asyncio.gather(tap(), tap())
    assert len(set(answers)) == 1
    results.append(answers[0])


async def test_givers_taps_and_the_sweep_do_not_stand_in_each_others_way(database: Database, clock: StillClock) -> None:
    async with database.begin() as uow:
        people = await found(uow)
        for number, name in enumerate(("Ana", "Ben")):
            await order(uow, f"o{number}", name, [("TEA", 300)], at=NOW - timedelta(days=20))
            await order(uow, f"p{number}", name, [("TEA", 50)], at=NOW - timedelta(days=10))
        await uow.commit()
    clock.advance(timedelta(days=10))
    results: list[str] = []
    for _ in range(ROUNDS):
        await asyncio.gather(
            give(database, Everybody(), people["Ana"], "Ben", results),
            give(database, Everybody(), people["Ben"], "Ana", results),
            sweep(database),
        )
    assert not {"database_busy"} & set(results)
    given = [one for one in results if one != "offer_changed"]
    assert len(set(given)) == len(given) >= ROUNDS
    async with database.read() as questions:
        await require_sound(questions)
        found_now = [await balances(questions, people[name]) for name in ("Ana", "Ben")]
    assert sum(one[0] for one in found_now) == 700
    assert [one[1] for one in found_now] == [0, 0]


async def test_who_orders_and_who_earns_by_it_do_not_wait_in_a_circle(database: Database) -> None:
    async with database.begin() as uow:
        people = await found(uow)
        await bring(uow, people["Cleo"], by=people["Ana"])
        await order(uow, "start", "Ana", [("TEA", 300)], at=NOW - timedelta(days=20))
        await uow.commit()
    live = Live(database)

    async def buy(number: int) -> None:
        async with database.begin() as uow:
            lines = (NewLine(sku="TEA", quantity=1),)
            new = NewOrder(order_id=f"c{number}", person="Cleo", date=NOW, lines=lines, paid_on=NOW)
            await checkout.take_order(uow, new, live)
            await uow.commit()

    results: list[str] = []
    for number in range(ROUNDS):
        await asyncio.gather(buy(number), give(database, Everybody(), people["Ana"], "Cleo", results))
    assert not {"database_busy"} & set(results)
    async with database.read() as questions:
        await require_sound(questions)
        assert (await balances(questions, people["Cleo"]))[1] == ROUNDS
        assert (await balances(questions, people["Ana"]))[1] == 200


async def bring(uow: UnitOfWork, person: PersonId, *, by: PersonId) -> None:
    statement = "INSERT INTO referral (person_id, referrer_id, at, how) VALUES (:person, :by, 0, 'staff')"
    await uow.connection.execute(text(statement), {"person": person, "by": by})


async def test_a_checkout_and_the_sweep_ask_the_same_order_without_waiting_in_a_circle(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An order that came in bulk comes back at the counter in the middle of the sweep; a circle is `database_busy`."""
    async with database.begin() as uow:
        people = await found(uow)
        await bring(uow, people["Cleo"], by=people["Ana"])
        for name in ("Ana", "Cleo"):
            await unasked(uow, name, NOW - timedelta(days=20))
        await uow.commit()
    live, claim, is_claimed = Live(database), asked.claim_orders, asyncio.Event()

    async def slow_claim(uow: UnitOfWork, refs: Collection[int]) -> set[int]:
        claimed = await claim(uow, refs)
        if uow.actor == ACTOR:
            is_claimed.set()
            await asyncio.sleep(AT_THE_COUNTER_S)
        return claimed

    monkeypatch.setattr(asked, "claim_orders", slow_claim)

    async def come_back(name: str) -> None:
        await is_claimed.wait()
        async with database.begin() as uow:
            lines = (NewLine(sku="TEA", quantity=1),)
            new = NewOrder(
                order_id=f"{name} back",
                person=name,
                date=NOW,
                kind=OrderKind.RETURN,
                lines=lines,
                returns_order_id=name,
            )
            await checkout.take_order(uow, new, live)
            await uow.commit()

    async def swept() -> None:
        async with database.begin(actor=ACTOR) as uow:
            await asking.ask(uow, await asking.waiting(uow, None, 0, 10), None)
            await uow.commit()

    await asyncio.gather(swept(), come_back("Ana"), come_back("Cleo"))
    async with database.read() as questions:
        await require_sound(questions)
        assert await balances(questions, people["Ana"]) == (2 + 200 - 67, 0)
        assert await balances(questions, people["Cleo"]) == (2, 0)


async def unasked(uow: UnitOfWork, who: str, at: datetime) -> None:
    """A paid order as an import writes it."""
    new = NewOrder(order_id=who, person=who, date=at, lines=(NewLine(sku="TEA", quantity=3),), paid_on=at)
    await orders.record_order(uow, new)
