"""Rows of closing."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from core.db.types import Moment


class ClosingRow(SQLModel, table=True):
    """A cycle that is being closed, or that is closed and of which not every change is announced yet.

    `turn` names both whoever is closing it and the turn of titles; `before` is the closed cycle before it. Once the
    cycle is closed, changes of people up to the number `told_to` are announced, the last of them at `told_at`.
    """

    __tablename__ = "closing"

    calendar: str = Field(primary_key=True)
    cycle: str = Field(primary_key=True)
    turn: str
    before: str | None = None
    is_closed: bool = False
    told_to: int = Field(default=0, sa_type=BigInteger)
    told_at: datetime = Field(sa_type=Moment)
