from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from core.exchange.rules import fields
from core.kernel.clock import microseconds

MADRID = ZoneInfo("Europe/Madrid")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.0851", "0.0851"),
        ("12.50", "12.5"),
        ("1.1234560", "1.123456"),
        ("1.1234567", None),
        ("0", "0"),
        ("-1", None),
        ("1e3", None),
        ("1,5", None),
        (" 1", None),
        ("", None),
        ("٣", None),
        ("1234567890123", None),
    ],
)
def test_a_price_is_exact_or_none(text: str, value: str | None) -> None:
    assert fields.exact(text) == (value and Decimal(value))


@pytest.mark.parametrize(
    ("text", "value"),
    [("2026-02-28", date(2026, 2, 28)), ("2026-02-29", None), ("28.02.2026", None), ("0001-01-01", None)],
)
def test_a_day_is_one_of_the_calendar(text: str, value: date | None) -> None:
    assert fields.day(text) == value


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-07-01", datetime(2026, 6, 30, 22, tzinfo=UTC)),
        ("2026-07-01 10:30", datetime(2026, 7, 1, 8, 30, tzinfo=UTC)),
        ("2026-07-01 10:30:00.5", datetime(2026, 7, 1, 8, 30, 0, 500000, tzinfo=UTC)),
        ("2026-07-01T10:30:00+00:00", datetime(2026, 7, 1, 10, 30, tzinfo=UTC)),
        ("2026-07-01T10:30:00Z", datetime(2026, 7, 1, 10, 30, tzinfo=UTC)),
        ("2026-10-25 02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # the first of two
        ("2026-07-01 25:00", None),
        ("01/07/2026", None),
        ("9999-12-31", None),
        ("", None),
    ],
)
def test_a_time_without_an_offset_is_company_time(text: str, moment: datetime | None) -> None:
    assert fields.moment(text, MADRID) == (moment and microseconds(moment))
