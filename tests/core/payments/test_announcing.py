"""Whoever was paid hears of it once, and of money that came back."""

from typing import Any

from core.db.unit_of_work import UnitOfWork
from core.exchange.rules.findings import Findings
from core.kernel.ids import PersonId
from core.messaging import outbox
from core.payments import service
from core.payments.model import Entry, Status
from tests.core.payments.company import DAY, exported, found, owe


async def told(uow: UnitOfWork, person: PersonId) -> list[dict[str, Any]]:
    cards = await outbox.history(uow, person, None, 10)
    assert {card.kind for card in cards} <= {"payout.made"}
    return [card.facts for card in reversed(cards)]


async def test_payments_that_were_made_and_that_came_back_are_told_once(uow: UnitOfWork) -> None:
    people = await found(uow)
    await owe(uow, people, {"Ana": 10_000, "Ben": 2_500})
    card = await exported(uow)
    payments = {one.person: one.end_to_end_id for one in (await service.payments(uow, card.number, None)).items}

    async def report(status: Status, *who: str) -> None:
        entries = [Entry(1, status, payments[one], on=DAY, reason="AC04") for one in who]
        booking, _ = await service.looked_up(uow, entries, Findings())
        await service.book_paid(uow, booking.paid)
        await service.book_returned(uow, booking.returned)

    for _ in range(2):
        await report(Status.PAID, "Ana")
        await report(Status.RETURNED, "Ben")
    common = {"currency": "EUR", "on": DAY.isoformat()}
    paid = {"amount": 10_000, "account": "ES91 •••• 1332", "returned": False, **common}
    assert await told(uow, people["Ana"]) == [paid]
    assert await told(uow, people["Ben"]) == [
        {"amount": 2_500, "account": "DE89 •••• 3000", "returned": True, **common}
    ]
    await report(Status.RETURNED, "Ana")
    assert await told(uow, people["Ana"]) == [paid, paid | {"returned": True}]
    assert await told(uow, people["Cleo"]) == []
