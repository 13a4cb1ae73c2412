import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from core.catalog.model import OutOfStock
from core.checkout import service
from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from core.incentives import service as incentives
from core.incentives.model import NewCoupon
from core.kernel.ids import PersonId
from core.ledger.model import Purpose
from core.live.service import Live
from core.orders import service as orders
from core.orders.model import OrderDiffers, OrderPaid, OrderShipped, OrderState, VolumeChanged
from core.points import service as points
from core.points.model import Adjustment
from tests.core.checkout.shop import NOW, by, found, money, new, refusal, require_sound, stars, stock, take, told


@pytest.fixture
async def people(uow: UnitOfWork) -> dict[str, PersonId]:
    return await found(uow)


@pytest.fixture
def live(database: Database) -> Live:
    return Live(database)


async def purses(uow: UnitOfWork, person: PersonId) -> tuple[int, int, int]:
    """Stars, credit, and what is left of credit notes."""
    return await stars(uow, person), await money(uow, person), await money(uow, person, Purpose.CREDIT_NOTES)


async def test_money_from_outside_pays_all_unless_something_else_is_said(
    uow: UnitOfWork, live: Live, people: dict[str, PersonId]
) -> None:
    order = await take(uow, live, new(paid_on=NOW))
    assert (order.amount_minor, order.payments, order.due_minor) == (4000, (), 0)
    assert (await stars(uow, people["Ana"]), await stock(uow)) == (2047, 2)


async def test_everything_pays_its_part_and_what_is_left_is_asked_for_outside(
    uow: UnitOfWork, live: Live, people: dict[str, PersonId]
) -> None:
    ana = people["Ana"]
    payments = by("coupon ten", "points 500", "credit_note cn1 700", "credit 600")
    order = await take(uow, live, new(basket="BLENDER 1, BOOK 1", payments=payments))
    assert told(order.payments) == [
        "coupon 600 600 0",
        "points 500 2000 0",
        "credit_note 700 700 0",
        "credit 600 600 0",
    ]
    assert (order.state, order.amount_minor, order.points_paid) == (OrderState.OPEN, 3400, 500)
    assert (order.due_minor, [line.amount_minor for line in order.lines]) == (2100, [1600, 1800])
    assert [event for event in uow.emitted if isinstance(event, VolumeChanged)] == []
    assert (await stars(uow, ana), await money(uow, ana), await money(uow, ana, Purpose.CREDIT_NOTES)) == (
        1500,
        2400,
        800,
    )
    paid = await service.pay_order(uow, "O1", live)
    assert (paid.state, paid.due_minor, told(paid.payments)[-1]) == (OrderState.PAID, 0, "money 2100 2100 0")
    [volume] = [event for event in uow.emitted if isinstance(event, VolumeChanged)]
    assert (volume.qv, volume.points) == (340_000, 34)
    assert await stars(uow, ana) == 1500 + 34 + 7
    await require_sound(uow)


async def test_what_is_paid_without_money_is_paid_at_once(
    uow: UnitOfWork, live: Live, people: dict[str, PersonId]
) -> None:
    order = await take(uow, live, new(basket="BOOK 1", payments=by("credit_note CN1", "credit")))
    assert (order.state, told(order.payments)) == (OrderState.PAID, ["credit_note 1500 1500 0", "credit 500 500 0"])
    assert (order.qv, await money(uow, people["Ana"])) == (200_000, 2500)


async def test_the_same_order_again_takes_nothing_again(
    uow: UnitOfWork, live: Live, people: dict[str, PersonId]
) -> None:
    order = new(payments=by("points", "coupon TEN"))
    first = await take(uow, live, order)
    assert (first.state, first.amount_minor, first.points_paid, first.qv) == (OrderState.PAID, 0, 900, 0)
    assert await take(uow, live, order) == first
    assert (await stars(uow, people["Ana"]), await stock(uow)) == (1100, 2)
    with pytest.raises(OrderDiffers):
        await take(uow, live, new(payments=by("points")))


@pytest.mark.parametrize(
    ("payments", "other"),
    [
        (by("coupon  ten"), by("coupon TEN", "points")),
        (by("points 500", "credit"), by("points 400", "credit")),
        (by("credit_note cn1 700"), by("credit_note CN1 600")),
    ],
)
async def test_the_same_payments_are_known_again_however_they_are_written(
    uow: UnitOfWork,
    live: Live,
    people: dict[str, PersonId],
    payments: list[dict[str, object]],
    other: list[dict[str, object]],
) -> None:
    await points.adjust(uow, Adjustment(person="Ana", amount=-3000, currency="EUR", reason="Spent elsewhere"))
    first = await take(uow, live, new(payments=payments))
    assert await take(uow, live, new(payments=payments)) == first
    assert await refusal(take(uow, live, new(payments=other))) == "order_differs"


async def test_a_coupon_that_pays_all_of_it_leaves_nothing_for_points(
    uow: UnitOfWork, live: Live, people: dict[str, PersonId]
) -> None:
    free = NewCoupon(person="Ana", code="FREE", label={"en": "Free"}, percent=Decimal(100))
    await incentives.give_coupon(uow, free)
    order = await take(uow, live, new(payments=by("coupon FREE", "points")))
    assert (order.state, told(order.payments)) == (OrderState.PAID, ["coupon 4000 4000 0"])
    assert await take(uow, live, new(payments=by("coupon FREE", "points"))) == order


@pytest.mark.parametrize(
    ("basket", "payments", "code"),
    [
        ("BLENDER 3", by("points"), "points_too_few"),
        ("BLENDER 4", by("points"), "above_most"),
        ("TEA 3", by("points"), "quantity_too_many"),
        ("BOOK 1", by("points"), "not_redeemable"),
        ("BLENDER 1", by("points 249"), "mix_not_allowed"),
        ("BLENDER 1", by("points 1001"), "payment_too_large"),
        ("BLENDER 1", by("credit 3001"), "money_too_little"),
        ("BOOK 1", by("credit 2001"), "payment_too_large"),
        ("BOOK 1", by("credit_note CN1 1501"), "note_too_small"),
        ("BOOK 1", by("credit_note NONE"), "holding_unknown"),
        ("BOOK 1", by("coupon CN1"), "holding_unknown"),
        ("BOOK 1", by("coupon TEN", "coupon ten"), "request_invalid"),
        ("BOOK 1", by("credit", "credit 5"), "request_invalid"),
        ("BOOK 1", by("coupon"), "request_invalid"),
        ("BLENDER 4", [], "out_of_stock"),
    ],
)
async def test_what_cannot_pay_is_refused_and_says_why(
    uow: UnitOfWork,
    live: Live,
    people: dict[str, PersonId],
    basket: str,
    payments: list[dict[str, object]],
    code: str,
) -> None:
    assert await refusal(take(uow, live, new(basket=basket, payments=payments))) == code


@pytest.mark.parametrize("days", [-2, 0, 2])
async def test_the_most_of_a_day_counts_when_points_are_spent_whatever_day_the_order_says(
    uow: UnitOfWork, live: Live, people: dict[str, PersonId], days: int
) -> None:
    await points.adjust(uow, Adjustment(person="Ana", amount=5000, reason="More"))
    said = NOW + timedelta(days=days)
    await take(uow, live, new(basket="BLENDER 3", date=said, payments=by("points")))
    assert await refusal(take(uow, live, new("O2", basket="TEA 1", payments=by("points")))) == "above_most"
    await service.cancel_order(uow, "O1")
    assert await refusal(take(uow, live, new("O3", basket="TEA 1", payments=by("points")))) == ""


async def test_a_cancelled_order_leaves_everything_as_it_was(
    uow: UnitOfWork, live: Live, people: dict[str, PersonId]
) -> None:
    ana = people["Ana"]
    payments = by("coupon TEN", "points 500", "credit_note CN1 700", "credit 600")
    await take(uow, live, new(basket="BLENDER 1, BOOK 1", payments=payments, paid_on=NOW))
    order = await service.cancel_order(uow, "O1")
    assert (order.state, [one.given_back for one in order.payments]) == (
        OrderState.CANCELLED,
        [600, 500, 700, 600, 2100],
    )
    assert (await stars(uow, ana), await money(uow, ana), await money(uow, ana, Purpose.CREDIT_NOTES)) == (
        2000,
        3000,
        1500,
    )
    assert ((await incentives.holding(uow, ana, "TEN")).uses_left, await stock(uow)) == (1, 3)
    volume = [event.qv for event in uow.emitted if isinstance(event, VolumeChanged)]
    assert sum(volume) == 0
    assert await service.cancel_order(uow, "O1") == order
    assert await stock(uow) == 3
    await require_sound(uow)


async def test_goods_that_come_back_bring_their_share_back_and_no_more(
    uow: UnitOfWork, live: Live, people: dict[str, PersonId]
) -> None:
    ana = people["Ana"]
    await take(uow, live, new(basket="BLENDER 2, BOOK 1", payments=by("points 1001", "credit 1000"), paid_on=NOW))
    await orders.ship_order(uow, "O1")
    back = {"kind": "return", "returns_order_id": "O1"}
    first = await take(uow, live, new("R1", "BLENDER 1", **back))
    assert (first.points_paid, first.amount_minor) == (-500, -1998)
    assert (await orders.order(uow, "O1")).payments[0].given_back == 500
    await take(uow, live, new("R2", "BLENDER 1, BOOK 1", **back))
    sale = await orders.order(uow, "O1")
    assert [one.given_back for one in sale.payments] == [1001, 1000, 0]
    assert (await stars(uow, ana), await money(uow, ana)) == (2000, 3000)
    await take(uow, live, new("R3", "BLENDER 1", **back))
    assert (await orders.order(uow, "O1")).payments == sale.payments
    await require_sound(uow)


async def test_what_is_on_its_way_or_came_back_in_part_is_not_cancelled(
    uow: UnitOfWork, live: Live, people: dict[str, PersonId]
) -> None:
    await take(uow, live, new(basket="BLENDER 2", paid_on=NOW))
    await take(uow, live, new("R1", kind="return", returns_order_id="O1"))
    with pytest.raises(OrderPaid):
        await service.cancel_order(uow, "O1")
    await take(uow, live, new("O2", paid_on=NOW))
    await orders.ship_order(uow, "O2")
    with pytest.raises(OrderShipped):
        await service.cancel_order(uow, "O2")
    assert await refusal(take(uow, live, new("R2", kind="return", payments=by("points")))) == "request_invalid"


async def test_the_last_piece_is_sold_once(uow: UnitOfWork, live: Live, people: dict[str, PersonId]) -> None:
    await take(uow, live, new(basket="BLENDER 3", person="Ben"))
    with pytest.raises(OutOfStock):
        await take(uow, live, new("O2", payments=by("points")))
    await service.cancel_order(uow, "O1")
    assert await stock(uow) == 3


async def test_two_orders_at_once_use_a_coupon_once_and_the_same_order_twice_is_one(database: Database) -> None:
    async with database.begin() as uow:
        ana = (await found(uow))["Ana"]
        await uow.commit()

    async def at_once(order_id: str) -> str:
        async with database.begin() as uow:
            code = await refusal(
                take(uow, Live(database), new(order_id, "BOOK 1", payments=by("coupon TEN", "credit")))
            )
            if not code:
                await uow.commit()
        return code

    outcomes = await asyncio.gather(*(at_once(order_id) for order_id in ("O1", "O1", "O2", "O2")))
    assert sorted(outcomes) == ["", "", "holding_used", "holding_used"]
    async with database.begin() as uow:
        assert (await money(uow, ana), (await incentives.holding(uow, ana, "TEN")).uses_left) == (1200, 0)
        await require_sound(uow)
