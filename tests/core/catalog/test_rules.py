from datetime import date
from decimal import Decimal

import pytest

from core.catalog import rules
from core.catalog.model import Rate, RateMissing
from core.catalog.rules import RateTable

RATES = RateTable(
    [
        Rate(since=date(2026, 3, 1), source="USD", target="EUR", rate=Decimal("0.92")),
        Rate(since=date(2026, 1, 1), source="USD", target="EUR", rate=Decimal("0.9")),
    ]
)


@pytest.mark.parametrize(
    ("day", "rate"),
    [(date(2026, 1, 1), "0.9"), (date(2026, 2, 28), "0.9"), (date(2026, 3, 1), "0.92"), (date(2027, 1, 1), "0.92")],
)
def test_a_rate_holds_from_its_day_until_the_next_one(day: date, rate: str) -> None:
    assert RATES.on(day, "USD", "EUR") == Decimal(rate)


@pytest.mark.parametrize(("day", "pair"), [(date(2025, 12, 31), ("USD", "EUR")), (date(2026, 5, 1), ("EUR", "USD"))])
def test_a_missing_rate_is_never_guessed(day: date, pair: tuple[str, str]) -> None:
    with pytest.raises(RateMissing) as refused:
        RATES.on(day, *pair)
    assert refused.value.facts == {"from": pair[0], "to": pair[1], "date": day.isoformat()}


def test_a_currency_is_worth_itself_on_any_day() -> None:
    assert RATES.on(date(1999, 1, 1), "JPY", "JPY") == 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("POSTAGE", True),
        ("Bank  Charges", True),
        ("Manual", True),
        ("Gastos de envío", True),
        ("DISCOUNT CARD HOLDER", False),
        ("VINTAGE POSTAGE STAMPS", False),
    ],
)
def test_a_service_item_is_known_by_its_whole_name(name: str, expected: bool) -> None:
    assert rules.is_service(name) is expected


def test_near_skus_come_best_first_whatever_their_case() -> None:
    assert rules.nearest("tea-10", ["CUP-1", "TEA-1", "TEA-100", "TEA-10O"])[:2] == ["TEA-100", "TEA-10O"]
    assert rules.nearest("zzz", ["CUP-1"]) == []
