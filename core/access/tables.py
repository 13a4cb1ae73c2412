"""Rows of staff, links and the ways to make one. Secrets are stored as SHA-256 of random words too long to guess."""

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary
from sqlmodel import Field, SQLModel

from core.db.types import Moment


class StaffRow(SQLModel, table=True):
    """A member of staff; one who was removed keeps her row, because events name her."""

    __tablename__ = "staff"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    role: str
    token_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    added_at: datetime = Field(sa_type=Moment)
    removed_at: datetime | None = Field(default=None, sa_type=Moment)


class ChatLinkRow(SQLModel, table=True):
    """Whose chat is whose: one chat a person, one person a chat."""

    __tablename__ = "chat_link"

    chat_id: int = Field(primary_key=True, sa_type=BigInteger)
    person_id: int = Field(foreign_key="person.id", unique=True)
    linked_at: datetime = Field(sa_type=Moment)


class LinkTokenRow(SQLModel, table=True):
    """A one-time way to link a chat."""

    __tablename__ = "link_token"

    token_hash: bytes = Field(sa_type=LargeBinary, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    expires_at: datetime = Field(sa_type=Moment)
    used_by_chat: int | None = Field(default=None, sa_type=BigInteger)


class LinkAttemptRow(SQLModel, table=True):
    """How often a chat tried to link since `since`."""

    __tablename__ = "link_attempt"

    chat_id: int = Field(primary_key=True, sa_type=BigInteger)
    since: datetime = Field(sa_type=Moment)
    tries: int


class StaffChatRow(SQLModel, table=True):
    """From which account of the messenger a member of staff works: one account a member, one member an account."""

    __tablename__ = "staff_chat"

    user_id: int = Field(primary_key=True, sa_type=BigInteger)
    staff_id: int = Field(foreign_key="staff.id", unique=True)
    linked_at: datetime = Field(sa_type=Moment)


class StaffTokenRow(SQLModel, table=True):
    """A one-time way to link a member of staff's account."""

    __tablename__ = "staff_token"

    token_hash: bytes = Field(sa_type=LargeBinary, primary_key=True)
    staff_id: int = Field(foreign_key="staff.id", index=True)
    expires_at: datetime = Field(sa_type=Moment)
    used_by_user: int | None = Field(default=None, sa_type=BigInteger)
