"""Her own orders: the list, and one of them."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.render.common import gauges_button, menu_button, paging, points_of, rows
from bot.screen import Button, Screen, bold, button, cut, grid, lines
from core.kernel.words import CompanyText
from core.orders.model import Order, OrderCard, OrderKind, OrderState
from i18n.translator import Translator

PAGE = 6
LINES_MAX = 12
PRODUCT_MAX = 48


def orders(
    cards: Sequence[OrderCard],
    tr: Translator,
    *,
    page: int,
    more: bool,
    zone: str,
    customer: bool = False,
    points: CompanyText | None = None,
) -> Screen:
    """One page of her orders, newest first; a customer is not offered gauges, which are not for her.

    Args:
        points: what the company calls points.
    """
    onward = (None if customer else gauges_button(tr), menu_button(tr))
    if not cards and not page:
        return Screen(
            tr(
                "You don't have any orders yet. Once you place one, you'll see here whether it's been paid and "
                "where it is."
            ),
            rows(onward),
            on_photo=True,
        )
    return Screen(
        lines(bold(tr("Your orders")), "", *[card_line(card, tr, zone, points) for card in cards]),
        rows(
            grid([button(card.order_id, "oo", page, card.order_id) for card in cards], 3),
            paging(tr, "o", page=page, more=more),
            onward,
        ),
        on_photo=True,
    )


def order(
    found: Order, tr: Translator, *, page: int, zone: str, scale: int, points: CompanyText | None = None
) -> Screen:
    """One order with its lines, and where it is."""
    items = [f"{tr.number(abs(line.quantity))} × {cut(tr.company(line.product), PRODUCT_MAX)}" for line in found.lines]
    left = len(items) - LINES_MAX
    return Screen(
        lines(
            _title(found, tr),
            f"{_day(found, tr, zone)} · {state(found, tr)}",
            tr("Tracking number: {number}", number=found.tracking) if found.tracking else None,
            "",
            *items[:LINES_MAX],
            *([tr.plural("… and {n} more.", "… and {n} more.", left)] if left > 0 else []),
            "",
            tr("Total: {amount}", amount=bold(_worth(found, tr, points))),
            tr("Volume: {volume}", volume=tr.volume(found.qv, scale)) if found.qv or not found.points_paid else None,
        ),
        rows((_cancel(found, tr),), (button(tr("‹ Back"), "o", page), menu_button(tr))),
        on_photo=True,
    )


def card_line(card: OrderCard, tr: Translator, zone: str, points: CompanyText | None = None) -> str:
    """An order in one line: when, which, how much, and where it stands."""
    return f"{_day(card, tr, zone)} · {cut(card.order_id, 24)} · {_worth(card, tr, points)} · {state(card, tr)}"


def state(card: OrderCard, tr: Translator) -> str:
    """Where an order stands, in a word or two."""
    if card.kind is OrderKind.RETURN:
        return tr("return")
    return {
        OrderState.OPEN: tr("not paid yet"),
        OrderState.PAID: tr("paid"),
        OrderState.SHIPPED: tr("on its way"),
        OrderState.DELIVERED: tr("delivered"),
        OrderState.CANCELLED: tr("cancelled"),
    }[card.state]


def _worth(card: OrderCard, tr: Translator, points: CompanyText | None) -> str:
    """What it costs: money, points, or both."""
    money = tr.money(card.amount_minor, card.currency)
    if not card.points_paid or points is None:
        return money
    paid = points_of(card.points_paid, points, tr)
    return tr("{points} and {amount}", points=paid, amount=money) if card.amount_minor else paid


def _cancel(found: Order, tr: Translator) -> Button | None:
    """The way to take back what she redeemed herself, until it is shipped."""
    if not found.redeemed or found.state not in (OrderState.OPEN, OrderState.PAID):
        return None
    return button(tr("↩️ Cancel this order"), "rc", found.order_id)


def _title(found: Order, tr: Translator) -> str:
    number = bold(cut(found.order_id, 40))
    if found.kind is OrderKind.RETURN:
        return tr("Return {number}", number=number)
    return tr("Order {number}", number=number)


def _day(card: OrderCard, tr: Translator, zone: str) -> str:
    return tr.date(card.ordered_at.astimezone(ZoneInfo(zone)).date())
