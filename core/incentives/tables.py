"""Rows of coupons and credit notes, and of what they were used for."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from core.db.types import BigId, Json, Moment


class HoldingRow(SQLModel, table=True):
    """A coupon or a credit note. `percent` is an exact decimal, kept as text; `left_minor` is a credit note's."""

    __tablename__ = "holding"

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    kind: str
    code: str = Field(unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    label: dict[str, Any] = Field(sa_type=Json)
    percent: str | None = None
    amount_minor: int | None = Field(default=None, sa_type=BigInteger)
    left_minor: int | None = Field(default=None, sa_type=BigInteger)
    currency: str | None = None
    order_least_minor: int | None = Field(default=None, sa_type=BigInteger)
    uses: int = 1
    used: int = 0
    valid_from: date | None = None
    valid_until: date | None = None
    made_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)


class HoldingUseRow(SQLModel, table=True):
    """What an order took of a holding, in minor units, until `undone_at`."""

    __tablename__ = "holding_use"
    __table_args__ = (Index("ix_holding_use_order_ref", "order_ref"),)

    holding_id: int = Field(sa_type=BigId, foreign_key="holding.id", primary_key=True)
    order_ref: int = Field(sa_type=BigId, foreign_key="customer_order.id", primary_key=True)
    amount_minor: int = Field(sa_type=BigInteger)
    at: datetime = Field(sa_type=Moment)
    undone_at: datetime | None = Field(default=None, sa_type=Moment)
