"""Sentences that answer a question put in words, before the screen that a button would have shown."""

from bot.render.common import rows
from bot.screen import Rows, Screen, bold, button, cut, lines
from core.orders.model import OrderCard, OrderKind, OrderState
from core.people.model import Me
from core.progress.model import Progress
from i18n.translator import Translator

NAME_MAX = 40
FAMILY_FIRST = frozenset({"CN", "HK", "HU", "JP", "KH", "KR", "MO", "SG", "TW", "VN"})
"""Where the first word of a name is often the family's."""
LATIN_END = "\u024f"


def given_name(me: Me) -> str:
    """What to call her: the first word of a name in Latin letters, else the whole name, which is never wrong."""
    first = me.name.partition(" ")[0]
    plain = first.replace("-", "").replace("'", "").replace("’", "")
    certain = len(first) > 1 and plain.isalpha() and max(plain) <= LATIN_END and me.country not in FAMILY_FIRST
    return first if certain and not first.isupper() else me.name


Besides = tuple[str, Rows]
"""A sentence and the buttons that it needs."""


def first(answer: str | None, screen: Screen) -> Screen:
    """The screen with the answer before it."""
    return screen if answer is None else Screen(lines(answer, "", screen.text), screen.rows, screen.on_photo)


def then(screen: Screen, besides: Besides | None) -> Screen:
    """The screen with something else below it."""
    if besides is None:
        return screen
    text, more = besides
    return Screen(lines(screen.text, "", text), rows(more, screen.rows), screen.on_photo)


def whether(answer: Progress, tr: Translator, *, alone: bool = False) -> str | None:
    """Whether she will make it; None where the screen begins with that anyway."""
    way = answer.way_there
    if way is None or answer.cycle.closed:
        return None
    if not way.reaches:
        return tr("Not this cycle yet.") if alone else tr("Not with everyone's usual orders.")
    return tr.plural(
        "It's within reach: {n} order would do it.", "It's within reach: {n} orders would do it.", len(way.steps)
    )


def latest_order(cards: list[OrderCard], tr: Translator) -> str | None:
    """Where the newest sale is; None for nothing ordered."""
    sale = next((card for card in cards if card.kind is OrderKind.SALE), None)
    if sale is None:
        return None
    number = bold(cut(sale.order_id, 24))
    return {
        OrderState.OPEN: tr("Your latest order, {number}, is not paid yet.", number=number),
        OrderState.PAID: tr("Your latest order, {number}, is paid but not shipped yet.", number=number),
        OrderState.SHIPPED: tr("Your latest order, {number}, is on its way.", number=number),
        OrderState.DELIVERED: tr("Your latest order, {number}, has been delivered.", number=number),
        OrderState.CANCELLED: tr("Your latest order, {number}, was cancelled.", number=number),
    }[sale.state]


def customers_too(count: int, more: bool, tr: Translator) -> Besides | None:
    """After her inactive distributors, how many of her customers are inactive too, and the way to them."""
    if not count:
        return None
    text = (
        tr("More than {n} of your customers are inactive too.", n=count)
        if more
        else tr.plural("{n} of your customers is inactive too.", "{n} of your customers are inactive too.", count)
    )
    return text, rows((button(tr("Inactive customers"), "l", "tci1", 0),))
