"""Rows of orders and their lines. Amounts and volumes carry the sign of the order's kind."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from core.db.types import BigId, Moment

NONE_YET = {"server_default": "0"}
"""Rows that are written by the million do not name these columns."""


class CustomerOrderRow(SQLModel, table=True):
    """An order or a return with its totals; it counts in the cycle of `ordered_at` while `paid_at` is set.

    `points_paid` is what it costs in points besides; `redeemed` is true for what somebody made with her own points;
    `margin_minor` what was paid beyond the distributor's prices of that day.
    """

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
    returns_order_id: str | None = Field(default=None, index=True)
    tracking: str | None = None
    points_paid: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=NONE_YET)
    redeemed: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    shipped_at: datetime | None = Field(default=None, sa_type=Moment)
    delivered_at: datetime | None = Field(default=None, sa_type=Moment)
    cancelled_at: datetime | None = Field(default=None, sa_type=Moment)
    margin_minor: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=NONE_YET)


class OrderLineRow(SQLModel, table=True):
    """One line of an order; `position` counts from 1 and `unit_price` is an exact decimal, kept as text.

    `from_stock` is true where pieces were taken from a counted stock.

    `amount_minor` is what the line costs in money, after a coupon's `discount_minor` and what `points_paid` paid.
    """

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
    discount_minor: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=NONE_YET)
    points_paid: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=NONE_YET)
    from_stock: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    margin_minor: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs=NONE_YET)


class OrderPaymentRow(SQLModel, table=True):
    """What paid a part of an order: `amount` in points or minor units, worth `value_minor` in the order's currency.

    `document` is the coupon's or credit note's code, `entry_id` the entry that the book has of it, and `given_back` how
    much of `amount` went back to where it came from.
    """

    __tablename__ = "order_payment"

    order_ref: int = Field(sa_type=BigId, foreign_key="customer_order.id", primary_key=True)
    position: int = Field(primary_key=True)
    means: str
    amount: int = Field(sa_type=BigInteger)
    value_minor: int = Field(sa_type=BigInteger)
    document: str | None = None
    entry_id: int | None = Field(default=None, sa_type=BigInteger)
    given_back: int = Field(default=0, sa_type=BigInteger)


class ReturnDueRow(SQLModel, table=True):
    """A return that came in bulk, of a sale that points, credit or a credit note paid: what paid goes back soon."""

    __tablename__ = "return_due"

    order_ref: int = Field(sa_type=BigId, foreign_key="customer_order.id", primary_key=True)
