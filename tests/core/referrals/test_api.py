from datetime import timedelta
from decimal import Decimal

import pytest

from core.access import service as access
from core.access.model import Role
from core.catalog import service as catalog
from core.catalog.model import Product
from core.kernel.ids import PersonId
from core.orders import service as orders
from core.orders.model import NewOrder
from core.plan import service as plans
from core.plan.reading import example
from core.referrals import service
from tests.support.api import Api
from tests.support.clock import StillClock
from tests.support.planting import plant

LINKED = 201


@pytest.fixture
async def company(api: Api) -> dict[str, PersonId]:
    async with api.database.begin() as uow:
        await plans.activate(uow, example("demo"))
        numbers = await plant(uow, "Ana\n  Ben\n  (Cleo)")
        await catalog.record_products(uow, [Product(sku="TEA", name="Tea", price=Decimal(10), currency="EUR")])
        await uow.commit()
    await api.person(numbers["Ana"], chat=1)
    return numbers


async def link(api: Api, person: PersonId, chat: int) -> None:
    async with api.database.begin() as uow:
        token = await access.make_link_token(uow, person)
        await uow.commit()
    assert (await api.chat(chat).post("/v1/links/token", {"token": token.token})).status == 200


async def buy(api: Api, person: str, order_id: str) -> None:
    async with api.database.begin() as uow:
        new = {"order_id": order_id, "person": person, "date": uow.now, "paid_on": uow.now}
        await orders.record_order(uow, NewOrder.model_validate(new | {"lines": [{"sku": "TEA", "quantity": 1}]}))
        await uow.commit()


async def test_a_stranger_who_comes_by_a_link_is_whoever_brought_hers(
    api: Api, company: dict[str, PersonId], clock: StillClock
) -> None:
    ana = api.chat(1)
    start = (await ana.get("/v1/me/invitation")).body["start"]
    assert len(start) <= 64
    assert (await ana.get("/v1/me/invitation")).body["start"] == start
    assert (await api.chat(LINKED).post("/v1/referrals", {"start": start})).body == {"name": "Ana"}
    await link(api, company["Ben"], LINKED)
    clock.advance(timedelta(minutes=1))
    await buy(api, "Ben", "O1")
    seen = (await ana.get("/v1/me/invitation")).body
    assert (seen["opened"], seen["joined"]) == (1, 1)
    assert [(one["code"], one["orders"]) for one in seen["latest"]] == [("Ben", 1)]
    async with api.database.read() as questions:
        assert await service.referrer_of(questions, company["Ben"]) == company["Ana"]
        assert await service.referred_by(questions, company["Ana"]) == [company["Ben"]]


async def test_the_first_link_counts_and_only_for_a_stranger(
    api: Api, company: dict[str, PersonId], clock: StillClock
) -> None:
    await api.person(company["Cleo"], chat=3)
    ana, cleo = api.chat(1), api.chat(3)
    links = [(await one.get("/v1/me/invitation")).body["start"] for one in (ana, cleo)]
    await buy(api, "Ben", "O1")
    clock.advance(timedelta(minutes=1))
    assert (await ana.post("/v1/referrals", {"start": links[0]})).code == "not_by_yourself"
    assert (await ana.post("/v1/referrals", {"start": links[1]})).status == 200
    for start in links:
        await api.chat(LINKED).post("/v1/referrals", {"start": start})
    await link(api, company["Ben"], LINKED)
    assert [(await one.get("/v1/me/invitation")).body["opened"] for one in (ana, cleo)] == [1, 0]
    assert (await ana.get("/v1/me/invitation")).body["joined"] == 0


@pytest.mark.parametrize("start", ["r_", "r_nobody", "nonsense", "r_\U0001f600"])
async def test_a_link_that_is_none_of_ours_is_refused(api: Api, company: dict[str, PersonId], start: str) -> None:
    assert (await api.chat(LINKED).post("/v1/referrals", {"start": start})).code == "referral_unknown"


async def test_staff_name_who_brought_somebody_once(api: Api, company: dict[str, PersonId]) -> None:
    staff = await api.staff(Role.ADMINISTRATOR)
    new = {
        "code": "Dan", "sponsor": "Ana", "name": "Dan Doe", "joined_on": "2026-11-01", "country": "GB",
        "language": "en", "referred_by": "Ben",
    }  # fmt: skip
    assert (await staff.post("/v1/people", new)).status == 201
    assert (await staff.post("/v1/people", new | {"code": "Eva", "referred_by": "Nobody"})).code == "person_unknown"
    assert (await staff.post("/v1/people", new | {"code": "Eva", "referred_by": "Eva"})).code == "not_by_yourself"
    async with api.database.begin() as uow:
        assert await service.counts(uow, list(company.values())) == {company["Ben"]: 1}
        await service.named_by_staff(uow, "Dan", "Ana")
        await service.named_by_staff(uow, "Ben", "Dan")
        assert await service.referred_by(uow, company["Ana"]) == []
        assert await service.referrer_of(uow, company["Ben"]) is None
