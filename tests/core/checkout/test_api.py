from typing import Any

import pytest

from core.access.model import Role
from core.checkout.model import RedemptionWish
from core.db.database import Database
from core.kernel.errors import Refused
from core.kernel.ids import PersonId
from core.live.service import Live
from core.orders.model import Means, OrderState
from tests.core.checkout.shop import found
from tests.support.api import Api

PNG = b"\x89PNG\r\n\x1a\npixels"
ORDER = {
    "order_id": "O1",
    "person": "Ana",
    "date": "2026-11-22T12:00:00Z",
    "paid_on": "2026-11-22T12:00:00Z",
    "lines": [{"sku": "BOOK", "quantity": 1}],
}


@pytest.fixture
async def people(api: Api) -> dict[str, PersonId]:
    async with api.database.begin() as uow:
        people = await found(uow)
        await uow.commit()
    await api.person(people["Ana"], chat=1)
    return people


async def own_volume(live: Live, person: PersonId) -> int:
    state = await live.fresh()
    return int(state.kpi(state.index_of(person), "pv"))


async def test_what_is_taken_back_leaves_the_live_figures_as_a_fresh_calculation_has_them(
    api: Api, people: dict[str, PersonId], database: Database
) -> None:
    shop, live, ana = await api.staff(Role.SHOP), Live(database), people["Ana"]
    assert await own_volume(live, ana) == 0
    assert (await shop.post("/v1/orders", ORDER)).status == 201
    assert (await shop.post("/v1/orders", ORDER | {"order_id": "O2"})).status == 201
    assert await own_volume(live, ana) == 400_000
    cancelled = await shop.post("/v1/orders/O1/cancel")
    assert (cancelled.status, cancelled.body["state"]) == (200, "cancelled")
    assert await own_volume(live, ana) == await own_volume(Live(database), ana) == 200_000
    assert (await shop.post("/v1/orders/O1/pay")).code == "order_cancelled"
    assert (await shop.post("/v1/orders/O2/ship", {"tracking": "1Z"})).body["tracking"] == "1Z"
    assert (await shop.post("/v1/orders/O2/cancel")).code == "order_shipped"
    assert (await shop.post("/v1/orders/O2/deliver")).body["state"] == "delivered"


async def test_three_taps_from_the_catalogue_to_the_order_and_one_back(api: Api, people: dict[str, PersonId]) -> None:
    person = api.chat(1)
    seen = (await person.get("/v1/me/redeemables")).body["items"]
    assert [one["sku"] for one in seen] == ["BLENDER", "TEA"]
    offer = (await person.post("/v1/me/redemptions/offer", {"sku": "BLENDER"})).body
    assert (offer["points"], offer["left"]) == (1000, 1000)
    accepted = {"offer": offer["offer"]}
    done = [await person.post("/v1/me/redemptions", accepted, headers=key) for key in keys("tap", "tap", "again")]
    assert [one.status for one in done] == [200] * 3
    assert done[0].body == done[1].body == done[2].body
    order_id = done[0].body["order"]["order_id"]
    mine = (await person.get(f"/v1/me/orders/{order_id}")).body
    assert (mine["points_paid"], mine["payments"][0]["means"], mine["amount_minor"]) == (1000, "points", 0)
    back = (await person.post(f"/v1/me/orders/{order_id}/cancel")).body
    assert (back["state"], back["payments"][0]["given_back"]) == ("cancelled", 1000)
    assert (await person.get("/v1/me/points")).body["available"] == 2000


async def test_the_client_says_what_the_service_says(api: Api, people: dict[str, PersonId]) -> None:
    marketing = await api.staff(Role.MARKETING)
    await marketing.put("/v1/products/BLENDER/picture", data=PNG)
    async with api.core() as core:
        me, stranger = core.for_chat(1), core.for_chat(2)
        assert await me.product_picture("BLENDER") == PNG
        assert [one.code for one in (await me.my_coupons()).items] == ["CN1", "TEN"]
        invited = await stranger.came_by((await me.my_invitation()).start)
        assert (invited.name, (await me.my_invitation()).opened) == ("Ana", 1)
        offer = await me.offer_redemption(RedemptionWish(sku="BLENDER", points=500))
        redeemed = await me.redeem(offer.offer, idempotency_key="tap")
        assert (redeemed.order.points_paid, redeemed.order.amount_minor) == (500, 2000)
        assert (await me.my_order(redeemed.order.order_id)).payments[1].means is Means.CREDIT
        assert (await me.cancel_order(redeemed.order.order_id)).state is OrderState.CANCELLED
        with pytest.raises(Refused) as refused:
            await me.offer_redemption(RedemptionWish(sku="BLENDER", quantity=3))
        assert refused.value.code == "points_too_few"


def keys(*words: str) -> list[dict[str, str]]:
    return [{"Idempotency-Key": word} for word in words]


@pytest.mark.parametrize(
    "wish",
    [
        {"sku": "BLENDER", "quantity": 0},
        {"sku": "BLENDER", "quantity": -1},
        {"sku": "BLENDER", "quantity": 1.5},
        {"sku": "BLENDER", "quantity": 10**9},
        {"sku": "BLENDER", "points": 0},
        {"sku": "BLENDER", "points": 10**20},
        {"sku": ""},
    ],
)
async def test_a_wish_that_makes_no_sense_is_refused(
    api: Api, people: dict[str, PersonId], wish: dict[str, Any]
) -> None:
    assert (await api.chat(1).post("/v1/me/redemptions/offer", wish)).code == "request_invalid"
    assert (await api.chat(2).post("/v1/me/redemptions/offer", wish)).code == "chat_not_linked"
