"""Rows of incidents, of whom they concern, and of what is told of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from core.db.types import Json, Moment

GATHERING = text("gathered_at IS NULL")
SOLVING = text("solving")
TELLING = text("told_at IS NULL")


class IncidentRow(SQLModel, table=True):
    """An incident; whom it concerns is gathered by rising numbers of people, up to `gather_mark` so far."""

    __tablename__ = "incident"
    __table_args__ = (
        Index("ix_incident_gathering", "number", sqlite_where=GATHERING, postgresql_where=GATHERING),
        Index("ix_incident_solving", "number", sqlite_where=SOLVING, postgresql_where=SOLVING),
        Index("ix_incident_state", "state", "number"),
        Index("ix_incident_recurrence", "recurrence_of"),
        {"sqlite_autoincrement": True},
    )

    number: int | None = Field(default=None, primary_key=True)
    type: str
    title: dict[str, Any] = Field(sa_type=Json)
    state: str
    concerned: dict[str, Any] = Field(sa_type=Json)
    recurrence_of: int | None = None
    """The first one of its kind."""
    root_cause: str | None = None
    opened_by: str
    opened_at: datetime = Field(sa_type=Moment)
    solved_by: str | None = None
    solved_at: datetime | None = Field(default=None, sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
    gather_mark: int = Field(default=0, sa_type=BigInteger)
    gathered_at: datetime | None = Field(default=None, sa_type=Moment)
    people: int = 0
    solving: bool = False
    """Whether tickets that are tied to it are still to be solved."""


class IncidentPersonRow(SQLModel, table=True):
    """Somebody whom an incident concerns."""

    __tablename__ = "incident_person"
    __table_args__ = (Index("ix_incident_person_person", "person_id", "incident"),)

    incident: int = Field(primary_key=True, foreign_key="incident.number")
    person_id: int = Field(primary_key=True)


class IncidentUpdateRow(SQLModel, table=True):
    """A piece of news; it is told by rising numbers of people, up to `mark` so far."""

    __tablename__ = "incident_update"
    __table_args__ = (
        Index("ix_incident_update_incident", "incident", "id"),
        Index("ix_incident_update_telling", "id", sqlite_where=TELLING, postgresql_where=TELLING),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    incident: int = Field(foreign_key="incident.number")
    state: str
    words: dict[str, Any] = Field(sa_type=Json)
    by: str
    at: datetime = Field(sa_type=Moment)
    mark: int = Field(default=0, sa_type=BigInteger)
    told: int = 0
    told_at: datetime | None = Field(default=None, sa_type=Moment)
