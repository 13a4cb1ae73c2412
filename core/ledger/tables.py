"""Rows of the book. Entries and their lines are written once and never changed."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from core.db.types import BigId, Moment

OF_THE_COMPANY = text("person_id IS NULL")


class AccountRow(SQLModel, table=True):
    """An account. A person's keeps its balance, because it is locked and checked when it changes.

    The company's accounts take part in every posting: a balance kept there would make all of them wait for one row, so
    theirs is NULL, and what stands on them is the sum of their lines.
    """

    __tablename__ = "account"
    __table_args__ = (
        Index("ux_account_person", "person_id", "purpose", "unit", unique=True),
        Index(
            "ux_account_company",
            "purpose",
            "unit",
            unique=True,
            sqlite_where=OF_THE_COMPANY,
            postgresql_where=OF_THE_COMPANY,
        ),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    purpose: str
    unit: str
    balance: int | None = Field(default=None, sa_type=BigInteger)


class EntryRow(SQLModel, table=True):
    """What one document did, and who or what caused it."""

    __tablename__ = "entry"
    __table_args__ = (Index("ix_entry_document", "document_kind", "document_id", "kind"),)

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    key: str = Field(unique=True)
    kind: str
    reason: str
    document_kind: str
    document_id: str
    at: datetime = Field(sa_type=Moment)
    caused_by: str
    request_id: str
    reverses: int | None = Field(default=None, sa_type=BigId, foreign_key="entry.id", unique=True)


class EntryLineRow(SQLModel, table=True):
    """What an entry did to one account; `position` counts from 1 and `least` is the limit that it was written under.

    The account is not a foreign key: checking it would take a lock on the company's accounts at every posting. That
    none is missing is what `verify` proves.
    """

    __tablename__ = "entry_line"
    __table_args__ = (
        Index("ix_entry_line_account_id_entry_id", "account_id", "entry_id"),
        {"sqlite_with_rowid": False},
    )

    entry_id: int = Field(sa_type=BigInteger, primary_key=True, foreign_key="entry.id")
    position: int = Field(primary_key=True)
    account_id: int = Field(sa_type=BigInteger)
    amount: int = Field(sa_type=BigInteger)
    least: int | None = Field(default=None, sa_type=BigInteger)
