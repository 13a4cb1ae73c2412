"""Slots: the moments at which a kind of message is due; a slot is called after its planned time, never after now.

| when                     | zone          | slots                                                        |
| ------------------------ | ------------- | ------------------------------------------------------------ |
| Daily(09:00)             | Europe/Madrid | 2026-11-27 at 08:00 UTC, 2026-11-28 at 08:00 UTC, …          |
| Weekly(Monday, 09:00)    | Asia/Tokyo    | 2026-11-30 at 00:00 UTC, …                                   |
| Monthly(1, 09:00)        | Europe/Madrid | 2026-12-01 at 08:00 UTC, …                                   |
| DaysBeforeClose(3, 17:00)| Europe/Madrid | 2026-11-28 at 16:00 UTC, where the cycle ends with November  |
| Every(30)                | none          | 2026-11-27 at 10:00 UTC, 10:30, …; of several the last alone |

Each day of a zone has one slot, also where clocks change: an hour that does not come is the one after it, of one that
comes twice it is the first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.calendar.model import Cycle
from core.calendar.rules import cycle_at
from core.plan.model import CalendarSpec

DAY = timedelta(days=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MONDAY, TUESDAY, WEDNESDAY, THURSDAY = range(4)


@dataclass(frozen=True, slots=True)
class Daily:
    """Every day at so many minutes of it, on people's own clocks."""

    at: int


@dataclass(frozen=True, slots=True)
class Weekly:
    """One day a week, counted from Monday as 0."""

    day: int
    at: int


@dataclass(frozen=True, slots=True)
class Monthly:
    """One day a month, which every month has."""

    day: int
    at: int


@dataclass(frozen=True, slots=True)
class DaysBeforeClose:
    """So many days before a cycle of the main calendar closes; 1 is the last day on which it is still open then."""

    days: tuple[int, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Every:
    """Every so many minutes, for everybody at once."""

    minutes: int


Local = Daily | Weekly | Monthly | DaysBeforeClose
"""What goes by the day of each time zone."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One moment at which one kind is due, for the people of one zone or for all."""

    kind: str
    name: str
    """Such as `month_end/Europe/Berlin/2026-11-27`: why somebody gets what she gets."""
    at: datetime
    zone: str | None = None
    """Whose day it is; None is everybody's."""
    when: Local | Every | None = None
    """None where something happened."""
    cause: str = ""
    """What happened, such as the code of the cycle that was closed."""

    @property
    def once(self) -> str:
        """What nobody hears of twice: whoever moves to another zone has heard of the day in the one before.

        | name                                   | zone       | once                              |
        | -------------------------------------- | ---------- | --------------------------------- |
        | `gauges.summary/Asia/Tokyo/2026-11-30` | Asia/Tokyo | `gauges.summary/2026-11-30`       |
        | `rank.progress/2026-11-27T10:30Z`      |            | `rank.progress/2026-11-27T10:30Z` |
        """
        return self.name if self.zone is None else self.name.replace(f"/{self.zone}/", "/", 1)


def local_slots(
    kind: str, when: Local, zones: Iterable[str], after: datetime, until: datetime, calendar: CalendarSpec
) -> Iterator[Slot]:
    """The slots of each zone after one moment and until another, that one included, zone by zone."""
    for zone in zones:
        clock = ZoneInfo(zone)
        day, last = after.astimezone(clock).date(), until.astimezone(clock).date()
        while day <= last:
            at = moment(day, when.at, clock)
            if after < at <= until and _is_day(when, day, at, clock, calendar):
                word = "/monthly" if isinstance(when, Monthly) else ""
                yield Slot(kind, f"{kind}/{zone}/{day.isoformat()}{word}", at, zone, when)
            day += DAY


def repeated_slot(kind: str, when: Every, after: datetime, until: datetime) -> Iterator[Slot]:
    """The last slot after one moment and until another: what was missed before it, it tells as well."""
    step = timedelta(minutes=when.minutes)
    at = EPOCH + (until - EPOCH) // step * step
    if at > after:
        yield Slot(kind, f"{kind}/{at:%Y-%m-%dT%H:%M}Z", at, None, when)


def moment(day: date, minutes: int, clock: ZoneInfo) -> datetime:
    """A local time of a day in UTC; of a time that comes twice the first."""
    local = datetime(day.year, day.month, day.day, minutes // 60, minutes % 60, tzinfo=clock)
    return local.astimezone(UTC)


def days_before_close(at: datetime, minutes: int, clock: ZoneInfo, cycle: Cycle) -> int:
    """How many days before the close a zone's slot lies; the last one that comes before the close is 1.

    | cycle ends (UTC) | zone           | slot (its clock)  | days before |
    | ---------------- | -------------- | ----------------- | ----------- |
    | 11-30 23:00      | Europe/Madrid  | 11-30 17:00       | 1           |
    | 11-30 23:00      | Europe/Madrid  | 11-24 17:00       | 7           |
    | 11-30 23:00      | Asia/Tokyo     | 11-30 17:00       | 1           |
    | 11-30 23:00      | America/Bogota | 11-30 17:00       | 1           |
    | 11-30 23:00      | Pacific/Midway | 11-30 17:00       | comes after |
    | 11-30 23:00      | Pacific/Midway | 11-29 17:00       | 1           |
    """
    last = cycle.period.end.astimezone(clock).date()
    if moment(last, minutes, clock) >= cycle.period.end:
        last -= DAY
    return (last - at.astimezone(clock).date()).days + 1


def _is_day(when: Local, day: date, at: datetime, clock: ZoneInfo, calendar: CalendarSpec) -> bool:
    match when:
        case Daily():
            return True
        case Weekly():
            return day.weekday() == when.day
        case Monthly():
            return day.day == when.day
        case DaysBeforeClose():
            return days_before_close(at, when.at, clock, cycle_at(calendar, at)) in when.days
