from decimal import Decimal

import pytest

from core.orders import rules
from core.orders.model import OrderKind
from core.orders.rules import Figures, Terms
from core.plan.model import DefaultVolume, VolumeSpec

EUR = VolumeSpec(currency="EUR")


def terms(
    unit_price: str, currency: str = "EUR", cv: str | None = None, qv: str | None = None, points: int = 0
) -> Terms:
    return Terms(Decimal(unit_price), currency, Decimal(cv) if cv else None, Decimal(qv) if qv else None, points)


@pytest.mark.parametrize(
    ("line", "quantity", "rate", "expected"),
    [
        (terms("0.085"), 3, "1", Figures(26, 2550, 2550, 0)),  # rounded once: 0.255, not 3 x 0.09
        (terms("0.085", "GBP"), 3, "1.25", Figures(26, 3188, 3188, 0)),  # 0.31875
        (terms("10", qv="7.5"), 2, "1", Figures(2000, 200000, 150000, 0)),
        (terms("10", "USD", cv="1", qv="2"), 2, "99", Figures(2000, 20000, 40000, 0)),  # no rate in a volume of its own
        (terms("1500", "JPY", cv="0", qv="0", points=5), 4, "1", Figures(6000, 0, 0, 20)),
        (terms("0"), 7, "1", Figures(0, 0, 0, 0)),
    ],
)
def test_a_line_is_rounded_once_and_a_return_is_its_mirror(
    line: Terms, quantity: int, rate: str, expected: Figures
) -> None:
    def figures(kind: OrderKind) -> Figures:
        return rules.line_figures(line, quantity, kind=kind, volume=EUR, rate=Decimal(rate))

    assert figures(OrderKind.SALE) == expected
    assert figures(OrderKind.RETURN) == Figures(-expected.amount_minor, -expected.cv, -expected.qv, -expected.points)


def test_a_plan_can_give_no_volume_by_default() -> None:
    volume = VolumeSpec(currency="EUR", scale=0, default_cv=DefaultVolume.ZERO)
    figures = rules.line_figures(terms("2.5"), 1, kind=OrderKind.SALE, volume=volume, rate=Decimal(1))
    assert figures == Figures(250, 0, 3, 0)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (terms("1", "USD"), True),
        (terms("1", "EUR"), False),
        (terms("1", "USD", cv="1"), True),
        (terms("1", "USD", cv="1", qv="1"), False),
    ],
)
def test_only_volume_by_price_in_another_currency_needs_a_rate(line: Terms, expected: bool) -> None:
    assert rules.needs_rate(line, EUR) is expected


@pytest.mark.parametrize(
    ("orders", "usual"),
    [([100, 40, 90], 90), ([100, 40, 90, 95], 93), ([7], 7), ([3, 4], 4), ([1, 2, 3, 4, 5, 100], 4)],
)
def test_what_is_usual_is_the_median(orders: list[int], usual: int) -> None:
    assert rules.usual_order(orders) == usual


def test_an_order_is_the_sum_of_its_lines() -> None:
    assert rules.total([Figures(1, 2, 3, 4), Figures(10, 20, 30, 40)]) == Figures(11, 22, 33, 44)


@pytest.mark.parametrize(("value", "text"), [("2.50", "2.5"), ("100", "100"), ("1E+2", "100"), ("0.000", "0")])
def test_equal_prices_are_equal_texts(value: str, text: str) -> None:
    assert rules.exact_text(Decimal(value)) == text
