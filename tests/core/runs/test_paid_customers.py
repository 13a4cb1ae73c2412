"""Customers who earn, in the service: a reward for a friend is estimated, released, told, and paid to them."""

from datetime import UTC, date, datetime

import pytest

from core.access.model import Role
from core.access.service import add_staff
from core.catalog import service as catalog
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.payments import job
from core.payments import service as payments
from core.payments.model import BankAccountWish, CompanyAccountWish, Format, ListWish
from core.plan import service as plans
from core.runs import service as runs
from tests.core.plan.plans import SMALL
from tests.core.runs.company import STAFF, TEA, ordered, released
from tests.support.api import Api
from tests.support.clock import StillClock
from tests.support.planting import plant

FRIENDS = """
[points]

[[bonuses]]
code = "friends"
kind = "first_order"
label = "Bring a friend"
who = "customers"
amount = 10
minimum_order = 50

[[bonuses]]
code = "stars"
kind = "first_order"
label = "Stars for a friend"
who = "all"
pays = "points"
amount = 25
"""
SEPTEMBER, OCTOBER = datetime(2026, 9, 20, 9, tzinfo=UTC), datetime(2026, 10, 5, 9, tzinfo=UTC)


@pytest.fixture
async def people(api: Api, clock: StillClock) -> dict[str, PersonId]:
    """Ben brought the customer Cleo, she the customer Dina, whose first order is 60; in October Eli orders, too."""
    clock.moment = datetime(2026, 10, 6, 9, tzinfo=UTC)
    async with api.database.begin() as uow:
        await plans.activate(uow, SMALL + FRIENDS)
        numbers = await plant(uow, "Ben\n  (Cleo)\n    (Dina)\n    (Eli)")
        await catalog.record_products(uow, [TEA])
        for name in STAFF:
            await add_staff(uow, name, Role.COMMISSIONS)
        await ordered(api.database, "Dina", 60, "O1", SEPTEMBER, uow=uow)
        await ordered(api.database, "Eli", 70, "O2", OCTOBER, uow=uow)
        wish = CompanyAccountWish(holder="Small & Co", iban="NL91ABNA0417164300", format=Format.SEPA_2019)
        await payments.set_company_account(uow, "EUR", wish)
        uow.actor = "staff:9"
        account = BankAccountWish(holder="Cleo", iban="ES9121000418450200051332", currency="EUR")
        await payments.set_account(uow, "Cleo", account)
        await uow.commit()
    return numbers


async def test_a_reward_for_a_friend_is_estimated_released_and_paid(api: Api, people: dict[str, PersonId]) -> None:
    run = await released(api.database, "2026-09")
    cleo, dina, ben = [await api.person(people[code], chat) for chat, code in enumerate(("Cleo", "Dina", "Ben"), 1)]
    assert (await cleo.get("/v1/me")).body["pays_customers"] is True
    statement = (await cleo.get("/v1/me/statements/latest")).body
    assert statement["totals"] == [{"currency": "EUR", "amount": 1000}]
    assert {one["bonus"]: one["amount"] for one in statement["bonuses"]} == {"friends": 1000, "stars": 25}
    assert (await dina.get("/v1/me/statements/latest")).body["bonuses"] == []
    assert (await ben.get("/v1/me/statements/latest")).body["bonuses"] == [], "Ben brought nobody who ordered"
    while not (estimate := (await cleo.get("/v1/me/estimate")).body)["ready"]:
        continue  # it waits for some seconds itself
    assert {one["bonus"]: one["amount"] for one in estimate["bonuses"]} == {"friends": 1000, "stars": 25}
    wish = ListWish(currency="EUR", execution_on=date(2026, 10, 20))
    card = await job.make(api.database, wish, actor="staff:8")
    assert (card.count, card.sum_minor) == (1, 1000)
    async with api.database.read() as questions:
        [payment] = await payments.of_person(questions, people["Cleo"])
        assert (await runs.payouts_of(questions, people["Cleo"]))[0].run == run
        assert await runs.verify(questions) == await ledger.verify(questions) == []
    assert payment.amount_minor == 1000
    stars = (await cleo.get("/v1/me/points")).body
    assert stars["available"] == 25
