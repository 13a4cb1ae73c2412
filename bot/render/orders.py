"""Her own orders: the list, and one of them."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.render.common import gauges_button, menu_button, paging, rows
from bot.screen import Screen, bold, button, cut, grid, lines
from core.orders.model import Order, OrderCard, OrderKind, OrderState
from i18n.translator import Translator

PAGE = 6
LINES_MAX = 12
PRODUCT_MAX = 48


def orders(
    cards: Sequence[OrderCard], tr: Translator, *, page: int, more: bool, zone: str, customer: bool = False
) -> Screen:
    """One page of her orders, newest first; a customer is not offered gauges, which are not for her."""
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
        lines(bold(tr("Your orders")), "", *[card_line(card, tr, zone) for card in cards]),
        rows(
            grid([button(card.order_id, "oo", page, card.order_id) for card in cards], 3),
            paging(tr, "o", page=page, more=more),
            onward,
        ),
        on_photo=True,
    )


def order(found: Order, tr: Translator, *, page: int, zone: str, scale: int) -> Screen:
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
            tr("Total: {amount}", amount=bold(tr.money(found.amount_minor, found.currency))),
            tr("Volume: {volume}", volume=tr.volume(found.qv, scale)),
        ),
        rows((button(tr("‹ Back"), "o", page), menu_button(tr))),
        on_photo=True,
    )


def card_line(card: OrderCard, tr: Translator, zone: str) -> str:
    """An order in one line: when, which, how much, and where it stands."""
    money = tr.money(card.amount_minor, card.currency)
    return f"{_day(card, tr, zone)} · {cut(card.order_id, 24)} · {money} · {state(card, tr)}"


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


def _title(found: Order, tr: Translator) -> str:
    number = bold(cut(found.order_id, 40))
    if found.kind is OrderKind.RETURN:
        return tr("Return {number}", number=number)
    return tr("Order {number}", number=number)


def _day(card: OrderCard, tr: Translator, zone: str) -> str:
    return tr.date(card.ordered_at.astimezone(ZoneInfo(zone)).date())
