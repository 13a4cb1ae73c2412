"""Speaking up: messages written by the hundred thousand, and claimed out of them."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import uvloop

from benchmarks.figures import Figure
from benchmarks.support import outbox


def figures() -> Iterator[Figure]:
    """Measure on SQLite and on PostgreSQL."""
    with (
        tempfile.TemporaryDirectory(prefix="upline-benchmark-outreach-", ignore_cleanup_errors=True) as folder,
        outbox.addresses(Path(folder)) as addresses,
    ):
        for address in addresses:
            yield from uvloop.run(outbox.measured(address))
