"""Connections of SQLite, in moments at which another process has the file."""

import sqlite3

import pytest
from sqlalchemy.util import greenlet_spawn

from core.db.engine import _write_ahead

BUSY_RECOVERY, READ_ONLY_RECOVERY = 261, 264
"""As sqlite.org/rescode.html numbers them: the low byte is the kind of trouble, SQLITE_BUSY (5) and SQLITE_READONLY."""


class Cursor:
    """Refuses as often as it is told, then obeys."""

    def __init__(self, *codes: int) -> None:
        self._codes = list(codes)
        self.executed = 0

    def execute(self, statement: str) -> None:
        if self._codes:
            refusal = sqlite3.OperationalError("database is locked")
            refusal.sqlite_errorcode = self._codes.pop(0)
            raise refusal
        self.executed += 1


@pytest.mark.parametrize("code", [sqlite3.SQLITE_BUSY, BUSY_RECOVERY])
async def test_a_file_that_another_process_just_opened_or_recovers_is_waited_for(code: int) -> None:
    cursor = Cursor(code, code)
    await greenlet_spawn(_write_ahead, cursor)
    assert cursor.executed == 1


async def test_other_trouble_is_told_at_once() -> None:
    with pytest.raises(sqlite3.OperationalError):
        await greenlet_spawn(_write_ahead, Cursor(READ_ONLY_RECOVERY))
