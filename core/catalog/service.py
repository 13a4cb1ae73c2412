"""Use cases of the catalogue: looking products up, and what a currency was worth on a day."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal

from core.catalog import rules, store
from core.catalog.model import (
    OutOfStock,
    Picture,
    Product,
    ProductCard,
    ProductTerms,
    ProductUnknown,
    Rate,
    RateMissing,
)
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


async def record_products(uow: UnitOfWork, products: Sequence[Product], *, stock: bool = True) -> int:
    """Write products, new ones and changed ones.

    Args:
        stock: whether what they say of stock is news; if not, known products keep what orders have left of it.

    Returns:
        How many were new or different; the same catalogue again gives 0.
    """
    before = await store.all_products(uow)
    if not stock:
        known = {sku: product.stock for sku, product in before.items()}
        products = [one.model_copy(update={"stock": known.get(one.sku, one.stock)}) for one in products]
    added = [product for product in products if product.sku not in before]
    changed = [product for product in products if product.sku in before and before[product.sku] != product]
    await store.add_products(uow, added)
    for product in changed:
        await store.change_product(uow, product, stock=stock)
    return len(added) + len(changed)


async def cards(uow: UnitOfWork, text: str | None, *, after: str, limit: int) -> list[ProductCard]:
    """Products in the order of their skus, those after the sku `after`; with `text` only those that it is a part of."""
    found = [product for sku, product in (await store.all_products(uow)).items() if sku > after]
    shown = sorted((one for one in found if text is None or rules.matches(one, text)), key=lambda one: one.sku)[:limit]
    pictures = await store.digests(uow)
    return [ProductCard(**product.model_dump(), picture=pictures.get(product.sku)) for product in shown]


async def put_product(uow: UnitOfWork, sku: str, terms: ProductTerms) -> ProductCard:
    """Write all of a product, new or known."""
    product = Product(sku=sku, **terms.model_dump())
    if await store.lock_product(uow, sku):
        await store.change_product(uow, product)
    else:
        await store.add_products(uow, [product])
    pictures = await store.digests(uow)
    return ProductCard(**product.model_dump(), picture=pictures.get(sku))


async def take_stock(uow: UnitOfWork, pieces: Mapping[str, int]) -> set[str]:
    """Take pieces of products whose stock is counted; of the others nothing is noted.

    The last step of whatever takes them: a product's row is held until the transaction ends.

    Args:
        pieces: by sku; a negative number gives back.

    Returns:
        The skus whose stock is counted.

    Raises:
        OutOfStock: fewer are left; nothing may be kept of this transaction then.
    """
    counted = set()
    for sku in sorted(pieces):  # in one order, so that no two wait for each other
        if await store.take_stock(uow, sku, pieces[sku]):
            counted.add(sku)
            continue
        left = await store.stock(uow, sku)
        if left is not None:
            raise OutOfStock(sku=sku, left=left)
    return counted


async def picture(uow: UnitOfWork, sku: str) -> Picture:
    """What a product looks like.

    Raises:
        ProductUnknown: there is no such product, or no picture of it.
    """
    found = await store.picture(uow, sku)
    if found is None:
        raise ProductUnknown(sku=sku, nearest=[])
    return found


async def pictures(uow: UnitOfWork) -> dict[str, str]:
    """Digest of each product's picture by sku; products without one are left out."""
    return await store.digests(uow)


async def put_picture(uow: UnitOfWork, sku: str, content: bytes) -> None:
    """Show this picture of a product from now on.

    Raises:
        ProductUnknown: there is no such product.
        PictureInvalid: neither PNG nor JPEG nor WebP.
    """
    picture = rules.picture(content)
    await products(uow, [sku])
    await store.lock_product(uow, sku)
    await store.keep_picture(uow, sku, picture)


async def remove_picture(uow: UnitOfWork, sku: str) -> None:
    """Show no picture of a product any more; one that has none stays so."""
    await store.remove_picture(uow, sku)


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
