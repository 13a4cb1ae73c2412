"""Rows of campaigns."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from core.db.types import Json, Moment


class CampaignRow(SQLModel, table=True):
    """A campaign. It goes out from `at` on; `planned_at` says that all its messages are made, `planned` how many."""

    __tablename__ = "campaign"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    segment: dict[str, Any] = Field(sa_type=Json)
    words: dict[str, Any] = Field(sa_type=Json)
    made_by: str
    made_at: datetime = Field(sa_type=Moment)
    sent_by: str | None = None
    at: datetime | None = Field(default=None, sa_type=Moment, index=True)
    planned_at: datetime | None = Field(default=None, sa_type=Moment)
    planned: int | None = None
    cancelled_by: str | None = None
    cancelled_at: datetime | None = Field(default=None, sa_type=Moment)
