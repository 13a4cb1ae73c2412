"""On which day people joined, where figures ask for it."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from core.forest.above import Marks
from core.forest.kernel import Indices, Ints

EPOCH = date(1970, 1, 1)


def number(day: date) -> int:
    """A date in days since 1970."""
    return (day - EPOCH).days


def day_numbered(number: int) -> date:
    """The date of that number."""
    return EPOCH + timedelta(days=number)


def within(joined: Ints, today: int, days: int) -> Marks:
    """Who joined so many days before the end of today at most, all in days since 1970.

    | joined | today | days | within |
    | ------ | ----- | ---- | ------ |
    | 100    | 129   | 30   | yes    |
    | 100    | 130   | 30   | no     |
    """
    return np.asarray(today < joined + days)


@dataclass(slots=True)
class Joining:
    """Everybody in a state, by index, in days since 1970; none where no figure asks."""

    joined: Ints
    today: int
    """The last day that is looked at."""

    def copied(self) -> "Joining":
        """The same by itself."""
        return Joining(self.joined.copy(), self.today)

    def within(self, indices: Indices | Ints, days: int) -> Marks:
        """Who of these joined so many days before the end of today at most."""
        return within(self.joined[indices], self.today, days)

    def joins(self, index: int, joined: int | None = None) -> None:
        """Somebody has come, today unless said."""
        if len(self.joined):
            self.joined[index] = self.today if joined is None else joined
