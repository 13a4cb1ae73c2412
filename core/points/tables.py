"""Rows of the points programme. Points are whole numbers; a lot's days are days of company time."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from core.db.types import BigId, Moment

OPEN = text("remaining > 0")
PENDING = text("state = 'pending' AND remaining > 0")
OF_ORDER = text("order_ref IS NOT NULL")


class PointsLotRow(SQLModel, table=True):
    """Points given together. `amount` plus its uses less `expired` is `remaining`.

    `origin` is a movement's kind; `returned` is how much of `amount` was taken back and so was never earned.
    """

    __tablename__ = "points_lot"
    __table_args__ = (
        Index("ix_points_lot_person_id_earned_on", "person_id", "earned_on"),
        Index("ix_points_lot_open", "person_id", "expires_on", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_points_lot_ending", "expires_on", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_points_lot_pending", "safe_at", sqlite_where=PENDING, postgresql_where=PENDING),
        Index("ix_points_lot_order_ref", "order_ref", sqlite_where=OF_ORDER, postgresql_where=OF_ORDER),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    entry_id: int = Field(sa_type=BigId)
    """The entry that gave it."""
    origin: str
    state: str
    earned_on: date
    expires_on: date | None = None
    """The last day on which it can be spent; None is no end."""
    safe_at: datetime | None = Field(default=None, sa_type=Moment)
    amount: int = Field(sa_type=BigInteger)
    remaining: int = Field(sa_type=BigInteger)
    expired: int = Field(default=0, sa_type=BigInteger)
    returned: int = Field(default=0, sa_type=BigInteger)
    order_ref: int | None = Field(default=None, sa_type=BigId, foreign_key="customer_order.id")
    rule: str | None = None
    about_id: int | None = Field(default=None, foreign_key="person.id")
    """Whom a rule was about, where that is not who got the points."""


class PointsLotUseRow(SQLModel, table=True):
    """What an entry took from a lot (below zero) or put back into it; expiry is kept in the lot itself.

    `restored` is how much of what was taken went back since.
    """

    __tablename__ = "points_lot_use"
    __table_args__ = (Index("ix_points_lot_use_lot_id", "lot_id"),)

    entry_id: int = Field(sa_type=BigId, primary_key=True)
    lot_id: int = Field(sa_type=BigId, primary_key=True, foreign_key="points_lot.id")
    amount: int = Field(sa_type=BigInteger)
    restored: int = Field(default=0, sa_type=BigInteger)


class PointsOrderRow(SQLModel, table=True):
    """That an order was asked what it earns, or a return what it takes back."""

    __tablename__ = "points_order"

    order_ref: int = Field(sa_type=BigId, primary_key=True, foreign_key="customer_order.id")
    returned_minor: int = Field(default=0, sa_type=BigInteger)
    """Of a sale: the value of what was returned so far, in minor units of its currency."""


class PointsOnceRow(SQLModel, table=True):
    """That a rule which gives once has given to a receiver because of a person."""

    __tablename__ = "points_once"

    rule: str = Field(primary_key=True)
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    about_id: int = Field(primary_key=True, foreign_key="person.id")


class PointsCycleRow(SQLModel, table=True):
    """How far a closed cycle's rules were asked: people up to `done_to` have what they earned."""

    __tablename__ = "points_cycle"

    calendar: str = Field(primary_key=True)
    cycle: str = Field(primary_key=True)
    done_to: int = 0
    done_at: datetime | None = Field(default=None, sa_type=Moment)
