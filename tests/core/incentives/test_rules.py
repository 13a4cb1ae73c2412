from datetime import date
from decimal import Decimal

import pytest

from core.incentives import rules
from core.incentives.model import (
    Holding,
    HoldingCurrency,
    HoldingExpired,
    HoldingKind,
    HoldingState,
    HoldingUsed,
    OrderTooSmall,
)
from core.incentives.rules import Bill

TODAY = date(2026, 11, 22)
BILL = Bill(day=TODAY, currency="EUR", amount_minor=2000)


def day(number: int) -> date:
    return date(2026, 11, number)


def coupon(**changes: object) -> Holding:
    values = {"kind": "coupon", "code": "TEN", "label": {"en": "Ten"}, "state": "usable", "percent": Decimal(10)}
    return Holding.model_validate(values | changes)


@pytest.mark.parametrize(
    ("left", "withdrawn", "today", "expected"),
    [
        (1, False, 9, HoldingState.USABLE),
        (1, False, 10, HoldingState.EXPIRED),
        (1, False, 4, HoldingState.EARLY),
        (0, False, 10, HoldingState.USED),
        (1, True, 6, HoldingState.WITHDRAWN),
    ],
)
def test_a_document_works_from_its_first_to_its_last_day(
    left: int, withdrawn: bool, today: int, expected: HoldingState
) -> None:
    found = rules.state(left=left, valid_from=day(5), valid_until=day(9), withdrawn=withdrawn, today=day(today))
    assert found is expected


@pytest.mark.parametrize(
    ("percent", "amount", "order", "off"),
    [("10", None, 1999, 199), ("100", None, 1999, 1999), (None, 500, 1999, 500), (None, 5000, 1999, 1999)],
)
def test_a_coupon_takes_no_fraction_and_no_more_than_the_order(
    percent: str | None, amount: int | None, order: int, off: int
) -> None:
    assert rules.discount(None if percent is None else Decimal(percent), amount, order) == off


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"state": "expired", "valid_until": day(9)}, HoldingExpired),
        ({"state": "used"}, HoldingUsed),
        ({"currency": "USD"}, HoldingCurrency),
        ({"currency": "EUR", "order_least_minor": 2001}, OrderTooSmall),
    ],
)
def test_a_document_that_does_not_work_says_why(changes: dict[str, object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        rules.require_usable(coupon(**changes), BILL)
    rules.require_usable(coupon(currency="EUR", order_least_minor=2000), BILL)


def test_what_works_is_shown_first_and_what_ended_long_ago_not_at_all() -> None:
    held = [
        (coupon(code="LATER", state="early", valid_until=day(29)), day(1)),
        (coupon(code="LAST", valid_until=None), day(1)),
        (coupon(code="FIRST", valid_until=day(30)), day(1)),
        (coupon(code="GONE", state="used"), date(2026, 8, 23)),
        (coupon(code="USED", state="used"), day(20)),
        (coupon(code="OVER", state="expired", valid_until=day(21)), day(1)),
    ]
    assert [one.code for one in rules.shown(held, TODAY)] == ["FIRST", "LAST", "LATER", "OVER", "USED"]


def test_a_code_is_one_code_however_it_is_typed() -> None:
    assert rules.written(" spring-10 ") == rules.written("SPRING-10")
    assert coupon().kind is HoldingKind.COUPON
