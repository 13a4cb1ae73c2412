"""Working time: how much of it lies between two moments, and when so much of it will have passed.

It is exact on any clock. A shift counts while the company's clock shows a time inside it: an hour that the clock skips
is no working time, and one that it shows twice counts twice.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from core.plan.model import WorkingHours

Span = tuple[datetime, datetime]
"""A stretch of working time, from its first moment to the first after it, in UTC."""
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
DAYS_MAX = 366 * 30
"""No plan rests so long: holidays are listed by hand, and yearly ones leave most of the year."""


def worked(hours: WorkingHours, begin: datetime, end: datetime) -> timedelta:
    """The working time between two moments; nothing where `end` is not after `begin`.

    | hours               | from           | to             | worked |
    | ------------------- | -------------- | -------------- | ------ |
    | mon-fri 09:00-18:00 | Friday 17:00   | Monday 10:00   | 2 h    |
    | mon-fri 09:00-18:00 | Saturday 10:00 | Sunday 23:00   | 0      |
    | fri 22:00-06:00     | Friday 23:00   | Saturday 12:00 | 7 h    |
    """
    total, day = timedelta(), begin.astimezone(UTC).date()
    while datetime.combine(day, time(), UTC) < end:
        for opens_at, closes_at in _spans(hours, day):
            total += max(timedelta(), min(closes_at, end) - max(opens_at, begin))
        day += DAY
    return total


def later(hours: WorkingHours, begin: datetime, work: timedelta) -> datetime:
    """The first moment by which `work` has passed since `begin`; `begin` itself when `work` is nothing.

    | hours               | from         | work | at           |
    | ------------------- | ------------ | ---- | ------------ |
    | mon-fri 09:00-18:00 | Friday 17:00 | 1 h  | Friday 18:00 |
    | mon-fri 09:00-18:00 | Friday 17:00 | 2 h  | Monday 10:00 |
    | mon-fri 09:00-18:00 | Sunday 12:00 | 1 h  | Monday 10:00 |
    """
    left = work
    if left <= timedelta():
        return begin
    for opens_at, closes_at in _from(hours, begin):
        if left <= closes_at - opens_at:
            return opens_at + left
        left -= closes_at - opens_at
    raise AssertionError("a checked plan has hours that come again")


def opens(hours: WorkingHours, moment: datetime) -> datetime:
    """The moment itself while the company works, else the one at which it begins to."""
    return next(iter(_from(hours, moment)))[0]


def _from(hours: WorkingHours, begin: datetime) -> Iterator[Span]:
    """All working time after a moment, in order."""
    first = begin.astimezone(UTC).date()
    for days in range(DAYS_MAX):
        for opens_at, closes_at in _spans(hours, first + days * DAY):
            if closes_at > begin:
                yield max(opens_at, begin), closes_at


@lru_cache(maxsize=4096)
def _spans(hours: WorkingHours, day: date) -> tuple[Span, ...]:
    """The working time of one day of UTC: cut there, because its days are all of one length and follow each other."""
    begin = datetime.combine(day, time(), UTC)
    found: list[Span] = []
    for one in _steady(ZoneInfo(hours.time_zone), begin, begin + DAY):
        for opens_at, closes_at in _within(hours, *one):
            if found and found[-1][1] == opens_at:
                found[-1] = (found[-1][0], closes_at)
            else:
                found.append((opens_at, closes_at))
    return tuple(found)


def _steady(zone: ZoneInfo, begin: datetime, end: datetime) -> list[tuple[datetime, datetime, timedelta]]:
    """The stretch in parts during which the clock's distance from UTC stays the same, with that distance."""
    before, after = _offset(zone, begin), _offset(zone, end - SECOND)
    if before == after:
        return [(begin, end, before)]
    low, high = begin, end - SECOND
    while high - low > SECOND:
        middle = low + (high - low) // 2
        middle -= timedelta(microseconds=middle.microsecond)
        low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
    return [(begin, high, before), (high, end, after)]


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    found = moment.astimezone(zone).utcoffset()
    assert found is not None, "every zone knows its distance from UTC"
    return found


def _within(hours: WorkingHours, begin: datetime, end: datetime, offset: timedelta) -> Iterator[Span]:
    """Working time while the clock is `offset` away from UTC."""
    first, last = (begin + offset).date(), (end + offset).date()
    day = first - DAY  # whose last shift may end today
    cuts: list[Span] = []
    while day <= last:
        midnight = datetime.combine(day, time(), UTC) - offset
        if not hours.rests(day):
            for shift in hours.shifts:
                if shift.weekday == day.weekday():
                    opens_at = max(begin, midnight + timedelta(minutes=shift.begin))
                    cuts.append((opens_at, min(end, midnight + timedelta(minutes=shift.end))))
        day += DAY
    yield from (cut for cut in sorted(cuts) if cut[0] < cut[1])
