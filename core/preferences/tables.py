"""Rows of what people chose; who chose nothing has none."""

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
