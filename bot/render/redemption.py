"""Redeeming one product: what a tap will do, what it did, and how it is taken back."""

from bot.render.common import menu_button, points_button, points_of, rows
from bot.render.points import catalogue_button
from bot.render.redeem import Wanted, pieces
from bot.screen import LABEL_MAX, Button, Screen, bold, button, cut, lines
from core.checkout.model import Redeemed, RedemptionOffer, Usable
from core.incentives.model import HoldingKind
from core.points.model import PointsCard
from i18n.translator import Translator

PARTS_MAX = 2
CODE_MAX = 40
COUPON, NOTE = "c", "n"
"""What a button says a document is."""


def offer(made: RedemptionOffer, tr: Translator, *, note: str | None = None, page: int = 0) -> Screen:
    """What a tap will do, the safe choice first. `note` is said before it."""
    return Screen(
        lines(
            *([note, ""] if note else []),
            tr(
                "Redeem {price} for {product}?",
                price=bold(_price(made, tr)),
                product=bold(pieces(made.quantity, made.product, tr)),
            ),
            *_money(made, tr),
            tr("Balance afterwards: {points}", points=points_of(made.left, made.name, tr)),
        ),
        rows(
            (button(tr("Cancel"), "rx"), _confirm(made, tr)),
            _quantities(made, tr),
            _parts(made, tr),
            tuple(_document(made, one, tr) for one in made.usable),
            (button(tr("‹ Back"), "rd", page, ""), menu_button(tr)),
        ),
        on_photo=made.picture is not None,
    )


def done(made: Redeemed, tr: Translator) -> Screen:
    """The order, and what stays."""
    number = made.order.order_id
    return Screen(
        lines(
            tr(
                "Done: {product} for {points}.",
                product=bold(pieces(made.quantity, made.product, tr)),
                points=bold(points_of(made.points, made.name, tr)),
            ),
            tr("Order number: {number}", number=bold(cut(number, 40))),
            tr(
                "Still to be paid: {amount}. Your order waits until then.",
                amount=bold(tr.money(made.due_minor, made.order.currency)),
            )
            if made.due_minor
            else None,
            tr("Balance: {points}", points=points_of(made.left, made.name, tr)),
            *(["", tr("You can cancel it until it's shipped.")] if made.can_cancel else []),
        ),
        rows(
            (
                button(tr("📦 See the order"), "oo", 0, number),
                button(tr("↩️ Cancel this order"), "rc", number) if made.can_cancel else None,
            ),
            (points_button(tr), menu_button(tr)),
        ),
        on_photo=True,
    )


def lapsed(wanted: Wanted | None, tr: Translator) -> Screen:
    """The offer is too old; a fresh one by button."""
    again = button(tr("🔄 Show it again"), "rq", *wanted.parts) if wanted else None
    return Screen(
        tr("This offer has lapsed, and nothing was redeemed."),
        rows((again,), (catalogue_button(tr),), (points_button(tr), menu_button(tr))),
        on_photo=True,
    )


def cancel_asked(order_id: str, tr: Translator) -> Screen:
    """Asked once, the safe choice first."""
    return Screen(
        lines(
            tr("Cancel order {number}?", number=bold(cut(order_id, 40))),
            tr("Everything that paid for it comes back to you."),
        ),
        rows((button(tr("Keep it"), "oo", 0, order_id), button(tr("Cancel order"), "rcy", order_id, danger=True))),
        on_photo=True,
    )


def cancelled(order_id: str, card: PointsCard, tr: Translator) -> Screen:
    """It is taken back."""
    return Screen(
        lines(
            tr("Order {number} is cancelled.", number=bold(cut(order_id, 40))),
            tr("Balance: {points}", points=bold(points_of(card.available, card.name, tr))),
        ),
        rows((catalogue_button(tr),), (points_button(tr), menu_button(tr))),
        on_photo=True,
    )


def _price(made: RedemptionOffer, tr: Translator) -> str:
    amount = points_of(made.points, made.name, tr)
    if not made.amount_minor or made.currency is None:
        return amount
    return tr("{points} and {amount}", points=amount, amount=tr.money(made.amount_minor, made.currency))


def _money(made: RedemptionOffer, tr: Translator) -> list[str]:
    """Which credit pays the money, and what is left to be paid."""
    if not made.amount_minor or made.currency is None:
        return []
    due = made.amount_minor - made.from_note_minor - made.from_credit_minor
    from_credit = tr("From your account credit: {amount}", amount=tr.money(made.from_credit_minor, made.currency))
    outside = tr("Still to be paid: {amount}. Your order waits until then.", amount=tr.money(due, made.currency))
    return [
        *_by_document(made, made.currency, tr),
        *([from_credit] if made.from_credit_minor else []),
        *([outside] if due else []),
    ]


def _by_document(made: RedemptionOffer, currency: str, tr: Translator) -> list[str]:
    """What her coupon has taken off, or her credit note pays."""
    code = cut(made.document or "", CODE_MAX)
    if made.discount_minor:
        return [tr("Coupon {code}: {amount} off", code=code, amount=tr.money(made.discount_minor, currency))]
    if made.from_note_minor:
        amount = tr.money(made.from_note_minor, currency)
        return [tr("From your credit note {code}: {amount}", code=code, amount=amount)]
    return []


def _confirm(made: RedemptionOffer, tr: Translator) -> Button | None:
    """The one button that does it; it carries what to show anew when the offer has lapsed, where that fits."""
    amount = points_of(made.points, made.name, tr)
    whole = tr("Redeem {points}", points=amount)
    if made.amount_minor and made.currency:
        whole = tr.filled(
            "{points} + {amount}", {"points": amount, "amount": tr.money(made.amount_minor, made.currency)}
        )
    label = whole if len(whole) <= LABEL_MAX else tr("Redeem")
    wanted = Wanted(made.sku, made.quantity, made.points if made.amount_minor else None)
    return button(label, "ra", made.offer, *wanted.parts) or button(label, "ra", made.offer)


def _quantities(made: RedemptionOffer, tr: Translator) -> tuple[Button | None, ...]:
    """One fewer, one more, as far as that is allowed and within her reach."""
    each = made.points_whole // made.quantity if made.points_whole else made.points
    fewer = made.quantity - 1
    more = made.quantity + 1 if made.left >= each and made.quantity < made.quantity_most else 0
    return tuple(
        button(tr.plural("{n} piece", "{n} pieces", n), "rq", *Wanted(made.sku, n).parts) for n in (fewer, more) if n
    )


def _parts(made: RedemptionOffer, tr: Translator) -> tuple[Button | None, ...]:
    """Other parts in points, the rest in money; the most points first."""
    least, whole, has = made.points_least, made.points_whole, made.left + made.points
    if least is None or whole <= least:
        return ()
    choices = {whole, max(least, whole // 2), least} - {made.points}
    chosen = [points for points in sorted(choices, reverse=True) if points <= has][:PARTS_MAX]
    return tuple(_part(made, points, tr) for points in chosen)


def _part(made: RedemptionOffer, points: int, tr: Translator) -> Button | None:
    is_whole = points == made.points_whole
    label = (
        tr("All in {points}", points=tr.company(made.name, 2))
        if is_whole
        else tr("{points} and money", points=points_of(points, made.name, tr))
    )
    return button(label, "rq", *Wanted(made.sku, made.quantity, None if is_whole else points).parts)


def _document(made: RedemptionOffer, one: Usable, tr: Translator) -> Button | None:
    """To the same offer with a coupon or credit note; None where a button cannot carry its code."""
    if ":" in one.code:
        return None
    kind = COUPON if one.kind is HoldingKind.COUPON else NOTE
    return button(
        tr("🎟️ Use {code}", code=one.code), "rk", kind, one.code, *Wanted(made.sku, made.quantity, made.points).parts
    )
