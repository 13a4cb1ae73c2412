"""Speaking up: messages written by the hundred thousand, and claimed out of them."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import uvloop

from benchmarks.figures import Figure
from benchmarks.support import nudges, outbox


def figures() -> Iterator[Figure]:
    """Measure who is due at a month's end; and, on SQLite and on PostgreSQL, the outbox."""
    month = nudges.Month.made()
    yield from nudges.who_is_due(month)
    planned = month.planned()
    with (
        tempfile.TemporaryDirectory(prefix="upline-benchmark-outreach-", ignore_cleanup_errors=True) as folder,
        outbox.addresses(Path(folder)) as addresses,
    ):
        for address in addresses:
            yield from uvloop.run(outbox.measured(address))
            yield from uvloop.run(nudges.rows_written(address, planned))
