"""Waking hours: pure arithmetic over somebody's clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.preferences.model import Wishes

MICROSECOND = timedelta(microseconds=1)


def waking(wishes: Wishes, at: datetime) -> datetime:
    """`at` itself where she is awake, else the end of her quiet hours: the first moment at which her clock allows it.

    | quiet         | her clock        | result on her clock                            |
    | ------------- | ---------------- | ---------------------------------------------- |
    | none          | 03:00            | 03:00                                          |
    | 21:00 - 21:00 | 03:00            | 03:00                                          |
    | 21:00 - 08:00 | 20:59            | 20:59                                          |
    | 21:00 - 08:00 | 21:00            | 08:00 the next day                             |
    | 21:00 - 08:00 | 07:59            | 08:00                                          |
    | 13:00 - 15:00 | 14:00            | 15:00                                          |
    | 21:00 - 02:30 | 00:30 in spring  | 03:00: the clock goes from 02:00 to 03:00      |
    | 21:00 - 02:30 | 00:30 in autumn  | 02:30, the first                               |
    | 21:00 - 02:30 | 02:10, the first | 02:30, the first: the hour comes twice         |
    | 21:00 - 02:30 | 02:10, again     | 02:30, again                                   |

    Args:
        at: aware.

    Returns:
        `at` as it is, or a moment in UTC.
    """
    if wishes.quiet is None or wishes.quiet[0] == wishes.quiet[1]:
        return at
    begin, end = wishes.quiet
    local = at.astimezone(ZoneInfo(wishes.zone))
    minute = local.hour * 60 + local.minute
    is_quiet = begin <= minute < end if begin < end else minute >= begin or minute < end
    if not is_quiet:
        return at
    tonight = begin > end and minute >= begin
    day = local.date() + timedelta(days=1 if tonight else 0)
    return max(at, _reached(day, end, ZoneInfo(wishes.zone), fold=0 if tonight else local.fold))


def _reached(day: date, minute: int, zone: ZoneInfo, *, fold: int) -> datetime:
    """When the clock shows that minute of a day; where it leaps over it, when it leaps."""
    wall = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone, fold=fold)
    then = wall.astimezone(UTC)
    if then.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return then
    before, after = (wall.replace(fold=fold).astimezone(UTC) for fold in (1, 0))  # on both sides of the leap
    offset = before.astimezone(zone).utcoffset()
    while after - before > MICROSECOND:
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
