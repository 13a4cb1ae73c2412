"""Rows of links, of who came by them, and of chats that came and are nobody's yet."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from core.db.types import Moment


class ReferralLinkRow(SQLModel, table=True):
    """The token of a person's link; it is made when she first asks for it, and stays hers."""

    __tablename__ = "referral_link"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    token: str = Field(unique=True)


class ReferralRow(SQLModel, table=True):
    """Who brought a person, once for ever; `how` is `link`, `staff` or `import`."""

    __tablename__ = "referral"
    __table_args__ = (Index("ix_referral_referrer_id_at", "referrer_id", "at"),)

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    referrer_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Moment)
    how: str


class ReferralVisitRow(SQLModel, table=True):
    """By whose link a chat was opened first, before it was anybody's."""

    __tablename__ = "referral_visit"

    chat_id: int = Field(primary_key=True, sa_type=BigInteger)
    referrer_id: int = Field(foreign_key="person.id", index=True)
    at: datetime = Field(sa_type=Moment)
