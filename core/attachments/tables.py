"""Rows of files; what is in them stands apart, so that lists of files read none of it."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from core.db.types import BigId, Moment


class AttachmentContentRow(SQLModel, table=True):
    """What is in a file; the same content of the same owner stands here once."""

    __tablename__ = "attachment_content"

    owner: str = Field(primary_key=True)
    sha256: bytes = Field(sa_type=LargeBinary, primary_key=True)
    content: bytes = Field(sa_type=LargeBinary)


class AttachmentRow(SQLModel, table=True):
    """One file under one name; `owner` is who sent it, as events name her."""

    __tablename__ = "attachment"
    __table_args__ = (
        ForeignKeyConstraint(["owner", "sha256"], ["attachment_content.owner", "attachment_content.sha256"]),
        UniqueConstraint("owner", "sha256", "name"),
        Index("attachment_by_owner", "owner", "at"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    owner: str
    sha256: bytes = Field(sa_type=LargeBinary)
    name: str
    media_type: str
    size: int
    at: datetime = Field(sa_type=Moment)
