"""Rows of the staff's groups, their topics, and the previews that wait to hear what became of an answer."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from core.db.types import BigId, Moment

PENDING = text("done_at IS NULL")


class StaffGroupRow(SQLModel, table=True):
    """A group in which staff work. Which groups there are is what the access room asks, too."""

    __tablename__ = "staff_group"

    chat_id: int = Field(primary_key=True, sa_type=BigInteger)
    forum: bool
    language: str
    registered_by: str
    registered_at: datetime = Field(sa_type=Moment)


class StaffTopicRow(SQLModel, table=True):
    """Where a forum tells of a queue."""

    __tablename__ = "staff_topic"

    chat_id: int = Field(primary_key=True, sa_type=BigInteger)
    queue: str = Field(primary_key=True)
    thread_id: int = Field(sa_type=BigInteger)


class StaffPreviewRow(SQLModel, table=True):
    """The message that shows an answer of staff, until it shows what became of the answer."""

    __tablename__ = "staff_preview"
    __table_args__ = (
        Index("ix_staff_preview_pending", "answer_id", sqlite_where=PENDING, postgresql_where=PENDING),
        Index("ix_staff_preview_chat", "chat_id"),
    )

    answer_id: int = Field(primary_key=True, sa_type=BigId)
    ticket: int = Field(sa_type=BigInteger)
    chat_id: int = Field(sa_type=BigInteger)
    message_id: int = Field(sa_type=BigInteger)
    at: datetime = Field(sa_type=Moment)
    done_at: datetime | None = Field(default=None, sa_type=Moment)
