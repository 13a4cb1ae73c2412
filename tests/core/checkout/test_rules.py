from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.checkout import rules
from core.checkout.rules import Goods, Line
from core.orders.rules import Figures
from core.plan.model import DiscountAffects

BLENDER = Line(Figures(amount_minor=4000, cv=100_000, qv=100_000, points=40), redeem_points=1000)
BOOK = Line(Figures(amount_minor=2000, cv=50_000, qv=50_000, points=20))


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [(100, [1, 1, 1], [34, 33, 33]), (5, [0, 3, 7], [0, 2, 3]), (0, [0, 0], [0, 0]), (1, [1, 1], [1, 0])],
)
def test_what_is_shared_out_adds_up(total: int, weights: list[int], shares: list[int]) -> None:
    assert rules.spread(total, weights) == shares


@pytest.mark.parametrize(("discount", "price"), [(0, 1000), (1001, 750), (4000, 0)])
def test_a_coupon_makes_it_cheaper_in_points_too(discount: int, price: int) -> None:
    assert rules.bill([BLENDER], discount).points_price == price


@pytest.mark.parametrize(
    ("points", "earns", "amount", "qv", "earned"),
    [
        (1000, False, 0, 0, 0),
        (333, False, 2668, 66_700, 26),
        (0, False, 4000, 100_000, 40),
        (333, True, 2668, 100_000, 40),
    ],
)
def test_what_points_pay_counts_nothing_unless_the_plan_says_so(
    points: int, earns: bool, amount: int, qv: int, earned: int
) -> None:
    [line] = rules.paid(rules.bill([BLENDER], 0), points, earns=earns, affects=DiscountAffects.BOTH)
    assert (line.figures.amount_minor, line.figures.qv, line.figures.points) == (amount, qv, earned)
    assert line.points_paid == points


@pytest.mark.parametrize(
    ("affects", "cv", "qv"),
    [("both", 75_000, 75_000), ("cv", 75_000, 100_000), ("qv", 100_000, 75_000), ("none", 100_000, 100_000)],
)
def test_a_coupon_lessens_the_volume_that_the_plan_says(affects: str, cv: int, qv: int) -> None:
    [line] = rules.paid(rules.bill([BLENDER], 1000), 0, earns=False, affects=DiscountAffects(affects))
    assert (line.figures.cv, line.figures.qv, line.figures.points) == (cv, qv, 30)


@pytest.mark.parametrize(
    ("margin", "discount", "points", "left"),
    [(1500, 0, 0, 1500), (1500, 1000, 0, 500), (1500, 1600, 0, 0), (0, 1000, 0, 0), (1500, 0, 333, 168)],
)
def test_what_a_coupon_or_points_take_off_lessens_the_margin(
    margin: int, discount: int, points: int, left: int
) -> None:
    line = replace(BLENDER, figures=replace(BLENDER.figures, margin_minor=margin))
    [counted] = rules.paid(rules.bill([line], discount), points, earns=True, affects=DiscountAffects.BOTH)
    assert counted.figures.margin_minor == left


def test_points_pay_only_what_can_be_had_for_them() -> None:
    bill = rules.bill([BLENDER, BOOK], 0)
    lines = rules.paid(bill, 1000, earns=False, affects=DiscountAffects.BOTH)
    assert [line.figures.amount_minor for line in lines] == [0, 2000]
    assert rules.points_value(bill, lines) == 4000


@pytest.mark.parametrize(
    ("price", "mixed", "share", "least"),
    [(1000, False, 0, 1000), (1000, True, Fraction(1, 2), 500), (999, True, Fraction(1, 2), 500), (1000, True, 0, 1)],
)
def test_the_company_says_how_few_points_may_pay(price: int, mixed: bool, share: Fraction, least: int) -> None:
    assert rules.least_points(price, mixed=mixed, share_least=Fraction(share)) == least


@pytest.mark.parametrize(
    ("amount", "pieces", "cost", "returned", "given_back", "due"),
    [
        (100, 3, 100, 1, 0, 33),
        (100, 3, 100, 2, 33, 33),
        (100, 3, 100, 3, 66, 34),
        (100, 3, 100, 4, 100, 0),
        (100, 3, 100, 1, 66, 0),
        (50, 2, 200, 1, 0, 25),
    ],
)
def test_what_comes_back_gets_its_share_back_once(
    amount: int, pieces: int, cost: int, returned: int, given_back: int, due: int
) -> None:
    assert rules.due_back(amount, {"TEA": Goods(pieces, cost)}, {"TEA": returned}, given_back) == due


lines = st.lists(
    st.builds(
        Line,
        st.builds(Figures, *(st.integers(0, 10**6) for _ in range(4))),
        st.one_of(st.none(), st.integers(1, 10**5)),
    ),
    min_size=1,
    max_size=5,
)


@given(lines, st.fractions(0, 1), st.fractions(0, 1), st.booleans())
def test_nothing_is_lost_or_made_up_on_the_way(
    lines: list[Line], coupon: Fraction, share: Fraction, earns: bool
) -> None:
    price = sum(line.figures.amount_minor for line in lines)
    discount = int(price * coupon)
    bill = rules.bill(lines, discount)
    points = int(bill.points_price * share)
    counted = rules.paid(bill, points, earns=earns, affects=DiscountAffects.BOTH)
    left = sum(line.figures.amount_minor for line in counted)
    assert sum(line.discount_minor for line in counted) == discount
    assert sum(line.points_paid for line in counted) == points
    assert left + rules.points_value(bill, counted) + discount == price
    for line, after in zip(lines, counted, strict=True):
        assert 0 <= after.figures.amount_minor <= line.figures.amount_minor
        assert 0 <= after.figures.qv <= line.figures.qv


@given(
    st.integers(0, 10**6),
    st.dictionaries(st.sampled_from("abc"), st.tuples(st.integers(1, 9), st.integers(0, 10**5)), min_size=1),
    st.lists(st.dictionaries(st.sampled_from("abcd"), st.integers(1, 9)), max_size=6),
)
def test_returns_in_any_parts_never_give_back_more_than_was_paid(
    amount: int, sold: dict[str, tuple[int, int]], returns: list[dict[str, int]]
) -> None:
    goods = {sku: Goods(*one) for sku, one in sold.items()}
    before: dict[str, int] = {}
    given_back = 0
    for one in returns:
        so_far = {sku: before.get(sku, 0) + one.get(sku, 0) for sku in {*before, *one}}
        part = rules.due_back(amount, goods, so_far, given_back)
        assert part >= 0
        given_back, before = given_back + part, so_far
    assert given_back <= amount
    is_whole = all(before.get(sku, 0) >= one.pieces for sku, one in goods.items())
    if is_whole and any(one.cost for one in goods.values()):
        assert given_back == amount
