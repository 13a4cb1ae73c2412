"""Rows of plan versions."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from core.db.types import Moment


class PlanVersionRow(SQLModel, table=True):
    """A plan text that was put in force; never changed, only followed by another."""

    __tablename__ = "plan_version"

    id: int | None = Field(default=None, primary_key=True)
    code: str
    version: str
    text: str
    valid_from: datetime = Field(sa_type=Moment, unique=True)
    """In force from this moment until the next version's."""
    activated_at: datetime = Field(sa_type=Moment)
    activated_by: str
    fingerprint: str
    """SHA-256 of the text."""
