"""What drivers say of locks and connections, turned into the words of the house."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
from sqlalchemy import exc

from core.db.model import DatabaseAway, DatabaseBusy
from core.kernel.errors import DomainError

RETRY_AFTER_S = 1
BUSY_STATES = frozenset({"40001", "40P01", "55P03", "53300", "57P03"})
"""PostgreSQL: serialization failure, deadlock, lock not available, too many connections, starting up."""
FILE_TROUBLES = ("SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_FULL", "SQLITE_READONLY")
AWAY_STATES = frozenset({"57P01", "57P02", "08000", "08003", "08006", "28000", "28P01", "3D000"})
"""PostgreSQL: shut down by its operator, crashed; connections that are lost; who may not enter; no such database."""


@contextmanager
def in_our_words() -> Iterator[None]:
    """Turns the driver's errors about locks and connections into `DatabaseBusy` and `DatabaseAway`.

    Raises:
        DatabaseBusy: locked, out of connections, or the loser of a deadlock.
        DatabaseAway: the server is gone, or the file cannot be opened.
    """
    try:
        yield
    except exc.TimeoutError as error:  # every connection of the pool is in use
        raise DatabaseBusy from error
    except exc.DBAPIError as error:
        refusal = _refusal(error.orig, gone=error.connection_invalidated)
        if refusal is None:
            raise
        raise refusal from error
    except asyncpg.InternalClientError as error:  # the server cut the connection between two of the driver's steps
        raise DatabaseAway from error
    except sqlite3.OperationalError as error:  # where a transaction begins, past SQLAlchemy's translation
        refusal = _refusal(error, gone=False)
        if refusal is None:
            raise
        raise refusal from error


def _refusal(error: BaseException | None, *, gone: bool) -> DomainError | None:
    if isinstance(error, sqlite3.OperationalError):
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return DatabaseBusy()
        return DatabaseAway() if name.startswith(FILE_TROUBLES) else None
    state = getattr(error, "sqlstate", None)
    if state in BUSY_STATES:
        return DatabaseBusy()
    return DatabaseAway() if gone or state in AWAY_STATES or isinstance(error, OSError) else None
