"""What an order earned is told with it: all that one order gave one person, once, and nothing that is no news."""

from datetime import timedelta
from typing import Any

from sqlalchemy import text

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging import outbox
from tests.core.points.companies import NOW, found, order

STARS = {"en": {"one": "star", "other": "stars"}}


async def told(uow: UnitOfWork, person: PersonId) -> list[dict[str, Any]]:
    cards = [card for card in await outbox.history(uow, person, None, 100) if card.kind == "points.earned"]
    assert {card.occasion for card in cards} <= {"order:1", "order:2"}
    return [card.facts for card in reversed(cards)]


async def test_points_of_an_order_and_of_its_rules_are_one_message(uow: UnitOfWork) -> None:
    people = await found(uow)
    for _ in range(2):
        await order(uow, "1", "Ana", [("TEA", 20), ("SOAP", 2)])
    safe = {"usable_on": "2026-12-06"}
    assert await told(uow, people["Ana"]) == [{"points": 20 + 10 + 30, "name": STARS, "order": "1", **safe}]


async def test_whoever_brought_the_buyer_hears_of_her_points_but_not_of_the_order(uow: UnitOfWork) -> None:
    people = await found(uow)
    referral = "INSERT INTO referral (person_id, referrer_id, at, how) VALUES (:cleo, :eva, 0, 'staff')"
    await uow.connection.execute(text(referral), {"cleo": people["Cleo"], "eva": people["Eva"]})
    await order(uow, "1", "Cleo", [("TEA", 50)], at=NOW - timedelta(days=2))
    [eva] = await told(uow, people["Eva"])
    assert (eva["points"], eva["order"]) == (200, None)
    assert [one["order"] for one in await told(uow, people["Cleo"])] == ["1"]


async def test_points_of_an_order_of_long_ago_are_no_news(uow: UnitOfWork) -> None:
    people = await found(uow)
    assert await order(uow, "1", "Ana", at=NOW - timedelta(days=4)) == 100
    await order(uow, "2", "Ana", at=NOW - timedelta(days=3))
    assert [one["order"] for one in await told(uow, people["Ana"])] == ["2"]
