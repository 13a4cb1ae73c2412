"""Waking hours: pure arithmetic over somebody's clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from core.preferences.model import Wishes

DAY_MINUTES = 24 * 60


def waking(wishes: Wishes, at: datetime) -> datetime:
    """`at` itself where she is awake, else the end of her quiet hours.

    | quiet         | her clock        | result on her clock                            |
    | ------------- | ---------------- | ---------------------------------------------- |
    | none          | 03:00            | 03:00                                          |
    | 21:00 - 08:00 | 20:59            | 20:59                                          |
    | 21:00 - 08:00 | 21:00            | 08:00 the next day                             |
    | 21:00 - 08:00 | 07:59            | 08:00                                          |
    | 13:00 - 15:00 | 14:00            | 15:00                                          |
    | 21:00 - 02:30 | 00:30 in spring  | 03:00: the clock goes from 02:00 to 03:00      |
    | 21:00 - 02:30 | 02:10, the first | 02:30, the first: the hour comes twice         |

    Args:
        at: aware; so is the result, in UTC.
    """
    if wishes.quiet is None or wishes.quiet[0] == wishes.quiet[1]:
        return at
    begin, end = wishes.quiet
    local = at.astimezone(ZoneInfo(wishes.zone))
    minute = local.hour * 60 + local.minute
    is_quiet = begin <= minute < end if begin < end else minute >= begin or minute < end
    if not is_quiet:
        return at
    day = local.date() + timedelta(days=1 if begin > end and minute >= begin else 0)
    ends = datetime(day.year, day.month, day.day, end // 60, end % 60, tzinfo=local.tzinfo, fold=local.fold)
    return max(at, ends.astimezone(UTC))
