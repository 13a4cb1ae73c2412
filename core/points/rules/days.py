"""Days of points: when a lot is safe, and when it ends. All in company time."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.plan.model.points import ExpireAt, PointsSpec


def company_day(moment: datetime, zone: ZoneInfo) -> date:
    """The day of company time that a moment lies in."""
    return moment.astimezone(zone).date()


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """When a day begins in company time."""
    return datetime.combine(day, time(0), zone)


def safe_at(spec: PointsSpec, paid_on: date, zone: ZoneInfo) -> datetime | None:
    """From when on what an order earned can be spent; None is at once.

    | paid on | safe after | can be spent from  |
    | ------- | ---------: | ------------------ |
    | Nov 8   |         14 | Nov 22, midnight   |
    | Nov 8   |          0 | at once            |
    """
    return day_start(paid_on + timedelta(days=spec.safe_after_days), zone) if spec.safe_after_days else None


def last_day(spec: PointsSpec, earned_on: date) -> date | None:
    """The last day on which points of that day can be spent; None is for ever.

    | earned on  | months | put off to | last day   |
    | ---------- | -----: | ---------- | ---------- |
    | 2026-01-31 |      1 | day        | 2026-02-28 |
    | 2026-01-10 |     12 | month end  | 2027-01-31 |
    | 2026-01-10 |     12 | year end   | 2027-12-31 |
    """
    if spec.expire_after_months is None:
        return None
    day = months_later(earned_on, spec.expire_after_months)
    if spec.expire_at is ExpireAt.MONTH_END:
        return day.replace(day=monthrange(day.year, day.month)[1])
    return day.replace(month=12, day=31) if spec.expire_at is ExpireAt.YEAR_END else day


def months_later(day: date, months: int) -> date:
    """The same day of the month so many months on (or back), or the last of that month where it has no such day."""
    count = day.year * 12 + day.month - 1 + months
    if count // 12 > date.max.year:
        return date.max
    year, month = max(1, count // 12), count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def tier_since(spec: PointsSpec, today: date) -> date:
    """The first day whose points count for a tier today."""
    return months_later(today, -spec.tier_months) + timedelta(days=1)
