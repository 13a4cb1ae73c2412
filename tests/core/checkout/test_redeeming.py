from datetime import timedelta
from typing import Any

import pytest

from core.catalog import service as catalog
from core.checkout import service
from core.checkout.model import MixNotAllowed, NotYoursToCancel, RedemptionWish
from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.live.service import Live
from core.offers.model import OfferChanged, OfferGone
from core.orders import service as orders
from core.orders.model import OrderState, OrderUnknown, VolumeChanged
from core.points import service as points
from core.points.model import AboveMost, Adjustment, PointsTooFew
from tests.core.checkout.shop import NOW, by, found, money, new, refusal, require_sound, stars, stock, take
from tests.support.clock import StillClock


@pytest.fixture
async def ana(uow: UnitOfWork) -> PersonId:
    return (await found(uow))["Ana"]


def wish(sku: str = "BLENDER", quantity: int = 1, **more: object) -> RedemptionWish:
    return RedemptionWish.model_validate({"sku": sku, "quantity": quantity} | more)


async def test_an_offer_says_all_and_does_nothing_and_a_tap_does_it_once(uow: UnitOfWork, ana: PersonId) -> None:
    offer = await service.offer_redemption(uow, ana, wish())
    assert (offer.sku, offer.points, offer.left, offer.amount_minor, offer.currency) == ("BLENDER", 1000, 1000, 0, None)
    assert (await stars(uow, ana), await stock(uow)) == (2000, 3)
    redeemed = await service.redeem(uow, ana, offer.offer, None)
    assert (redeemed.order.state, redeemed.order.points_paid, redeemed.order.redeemed) == (OrderState.PAID, 1000, True)
    assert (len(redeemed.order.order_id), redeemed.left) == (9, 1000)
    assert await service.redeem(uow, ana, offer.offer, None) == redeemed
    assert (await stars(uow, ana), await stock(uow)) == (1000, 2)
    [volume] = [event for event in uow.emitted if isinstance(event, VolumeChanged)]
    assert (volume.cv, volume.qv, volume.points) == (0, 0, 0)
    await require_sound(uow)


async def test_points_and_money_pay_together_and_what_credit_leaves_stays_open(uow: UnitOfWork, ana: PersonId) -> None:
    offer = await service.offer_redemption(uow, ana, wish(quantity=2, points=500))
    assert (offer.amount_minor, offer.from_credit_minor, offer.currency, offer.left) == (6000, 3000, "EUR", 1500)
    assert (offer.points_whole, offer.points_least, offer.quantity_most) == (2000, 500, 3)
    redeemed = await service.redeem(uow, ana, offer.offer, None)
    assert redeemed.due_minor == 3000
    order = await orders.order(uow, redeemed.order.order_id)
    assert (order.state, order.due_minor, await money(uow, ana)) == (OrderState.OPEN, 3000, 0)
    taken_back = await service.cancel_order(uow, order.order_id, person=ana)
    assert taken_back.state is OrderState.CANCELLED
    assert (await stars(uow, ana), await money(uow, ana), await stock(uow)) == (2000, 3000, 3)


async def test_a_coupon_makes_it_cheaper_in_points(uow: UnitOfWork, ana: PersonId) -> None:
    offer = await service.offer_redemption(uow, ana, wish(coupon="TEN"))
    assert offer.points == 900
    await service.redeem(uow, ana, offer.offer, None)
    assert await refusal(service.offer_redemption(uow, ana, wish("TEA", coupon="TEN"))) == "holding_used"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (wish(quantity=3), "points_too_few"),
        (wish("TEA", 3), "quantity_too_many"),
        (wish(quantity=4), "above_most"),
        (wish(quantity=5), "above_most"),
        (wish(quantity=6), "quantity_too_many"),
        (wish("BOOK"), "not_redeemable"),
        (wish("NOTHING"), "product_unknown"),
        (wish(points=100), "mix_not_allowed"),
        (wish(points=1001), "payment_too_large"),
        (wish(coupon="NONE"), "holding_unknown"),
    ],
)
async def test_what_cannot_be_had_is_refused_before_it_is_offered(
    uow: UnitOfWork, ana: PersonId, asked: RedemptionWish, code: str
) -> None:
    assert await refusal(service.offer_redemption(uow, ana, asked)) == code


async def test_too_few_points_says_how_many_are_missing(uow: UnitOfWork, ana: PersonId) -> None:
    with pytest.raises(PointsTooFew) as refused:
        await service.offer_redemption(uow, ana, wish(quantity=3))
    told = {"name": "stars", "available": 2000, "needed": 3000, "missing": 1000, "mix_least": 750}
    assert refused.value.facts == told
    with pytest.raises(MixNotAllowed) as too_little:
        await service.offer_redemption(uow, ana, wish(points=1))
    assert too_little.value.facts == {"least": 250}


async def test_an_offer_that_would_do_something_else_by_now_does_nothing(uow: UnitOfWork, ana: PersonId) -> None:
    first, second = [await service.offer_redemption(uow, ana, wish()) for _ in range(2)]
    await service.redeem(uow, ana, first.offer, None)
    with pytest.raises(OfferChanged):
        await service.redeem(uow, ana, second.offer, None)
    with pytest.raises(OfferGone):
        await service.redeem(uow, ana, "never made", None)
    assert await stars(uow, ana) == 1000


async def test_a_day_has_its_limit_and_what_is_taken_back_does_not_count(database: Database, clock: StillClock) -> None:
    async with database.begin() as uow:
        ana = (await found(uow))["Ana"]
        await give(uow, 3000)
        order_id = await redeemed(uow, ana, wish(quantity=2))
        with pytest.raises(AboveMost) as refused:
            await service.offer_redemption(uow, ana, wish(quantity=2))
        assert refused.value.facts == {"most": 1000, "unit": "points", "told": "1000"}
        await service.cancel_order(uow, order_id, person=ana)
        await redeemed(uow, ana, wish(quantity=3))
        await uow.commit()
    clock.advance(timedelta(days=1))
    async with database.begin() as uow:
        await redeemed(uow, ana, wish("TEA"))


async def give(uow: UnitOfWork, amount: int) -> None:
    await points.adjust(uow, Adjustment(person="Ana", amount=amount, reason="More"))


async def redeemed(uow: UnitOfWork, person: PersonId, asked: RedemptionWish) -> str:
    offer = await service.offer_redemption(uow, person, asked)
    return (await service.redeem(uow, person, offer.offer, None)).order.order_id


async def test_she_cancels_only_what_she_made_with_her_points(
    uow: UnitOfWork, database: Database, ana: PersonId
) -> None:
    live = Live(database)
    order_id = await redeemed(uow, ana, wish())
    ben = PersonId(ana + 1)
    with pytest.raises(OrderUnknown):
        await service.cancel_order(uow, order_id, person=ben)
    await take(uow, live, new(payments=by("points"), paid_on=NOW))
    with pytest.raises(NotYoursToCancel):
        await service.cancel_order(uow, "O1", person=ana)
    assert (await service.cancel_order(uow, order_id, person=ana)).state is OrderState.CANCELLED
    await orders.ship_order(uow, "O1")
    assert await refusal(service.cancel_order(uow, "O1")) == "order_shipped"


@pytest.mark.parametrize(
    ("used", "amount", "discount", "by_note", "by_credit"),
    [({}, 2000, 0, 0, 2000), ({"credit_note": "CN1"}, 2000, 0, 1500, 500), ({"coupon": "TEN"}, 1600, 400, 0, 1600)],
)
async def test_a_coupon_or_a_credit_note_pays_a_part_of_the_money(
    uow: UnitOfWork, ana: PersonId, used: dict[str, Any], amount: int, discount: int, by_note: int, by_credit: int
) -> None:
    offer = await service.offer_redemption(uow, ana, wish(points=500, **used))
    assert (offer.points, offer.amount_minor, offer.discount_minor) == (500, amount, discount)
    assert (offer.from_note_minor, offer.from_credit_minor) == (by_note, by_credit)
    assert [(one.code, one.worth_minor) for one in offer.usable] == ([] if used else [("CN1", 1500), ("TEN", 400)])
    redeemed = await service.redeem(uow, ana, offer.offer, None)
    assert (redeemed.due_minor, await money(uow, ana)) == (0, 3000 - by_credit)
    await require_sound(uow)


async def test_no_document_is_offered_that_could_not_be_used(uow: UnitOfWork, ana: PersonId) -> None:
    """900 stars are all that the blender costs with the coupon, and 950 are more; no money, no document."""
    offered = [(await service.offer_redemption(uow, ana, wish(points=points))).usable for points in (900, 950, None)]
    assert [[one.code for one in some] for some in offered] == [["CN1", "TEN"], ["CN1"], []]


async def test_an_offer_names_no_more_pieces_than_there_are(uow: UnitOfWork, ana: PersonId) -> None:
    offer = await service.offer_redemption(uow, ana, wish())
    assert offer.quantity_most == 3
    await catalog.take_stock(uow, {"BLENDER": 1})
    assert (await service.redeem(uow, ana, offer.offer, None)).quantity == 1
