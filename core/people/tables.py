"""Rows of people. Kind and status are stored as their words, so that loaders need no types of ours."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class PersonRow(SQLModel, table=True):
    """One person: a distributor, a customer, or the company node (kind `company`), which nobody is shown."""

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_lives_in", "time_zone", "country"),)
    """Which clocks people live by is asked every few seconds, and answered without looking at people."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name: str
    name_folded: str = ""
    """The name as `core.people.rules.folded` makes it, for no database folds all letters by itself."""
    kind: str
    status: str
    joined_on: date
    country: str
    town: str | None = None
    language: str
    language_chosen: bool = False
    time_zone: str | None = None
    currency: str | None = None
    email: str | None = None
    phone: str | None = Field(default=None, index=True)
    """E.164, so that two ways of writing one number are one number."""
    career_rank: str | None = None
    coming_rank: str | None = None
    coming_with: str | None = None
    """The turn with which `coming_rank` takes the place of `career_rank`; nothing comes with a turn that is no row."""
    notifications: bool = True


class TitleTurnRow(SQLModel, table=True):
    """A turn of titles: those that were written down to come with it are in force, all at once, since its row is."""

    __tablename__ = "title_turn"

    name: str = Field(primary_key=True)
