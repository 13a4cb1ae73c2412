"""What the text of one field means; None where it means nothing."""

import re
from datetime import date, datetime, tzinfo
from decimal import Decimal
from functools import cache

from babel.core import get_global

from core.kernel.clock import microseconds
from core.kernel.money import NO_MONEY

DECIMAL = re.compile(r"[0-9]{1,12}(\.[0-9]+)?")
WHOLE = re.compile(r"[0-9]{1,9}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
YEARS = range(1900, 2200)
PRICE_DECIMALS_MAX = 6


def exact(text: str, decimals_max: int = PRICE_DECIMALS_MAX) -> Decimal | None:
    """A decimal that is not negative, written with a point and without separators."""
    if not DECIMAL.fullmatch(text):
        return None
    value = Decimal(text).normalize()
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int), "digits make a finite number"
    return value if -exponent <= decimals_max else None


def whole(text: str) -> int | None:
    """A whole number that is not negative, of at most nine digits."""
    return int(text) if WHOLE.fullmatch(text) else None


@cache
def day(text: str) -> date | None:
    """A calendar day as `2026-11-22`."""
    if not DAY.fullmatch(text):
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in YEARS else None


def moment(text: str, zone: tzinfo) -> int | None:
    """A time as microseconds since 1970; without an offset it is company time, without a time it is midnight.

    | text | company time zone | means |
    | ---- | ----------------- | ----- |
    | 2026-07-01 | Europe/Madrid | 2026-06-30T22:00:00Z |
    | 2026-07-01 10:30:00 | Europe/Madrid | 2026-07-01T08:30:00Z |
    | 2026-07-01T10:30:00+00:00 | any | 2026-07-01T10:30:00Z |
    """
    if not MOMENT.fullmatch(text):
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    if found.year not in YEARS:
        return None
    return microseconds(found if found.tzinfo else found.replace(tzinfo=zone))


def is_currency(text: str) -> bool:
    """Whether this is an ISO 4217 code of a currency."""
    return text in get_global("all_currencies") and text not in NO_MONEY
