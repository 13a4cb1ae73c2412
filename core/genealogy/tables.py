"""Rows of dated sponsor links; nothing is ever deleted from them."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from core.db.types import BigId, Moment


class SponsorLinkRow(SQLModel, table=True):
    """Who was whose sponsor, from `valid_from` until before `valid_to`; open while that is NULL."""

    __tablename__ = "sponsor_link"
    __table_args__ = (
        Index(
            "ux_sponsor_link_open",
            "person_id",
            unique=True,
            sqlite_where=text("valid_to IS NULL"),
            postgresql_where=text("valid_to IS NULL"),
        ),
        Index("ix_sponsor_link_person_id_valid_from", "person_id", "valid_from"),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    sponsor_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    valid_from: datetime = Field(sa_type=Moment)
    valid_to: datetime | None = Field(default=None, sa_type=Moment)
    recorded_at: datetime = Field(sa_type=Moment)
    recorded_by: str
    reason: str
