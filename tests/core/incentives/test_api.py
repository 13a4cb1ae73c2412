from core.access.model import Role
from core.plan import service as plans
from core.plan.reading import example
from tests.support.api import Api
from tests.support.planting import plant


async def test_marketing_gives_and_withdraws_what_the_holder_sees(api: Api) -> None:
    async with api.database.begin() as uow:
        await plans.activate(uow, example("demo"))
        ana = (await plant(uow, "Ana"))["Ana"]
        await uow.commit()
    marketing, holder = await api.staff(Role.MARKETING), await api.person(ana, chat=1)
    coupon = {"person": "Ana", "code": "SPRING", "label": {"en": "Spring"}, "amount_minor": 500, "currency": "EUR"}
    note = {"person": "Ana", "number": "CN1", "amount_minor": 900, "currency": "EUR", "reason": "Broken cup"}
    assert (await marketing.post("/v1/coupons", coupon)).status == 201
    assert (await marketing.post("/v1/credit-notes", note)).body["left_minor"] == 900
    assert (await marketing.post("/v1/coupons", coupon)).code == "holding_taken"
    assert (await holder.post("/v1/coupons", coupon)).code == "permission_missing"
    seen = (await holder.get("/v1/me/coupons")).body
    assert {one["code"] for one in seen["items"]} == {"SPRING", "CN1"}
    assert (await marketing.get("/v1/people/Ana/coupons")).body == seen
    assert (await marketing.post("/v1/coupons/SPRING/withdraw")).body["state"] == "withdrawn"
    assert (await marketing.post("/v1/coupons/NONE/withdraw")).code == "holding_unknown"
