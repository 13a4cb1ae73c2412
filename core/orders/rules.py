"""What an order line costs and counts, and what somebody usually orders."""

from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal
from fractions import Fraction

from core.kernel.money import line_amount_minor, round_half_up
from core.kernel.volume import to_volume
from core.orders.model import Means, NewLine, OrderKind, OrderPayment
from core.plan.model import DefaultVolume, VolumeSpec

FIGURE_MAX = 10**15
"""No order costs or counts more; a sum over thousands of such orders still fits into 64 bits."""

USUAL_ORDERS = 6
"""How many of somebody's last orders tell what is usual for her."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What one unit costs and counts; a volume of None means that the plan's default holds."""

    unit_price: Decimal
    currency: str
    cv: Decimal | None = None
    qv: Decimal | None = None
    points: int = 0
    distributor_price: Decimal | None = None
    """What a distributor pays for a unit; None where nobody knows, and then there is no margin."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Money in minor units, volume at the plan's scale, all with the sign of the order's kind."""

    amount_minor: int
    cv: int
    qv: int
    points: int
    margin_minor: int = 0
    """What was paid beyond the distributor's price, never less than nothing."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a line costs in money and counts in the end, and what took the rest of its price off.

    `discount_minor` (a coupon) and `points_paid` carry the sign of the order's kind.
    """

    figures: Figures
    discount_minor: int = 0
    points_paid: int = 0


@dataclass(frozen=True, slots=True)
class Sold:
    """A product of a sale, as it is recorded."""

    quantity: int
    counted: Counted


def sign(kind: OrderKind) -> int:
    """Quantities are positive: a sale adds, a return takes away."""
    return 1 if kind is OrderKind.SALE else -1


def line_figures(terms: Terms, quantity: int, *, kind: OrderKind, volume: VolumeSpec, rate: Decimal) -> Figures:
    """What a line costs and counts; every figure is rounded once, from exact numbers.

    Args:
        quantity: units, positive.
        rate: what one unit of the line's currency is worth in the plan's volume currency, for the default by price.

    | unit price | quantity | kind | rate | amount | QV by price |
    | ---------- | -------- | ---- | ---- | ------ | ----------- |
    | 0.085 GBP | 3 | sale | 1.25 | 26 p | 0.3188 |
    | 0.085 GBP | 3 | return | 1.25 | -26 p | -0.3188 |
    | 10 GBP, QV 7.5 | 2 | sale | any | 20.00 | 15 |
    """
    direction = sign(kind)
    by_price = Fraction(terms.unit_price) * Fraction(rate)
    return Figures(
        amount_minor=direction * line_amount_minor(terms.unit_price, quantity, terms.currency),
        cv=direction * _volume(terms.cv, volume.default_cv, by_price, quantity, volume.scale),
        qv=direction * _volume(terms.qv, volume.default_qv, by_price, quantity, volume.scale),
        points=direction * terms.points * quantity,
        margin_minor=direction * margin_minor(terms, quantity),
    )


def margin_minor(terms: Terms, quantity: int) -> int:
    """What is paid for a line beyond what a distributor pays, in minor units, rounded once; a loss is no margin.

    | unit price | distributor's | quantity | margin |
    | ---------- | ------------- | -------- | ------ |
    | 307.50 | 246 | 1 | 61.50 |
    | 144 | 120 | 2 | 48.00 |
    | 110 | 120 | 1 | 0.00 |
    """
    if terms.distributor_price is None or terms.unit_price <= terms.distributor_price:
        return 0
    return line_amount_minor(terms.unit_price - terms.distributor_price, quantity, terms.currency)


def needs_rate(terms: Terms, volume: VolumeSpec) -> bool:
    """Whether the line's volume depends on what its currency is worth."""
    by_price = (terms.cv is None and volume.default_cv is DefaultVolume.PRICE) or (
        terms.qv is None and volume.default_qv is DefaultVolume.PRICE
    )
    return by_price and terms.currency != volume.currency


def total(lines: Iterable[Figures]) -> Figures:
    """What an order costs and counts: the sum of its lines, so that both always agree."""
    figures = list(lines)
    return Figures(
        amount_minor=sum(line.amount_minor for line in figures),
        cv=sum(line.cv for line in figures),
        qv=sum(line.qv for line in figures),
        points=sum(line.points for line in figures),
        margin_minor=sum(line.margin_minor for line in figures),
    )


def sold_by_sku(lines: Iterable[tuple[str, Sold]]) -> dict[str, Sold]:
    """All pieces of each product in a sale together, on however many lines they stand."""
    found: dict[str, Sold] = {}
    for sku, line in lines:
        known = found.get(sku)
        found[sku] = line if known is None else _together(known, line)
    return found


def returned(said: NewLine, figures: Figures, sold: Sold, before: int = 0) -> Counted:
    """What a return's line takes away: its share of what was sold, or less where the return says so.

    However a sale comes back in parts, they take away what it counted and no more.

    Args:
        figures: by what the return says and the catalogue.
        sold: all pieces of the product in the sale.
        before: how many of them came back earlier.

    | sold 4 for | points paid | QV | before | returned | amount | points paid | QV |
    | ---------- | ----------- | -- | ------ | -------- | ------ | ----------- | -- |
    | 40.00 | 300 | 10 | 0 | 1 | -10.00 | -75 | -2.5 |
    | 40.00 | 301 | 10 | 0 | 3 | -30.00 | -225 | -7.5 |
    | 40.00 | 301 | 10 | 3 | 1 | -10.00 | -76 | -2.5 |
    | 40.00 | 301 | 10 | 3 | 2 | -10.00 | -76 | -2.5 |
    | 0.00 | 800 | 0 | 0 | 4 | 0.00 | -800 | 0 |
    """
    first, last = min(before, sold.quantity), min(before + said.quantity, sold.quantity)

    def share(whole: int, rounded: Callable[[Fraction], int] = round_half_up) -> int:
        return rounded(Fraction(whole * first, sold.quantity)) - rounded(Fraction(whole * last, sold.quantity))

    was = sold.counted.figures
    amount, cv, qv = share(was.amount_minor), share(was.cv), share(was.qv)
    return Counted(
        Figures(
            amount_minor=amount if said.unit_price is None else max(amount, figures.amount_minor),
            cv=cv if said.cv is None else max(cv, figures.cv),
            qv=qv if said.qv is None else max(qv, figures.qv),
            points=share(was.points, int),
            margin_minor=share(was.margin_minor),
        ),
        discount_minor=share(sold.counted.discount_minor),
        points_paid=share(sold.counted.points_paid, int),
    )


NOTHING = Sold(0, Counted(Figures(0, 0, 0, 0)))


def returned_lines(
    sold: Mapping[str, Sold], lines: Sequence[tuple[NewLine, Figures]], gone: MutableMapping[str, Sold]
) -> list[Counted] | None:
    """What the lines of a return take away by their sale: what they say, but no more than is left of it.

    Args:
        sold: the sale's pieces by sku, all pieces of a product together.
        lines: what the return says, and what that is by itself.
        gone: what earlier returns took away, by sku, below zero as theirs; what this one takes is added.

    Returns:
        None where what is said holds.

    Where a coupon or points took something off the sale, a piece takes its share as `returned` says; else

    | sold 2 for 100 | returned before | returned now | counts |
    | -------------- | --------------- | ------------ | ------ |
    | | nothing | 1 for 50 | -50 |
    | | 1 for 50 | 1 for 60 | -50 |
    | | 2 for 60 | 1 for 60 | -40 |
    | | 2 for 60 | 1, no price said | 0 |
    """
    found, is_whole = [], not any(one.counted.discount_minor or one.counted.points_paid for one in sold.values())
    for said, figures in lines:
        if said.sku not in sold:
            found.append(Counted(figures))
            continue
        before = gone.get(said.sku, NOTHING)
        counted = returned(said, figures, sold[said.sku], before.quantity)
        if is_whole:
            counted = _no_more_than_left(said, figures, sold[said.sku], before, counted)
        found.append(counted)
        gone[said.sku] = _together(before, Sold(said.quantity, counted))
    return None if found == [Counted(figures) for _, figures in lines] else found


def all_gone(sold: Mapping[str, Sold]) -> dict[str, Sold]:
    """What returns of a whole sale take away, as `returned_lines` has it: of one that was cancelled nothing is left."""
    return {
        sku: Sold(one.quantity, returned(NewLine(sku=sku, quantity=one.quantity), NOTHING.counted.figures, one))
        for sku, one in sold.items()
    }


def _no_more_than_left(said: NewLine, figures: Figures, sold: Sold, before: Sold, share: Counted) -> Counted:
    """What is said, or the share where pieces are lacking and no price says what comes back; a margin is its share."""
    lacks = before.quantity + said.quantity > sold.quantity and said.unit_price is None
    own, was, back = share.figures if lacks else figures, sold.counted.figures, before.counted.figures
    # a return that was there before its sale may have taken more than that was: then nothing is left, not less
    left = {name: max(getattr(was, name) + getattr(back, name), 0) for name in ("amount_minor", "cv", "qv", "points")}
    counted = {name: max(getattr(own, name), -most) for name, most in left.items()}
    return Counted(Figures(**counted, margin_minor=share.figures.margin_minor))


PAYS_MONEY = frozenset({Means.MONEY, Means.CREDIT, Means.CREDIT_NOTE})
"""The others have made the order cheaper, so that there is less to pay."""

GOES_BACK_IN_PART = frozenset({Means.POINTS, Means.CREDIT, Means.CREDIT_NOTE})
"""Of these the share of what comes back goes back; a coupon stays used, and money goes back outside."""


def due(amount_minor: int, payments: Iterable[OrderPayment]) -> int:
    """What is still to be paid of an order's amount, which coupons and points have lessened already."""
    return amount_minor - sum(one.value_minor for one in payments if one.means in PAYS_MONEY)


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """The moment itself; one without an offset is in `zone`."""
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def is_storable(sums: Figures) -> bool:
    """Whether an order's figures are small enough to be kept and added up."""
    return max(abs(sums.amount_minor), abs(sums.cv), abs(sums.qv), abs(sums.points)) <= FIGURE_MAX


def usual_order(qv: Sequence[int]) -> int:
    """The median of somebody's last orders; of an even number the mean of the middle two, rounded half up.

    Args:
        qv: QV at scale of at least one and at most six orders, in any order.

    | orders | usual |
    | ------ | ----- |
    | 100 40 90 | 90 |
    | 100 40 90 95 | 93 (92.5) |
    """
    assert qv, "who never ordered has no usual order"
    ordered = sorted(qv)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return round_half_up(Fraction(ordered[middle - 1] + ordered[middle], 2))


def exact_text(value: Decimal) -> str:
    """An exact decimal as it is stored: one spelling per value, so that equal prices are equal texts."""
    return format(value.normalize(), "f")


def _volume(per_unit: Decimal | None, default: DefaultVolume, by_price: Fraction, quantity: int, scale: int) -> int:
    if per_unit is not None:
        return to_volume(Fraction(per_unit) * quantity, scale)
    return to_volume(by_price * quantity, scale) if default is DefaultVolume.PRICE else 0


def _together(one: Sold, other: Sold) -> Sold:
    counted = Counted(
        total((one.counted.figures, other.counted.figures)),
        discount_minor=one.counted.discount_minor + other.counted.discount_minor,
        points_paid=one.counted.points_paid + other.counted.points_paid,
    )
    return Sold(one.quantity + other.quantity, counted)
