"""Rows of what people chose; who chose nothing has none."""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class PreferenceRow(SQLModel, table=True):
    """How much of one topic a person takes."""

    __tablename__ = "preference"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    topic: str = Field(primary_key=True)
    level: str


class WakingRow(SQLModel, table=True):
    """When a person wants quiet, in minutes of her day (both None where she chose none), and how often her gauges."""

    __tablename__ = "waking"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    quiet_from: int | None = None
    quiet_until: int | None = None
    summary: str | None = None


class HeededRow(SQLModel, table=True):
    """What a person took of a topic before she turned it down by a button under a message, so that it can be undone."""

    __tablename__ = "heeded"

    message_id: int = Field(primary_key=True, sa_type=BigInteger)
    topic: str = Field(primary_key=True)
    """`*` for everything at once."""
    person_id: int = Field(foreign_key="person.id")
    before: str | None = None
    """None where she had not chosen."""
    after: str
    """What the button made of it; only that is undone."""


class UnsubscribeRow(SQLModel, table=True):
    """What the link at the end of an e-mail turns off; the same in every e-mail to her about that topic."""

    __tablename__ = "unsubscribe"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    topic: str = Field(primary_key=True)
    token: str = Field(unique=True)
