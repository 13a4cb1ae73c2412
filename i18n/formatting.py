"""Numbers, money, dates, times and lists as a reader of the locale writes them. Pure; Babel knows CLDR."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_datetime_format, get_timezone_location
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_precision

from i18n.languages import AT_LEAST_TWO_BEFORE_A_SEPARATOR

Joint = Literal["and", "or"]
DateLength = Literal["short", "medium", "long", "full"]

# what people write and CLDR does not know
FIRST_OF_MONTH = {"fr": "1er", "pt": "1º"}
CLOCKS = {"fr": "HH\N{NO-BREAK SPACE}'h'\N{NO-BREAK SPACE}mm"}


def number(value: int | Decimal, locale: Locale) -> str:
    """`value` with the locale's digits, separators and sign; every decimal that it has is shown."""
    decimals = max(0, -int(Decimal(value).as_tuple().exponent))
    pattern = "#,##0." + "0" * decimals if decimals else None
    return format_decimal(value, format=pattern, locale=locale, group_separator=_grouped(value, locale))


def volume(value: int, scale: int, locale: Locale) -> str:
    """A volume of `scale` decimals in whole units, without zeros that say nothing: 125000 at 4 is "12.5"."""
    return number(plain(Decimal(value).scaleb(-scale)), locale)


def plain(value: Decimal) -> Decimal:
    """The same number without trailing zeros behind the point, and never in powers of ten.

    | value   | result |
    | ------- | ------ |
    | 12.5000 | 12.5   |
    | 5200.00 | 5200   |
    """
    shortest = value.normalize()
    return shortest.quantize(Decimal(1)) if int(shortest.as_tuple().exponent) > 0 else shortest


def money(amount_minor: int, currency: str, locale: Locale) -> str:
    """An amount of whole minor units with its currency, as the locale writes it."""
    amount = Decimal(amount_minor).scaleb(-get_currency_precision(currency))
    return format_currency(amount, currency, locale=locale, group_separator=_grouped(amount, locale))


def unit_price(value: Decimal, currency: str, locale: Locale) -> str:
    """An amount that may be a part of the smallest coin, with the decimals that it has: "$0.0436", "0,0436 €"."""
    decimals = max(get_currency_precision(currency), -int(plain(value).as_tuple().exponent))
    pattern = re.sub(r"0\.0+", f"0.{'0' * decimals}" if decimals else "0", locale.currency_formats["standard"].pattern)
    grouped = _grouped(value, locale)
    return format_currency(
        value, currency, format=pattern, locale=locale, currency_digits=False, group_separator=grouped
    )


def percent(value: int | Decimal | Fraction, locale: Locale) -> str:
    """`value` per cent (5 is "5 %"), with the decimals that it has and the locale's own spacing.

    A fraction stands beside what is whole: 100/3 is "33 1/3 %".
    """
    if isinstance(value, Fraction):
        whole, rest = divmod(value.numerator, value.denominator)
        beside = f"{rest}/{value.denominator}"
        text = percent(whole, locale)
        return re.sub(r"\d[\d.,\s]*\d|\d", f"\\g<0>\N{NO-BREAK SPACE}{beside}" if whole else beside, text, count=1)
    shortest = plain(Decimal(value))
    decimals = max(0, -int(shortest.as_tuple().exponent))
    pattern = locale.percent_formats[None].pattern
    exact = re.sub(r"0(?=[^0]*$)", "0." + "0" * decimals, pattern) if decimals else pattern
    return format_percent(shortest / 100, format=exact, locale=locale)


def day(value: date, locale: Locale, *, length: DateLength = "medium") -> str:
    """A date with its year."""
    return _first(value, format_date(value, format=length, locale=locale), locale)


def day_and_month(value: date, locale: Locale) -> str:
    """A date near enough to need no year: "30 November"."""
    return _first(value, format_skeleton("MMMMd", _noon(value), locale=locale), locale)


def month(value: date, locale: Locale) -> str:
    """The month of a date, with its year: "November 2026"."""
    return format_skeleton("yMMMM", _noon(value), locale=locale)


def moment(value: datetime, zone: str, locale: Locale) -> str:
    """Date and time of day as a clock on the wall of `zone` shows it."""
    assert value.tzinfo is not None, "a moment without a zone cannot be shown to anybody"
    there = value.astimezone(_zone(zone))
    both = str(get_datetime_format("medium", locale=locale))
    return both.format(format_time(there, format="short", locale=locale), day(there.date(), locale))


def time_of_day(value: datetime, zone: str, locale: Locale) -> str:
    """Hours and minutes as a clock on the wall of `zone` shows them."""
    assert value.tzinfo is not None, "a moment without a zone cannot be shown to anybody"
    return format_time(value.astimezone(_zone(zone)), format=CLOCKS.get(locale.language, "short"), locale=locale)


def place_of_zone(zone: str, locale: Locale) -> str:
    """The city or country by which people speak of a time zone: "Madrid", "Bogotá"."""
    city = get_timezone_location(_zone(zone), locale=locale, return_city=True)
    return city.rpartition("/")[2]  # of a name with three parts Babel keeps two


def joined(items: Sequence[str], locale: Locale, *, by: Joint = "and") -> str:
    """The items as one phrase: "Ana, Juan and Li"."""
    return format_list(list(items), style="or" if by == "or" else "standard", locale=locale)


def _grouped(value: int | Decimal, locale: Locale) -> bool:
    """Whether thousands are set apart in this number."""
    return not -10_000 < value < 10_000 or str(locale) not in AT_LEAST_TWO_BEFORE_A_SEPARATOR


def _first(value: date, said: str, locale: Locale) -> str:
    """The first of a month as an ordinal, where people say it so and CLDR does not: "1er septembre"."""
    ordinal = FIRST_OF_MONTH.get(locale.language)
    return re.sub(r"^1(?= )", ordinal, said) if ordinal and value.day == 1 else said


def _noon(value: date) -> datetime:
    """A moment of that day; Babel wants one where only the day is shown."""
    return datetime(value.year, value.month, value.day, 12, tzinfo=UTC)


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
