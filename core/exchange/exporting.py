"""Files out: the whole book as CSV, page by page from one unchanging view, so that its size does not matter."""

import csv
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TextIO

from core.db.database import Database
from core.kernel.sheets import plain
from core.ledger import service as ledger
from core.ledger.model import BookLine

ENTRIES_AT_ONCE = 5_000

Progress = Callable[[str, int], None]


async def export_ledger(database: Database, file: TextIO, progress: Progress = lambda _what, _count: None) -> int:
    """Write every line of every entry in the order of the entries, below a line of headings.

    People are named by their codes, the company by nothing; times are in UTC, amounts in points or minor units.

    Returns:
        How many lines were written.
    """
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(BookLine._fields)
    written, after = 0, 0
    async with database.read() as questions:
        while lines := await ledger.book(questions, after=after, entries=ENTRIES_AT_ONCE):
            writer.writerows(map(_row, lines))
            written, after = written + len(lines), lines[-1].entry
            progress("written", len(lines))
    return written


def _row(line: BookLine) -> Sequence[object]:
    return [_written(value) for value in line]


def _written(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return plain(value) if isinstance(value, str) else value
