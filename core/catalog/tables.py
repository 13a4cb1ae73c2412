"""Rows of products and exchange rates. Prices, volumes and rates are exact decimals, kept as text."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Date, LargeBinary, String
from sqlmodel import Field, SQLModel

from core.db.types import Json, Moment


class ProductRow(SQLModel, table=True):
    """One product; volumes of NULL mean that the plan's default holds, a stock of NULL that nobody counts it.

    `redeem_most` is how many one order may have for points, NULL what the plan says.
    """

    __tablename__ = "product"

    id: int | None = Field(default=None, primary_key=True)
    sku: str = Field(unique=True)
    name: str
    price: str
    currency: str
    cv: str | None = None
    qv: str | None = None
    points: int = Field(default=0, sa_type=BigInteger)
    redeem_points: int | None = Field(default=None, sa_type=BigInteger)
    names: dict[str, Any] | None = Field(default=None, sa_type=Json)
    service: bool = False
    stock: int | None = Field(default=None, sa_type=BigInteger)
    redeem_most: int | None = None


class ProductPictureRow(SQLModel, table=True):
    """What a product looks like; `digest` is of the content, so that a picture is fetched once."""

    __tablename__ = "product_picture"

    sku: str = Field(primary_key=True, foreign_key="product.sku")
    media_type: str
    digest: str
    content: bytes = Field(sa_type=LargeBinary)
    at: datetime = Field(sa_type=Moment)


class RateRow(SQLModel, table=True):
    """What one unit of `from` is worth in `to`, from its date until the next one."""

    __tablename__ = "rate"

    from_currency: str = Field(sa_column=Column("from", String, primary_key=True))
    to_currency: str = Field(sa_column=Column("to", String, primary_key=True))
    since: date = Field(sa_column=Column("date", Date, primary_key=True))
    rate: str
