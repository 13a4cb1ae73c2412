"""Cycles as days: when one begins, which comes before, worked out from the calendar alone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@cache
def first_of(kind: str, day: date) -> date:
    """The first day of the cycle that a day lies in."""
    quarter = max(month for month in (1, 4, 7, 10) if month <= day.month)
    firsts = {
        "month": day.replace(day=1),
        "year": day.replace(month=1, day=1),
        "week": day - day.weekday() * DAY,
        "fortnight": day.replace(day=16 if day.day > 15 else 1),
        "quarter": day.replace(month=quarter, day=1),
    }
    if kind.startswith("period"):
        _, days, listed = kind.split()
        begins = [date.fromisoformat(one) for one in listed.split(",")]
        before = [one for one in begins if one <= day]
        if before and before[-1] != begins[-1]:
            return before[-1]
        return day - (day - (before or begins)[-1 if before else 0]).days % int(days) * DAY
    return firsts.get(kind, day)


def beginning_in(kind: str, year: int) -> list[date]:
    """The days of a year on which its periods begin."""
    days = [date(year, 1, 1) + number * DAY for number in range(366)]
    return [day for day in days if day.year == year and first_of(kind, day) == day]


@cache
def first_after(kind: str, day: date) -> date:
    """The first day of the next cycle: the first on which another one has begun."""
    first = first_of(kind, day)
    step = day + {"month": 27, "year": 364, "week": 6, "fortnight": 12, "quarter": 89}.get(kind, 0) * DAY
    while first_of(kind, step) == first or step <= day:
        step += DAY
    return first_of(kind, step)


def day_in(kind: str, code: str) -> date:
    """A day in the cycle of that code."""
    parts = code.split("-")
    if kind == "week":
        return date.fromisocalendar(int(parts[0]), int(parts[1][1:]), 1)
    if kind == "fortnight":
        return date(int(parts[0]), int(parts[1]), 1 if parts[2] == "A" else 16)
    if kind.startswith("period"):
        return beginning_in(kind, int(parts[0]))[int(parts[1][1:]) - 1]
    if kind == "quarter":
        return date(int(parts[0]), int(parts[1][1:]) * 3, 1)
    return date(*(int(part) for part in [*parts, "1", "1"][:3]))


@dataclass(frozen=True)
class Cycle:
    """One cycle of one calendar, from its first day to the day before `after`."""

    kind: str
    zone: ZoneInfo
    first: date
    until: date | None = None
    """The first day that is not looked at, where that comes before its end."""

    @classmethod
    def named(cls, kind: str, zone: str, code: str) -> "Cycle":
        """By its code."""
        return cls(kind, ZoneInfo(zone), first_of(kind, day_in(kind, code)))

    @property
    def after(self) -> date:
        """The first day of the next, or from which on nothing is looked at."""
        return self.until or first_after(self.kind, self.first)

    @property
    def code(self) -> str:
        """As it is called: 2026, 2026-Q4, 2026-10, 2026-10-A, 2026-W41 or 2026-10-05."""
        if self.kind.startswith("period"):
            return f"{self.first:%Y}-P{beginning_in(self.kind, self.first.year).index(self.first) + 1:02}"
        year, week, _ = self.first.isocalendar()
        codes = {
            "year": f"{self.first:%Y}",
            "month": f"{self.first:%Y-%m}",
            "fortnight": f"{self.first:%Y-%m}-{'A' if self.first.day == 1 else 'B'}",
            "quarter": f"{self.first:%Y}-Q{-(-self.first.month // 3)}",
            "week": f"{year:04}-W{week:02}",
        }
        return codes.get(self.kind, self.first.isoformat())

    @property
    def last(self) -> date:
        """The last day."""
        return self.after - DAY

    def around(self, day: date) -> "Cycle":
        """The cycle of the same calendar that a day lies in."""
        return Cycle(self.kind, self.zone, first_of(self.kind, day))

    def before(self, cycles: int) -> "Cycle":
        """So many cycles earlier."""
        found = self
        for _ in range(cycles):
            found = self.around(found.first - DAY)
        return found

    def later(self, cycles: int) -> "Cycle":
        """So many cycles later."""
        found = self
        for _ in range(cycles):
            found = self.around(first_after(found.kind, found.first))
        return found

    def moment(self, day: date) -> int:
        """When a day begins in company time, in microseconds."""
        begun = datetime.combine(day, time(), self.zone).astimezone(UTC) - EPOCH
        return begun // timedelta(microseconds=1)

    @cached_property
    def start(self) -> int:
        """When it begins."""
        return self.moment(self.first)

    @cached_property
    def end(self) -> int:
        """When the next begins."""
        return self.moment(self.after)

    def day(self, moment: int) -> date:
        """The day in company time."""
        return (EPOCH + timedelta(microseconds=moment)).astimezone(self.zone).date()
