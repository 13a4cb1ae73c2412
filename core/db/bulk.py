"""Many rows at once: COPY on PostgreSQL, one prepared statement on SQLite; both inside the given transaction."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Table, text

from core.db.unit_of_work import UnitOfWork


async def bulk_insert(uow: UnitOfWork, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert `rows` as they are, without types of ours in between.

    Args:
        columns: names of the columns that each row holds, in order; the others take the database's default.
        rows: values as the database stores them (a `Moment` as microseconds, see `core.db.types.microseconds`).
    """
    await uow.connection.execute(text("SELECT 1"))  # begins PostgreSQL's transaction, which COPY by itself would not
    raw = (await uow.connection.get_raw_connection()).driver_connection
    assert raw is not None, "an open unit of work has a connection"
    if uow.dialect == "postgresql":
        await raw.copy_records_to_table(table.name, records=rows, columns=list(columns))
        return
    names = ", ".join(f'"{name}"' for name in columns)
    places = ", ".join("?" * len(columns))
    await raw.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({places})', rows)  # noqa: S608  # names of our own tables
