"""Half-open stretches of time: the start belongs to it, the end does not."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """`[start, end)`, both aware."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        assert self.start.tzinfo is not None and self.end.tzinfo is not None, "a period needs aware times"
        assert self.start < self.end, "a period ends after it starts"

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end
