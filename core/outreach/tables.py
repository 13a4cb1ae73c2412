"""Rows of planning: which slots were worked through, and which ranks were seen."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from core.db.types import Moment


class JobRunRow(SQLModel, table=True):
    """A slot that somebody works through or has worked through; each is begun and ended once."""

    __tablename__ = "job_run"

    job: str = Field(primary_key=True)
    slot: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Moment, index=True)
    """Company time for which it was planned."""
    holder: str
    lease_until: datetime = Field(sa_type=Moment)
    """Real time; whoever comes later takes it up."""
    done_at: datetime | None = Field(default=None, sa_type=Moment)
    planned: int = 0
    """Messages written, without those withheld."""
    withheld: int = 0


class RankSeenRow(SQLModel, table=True):
    """The highest rank that somebody was seen at in a cycle; person 0 says that its first look was taken."""

    __tablename__ = "rank_seen"

    person_id: int = Field(primary_key=True)
    cycle: str
    rank: str
