"""The company's clock: real time, or real time moved by a fixed offset (`CLOCK_START`)."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Tells company time. Leases and timeouts use real time instead, so they never ask this clock."""

    def __init__(self, offset: timedelta = timedelta(0)) -> None:
        self.offset = offset

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC) + self.offset
