"""Rows of orders and their lines. Amounts and volumes carry the sign of the order's kind."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from core.db.types import BigId, Moment


class CustomerOrderRow(SQLModel, table=True):
    """An order or a return with its totals; it counts in the cycle of `ordered_at` once `paid_at` is set."""

    __tablename__ = "customer_order"
    __table_args__ = (Index("ix_customer_order_person_id_ordered_at", "person_id", "ordered_at"),)

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    order_id: str = Field(unique=True)
    person_id: int = Field(foreign_key="person.id")
    kind: str
    state: str
    ordered_at: datetime = Field(sa_type=Moment, index=True)
    paid_at: datetime | None = Field(default=None, sa_type=Moment)
    currency: str
    amount_minor: int = Field(sa_type=BigInteger)
    cv: int = Field(sa_type=BigInteger)
    qv: int = Field(sa_type=BigInteger)
    points: int = Field(sa_type=BigInteger)
    line_count: int
    returns_order_id: str | None = None
    tracking: str | None = None


class OrderLineRow(SQLModel, table=True):
    """One line of an order; `position` counts from 1 and `unit_price` is an exact decimal, kept as text."""

    __tablename__ = "order_line"
    __table_args__ = (Index("ux_order_line_order_ref_position", "order_ref", "position", unique=True),)

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    order_ref: int = Field(sa_type=BigId, foreign_key="customer_order.id")
    position: int
    sku: str
    quantity: int
    unit_price: str
    amount_minor: int = Field(sa_type=BigInteger)
    cv: int = Field(sa_type=BigInteger)
    qv: int = Field(sa_type=BigInteger)
    points: int = Field(sa_type=BigInteger)
