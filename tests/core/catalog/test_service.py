from datetime import date
from decimal import Decimal

import pytest

from core.catalog import service
from core.catalog.model import Product, ProductUnknown, Rate, RateMissing
from core.db.unit_of_work import UnitOfWork

TEA = Product(sku="TEA", name="Tea", price=Decimal("0.0851"), currency="GBP", names={"es": "Té"}, redeem_points=90)


async def test_a_product_comes_back_to_the_last_decimal(uow: UnitOfWork) -> None:
    await service.record_products(uow, [TEA])
    assert await service.products(uow, ["TEA"]) == {"TEA": TEA}


async def test_the_same_catalogue_again_changes_nothing(uow: UnitOfWork) -> None:
    assert await service.record_products(uow, [TEA]) == 1
    assert await service.record_products(uow, [TEA]) == 0
    dearer = TEA.model_copy(update={"price": Decimal("0.09")})
    assert await service.record_products(uow, [dearer, TEA.model_copy(update={"sku": "TEA2"})]) == 2
    assert (await service.all_products(uow))["TEA"] == dearer


async def test_an_unknown_product_is_told_with_its_likes(uow: UnitOfWork) -> None:
    await service.record_products(uow, [TEA])
    with pytest.raises(ProductUnknown) as refused:
        await service.products(uow, ["TEA", "TEAS"])
    assert refused.value.facts == {"sku": "TEAS", "nearest": ["TEA"]}
    assert await service.known_products(uow, ["TEAS"]) == {}


async def test_rates_are_exact_and_dated(uow: UnitOfWork) -> None:
    rate = Rate(since=date(2026, 1, 1), source="USD", target="EUR", rate=Decimal("0.912345678"))
    await service.record_rates(uow, [rate])
    assert await service.rate_on(uow, date(2026, 6, 1), "USD", "EUR") == rate.rate
    assert (await service.rate_table(uow)).on(date(2026, 6, 1), "USD", "EUR") == rate.rate
    assert await service.all_rates(uow) == [rate]
    with pytest.raises(RateMissing):
        await service.rate_on(uow, date(2025, 12, 31), "USD", "EUR")
