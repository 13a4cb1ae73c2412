"""Returns in their odd forms: without a sale, of others' points, of expired points, and debts nobody may have."""

from datetime import timedelta

import pytest

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import POINTS, Account, Purpose
from core.orders import service as orders
from core.orders.model import NewLine, NewOrder
from core.points import service as points
from core.points.model import TransferWish
from core.points.service import asking
from tests.core.points.companies import NOW, POINTS_PLAN, balances, found, order, require_sound
from tests.core.points.test_at_once import bring
from tests.core.points.test_in_any_order import Everybody

LONG_AGO = NOW - timedelta(days=30)


async def spend(uow: UnitOfWork, person: PersonId, amount: int) -> None:
    await points.spend(
        uow,
        person,
        amount,
        key="spent",
        kind="points.redeemed",
        reason="test",
        document=("order", "s"),
        counter=Purpose.POINTS_REDEEMED,
    )


async def test_a_return_that_names_no_sale_takes_from_the_latest_orders_and_never_more(uow: UnitOfWork) -> None:
    people = await found(uow)
    await order(uow, "1", "Ana", at=LONG_AGO)
    await order(uow, "2", "Ana", [("TEA", 30)])
    assert await order(uow, "r1", "Ana", [("TEA", 50)], returns="unknown") == 50
    assert await balances(uow, people["Ana"]) == (80, 0)
    assert await order(uow, "r2", "Ana", [("TEA", 500)], returns="unknown") == 80
    assert await order(uow, "r3", "Ben", [("TEA", 500)], returns="unknown") == 0
    assert await balances(uow, people["Ana"]) == await balances(uow, people["Ben"]) == (0, 0)
    await require_sound(uow)


async def test_what_a_referrer_got_goes_back_with_the_order(uow: UnitOfWork) -> None:
    people = await found(uow)
    await bring(uow, people["Cleo"], by=people["Eva"])
    await order(uow, "1", "Cleo", at=LONG_AGO)
    assert await balances(uow, people["Eva"]) == (200, 0)
    assert await order(uow, "r", "Cleo", [("TEA", 50)], returns="1") == 50 + 100
    assert await balances(uow, people["Eva"]) == (100, 0)
    await order(uow, "2", "Cleo")
    assert await balances(uow, people["Eva"]) == (100, 0)  # the rule gives once
    await require_sound(uow)


async def test_a_first_order_that_was_cancelled_leaves_the_referrer_the_next_one(uow: UnitOfWork) -> None:
    people = await found(uow)
    await bring(uow, people["Cleo"], by=people["Eva"])
    for order_id in ("1", "2"):
        await order(uow, order_id, "Cleo", at=LONG_AGO)
        assert await balances(uow, people["Eva"]) == (200, 0)
        await orders.undo(uow, await orders.head_of(uow, order_id))
        assert await points.take_back(uow, order_id) == 300
        assert await balances(uow, people["Eva"]) == (0, 0)
    await require_sound(uow)


async def test_what_the_company_bore_for_a_cancelled_order_is_not_given_a_second_time(uow: UnitOfWork) -> None:
    people = await found(uow, POINTS_PLAN.replace("safe_after_days", "may_go_negative = false\nsafe_after_days"))
    await bring(uow, people["Cleo"], by=people["Eva"])
    await order(uow, "1", "Cleo", at=LONG_AGO)
    await spend(uow, people["Eva"], 150)
    await orders.undo(uow, await orders.head_of(uow, "1"))
    assert await points.take_back(uow, "1") == 150
    await order(uow, "2", "Cleo", at=LONG_AGO)
    assert await balances(uow, people["Eva"]) == (0, 0)
    await require_sound(uow)


async def test_where_nobody_may_owe_the_company_bears_what_was_spent(uow: UnitOfWork) -> None:
    people = await found(uow, POINTS_PLAN.replace("safe_after_days", "may_go_negative = false\nsafe_after_days"))
    await order(uow, "1", "Ana", at=LONG_AGO)
    await spend(uow, people["Ana"], 70)
    assert await order(uow, "r", "Ana", [("TEA", 100)], returns="1") == 30
    assert await balances(uow, people["Ana"]) == (0, 0)
    account = Account(person=people["Ana"], purpose=Purpose.POINTS_AVAILABLE, unit=POINTS)
    [last] = await ledger.entries_of(uow, account, before=None, limit=1)
    assert last.reason == "returned, 70 borne by the company"
    await require_sound(uow)


async def test_what_expired_unused_is_not_taken_a_second_time(uow: UnitOfWork) -> None:
    people = await found(uow)
    await order(uow, "1", "Ana", at=LONG_AGO)
    await spend(uow, people["Ana"], 60)
    uow.now = NOW + timedelta(days=40)
    assert await order(uow, "r", "Ana", [("TEA", 100)], returns="1", at=uow.now) == 60
    assert await balances(uow, people["Ana"]) == (-60, 0)
    await require_sound(uow)


async def test_an_order_that_is_cancelled_while_it_waits_to_be_asked_earns_nothing(uow: UnitOfWork) -> None:
    people = await found(uow)
    tea = NewLine(sku="TEA", quantity=100)
    await orders.record_order(uow, NewOrder(order_id="1", person="Ana", date=NOW, lines=(tea,), paid_on=NOW))
    seen_paid = await asking.waiting(uow, None, 0, 10)
    await orders.undo(uow, await orders.head_of(uow, "1"))
    assert await points.take_back(uow, "1") == 0
    assert (len(seen_paid), await asking.ask(uow, seen_paid, None)) == (1, 0)
    assert await balances(uow, people["Ana"]) == (0, 0)
    await require_sound(uow)


@pytest.mark.parametrize(("to", "name"), [('"anyone"', "Cleo"), ('"line"', "Cleo Doe")])
async def test_a_code_does_not_give_away_the_name_of_somebody_beside_the_line(
    uow: UnitOfWork, to: str, name: str
) -> None:
    people = await found(uow, POINTS_PLAN.replace("[points.transfer]", f"[points.transfer]\nto = {to}"))
    await order(uow, "1", "Eva", at=LONG_AGO)
    figures = Apart() if to == '"anyone"' else Everybody()
    offer = await points.offer_transfer(uow, figures, people["Eva"], TransferWish(to="Cleo", points=20))
    assert (offer.to_code, offer.to_name) == ("Cleo", name)


class Apart(Everybody):
    """Figures in which nobody stands below anybody."""

    def is_below(self, top: int, index: int) -> bool:
        return False
