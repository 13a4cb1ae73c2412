"""What the statements of this room share."""

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import Insert as InsertPostgresql
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import Insert as InsertSqlite
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlmodel import SQLModel

from core.db.unit_of_work import UnitOfWork


def table_of(row: type[SQLModel]) -> Table:
    """The table behind a row class."""
    table: Table = row.__table__  # type: ignore[attr-defined]  # SQLModel sets it, its annotations do not tell
    return table


def insert_into(uow: UnitOfWork, table: Table) -> InsertSqlite | InsertPostgresql:
    """An INSERT that knows ON CONFLICT, in the dialect of the database."""
    return insert_sqlite(table) if uow.dialect == "sqlite" else insert_postgresql(table)
