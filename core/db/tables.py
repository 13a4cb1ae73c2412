"""Rows of the event log and of the few facts that the company as a whole has."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from core.db.types import BigId, Json, Moment


class EventRow(SQLModel, table=True):
    """One thing that happened. `tx` is PostgreSQL's transaction id, 0 on SQLite."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_tx_id", "tx", "id"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    kind: str
    at: datetime = Field(sa_type=Moment)
    tx: int = Field(sa_type=BigInteger)
    person_id: int | None = Field(default=None, index=True)
    facts: dict[str, Any] = Field(sa_type=Json)
    actor: str
    request_id: str


class CompanyStateRow(SQLModel, table=True):
    """A fact about the whole company by name, such as how far its clock is moved."""

    __tablename__ = "company_state"

    key: str = Field(primary_key=True)
    value: dict[str, Any] = Field(sa_type=Json)
