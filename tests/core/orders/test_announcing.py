"""What her order has come to is told to whoever ordered: every state once, under one subject."""

from datetime import timedelta

import pytest

from core.access.model import Caller, CallerKind
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging import outbox
from core.orders import service
from core.orders.model import OrderKind
from tests.core.points.companies import NOW, found, order

Told = tuple[str, str | None]


@pytest.fixture
async def ana(uow: UnitOfWork) -> PersonId:
    return (await found(uow))["Ana"]


async def told(uow: UnitOfWork, person: PersonId) -> list[Told]:
    """State and tracking number of her messages, oldest first."""
    cards = [card for card in await outbox.history(uow, person, None, 100) if card.kind == "order.updated"]
    assert {(card.subject, card.occasion, card.facts["order"]) for card in cards} <= {("order:O1", "order:O1", "O1")}
    return [(card.facts["state"], card.facts["tracking"]) for card in reversed(cards)]


async def test_each_state_is_told_once(uow: UnitOfWork, ana: PersonId) -> None:
    for _ in range(2):
        await order(uow, "O1", "Ana")
        await service.ship_order(uow, "O1")
    for _ in range(2):
        await service.ship_order(uow, "O1", "TRACK1")
    for _ in range(2):
        await service.deliver_order(uow, "O1")
    assert await told(uow, ana) == [("paid", None), ("shipped", None), ("shipped", "TRACK1"), ("delivered", None)]


async def test_an_order_that_is_paid_later_and_cancelled_is_told_of(uow: UnitOfWork, ana: PersonId) -> None:
    await order(uow, "O1", "Ana", at=NOW - timedelta(days=20))
    assert await told(uow, ana) == [], "what was paid long ago is no news"
    await service.undo(uow, await service.head_of(uow, "O1"))
    assert await told(uow, ana) == [("cancelled", None)]


async def test_what_she_did_herself_in_her_chat_is_not_told_again(uow: UnitOfWork, ana: PersonId) -> None:
    uow.actor = Caller(CallerKind.CHAT, frozenset(), person=ana, chat=1).actor
    await order(uow, "O1", "Ana")
    assert await told(uow, ana) == []
    uow.actor = "staff:1"
    await service.ship_order(uow, "O1")
    assert await told(uow, ana) == [("shipped", None)]


async def test_a_return_is_not_told_as_an_order(uow: UnitOfWork, ana: PersonId) -> None:
    await order(uow, "O1", "Ana")
    await order(uow, "R1", "Ana", returns="O1")
    assert (await service.head_of(uow, "R1")).kind is OrderKind.RETURN
    assert await told(uow, ana) == [("paid", None)]
