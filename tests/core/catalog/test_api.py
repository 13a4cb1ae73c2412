from decimal import Decimal
from io import BytesIO

import pytest

from core.access.model import Role
from core.catalog import service as catalog
from core.catalog.model import OutOfStock, Product
from core.db.unit_of_work import UnitOfWork
from tests.support.api import Api
from tests.support.planting import plant

PNG = b"\x89PNG\r\n\x1a\n" + b"pixels"
TEA = {"name": "Tea", "price": "12.50", "currency": "EUR", "names": {"es": "Té"}, "redeem_points": 300, "stock": 5}


async def test_staff_write_find_and_page_products(api: Api) -> None:
    marketing = await api.staff(Role.MARKETING)
    written = await marketing.put("/v1/products/TEA", TEA)
    assert (written.status, written.body["stock"], written.body["picture"]) == (200, 5, None)
    await marketing.put("/v1/products/CUP", {"name": "Cup", "price": "4", "currency": "EUR"})
    found = await marketing.get("/v1/products", params={"q": "té"})
    assert [one["sku"] for one in found.body["items"]] == ["TEA"]
    everything = await marketing.get("/v1/products")
    assert [one["sku"] for one in everything.body["items"]] == ["CUP", "TEA"]
    changed = await marketing.put("/v1/products/TEA", TEA | {"stock": None, "redeem_most": 2})
    assert (changed.body["stock"], changed.body["redeem_most"]) == (None, 2)


async def test_a_picture_is_what_its_first_bytes_say_and_is_fetched_once(api: Api) -> None:
    async with api.database.begin() as uow:
        ana = (await plant(uow, "Ana"))["Ana"]
        await uow.commit()
    marketing, person = await api.staff(Role.MARKETING), await api.person(ana, chat=1)
    await marketing.put("/v1/products/TEA", TEA)
    path = "/v1/products/TEA/picture"
    assert (await person.get(path)).code == "product_unknown"
    assert (await marketing.put(path, data=b"GIF89a")).code == "picture_invalid"
    assert (await marketing.put("/v1/products/CUP/picture", data=PNG)).code == "product_unknown"
    assert (await person.put(path, data=PNG)).code == "permission_missing"
    assert (await marketing.put(path, data=PNG)).status == 204
    shown = await person.get(path)
    assert (shown.body, shown.headers["Content-Type"]) == (PNG, "image/png")
    assert (await person.get(path, headers={"If-None-Match": shown.headers["ETag"]})).status == 304
    [card] = (await marketing.get("/v1/products")).body["items"]
    assert shown.headers["ETag"] == f'"{card["picture"]}"'
    assert (await marketing.put(path, data=BytesIO(PNG + bytes(2 * 1024 * 1024)))).status == 413
    assert (await marketing.delete(path)).status == 204
    assert (await person.get(path)).status == 422


async def test_stock_is_taken_where_it_is_counted_and_never_below_nothing(uow: UnitOfWork) -> None:
    tea, cup = (Product(sku=sku, name=sku, price=Decimal(1), currency="EUR") for sku in ("TEA", "CUP"))
    await catalog.record_products(uow, [tea.model_copy(update={"stock": 3}), cup])
    await catalog.take_stock(uow, {"TEA": 2, "CUP": 100})
    with pytest.raises(OutOfStock) as refused:
        await catalog.take_stock(uow, {"TEA": 2})
    assert refused.value.facts == {"sku": "TEA", "left": 1}
    await catalog.take_stock(uow, {"TEA": -2, "CUP": -100})
    stock = {sku: product.stock for sku, product in (await catalog.all_products(uow)).items()}
    assert stock == {"TEA": 3, "CUP": None}


async def test_a_catalogue_that_says_nothing_of_stock_leaves_what_orders_left(uow: UnitOfWork) -> None:
    tea = Product(sku="TEA", name="Tea", price=Decimal(1), currency="EUR", stock=3)
    await catalog.record_products(uow, [tea])
    await catalog.take_stock(uow, {"TEA": 1})
    assert await catalog.record_products(uow, [tea], stock=False) == 0
    await catalog.record_products(uow, [tea.model_copy(update={"name": "Green tea"})], stock=False)
    assert (await catalog.products(uow, ["TEA"]))["TEA"].stock == 2
