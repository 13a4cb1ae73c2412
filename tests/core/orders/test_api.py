from decimal import Decimal

import pytest

from core.access.model import Role
from core.catalog import service as catalog
from core.catalog.model import Product
from core.http.model import write_cursor
from core.orders.model import OrderKind
from core.people.model import OwnSettings
from core.plan import service as plans
from core.plan.reading import example
from tests.support.api import Api
from tests.support.planting import plant

ORDER = {
    "order_id": "O/1",
    "person": "Ana",
    "date": "2026-11-03T08:00:00Z",
    "lines": [{"sku": "TEA", "quantity": 2}],
}


@pytest.fixture
async def company(api: Api) -> Api:
    async with api.database.begin() as uow:
        await plans.activate(uow, example("demo"))
        numbers = await plant(uow, "Ana\n  Ben")
        tea = Product(sku="TEA", name="Tea", price=Decimal("12.50"), currency="EUR")
        await catalog.record_products(uow, [tea])
        await uow.commit()
    await api.person(numbers["Ana"], chat=1)
    await api.person(numbers["Ben"], chat=2)
    return api


async def test_a_shop_takes_an_order_and_its_payment(company: Api) -> None:
    shop = await company.staff(Role.SHOP)
    taken = await shop.post("/v1/orders", ORDER)
    assert (taken.status, taken.body["state"], taken.body["qv"]) == (201, "open", 250000)
    paid = await shop.post("/v1/orders/O%2F1/pay")
    assert (paid.status, paid.body["state"]) == (200, "paid")
    assert (await shop.get("/v1/orders/O%2F1")).body == paid.body
    again = await shop.post("/v1/orders", ORDER)
    assert again.body == paid.body
    differs = await shop.post("/v1/orders", ORDER | {"person": "Ben"})
    assert (differs.status, differs.code) == (409, "order_differs")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"lines": []}, 422, "request_invalid"),
        ({"lines": [{"sku": "TEA", "quantity": 0}]}, 422, "request_invalid"),
        ({"lines": [{"sku": "TEA", "quantity": 1, "unit_price": "1.1234567"}]}, 422, "request_invalid"),
        ({"lines": [{"sku": "T\x00A", "quantity": 1}]}, 422, "request_invalid"),
        ({"lines": [{"sku": "TEE", "quantity": 1}]}, 422, "product_unknown"),
        ({"person": "Nobody"}, 404, "person_unknown"),
        ({"date": "0001-01-01T00:00:00+14:00"}, 422, "request_invalid"),
        ({"paid_on": "9999-12-31T23:59:59-12:00"}, 422, "request_invalid"),
        ({"lines": [{"sku": "TEA", "quantity": 10**6, "unit_price": "999999999"}]}, 422, "request_invalid"),
    ],
)
async def test_what_cannot_be_an_order_is_refused(
    company: Api, change: dict[str, object], status: int, code: str
) -> None:
    shop = await company.staff(Role.SHOP)
    refused = await shop.post("/v1/orders", ORDER | change)
    assert (refused.status, refused.code) == (status, code)


async def test_a_payment_without_an_offset_is_in_company_time(company: Api) -> None:
    shop = await company.staff(Role.SHOP)
    await shop.post("/v1/orders", ORDER)
    paid = await shop.post("/v1/orders/O%2F1/pay", {"paid_on": "2026-11-03T08:00:00"})
    assert (paid.status, paid.body["paid_at"]) == (200, "2026-11-03T07:00:00Z")


@pytest.mark.parametrize("after", [(2**62, 1), (-(2**63), 1), (1, 2**64 - 1)])
async def test_a_cursor_that_no_page_gave_is_refused(company: Api, after: tuple[int, int]) -> None:
    reply = await company.chat(1).get("/v1/me/orders", params={"cursor": write_cursor(*after)})
    assert (reply.status, reply.code) == (422, "cursor_invalid")


async def test_an_order_can_be_taken_back_until_it_is_paid(company: Api) -> None:
    shop = await company.staff(Role.SHOP)
    await shop.post("/v1/orders", ORDER)
    assert (await shop.post("/v1/orders/O%2F1/cancel")).body["state"] == "cancelled"
    assert (await shop.post("/v1/orders/O%2F1/pay")).code == "order_cancelled"


async def test_a_person_sees_her_own_orders_and_nobody_elses(company: Api) -> None:
    shop = await company.staff(Role.SHOP)
    for number, kind in enumerate([OrderKind.SALE, OrderKind.SALE, OrderKind.RETURN]):
        day = f"2026-11-0{number + 1}T08:00:00Z"
        await shop.post("/v1/orders", ORDER | {"order_id": f"O{number}", "kind": kind.value, "date": day})
    async with company.core() as core:
        ana, ben = core.for_chat(1), core.for_chat(2)
        first = await ana.my_orders(limit=2)
        rest = await ana.my_orders(cursor=first.next, limit=2)
        assert [card.order_id for card in first.items + rest.items] == ["O2", "O1", "O0"]
        assert (await ana.my_order("O0")).lines[0].product == {"en": "Tea"}
        assert (await ben.my_orders()).items == []
    assert (await company.chat(2).get("/v1/me/orders/O0")).code == "order_unknown"


async def test_a_person_changes_her_settings(company: Api) -> None:
    async with company.core() as core:
        ana = core.for_chat(1)
        me = await ana.change_settings(OwnSettings(language="de", notifications=False))
        assert (me.language, me.language_chosen, me.notifications) == ("de", True, False)
    refused = await company.chat(1).patch("/v1/me/settings", json={"language": "tlh"})
    assert (refused.status, refused.code) == (422, "setting_invalid")
