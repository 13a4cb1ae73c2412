"""Rows of offers."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from core.db.types import Json, Moment


class OfferRow(SQLModel, table=True):
    """What one person was shown; `result` is what it came to once `done_at` is set."""

    __tablename__ = "offer"

    id: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    kind: str
    wish: dict[str, Any] = Field(sa_type=Json)
    effect: dict[str, Any] = Field(sa_type=Json)
    made_at: datetime = Field(sa_type=Moment, index=True)
    expires_at: datetime = Field(sa_type=Moment)
    done_at: datetime | None = Field(default=None, sa_type=Moment)
    result: dict[str, Any] | None = Field(default=None, sa_type=Json)
