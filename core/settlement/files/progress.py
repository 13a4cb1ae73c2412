"""How long work tells how far it has come."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

Progress = Callable[[str, int], None]
"""Told of what there are so many more now: rows of a file, lines that were written."""
SECONDS = 1.0


def untold(_what: str, _count: int) -> None:
    """Progress that nobody looks at."""


@dataclass(slots=True)
class Counting:
    """Counts, and tells each count now and then: what is done in a moment says nothing."""

    tell: Callable[[str], None]
    seconds: float = SECONDS
    """So much time lies between two tellings."""
    counts: dict[str, int] = field(default_factory=dict)
    _told: float = field(default_factory=perf_counter)

    def __call__(self, what: str, count: int) -> None:
        """There are so many more now."""
        self.counts[what] = self.counts.get(what, 0) + count
        now = perf_counter()
        if now - self._told >= self.seconds:
            self._told = now
            self.tell(f"{what}: {self.counts[what]:,}")
