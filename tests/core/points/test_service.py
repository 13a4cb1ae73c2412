"""Earning, taking back, spending and restoring, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ledger.model import EntryId, Purpose
from core.points import service as points
from core.points.model import Adjustment, PointsTooFew
from tests.core.points.companies import NOW, balances, found, order, require_sound

LONG_AGO = NOW - timedelta(days=30)


@pytest.fixture
async def people(uow: UnitOfWork) -> dict[str, PersonId]:
    return await found(uow)


async def spend(uow: UnitOfWork, person: PersonId, amount: int, key: str = "spent") -> EntryId:
    return await points.spend(
        uow,
        person,
        amount,
        key=key,
        kind="points.redeemed",
        reason="test",
        document=("order", key),
        counter=Purpose.POINTS_REDEEMED,
    )


async def test_an_order_earns_once_and_its_points_wait_until_it_is_safe(
    uow: UnitOfWork, people: dict[str, PersonId]
) -> None:
    assert await order(uow, "1", "Ana") == 100
    assert await points.earn(uow, "1", None) == 0
    assert await balances(uow, people["Ana"]) == (0, 100)
    card = await points.card(uow, people["Ana"])
    assert (card.available, card.pending, str(card.pending_until)) == (0, 100, "2026-12-06")
    await require_sound(uow)


async def test_an_order_of_long_ago_is_safe_at_once_and_ends_by_its_own_day(
    uow: UnitOfWork, people: dict[str, PersonId]
) -> None:
    await order(uow, "1", "Ana", at=LONG_AGO)
    card = await points.card(uow, people["Ana"])
    assert (card.available, card.pending) == (100, 0)
    assert [(str(one.on), one.points) for one in card.expiries] == [("2026-12-23", 100)]


async def test_orders_before_the_programme_unpaid_ones_and_unknown_ones_earn_nothing(
    uow: UnitOfWork, people: dict[str, PersonId]
) -> None:
    assert await order(uow, "old", "Ana", at=datetime(2025, 12, 31, 12, tzinfo=UTC)) == 0
    assert await points.earn(uow, "unknown", None) == 0
    assert await balances(uow, people["Ana"]) == (0, 0)


async def test_two_products_together_earn_by_the_rule_as_well(uow: UnitOfWork, people: dict[str, PersonId]) -> None:
    assert await order(uow, "1", "Ana", [("TEA", 10), ("SOAP", 1)]) == 10 + 5 + 30


async def test_a_return_takes_pending_points_first_and_never_more_than_was_earned(
    uow: UnitOfWork, people: dict[str, PersonId]
) -> None:
    await order(uow, "1", "Ana", [("TEA", 10), ("SOAP", 2)])
    assert await balances(uow, people["Ana"]) == (0, 50)
    assert await order(uow, "r1", "Ana", [("SOAP", 1)], returns="1") == 5 + 8  # a quarter of 30, rounded
    assert await order(uow, "r2", "Ana", [("SOAP", 1), ("TEA", 10)], returns="1") == 15 + 22
    assert await order(uow, "r3", "Ana", [("TEA", 10)], returns="1") == 0
    assert await balances(uow, people["Ana"]) == (0, 0)
    await require_sound(uow)


async def test_what_was_spent_already_becomes_a_debt_that_later_points_pay(
    uow: UnitOfWork, people: dict[str, PersonId]
) -> None:
    await order(uow, "1", "Ana", at=LONG_AGO)
    await spend(uow, people["Ana"], 80)
    assert await order(uow, "r1", "Ana", [("TEA", 100)], returns="1") == 100
    assert await balances(uow, people["Ana"]) == (-80, 0)
    await order(uow, "2", "Ana", [("TEA", 100)], at=LONG_AGO)
    assert await balances(uow, people["Ana"]) == (20, 0)
    assert sum(one.points for one in (await points.expiries(uow, people["Ana"])).expiries) == 20
    await require_sound(uow)


async def test_what_is_spent_ends_first_and_goes_back_with_its_end(
    uow: UnitOfWork, people: dict[str, PersonId]
) -> None:
    ana = people["Ana"]
    await order(uow, "1", "Ana", at=LONG_AGO)
    await order(uow, "2", "Ana", at=LONG_AGO + timedelta(days=5))
    entry = await spend(uow, ana, 150)
    assert [(str(one.on), one.points) for one in (await points.expiries(uow, ana)).expiries] == [("2026-12-28", 50)]
    await points.restore(uow, entry, key="part", reason="returned", points=60, document=("return", "r"))
    await points.restore(uow, entry, key="rest", reason="returned", points=90, document=("return", "s"))
    after = [(str(one.on), one.points) for one in (await points.expiries(uow, ana)).expiries]
    assert after == [("2026-12-23", 100), ("2026-12-28", 100)]
    await require_sound(uow)


async def test_too_few_points_are_refused_with_how_many_are_missing(
    uow: UnitOfWork, people: dict[str, PersonId]
) -> None:
    await order(uow, "1", "Ana", at=LONG_AGO)
    with pytest.raises(PointsTooFew) as refused:
        await spend(uow, people["Ana"], 130)
    assert refused.value.facts == {"name": "stars", "available": 100, "needed": 130, "missing": 30}
    assert await balances(uow, people["Ana"]) == (100, 0)


async def test_the_same_spending_again_takes_nothing(uow: UnitOfWork, people: dict[str, PersonId]) -> None:
    await order(uow, "1", "Ana", at=LONG_AGO)
    assert await spend(uow, people["Ana"], 90) == await spend(uow, people["Ana"], 90)
    assert await balances(uow, people["Ana"]) == (10, 0)
    await require_sound(uow)


async def test_what_goes_back_after_its_last_day_ends_at_once(uow: UnitOfWork, people: dict[str, PersonId]) -> None:
    await order(uow, "1", "Ana", at=LONG_AGO)
    entry = await spend(uow, people["Ana"], 100)
    uow.now = NOW + timedelta(days=40)
    await points.restore(uow, entry, key="undo", reason="cancelled")
    assert await balances(uow, people["Ana"]) == (0, 0)
    kinds = [one.kind.value for one in (await points.movements(uow, people["Ana"], cursor=None, limit=10)).items]
    assert kinds == ["expired", "restored", "redeemed", "earned"]
    await require_sound(uow)


async def test_time_alone_makes_points_safe_and_lets_them_end(uow: UnitOfWork, people: dict[str, PersonId]) -> None:
    await order(uow, "1", "Ana")
    uow.now = NOW + timedelta(days=20)
    assert (await points.card(uow, people["Ana"])).available == 100
    await spend(uow, people["Ana"], 30)
    assert await balances(uow, people["Ana"]) == (70, 0)
    uow.now = NOW + timedelta(days=100)
    assert (await points.card(uow, people["Ana"])).available == 0
    with pytest.raises(PointsTooFew):
        await spend(uow, people["Ana"], 1, "late")
    await require_sound(uow)


async def test_a_tier_is_by_what_was_earned_not_by_what_is_left(uow: UnitOfWork, people: dict[str, PersonId]) -> None:
    await order(uow, "1", "Ana", [("TEA", 150)], at=LONG_AGO)
    await spend(uow, people["Ana"], 150)
    tier = (await points.card(uow, people["Ana"])).tier
    assert tier is not None and (tier.code, tier.earned, tier.to_go) == ("bronze", 150, 850)
    await order(uow, "r", "Ana", [("TEA", 100)], returns="1")
    tier = (await points.card(uow, people["Ana"])).tier
    assert tier is not None and (tier.code, tier.earned) == (None, 50)


async def test_points_by_hand_may_leave_a_debt_and_say_why(uow: UnitOfWork, people: dict[str, PersonId]) -> None:
    await points.adjust(uow, Adjustment(person="Ana", amount=40, reason="sorry"))
    done = await points.adjust(uow, Adjustment(person="Ana", amount=-50, reason="by mistake"))
    assert done.balance == -10
    told = (await points.movements(uow, people["Ana"], cursor=None, limit=10)).items
    assert [(one.kind.value, one.points, one.reason) for one in told] == [
        ("adjusted", -50, "by mistake"),
        ("adjusted", 40, "sorry"),
    ]
    await require_sound(uow)
