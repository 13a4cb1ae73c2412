"""Reading and writing the rows of products and rates."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping, delete, func, insert, select, update
from sqlmodel import SQLModel

from core.catalog.model import Picture, Product, Rate
from core.catalog.tables import ProductPictureRow, ProductRow, RateRow
from core.db.unit_of_work import UnitOfWork

PRODUCTS = SQLModel.metadata.tables[str(ProductRow.__tablename__)]
PICTURES = SQLModel.metadata.tables[str(ProductPictureRow.__tablename__)]
RATES = SQLModel.metadata.tables[str(RateRow.__tablename__)]
PRODUCT_COLUMNS = [PRODUCTS.c[name] for name in Product.model_fields]
AT_ONCE = 500
"""SQLite takes a limited number of parameters in one statement."""


async def products(uow: UnitOfWork, skus: Sequence[str]) -> dict[str, Product]:
    """Products by sku; unknown skus are left out."""
    known: dict[str, Product] = {}
    for start in range(0, len(skus), AT_ONCE):
        asked = select(*PRODUCT_COLUMNS).where(PRODUCTS.c.sku.in_(skus[start : start + AT_ONCE]))
        found = await uow.connection.execute(asked)
        known |= {row["sku"]: _product(row) for row in found.mappings()}
    return known


async def all_products(uow: UnitOfWork) -> dict[str, Product]:
    """The whole catalogue by sku."""
    found = await uow.connection.execute(select(*PRODUCT_COLUMNS).order_by(PRODUCTS.c.sku))
    return {row["sku"]: _product(row) for row in found.mappings()}


async def skus(uow: UnitOfWork) -> list[str]:
    """Every sku."""
    found = await uow.connection.execute(select(PRODUCTS.c.sku))
    return list(found.scalars())


async def add_products(uow: UnitOfWork, products: Sequence[Product]) -> None:
    """Write new products."""
    if products:
        await uow.connection.execute(insert(PRODUCTS), [_values(product) for product in products])


async def change_product(uow: UnitOfWork, product: Product, *, stock: bool = True) -> None:
    """Overwrite the product of that sku, all of it or all but its stock."""
    values = {name: value for name, value in _values(product).items() if stock or name != "stock"}
    await uow.connection.execute(update(PRODUCTS).where(PRODUCTS.c.sku == product.sku).values(**values))


async def take_stock(uow: UnitOfWork, sku: str, quantity: int) -> bool:
    """Take pieces of a product whose stock is counted; False when so many are not left. Negative gives back."""
    enough = (PRODUCTS.c.sku == sku) & PRODUCTS.c.stock.is_not(None) & (PRODUCTS.c.stock >= quantity)
    taken = await uow.connection.execute(update(PRODUCTS).where(enough).values(stock=PRODUCTS.c.stock - quantity))
    return bool(taken.rowcount == 1)


async def stock(uow: UnitOfWork, sku: str) -> int | None:
    """Pieces that are left; None when nobody counts them."""
    found = await uow.connection.execute(select(PRODUCTS.c.stock).where(PRODUCTS.c.sku == sku))
    return found.scalar_one_or_none()


async def picture(uow: UnitOfWork, sku: str) -> Picture | None:
    """The product's picture."""
    asked = select(PICTURES.c.media_type, PICTURES.c.digest, PICTURES.c.content).where(PICTURES.c.sku == sku)
    row = (await uow.connection.execute(asked)).first()
    return Picture(media_type=row[0], digest=row[1], content=row[2]) if row else None


async def digests(uow: UnitOfWork) -> dict[str, str]:
    """Digest of each product's picture, by sku."""
    found = await uow.connection.execute(select(PICTURES.c.sku, PICTURES.c.digest))
    return {row[0]: row[1] for row in found}


async def keep_picture(uow: UnitOfWork, sku: str, picture: Picture) -> None:
    """Write the product's picture in place of the one before."""
    await remove_picture(uow, sku)
    values = {"media_type": picture.media_type, "digest": picture.digest, "content": picture.content, "at": uow.now}
    await uow.connection.execute(insert(PICTURES).values(sku=sku, **values))


async def remove_picture(uow: UnitOfWork, sku: str) -> None:
    """Delete the product's picture, if there is one."""
    await uow.connection.execute(delete(PICTURES).where(PICTURES.c.sku == sku))


async def lock_product(uow: UnitOfWork, sku: str) -> bool:
    """Hold a product's row until the transaction ends; False when there is none."""
    found = await uow.connection.execute(select(PRODUCTS.c.sku).where(PRODUCTS.c.sku == sku).with_for_update())
    return found.first() is not None


async def main_currency(uow: UnitOfWork) -> str | None:
    """The currency of most products."""
    most = select(PRODUCTS.c.currency).group_by(PRODUCTS.c.currency).order_by(func.count().desc(), PRODUCTS.c.currency)
    found = await uow.connection.execute(most.limit(1))
    return found.scalars().first()


async def rate_on(uow: UnitOfWork, day: date, source: str, target: str) -> Decimal | None:
    """The latest rate on or before the day."""
    asked = select(RATES.c.rate).where(RATES.c["from"] == source, RATES.c["to"] == target, RATES.c.date <= day)
    found = await uow.connection.execute(asked.order_by(RATES.c.date.desc()).limit(1))
    row = found.first()
    return Decimal(row[0]) if row else None


async def all_rates(uow: UnitOfWork) -> list[Rate]:
    """Every rate, oldest first."""
    asked = select(RATES.c.date, RATES.c["from"], RATES.c["to"], RATES.c.rate).order_by(RATES.c.date)
    found = await uow.connection.execute(asked)
    return [Rate(since=row[0], source=row[1], target=row[2], rate=Decimal(row[3])) for row in found]


async def add_rates(uow: UnitOfWork, rates: Sequence[Rate]) -> None:
    """Write new rates."""
    rows = [
        {"date": rate.since, "from": rate.source, "to": rate.target, "rate": format(rate.rate, "f")} for rate in rates
    ]
    if rows:
        await uow.connection.execute(insert(RATES), rows)


def _product(row: RowMapping) -> Product:
    return Product.model_validate(dict(row))


def _values(product: Product) -> dict[str, Any]:
    exact = {
        name: None if value is None else format(value, "f")
        for name, value in (("price", product.price), ("cv", product.cv), ("qv", product.qv))
    }
    return product.model_dump() | exact
