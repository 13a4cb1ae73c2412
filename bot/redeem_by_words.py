"""Redeeming what she names in her own words: straight to the offer of the right product, which only a tap accepts."""

from collections.abc import Sequence

from telegram import Update
from telegram.ext import CommandHandler, filters

from bot.answering import Answers, Slots, typed
from bot.context import App, Context
from bot.naming import alike, forms, is_bare, mentioned
from bot.paging import numbered
from bot.redeem import show_catalogue, show_offer
from bot.render import redeem as render
from bot.render.common import points_of
from bot.render.odd import odd
from bot.render.redeem import PAGE, Wanted
from bot.understanding.model import Intent
from bot.understanding.slots.odd import Odd, odd_amount
from bot.understanding.text import fold, words
from core.kernel.errors import Refused
from core.points.model import PointsCard, Redeemable, WayClosed

SEARCH_MAX = 60
SEARCHED_MAX = 100
"""So many products are looked through where no name could be told from the message."""
NAME_WORDS_MAX = 6
"""A longer message is no product's name."""


async def redeem(update: Update, context: Context) -> None:
    """/redeem: what can be had, or the product named after the command."""
    name = " ".join(context.args or ())
    if not context.stranger and name:
        await redeem_named(context, name, {"product": name})
    else:
        await show_catalogue(context)


async def redeem_named(context: Context, text: str, slots: Slots) -> None:
    """The offer of what a message names; a question where several are meant, the list where none is."""
    name, card = str(slots.get("product", ""))[:SEARCH_MAX], await context.core.my_points()
    wrong = odd_amount(text, context.tr.language) or (Odd.ZERO if slots.get("points") == 0 else None)
    if wrong is not None:
        await context.show(render.refused(odd(wrong, card.name, context.tr), context.tr))
        return
    found = await _called(context, name)
    found = (mentioned(text, found) or found) if found else mentioned(text, await _all(context))
    if not found:
        await show_catalogue(context, missed=name)
    elif len(found) == 1:
        [only] = found
        wanted = _wanted(only, slots)
        await show_offer(context, wanted, note=_price(only, wanted, slots, card, context))
    else:
        await _ask_which(context, name, found, slots)


async def _ask_which(context: Context, name: str, found: Sequence[Redeemable], slots: Slots) -> None:
    """Several are meant: a choice among few, the pages of many."""
    if len(found) > PAGE:
        await show_catalogue(context, search=name)
        return
    card = await context.core.my_points()
    await context.show(render.several(name, [(one, _wanted(one, slots)) for one in found], card, context.tr))


async def show_named(context: Context, text: str, *, wishing: bool = False) -> bool:
    """Show the products that a short text names, if it names any; whether it did.

    Args:
        wishing: the text may be a wish, in which the name is one part; else it has to be the name alone.
    """
    if context.me.points_name is None or not 0 < len(words(text)) <= NAME_WORDS_MAX:
        return False
    try:
        name = text[:SEARCH_MAX]
        found = [one for one in await _called(context, name) if is_bare(text, one)]
        if wishing and not found and not any(sign in text for sign in "?¿؟？"):
            name, found = "", mentioned(text, await _all(context))
    except Refused as refusal:
        if refusal.code != WayClosed.code:
            raise
        return False
    if len(found) == 1:
        await show_offer(context, Wanted(found[0].sku))
    elif found:
        await _ask_which(context, name, found, {})
    return bool(found)


async def _called(context: Context, name: str) -> list[Redeemable]:
    """Products of such a name: the one that is called exactly so, else all that are like it."""
    if not fold(name).strip():
        return []
    return alike(name, (await context.core.redeemables(q=name, limit=PAGE + 1)).items)


async def _all(context: Context) -> Sequence[Redeemable]:
    shown = await numbered(
        lambda cursor, limit: context.core.redeemables(cursor=cursor, limit=limit), page=0, size=SEARCHED_MAX
    )
    return shown.items


def _wanted(one: Redeemable, slots: Slots) -> Wanted:
    """How many she wants, and which part in points where she named fewer than it costs."""
    quantity, points = slots.get("quantity"), slots.get("points")
    named = {word for form in forms(one.product) for word in words(form)}  # "Vitamin D, 90 capsules" are not 90
    pieces = quantity if isinstance(quantity, int) and quantity > 0 and str(quantity) not in named else 1
    part = points if isinstance(points, int) and 0 < points < pieces * one.points else None
    return Wanted(one.sku, pieces, part)


def _price(one: Redeemable, wanted: Wanted, slots: Slots, card: PointsCard, context: Context) -> str | None:
    """What it costs, where she said another number."""
    said, price = slots.get("points"), wanted.quantity * one.points
    if not isinstance(said, int) or said == price:
        return None
    tr = context.tr
    return tr("It costs {price}, not {said}.", price=points_of(price, card.name, tr), said=said)


async def _redeem(context: Context, slots: Slots) -> None:
    await redeem_named(context, typed(context), slots)


async def _redeemables(context: Context, slots: Slots) -> None:
    await show_catalogue(context)


ANSWERS: Answers = {Intent.REDEEM: _redeem, Intent.REDEEMABLES: _redeemables}


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    app.add_handler(CommandHandler("redeem", redeem, filters.UpdateType.MESSAGE))
