"""Rows of products and exchange rates. Prices, volumes and rates are exact decimals, kept as text."""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Column, Date, String
from sqlmodel import Field, SQLModel

from core.db.types import Json


class ProductRow(SQLModel, table=True):
    """One product; volumes of NULL mean that the plan's default holds."""

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


class RateRow(SQLModel, table=True):
    """What one unit of `from` is worth in `to`, from its date until the next one."""

    __tablename__ = "rate"

    from_currency: str = Field(sa_column=Column("from", String, primary_key=True))
    to_currency: str = Field(sa_column=Column("to", String, primary_key=True))
    since: date = Field(sa_column=Column("date", Date, primary_key=True))
    rate: str
