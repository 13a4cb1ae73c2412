"""Rows of dated places and of the sides that people choose; nothing is ever deleted from them."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from core.db.types import BigId, Moment

OPEN = text("valid_to IS NULL")
TAKEN = text("valid_to IS NULL AND parent_id IS NOT NULL")


class PlacementLinkRow(SQLModel, table=True):
    """Who stood in which place of a tree, from `valid_from` until before `valid_to`; open while that is NULL."""

    __tablename__ = "placement_link"
    __table_args__ = (
        Index("ux_placement_link_person", "tree", "person_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index(
            "ux_placement_link_place",
            "tree",
            "parent_id",
            "slot",
            unique=True,
            sqlite_where=TAKEN,
            postgresql_where=TAKEN,
        ),
        Index("ix_placement_link_person_id", "person_id"),
        Index("ix_placement_link_parent_id", "parent_id"),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    tree: str
    person_id: int = Field(foreign_key="person.id")
    parent_id: int | None = Field(default=None, foreign_key="person.id")
    """NULL for the top of a tree."""
    slot: int
    """From 1, in the binary tree 1 is left; 0 for the top of a tree."""
    valid_from: datetime = Field(sa_type=Moment)
    valid_to: datetime | None = Field(default=None, sa_type=Moment)
    recorded_at: datetime = Field(sa_type=Moment)
    recorded_by: str
    reason: str


class ChosenSideRow(SQLModel, table=True):
    """The side that somebody has chosen, for her own volume and for those whom the flush places below her."""

    __tablename__ = "chosen_side"
    __table_args__ = (
        Index("ux_chosen_side_person", "person_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    side: str
    valid_from: datetime = Field(sa_type=Moment)
    valid_to: datetime | None = Field(default=None, sa_type=Moment)
    recorded_by: str


class PlacementFlushRow(SQLModel, table=True):
    """Until when whoever was due in a tree has been placed, so that a flush without work costs nothing."""

    __tablename__ = "placement_flush"

    tree: str = Field(primary_key=True)
    until: datetime = Field(sa_type=Moment)
