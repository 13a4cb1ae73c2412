"""What coupons and points take off an order, line by line. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from core.kernel.money import round_half_up
from core.orders.model import SoldLine
from core.orders.rules import Counted, Figures
from core.plan.model import DiscountAffects

WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Line:
    """A line by catalogue and plan; `redeem_points` is what all its pieces cost in points, None where they cannot."""

    figures: Figures
    redeem_points: int | None = None


@dataclass(frozen=True, slots=True)
class Bill:
    """An order once a coupon has made it cheaper, before points pay any of it."""

    lines: tuple[Line, ...]
    discounts: tuple[int, ...]
    points: tuple[int, ...]
    """What each line costs in points, 0 where points cannot pay it."""

    @property
    def points_price(self) -> int:
        """What all that points can pay costs in points."""
        return sum(self.points)


def spread(total: int, weights: Sequence[int]) -> list[int]:
    """`total` shared out by weight in whole units, none lost: largest remainder first, of equals the earlier one.

    | total | weights | shares |
    | ----: | ------- | ------ |
    | 100 | 1 1 1 | 34 33 33 |
    | 5 | 0 3 7 | 0 2 3 |
    | 0 | 0 0 | 0 0 |
    """
    whole = sum(weights)
    if not whole:
        assert not total, "nothing can be shared out among nobody"
        return [0] * len(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in by_remainder[: total - sum(shares)]:
        shares[place] += 1
    return shares


def bill(lines: Sequence[Line], discount: int) -> Bill:
    """The order with what coupons take off all of it shared out; points cost less in proportion, rounded up.

    | price | redeem points | discount | points price |
    | ----: | ------------: | -------: | -----------: |
    | 40.00 | 1000 | 0.00 | 1000 |
    | 40.00 | 1000 | 10.01 | 750 (749.75) |
    """
    discounts = spread(discount, [line.figures.amount_minor for line in lines])
    points = [_points_price(line, off) for line, off in zip(lines, discounts, strict=True)]
    return Bill(tuple(lines), tuple(discounts), tuple(points))


def paid(bill: Bill, points: int, *, earns: bool, affects: DiscountAffects) -> list[Counted]:
    """What each line costs in money and counts once points have paid their part.

    What they pay is rounded down, so that the rest is never too little. What is not paid in money counts no volume and
    earns no points, each line rounded once.

    Args:
        points: at most the points price.
        earns: whether what points pay counts and earns all the same.
        affects: which volume a coupon lessens.

    | price | points price | paid in points | left in money | QV of 10 |
    | ----: | -----------: | -------------: | ------------: | -------: |
    | 40.00 | 1000 | 1000 | 0.00 | 0 |
    | 40.00 | 1000 | 333 | 26.68 | 6.67 |
    | 40.00 | 1000 | 0 | 40.00 | 10 |
    """
    assert 0 <= points <= bill.points_price, "nobody pays more points than an order costs"
    parts = spread(points, bill.points)
    return [
        _paid(line, off, price, part, earns=earns, affects=affects)
        for line, off, price, part in zip(bill.lines, bill.discounts, bill.points, parts, strict=True)
    ]


def points_value(bill: Bill, counted: Sequence[Counted]) -> int:
    """What points paid of the price, in minor units."""
    prices = sum(line.figures.amount_minor for line in bill.lines) - sum(bill.discounts)
    return prices - sum(line.figures.amount_minor for line in counted)


def least_points(points_price: int, *, mixed: bool, share_least: Fraction) -> int:
    """The fewest points that may pay for what costs `points_price`; all of them where nothing may be mixed.

    What a coupon paid in whole costs none.

    | price | mixed | least share | least |
    | ----: | ----- | ----------: | ----: |
    | 1000 | no | | 1000 |
    | 1000 | yes | 0.5 | 500 |
    | 999 | yes | 0.5 | 500 |
    | 1000 | yes | 0 | 1 |
    | 0 | yes | 0.5 | 0 |
    """
    if not mixed or not points_price:
        return points_price
    return max(1, -((-share_least * points_price) // 1))


@dataclass(frozen=True, slots=True)
class Goods:
    """All pieces of one product in a sale, and what they cost by one means."""

    pieces: int
    cost: int

    def worth(self, pieces: int) -> int:
        """What so many of them cost, rounded down; all of them cost all."""
        return self.cost * max(0, min(pieces, self.pieces)) // self.pieces


def goods(lines: Iterable[SoldLine], *, by_points: bool) -> dict[str, Goods]:
    """The products of a sale with what they cost in points or in money."""
    found: dict[str, Goods] = {}
    for line in lines:
        known = found.get(line.sku, Goods(0, 0))
        cost = line.points_paid if by_points else line.amount_minor
        found[line.sku] = Goods(known.pieces + line.quantity, known.cost + cost)
    return found


def due_back(amount: int, sold: Mapping[str, Goods], returned: Mapping[str, int], given_back: int) -> int:
    """What of a payment is still to go back for goods that came back: its share of them, less what went back before.

    Args:
        amount: what the payment paid.
        returned: pieces by sku that came back so far, in all returns together.
        given_back: how much of the payment went back for them already.

    | paid | sold for | returned | went back | due |
    | ---: | -------- | -------: | --------: | --: |
    | 100 | 3 for 100 | 1 | 0 | 33 |
    | 100 | 3 for 100 | 2 | 33 | 33 |
    | 100 | 3 for 100 | 3 | 66 | 34 |
    | 100 | 3 for 100 | 4 | 100 | 0 |
    | 100 | 3 for 100 | 1 | 66 | 0 |
    | 50 | 2 for 200 | 1 | 0 | 25 |
    """
    worth = sum(one.cost for one in sold.values())
    if worth <= 0:
        return 0
    share = amount * sum(one.worth(returned.get(sku, 0)) for sku, one in sold.items()) // worth
    return max(0, share - given_back)


def _points_price(line: Line, discount: int) -> int:
    if line.redeem_points is None:
        return 0
    price = line.figures.amount_minor
    return line.redeem_points if price <= 0 else -(-line.redeem_points * (price - discount) // price)


def _paid(line: Line, discount: int, price: int, points: int, *, earns: bool, affects: DiscountAffects) -> Counted:
    amount = line.figures.amount_minor
    net = amount - discount
    after_coupon = Fraction(net, amount) if amount else WHOLE
    after_points = Fraction(price - points, price) if price and not earns else WHOLE
    left = net - net * points // price if price else net
    figures = Figures(
        amount_minor=left,
        cv=round_half_up(line.figures.cv * after_points * (after_coupon if affects.cv else 1)),
        qv=round_half_up(line.figures.qv * after_points * (after_coupon if affects.qv else 1)),
        points=int(line.figures.points * after_points * after_coupon),
        margin_minor=max(0, line.figures.margin_minor - (amount - left)),
    )
    return Counted(figures, discount_minor=discount, points_paid=points)
