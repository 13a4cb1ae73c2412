"""Importing in tests: a file as text, and what came of it."""

from collections.abc import Awaitable, Callable
from inspect import cleandoc

import pytest

from core.db.database import Database
from core.exchange.importing import import_file
from core.exchange.model import FileKind, Outcome

Importing = Callable[..., Awaitable[Outcome]]


@pytest.fixture
def importing(database: Database) -> Importing:
    """`await importing("people", '''a file as text''')`."""

    async def run(kind: str, text: str, *, dry_run: bool = False) -> Outcome:
        lines = cleandoc(text).encode().splitlines(keepends=True)
        return await import_file(database, FileKind(kind), lines, dry_run=dry_run, actor="test")

    return run
