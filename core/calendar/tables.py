"""Rows of cycles."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from core.db.types import Moment


class CycleRow(SQLModel, table=True):
    """A cycle that was closed; one that is open or only ended has no row."""

    __tablename__ = "cycle"

    calendar: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    starts_at: datetime = Field(sa_type=Moment)
    ends_at: datetime = Field(sa_type=Moment)
    closed_at: datetime = Field(sa_type=Moment)
