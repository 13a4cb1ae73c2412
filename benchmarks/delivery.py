"""Messages on their way: the pace that is set is kept, and workers that are killed lose nothing."""

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.support import delivery


def figures() -> Iterator[Figure]:
    """Measure the pace on SQLite, and kills on SQLite and on PostgreSQL: about ten minutes."""
    with tempfile.TemporaryDirectory(prefix="upline-benchmark-delivery-", ignore_cleanup_errors=True) as folder:
        yield from asyncio.run(delivery.pace("sqlite", Path(folder)))
        for dialect in ("sqlite", "postgresql"):
            yield from asyncio.run(delivery.kills(dialect, Path(folder)))
