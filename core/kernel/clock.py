"""The company's clock: real time, or real time moved by a fixed offset (`CLOCK_START`)."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def microseconds(moment: datetime) -> int:
    """`moment` (aware) as the database stores it: whole microseconds since 1970 UTC."""
    assert moment.tzinfo is not None, "a stored moment must be aware"
    return (moment - EPOCH) // MICROSECOND


class Clock:
    """Tells company time. Leases and timeouts use real time instead, so they never ask this clock."""

    def __init__(self, offset: timedelta = timedelta(0)) -> None:
        self.offset = offset

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC) + self.offset
