"""Rows that wait to be published, and the runs that they belong to."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from core.db.types import BigId, Moment


class ImportRunRow(SQLModel, table=True):
    """One import that changed something, or is about to; `published_at` of NULL means that it never came that far."""

    __tablename__ = "import_run"

    id: str = Field(primary_key=True)
    kind: str
    started_at: datetime = Field(sa_type=Moment)
    published_at: datetime | None = Field(default=None, sa_type=Moment)
    lines: int
    added: int
    changed: int
    actor: str


class StagedPersonRow(SQLModel, table=True):
    """A new person; `valid_to` is set for somebody who left already."""

    __tablename__ = "staged_person"
    __table_args__ = (Index("ix_staged_person_run_position", "run", "position"),)

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    run: str
    position: int
    code: str
    sponsor_code: str | None = None
    name: str
    name_folded: str
    kind: str
    status: str
    joined_on: date
    country: str
    language: str
    time_zone: str | None = None
    email: str | None = None
    phone: str | None = None
    career_rank: str | None = None
    valid_from: datetime = Field(sa_type=Moment)
    valid_to: datetime | None = Field(default=None, sa_type=Moment)


class StagedPlaceRow(SQLModel, table=True):
    """A place in a placement tree, no parent being the top of it; with `own_side` as tree a side that is chosen."""

    __tablename__ = "staged_place"
    __table_args__ = (Index("ix_staged_place_run_position", "run", "position"),)

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    run: str
    position: int
    tree: str
    code: str
    parent_code: str | None = None
    slot: int
    valid_from: datetime = Field(sa_type=Moment)


class StagedOrderRow(SQLModel, table=True):
    """A new order with its totals."""

    __tablename__ = "staged_order"
    __table_args__ = (Index("ix_staged_order_run_position", "run", "position"),)

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    run: str
    position: int
    order_id: str
    person_id: int
    kind: str
    state: str
    ordered_at: datetime = Field(sa_type=Moment)
    paid_at: datetime | None = Field(default=None, sa_type=Moment)
    currency: str
    amount_minor: int = Field(sa_type=BigInteger)
    cv: int = Field(sa_type=BigInteger)
    qv: int = Field(sa_type=BigInteger)
    points: int = Field(sa_type=BigInteger)
    line_count: int
    returns_order_id: str | None = None
    margin_minor: int = Field(sa_type=BigInteger)


class StagedLineRow(SQLModel, table=True):
    """A line of a new order."""

    __tablename__ = "staged_line"
    __table_args__ = (Index("ix_staged_line_run_id", "run", "id"),)

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    run: str
    order_id: str
    position: int
    sku: str
    quantity: int
    unit_price: str
    amount_minor: int = Field(sa_type=BigInteger)
    cv: int = Field(sa_type=BigInteger)
    qv: int = Field(sa_type=BigInteger)
    points: int = Field(sa_type=BigInteger)
    margin_minor: int = Field(sa_type=BigInteger)
