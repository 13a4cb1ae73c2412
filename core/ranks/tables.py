"""Rows of recorded ranks."""

from sqlmodel import Field, SQLModel


class PaidRankRow(SQLModel, table=True):
    """What a closed cycle fixed for a person of whom it found anything; all others have no row."""

    __tablename__ = "paid_rank"

    cycle: str = Field(primary_key=True)
    person_id: int = Field(primary_key=True, index=True)
    rank: str | None = None
    career_rank: str | None = None
    misses: int = 0
    honorary_rank: str | None = None
    grace: str | None = None
    by_grace: bool = False
    reached: str | None = None
