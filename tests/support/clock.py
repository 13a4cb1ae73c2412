"""A clock for tests, which are not to depend on the day they run on."""

from datetime import datetime, timedelta

from core.kernel.clock import Clock


class StillClock(Clock):
    """Stands still until it is told to advance."""

    def __init__(self, moment: datetime) -> None:
        super().__init__()
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def advance(self, by: timedelta) -> None:
        self.moment += by
