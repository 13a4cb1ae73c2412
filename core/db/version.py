"""Which schema a database has, asked without the tool that changes it: every process asks, and it is slow to load."""

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from core.db.unit_of_work import UnitOfWork

SCRIPTS = Path(__file__).parent / "migrations"
TABLE = "alembic_version"


async def is_current(uow: UnitOfWork) -> bool:
    """Whether the database has today's schema, so that the service may start."""
    return await uow.connection.run_sync(_revision) == head()


@cache
def head() -> str:
    """The newest schema that there is: migrations are files in a row, and their names begin with their revision."""
    return max(path.name for path in (SCRIPTS / "versions").glob("[0-9]*.py")).partition("_")[0]


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(TABLE):
        return None
    return connection.execute(text(f"SELECT version_num FROM {TABLE}")).scalar_one_or_none()  # noqa: S608  our own name
