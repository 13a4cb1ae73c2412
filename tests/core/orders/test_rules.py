from dataclasses import replace
from decimal import Decimal

import pytest

from core.orders import rules
from core.orders.model import Means, NewLine, OrderKind, OrderPayment
from core.orders.rules import Counted, Figures, Sold, Terms
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


@pytest.mark.parametrize(
    ("price", "distributors", "quantity", "margin"),
    [
        ("307.50", "246", 1, 6150),
        ("144", "120", 2, 4800),
        ("110", "120", 1, 0),
        ("0.335", "0.25", 3, 26),  # rounded once: 0.255
        ("5", None, 2, 0),
    ],
)
def test_what_was_paid_beyond_the_distributors_price_is_margin_and_a_loss_is_none(
    price: str, distributors: str | None, quantity: int, margin: int
) -> None:
    line = replace(terms(price), distributor_price=None if distributors is None else Decimal(distributors))
    assert rules.margin_minor(line, quantity) == margin
    back = rules.line_figures(line, quantity, kind=OrderKind.RETURN, volume=EUR, rate=Decimal(1))
    assert back.margin_minor == -margin


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


def sold(amount_minor: int, points_paid: int, qv: int) -> Sold:
    figures = Figures(amount_minor=amount_minor, cv=qv, qv=qv, points=7)
    return Sold(quantity=4, counted=Counted(figures, discount_minor=400, points_paid=points_paid))


@pytest.mark.parametrize(
    ("was", "quantity", "unit_price", "amount", "points_paid", "qv"),
    [
        (sold(4000, 300, 100_000), 1, None, -1000, -75, -25_000),
        (sold(4000, 301, 100_000), 3, None, -3000, -225, -75_000),
        (sold(0, 800, 0), 4, None, 0, -800, 0),
        (sold(4000, 300, 100_000), 9, None, -4000, -300, -100_000),
        (sold(4000, 300, 100_000), 1, "9.50", -950, -75, -25_000),
        (sold(0, 800, 0), 1, "9.50", 0, -200, 0),
    ],
)
def test_a_return_takes_its_share_of_the_sale_and_gives_back_no_more_than_was_paid(
    was: Sold, quantity: int, unit_price: str | None, amount: int, points_paid: int, qv: int
) -> None:
    said = NewLine(sku="TEA", quantity=quantity, unit_price=None if unit_price is None else Decimal(unit_price))
    by_catalogue = Figures(amount_minor=-950 * quantity, cv=-1, qv=-1, points=-1)
    back = rules.returned(said, by_catalogue, was)
    assert (back.figures.amount_minor, back.points_paid, back.figures.qv) == (amount, points_paid, qv)


def test_parts_of_a_sale_come_back_as_the_whole_of_it() -> None:
    one = NewLine(sku="TEA", quantity=1)
    nothing = Figures(0, 0, 0, 0)
    parts = [rules.returned(one, nothing, sold(4001, 301, 99_999), before) for before in range(6)]
    assert [part.figures.amount_minor for part in parts] == [-1000, -1001, -1000, -1000, 0, 0]
    assert sum(part.points_paid for part in parts) == -301
    assert rules.total(part.figures for part in parts) == Figures(-4001, -99_999, -99_999, -7)


def test_a_return_that_says_its_volume_takes_no_more_than_was_counted() -> None:
    said = NewLine(sku="TEA", quantity=1, cv=Decimal(1), qv=Decimal(1))
    back = rules.returned(said, Figures(-950, -10_000, -99_000, -1), sold(4000, 300, 100_000))
    assert (back.figures.cv, back.figures.qv) == (-10_000, -25_000)


def test_a_return_takes_its_part_of_the_margin_whatever_distributors_pay_by_now() -> None:
    was = {"TEA": Sold(3, Counted(Figures(30_00, 10, 12, 0, margin_minor=10_00)))}
    gone: dict[str, Sold] = {}

    def back(quantity: int, margin: int) -> list[Counted] | None:
        said = NewLine(sku="TEA", quantity=quantity, unit_price=Decimal(10))
        return rules.returned_lines(was, [(said, Figures(-1000 * quantity, -5, -6, 0, margin_minor=margin))], gone)

    assert back(1, -9_99) == [Counted(Figures(-1000, -5, -6, 0, margin_minor=-3_33))]
    assert back(2, 0) == [Counted(Figures(-2000, -5, -6, 0, margin_minor=-6_67))]


@pytest.mark.parametrize(
    ("before", "now", "counts"),
    [
        ((), (1, "50"), -50),
        (((1, "50"),), (1, "60"), -50),
        (((2, "30"),), (1, "60"), -40),
        (((2, "30"),), (1, None), 0),
        ((), (2, "80"), -100),
        (((1, None),), (1, None), -50),
    ],
)
def test_returns_take_what_they_say_and_no_more_than_is_left(
    before: tuple[tuple[int, str | None], ...], now: tuple[int, str | None], counts: int
) -> None:
    gone: dict[str, Sold] = {}

    def back(quantity: int, price: str | None) -> int:
        each = 50 if price is None else int(price)
        said = NewLine(sku="TEA", quantity=quantity, unit_price=None if price is None else Decimal(price))
        figures = Figures(*[-each * quantity] * 4)
        [one] = rules.returned_lines(was, [(said, figures)], gone) or [Counted(figures)]
        assert one.figures == Figures(*[one.figures.amount_minor] * 4)
        return one.figures.amount_minor

    was = {"TEA": Sold(2, Counted(Figures(100, 100, 100, 100)))}
    for earlier in before:
        back(*earlier)
    assert back(*now) == counts


def test_a_return_gives_nothing_where_one_before_its_sale_took_more_than_that_was() -> None:
    was, gone = {"TEA": Sold(1, Counted(Figures(100, 100, 100, 100)))}, {"TEA": Sold(1, Counted(Figures(*[-150] * 4)))}
    said = NewLine(sku="TEA", quantity=1, unit_price=Decimal(10))
    assert rules.returned_lines(was, [(said, Figures(*[-10] * 4))], gone) == [Counted(Figures(0, 0, 0, 0))]


def test_what_was_cancelled_is_gone_altogether() -> None:
    was = {"TEA": sold(4000, 300, 100_000), "CUP": Sold(1, Counted(Figures(5, 6, 7, 8)))}
    said = [(NewLine(sku=sku, quantity=1, unit_price=Decimal(1)), Figures(-1, -1, -1, -1)) for sku in was]
    assert rules.returned_lines(was, said, rules.all_gone(was)) == [Counted(Figures(0, 0, 0, 0))] * 2


def test_coupons_and_points_leave_less_to_pay_and_pay_none_of_it() -> None:
    parts = [
        OrderPayment(means=means, amount=100, value_minor=100)
        for means in (Means.COUPON, Means.POINTS, Means.CREDIT, Means.CREDIT_NOTE, Means.MONEY)
    ]
    assert rules.due(1000, parts) == 700
