"""Use cases of the catalogue: looking products up, and what a currency was worth on a day."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from core.catalog import rules, store
from core.catalog.model import Product, ProductUnknown, Rate, RateMissing
from core.catalog.rules import RateTable
from core.db.unit_of_work import UnitOfWork

NO_CATALOGUE = "EUR"


async def products(uow: UnitOfWork, skus: Collection[str]) -> dict[str, Product]:
    """The products of these skus.

    Raises:
        ProductUnknown: the first sku that the catalogue does not have, with those that look like it.
    """
    known = await known_products(uow, skus)
    for sku in skus:
        if sku not in known:
            raise ProductUnknown(sku=sku, nearest=rules.nearest(sku, await store.skus(uow)))
    return known


async def known_products(uow: UnitOfWork, skus: Collection[str]) -> dict[str, Product]:
    """The products of these skus as far as the catalogue has them."""
    return await store.products(uow, list(dict.fromkeys(skus)))


async def all_products(uow: UnitOfWork) -> dict[str, Product]:
    """The whole catalogue by sku."""
    return await store.all_products(uow)


async def record_products(uow: UnitOfWork, products: Sequence[Product]) -> int:
    """Write products, new ones and changed ones.

    Returns:
        How many were new or different; the same catalogue again gives 0.
    """
    before = await store.all_products(uow)
    added = [product for product in products if product.sku not in before]
    changed = [product for product in products if product.sku in before and before[product.sku] != product]
    await store.add_products(uow, added)
    for product in changed:
        await store.change_product(uow, product)
    return len(added) + len(changed)


async def rate_on(uow: UnitOfWork, day: date, source: str, target: str) -> Decimal:
    """What one unit of `source` is worth in `target` on that day; 1 when they are the same currency.

    Raises:
        RateMissing: no rate is known for that day or before.
    """
    if source == target:
        return Decimal(1)
    rate = await store.rate_on(uow, day, source, target)
    if rate is None:
        raise RateMissing(**{"from": source, "to": target, "date": day.isoformat()})
    return rate


async def rate_table(uow: UnitOfWork) -> RateTable:
    """All rates at once, for calculations over many days."""
    return RateTable(await store.all_rates(uow))


async def all_rates(uow: UnitOfWork) -> list[Rate]:
    """Every rate, oldest first."""
    return await store.all_rates(uow)


async def record_rates(uow: UnitOfWork, rates: Sequence[Rate]) -> None:
    """Write rates of days and currencies that have none yet; one that exists is never changed."""
    await store.add_rates(uow, rates)


async def main_currency(uow: UnitOfWork) -> str:
    """The currency of most products, of two as often used the first by its code; EUR without any product."""
    return await store.main_currency(uow) or NO_CATALOGUE
