"""When a company works: the hours of its week, on its own clock, and the days on which it rests."""

from dataclasses import dataclass
from datetime import date

MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True, order=True)
class Shift:
    """One stretch of work; one that ends after midnight belongs to the day on which it began."""

    weekday: int
    """0 is Monday."""
    begin: int
    """Minutes of that day."""
    end: int
    """Minutes of that day, more than `begin`; more than 1,440 is on the next day."""


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The shifts of a week in order, none overlapping another; holidays begin none."""

    shifts: tuple[Shift, ...] = tuple(Shift(day, 9 * 60, 18 * 60) for day in range(5))
    time_zone: str = "UTC"
    holidays: frozenset[date] = frozenset()
    yearly: frozenset[tuple[int, int]] = frozenset()
    """Holidays of every year, as month and day."""

    @property
    def minutes_a_week(self) -> int:
        """Of a week without holidays."""
        return sum(shift.end - shift.begin for shift in self.shifts)

    @property
    def minutes_a_day(self) -> int:
        """What `d` means in a target: the average of the days of the week on which a shift begins, in whole minutes.

        | hours                                      | minutes |
        | ------------------------------------------ | ------- |
        | mon-fri 09:00-18:00                        | 540     |
        | mon-fri 09:00-17:00, sat 10:00-12:00       | 420     |
        | mon-sun 00:00-24:00                        | 1440    |
        """
        return self.minutes_a_week // len({shift.weekday for shift in self.shifts})

    def rests(self, day: date) -> bool:
        """Whether no shift begins on that day, because it is a holiday."""
        return day in self.holidays or (day.month, day.day) in self.yearly
