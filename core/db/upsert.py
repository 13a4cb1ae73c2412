"""Rows that may be there already."""

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from core.db.unit_of_work import UnitOfWork


def insert_new(uow: UnitOfWork, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that leaves out rows whose key is there already: whoever comes second writes nothing.

    SQLite and PostgreSQL spell it alike, but SQLAlchemy has one class for each.
    """
    if uow.dialect == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    return postgresql.insert(table).on_conflict_do_nothing()
