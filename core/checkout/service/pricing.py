"""What an order costs once coupons and points have taken their part, within every limit of the company."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from zoneinfo import ZoneInfo

from core.checkout import rules
from core.checkout.model import CouponsClash, MixNotAllowed, NotRedeemable, PaymentTooLarge, QuantityTooMany
from core.checkout.rules import Bill, Line
from core.db.unit_of_work import UnitOfWork
from core.http.model import Fault, RequestInvalid
from core.incentives import rules as incentives_rules
from core.incentives import service as incentives
from core.incentives.model import HoldingKind
from core.ledger.model import POINTS
from core.orders.model import Means, NewPayment
from core.orders.rules import Counted
from core.orders.service import Priced
from core.plan.model import Plan
from core.plan.model.points import Redeeming
from core.points.model import AboveMost, WayClosed
from core.points.service.moved_today import moved_today
from core.points.service.programme import programme

REDEEMED = "checkout.redeemed"
"""Entries of this kind are points that paid for orders, and count towards the most of a day."""


@dataclass(frozen=True, slots=True)
class Coupon:
    """A coupon on an order, and what it takes off."""

    code: str
    taken: int


@dataclass(frozen=True, slots=True)
class Quote:
    """What an order costs in the end: each line, what coupons took off, and what points pay.

    `points_price` is what all that points can pay would take.
    """

    lines: Sequence[Counted]
    coupons: tuple[Coupon, ...] = ()
    points: int = 0
    points_value: int = 0
    points_price: int = 0

    @property
    def amount_minor(self) -> int:
        """What is to be paid in money."""
        return sum(line.figures.amount_minor for line in self.lines)


async def quote(uow: UnitOfWork, priced: Priced, payments: Sequence[NewPayment]) -> Quote:
    """What the order costs when coupons and points among `payments` take their part; writes nothing.

    Raises:
        RequestInvalid: a document twice, or no document where there must be one.
        CouponsClash: a coupon that takes a share off, and another one.
        HoldingUnknown, HoldingUnusable, HoldingCurrency, OrderTooSmall: a coupon does not work on this order.
        WayClosed, NotRedeemable, QuantityTooMany, MixNotAllowed, AboveMost, PaymentTooLarge: points cannot pay so.
    """
    require_sound(payments)
    coupons = await _coupons(uow, priced, [one for one in payments if one.means is Means.COUPON])
    by_points = next((one for one in payments if one.means is Means.POINTS), None)
    bill = rules.bill(_lines(priced), sum(one.taken for one in coupons))
    points = 0 if by_points is None else await _points(uow, priced, bill, by_points.amount)
    redeem = priced.plan.points.redeem if priced.plan.points else None
    lines = rules.paid(
        bill,
        points,
        earns=redeem is not None and redeem.earns,
        affects=priced.plan.volume.discount_affects,
    )
    return Quote(lines, coupons, points, rules.points_value(bill, lines), bill.points_price)


def require_sound(payments: Sequence[NewPayment]) -> None:
    """Refuse payments that contradict themselves.

    Raises:
        RequestInvalid: points or credit twice, a document twice, or none where one is needed.
    """
    seen = [(one.means, incentives_rules.written(one.document or "")) for one in payments]
    faults = [
        Fault(place=f"body.payments.{place}", code=code, expected=expected)
        for place, (means, document) in enumerate(seen)
        for wrong, code, expected in (
            (seen.index((means, document)) < place, "repeated", "each means and document once"),
            ((means in BY_DOCUMENT) != bool(document), "document", "a document for coupon and credit_note alone"),
            (means is Means.COUPON and payments[place].amount is not None, "amount", "no amount for a coupon"),
        )
        if wrong
    ]
    if faults:
        raise RequestInvalid(faults)


BY_DOCUMENT = frozenset({Means.COUPON, Means.CREDIT_NOTE})


def redeeming(plan: Plan) -> Redeeming:
    """The company's terms for products for points.

    Raises:
        WayClosed: it has none.
    """
    if plan.points is None or plan.points.redeem is None:
        raise WayClosed(what="redeem")
    return plan.points.redeem


def bill_of(priced: Priced, amount_minor: int) -> incentives_rules.Bill:
    """The order as a coupon or credit note looks at it."""
    day = priced.ordered_at.astimezone(ZoneInfo(priced.plan.calendar.time_zone)).date()
    return incentives_rules.Bill(day=day, currency=priced.currency, amount_minor=amount_minor)


async def _coupons(uow: UnitOfWork, priced: Priced, payments: Sequence[NewPayment]) -> tuple[Coupon, ...]:
    """The coupons with what each takes off, one after the other."""
    left, found, shares = priced.amount_minor, [], 0
    for payment in payments:
        assert payment.document is not None, "require_sound has looked"
        bill = bill_of(priced, priced.amount_minor)
        holding = await incentives.usable(uow, priced.person, payment.document, HoldingKind.COUPON, bill)
        taken = incentives_rules.discount(holding.percent, holding.amount_minor, left)
        found.append(Coupon(holding.code, taken))
        shares += holding.percent is not None
        left -= taken
    if shares and len(found) > 1:
        raise CouponsClash(codes=[one.code for one in found])
    return tuple(found)


def _lines(priced: Priced) -> list[Line]:
    return [
        Line(
            line.figures,
            None if line.product.redeem_points is None else line.product.redeem_points * line.said.quantity,
        )
        for line in priced.lines
    ]


async def _points(uow: UnitOfWork, priced: Priced, bill: Bill, wanted: int | None) -> int:
    """How many points pay, within the company's limits; all that they can pay where it is not said."""
    redeem = redeeming(priced.plan)
    can = [line for line in priced.lines if line.product.redeem_points is not None]
    if not can:
        raise NotRedeemable(sku=priced.lines[0].said.sku)
    _require_few(priced, redeem)
    price = bill.points_price
    points = price if wanted is None else wanted
    if points > price:
        raise PaymentTooLarge(means=Means.POINTS.value, left=price, currency=None, told=str(price))
    least = rules.least_points(price, mixed=redeem.mixed, share_least=Fraction(redeem.points_share_least))
    if points < least:
        raise MixNotAllowed(least=least)
    if redeem.daily is not None:
        today = await moved_today(uow, await programme(uow), priced.person, REDEEMED, out_only=True)
        free = max(0, redeem.daily - today)
        if points > free:
            raise AboveMost(most=free, unit=POINTS, told=str(free))
    return points


def _require_few(priced: Priced, redeem: Redeeming) -> None:
    wanted: dict[str, int] = {}
    for line in priced.lines:
        if line.product.redeem_points is None:
            continue
        wanted[line.said.sku] = wanted.get(line.said.sku, 0) + line.said.quantity
        most = line.product.redeem_most or redeem.quantity_most
        if wanted[line.said.sku] > most:
            raise QuantityTooMany(most=most)
