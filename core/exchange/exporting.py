"""Files out as CSV: the whole book, and tickets with their history; page by page from one unchanging view."""

import csv
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import TextIO

from core.db.database import Database
from core.kernel.sheets import plain
from core.ledger import service as ledger
from core.ledger.model import BookLine
from core.tickets import service as tickets
from core.tickets.model import HistoryLine

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


async def export_tickets(
    database: Database,
    file: TextIO,
    progress: Progress = lambda _what, _count: None,
    *,
    states: Collection[str] = (),
) -> int:
    """Write a line for each change and each message of every ticket, ticket by ticket as they happened.

    Args:
        states: codes of states, of the tickets to write; none is all.

    Returns:
        How many lines were written.
    """
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(HistoryLine._fields)
    written = 0
    after: int | None = 0
    async with database.read() as questions:
        while after is not None:
            lines, after = await tickets.written_out(questions, after, states)
            writer.writerows(map(_row, lines))
            written += len(lines)
            progress("written", len(lines))
    return written


def _row(line: Sequence[object]) -> Sequence[object]:
    return [_written(value) for value in line]


def _written(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return plain(value) if isinstance(value, str) else value
