"""Her wallet: what she has, and converting it into something else with one tap that restates it."""

from fractions import Fraction

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.answering import Answers, Slots, typed
from bot.asking import About, Replies, answered, ask, names_something
from bot.company_words import in_words_of_all
from bot.confirming import decline, is_declined, is_stale
from bot.context import App, Context
from bot.render import wallet as render
from bot.render.odd import odd
from bot.render.refusals import OTHER_AMOUNT, reason
from bot.render.wallet import Route
from bot.understanding.model import Intent, Understood
from bot.understanding.slots.amounts import points
from bot.understanding.slots.money import money_amount
from bot.understanding.slots.numbers import numbers
from bot.understanding.slots.odd import Odd, odd_amount
from bot.understanding.slots.route import Wish, asks_after_credit, wish
from bot.understanding.slots.share import Share, is_short, share
from core.catalog.model import RateMissing
from core.kernel.errors import Refused
from core.kernel.money import minor_digits
from core.offers.model import OfferChanged, OfferGone
from core.points.model import POINTS_MAX, ConversionWish, Purse, Wallet, Way, WayClosed
from i18n.translator import mark

IMPOSSIBLE = mark("That amount can't be. Please tell me another one.")
HOW_MUCH = "convert"
"""The question how much, kept while she types."""
ANSWER_WORDS_MAX = 4
NEIGHBOURS = (Intent.COUPONS, Intent.PAYOUT, Intent.TEAM, Intent.OUT_OF_SCOPE)
"""What a question after her credit is taken for."""


async def wallet(update: Update, context: Context) -> None:
    """What she has, and what it can become."""
    await context.show(render.wallet(await context.core.wallet(), context.tr))


async def way(update: Update, context: Context) -> None:
    """A way's button: how much?"""
    [route] = context.tapped(1)
    await ask_how_much(context, await context.core.wallet(), Route.read(route))


async def amount(update: Update, context: Context) -> None:
    """An amount's button: what it would do."""
    route, value = context.tapped(2)
    chosen = Route.read(route)
    if chosen is None or not value.isdecimal():
        await wallet(update, context)
    else:
        await offer(context, chosen, int(value))


async def convert(update: Update, context: Context) -> None:
    """The one button that does it."""
    made, route, value = context.tapped(3)
    if not made or is_stale(context) or await is_declined(context, made):
        return
    try:
        done = await context.core.convert(made, idempotency_key=context.key("convert"))
    except Refused as refusal:
        await _not_done(context, refusal, Route.read(route), value)
        return
    await context.show(render.done(done, context.tr))


async def cancel(update: Update, context: Context) -> None:
    """The safe button."""
    [made] = context.tapped(1)
    await decline(context, made)
    await context.show(render.nothing_done(context.tr))


async def convert_points(context: Context, slots: Slots) -> None:
    """What she typed: straight to the confirmation where she said how much, else to the way's page."""
    said, found = in_words_of_all(context), await context.core.wallet()
    wanted = wish(said)
    chosen = _way_for(found, wanted)
    if chosen is None:
        await context.show(render.closed(found, wanted.source, wanted.target, context.tr))
    elif not await _typed(context, found, chosen, said):
        await ask_how_much(context, found, Route.of(chosen))


def is_meant(context: Context, read: Understood) -> bool:
    """Whether she asks what credit she has, which is read as one of its neighbours, or says "wallet" and no more."""
    is_one_word = read.intent is Intent.CONVERT_POINTS and " " not in typed(context).strip()
    return (
        (is_one_word or read.intent in NEIGHBOURS)
        and context.me.points_name is not None
        and asks_after_credit(typed(context))
    )


async def typed_amount(context: Context, about: About, read: Understood) -> bool:
    """Her answer to "how much?"; False where it is none."""
    route, said = Route.read(str(about.get("route"))), in_words_of_all(context)
    if route is None or not is_short(said, ANSWER_WORDS_MAX) or names_something(read) or _goes_elsewhere(said, route):
        return False
    found = await context.core.wallet()
    chosen = _way_of(found, route)
    return chosen is not None and await _typed(context, found, chosen, said)


def _goes_elsewhere(said: str, route: Route) -> bool:
    """Whether a message names another way than the one that she was asked about."""
    wanted = wish(said)
    return wanted.target is not None and (wanted.source, wanted.target) != (route.source, route.target)


async def ask_how_much(context: Context, found: Wallet, route: Route | None) -> None:
    """One way's page, which waits for an amount; the wallet where the way is closed by now."""
    chosen = _way_of(found, route)
    if route is None or chosen is None:
        await context.show(render.wallet(found, context.tr))
        return
    await ask(context, render.how_many(found, chosen, context.tr), HOW_MUCH, route=str(route))


async def offer(context: Context, route: Route, value: int | None, *, changed: bool = False) -> None:
    """What converting so much would do, or why it cannot be; `value` None is all that she may."""
    if value is not None and not 0 < value <= POINTS_MAX:
        await ask(context, render.refused(context.tr(IMPOSSIBLE), context.tr), HOW_MUCH, route=str(route))
        return
    same = route.source is route.target
    wished = ConversionWish(
        source=route.source,
        target=route.target,
        amount=value,
        currency=route.source_unit if route.source is not Purse.POINTS else route.target_unit,
        target_currency=route.target_unit if same else None,
    )
    try:
        made = await context.core.offer_conversion(wished)
    except Refused as refusal:
        await _refused(context, refusal, route)
        return
    await answered(context)
    await context.show(render.offered(made, context.tr, changed=changed))


async def _typed(context: Context, found: Wallet, chosen: Way, said: str) -> bool:
    """Go on with the amount that a message in common words names; False where it names none."""
    if (wrong := _wrong(context, found, chosen, said)) is not None:
        await ask(context, render.refused(wrong, context.tr), HOW_MUCH, route=str(Route.of(chosen)))
        return True
    value = _value(chosen, said, context.tr.language)
    part = share(said) if value is None else None
    if value is None and part is None:
        return False
    if part is Share.HALF:
        value = max(1, render.half_of(chosen))
    await offer(context, Route.of(chosen), value)
    return True


def _wrong(context: Context, found: Wallet, chosen: Way, said: str) -> str | None:
    """What to say to an amount that nothing can be done with; money may have a fraction."""
    what = odd_amount(said, context.tr.language)
    if what is None or (what is Odd.FRACTION and chosen.source is not Purse.POINTS):
        return None
    if chosen.source is Purse.POINTS:
        return odd(what, found.name, context.tr)
    return context.tr(IMPOSSIBLE)


def _value(chosen: Way, said: str, language: str) -> int | None:
    """How much of the source a message names, in the source's unit."""
    counted = points(said, language)
    if chosen.source is Purse.POINTS:
        found = numbers(said, language)
        return counted if counted is not None else found[0].value if len(found) == 1 else None
    digits = minor_digits(chosen.source_unit)
    if chosen.target is Purse.POINTS and counted is not None:  # what they cost, never a coin too little
        return -(-Fraction(counted * 10**digits) // Fraction(chosen.rate))
    return money_amount(said, digits)


def _way_for(found: Wallet, wanted: Wish) -> Way | None:
    """The way that a wish means: the one with most on it, money in hand before credit where she asks for that."""
    fits = [
        one
        for one in found.ways
        if one.source is wanted.source
        and wanted.target in (None, one.target)
        and wanted.currency in (None, one.target_unit)
    ]
    first = Purse.COMMISSIONS if wanted.cash else Purse.CREDIT
    return max(fits, key=lambda one: (one.target is first, one.most), default=None)


def _way_of(found: Wallet, route: Route | None) -> Way | None:
    return next((one for one in found.ways if Route.of(one) == route), None)


async def _not_done(context: Context, refusal: Refused, route: Route | None, value: str) -> None:
    """Nothing was posted: say why, with the fresh offer or the way to it."""
    if refusal.code == OfferGone.code:
        await context.show(render.lapsed(route, value, context.tr))
    elif refusal.code == OfferChanged.code and route is not None and value.isdecimal():
        await offer(context, route, int(value), changed=True)
    else:
        await _refused(context, refusal, route)


async def _refused(context: Context, refusal: Refused, route: Route | None) -> None:
    """Why not; another amount may be typed where that would help."""
    if refusal.code not in (*OTHER_AMOUNT, WayClosed.code, RateMissing.code):
        raise refusal
    screen = render.refused(reason(refusal, context.me.points_name or {}, context.tr), context.tr)
    if refusal.code in OTHER_AMOUNT and route is not None:
        await ask(context, screen, HOW_MUCH, route=str(route))
    else:
        await context.show(screen)


ANSWERS: Answers = {Intent.CONVERT_POINTS: convert_points}
REPLIES: Replies = {HOW_MUCH: typed_amount}


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    app.add_handler(CallbackQueryHandler(wallet, r"^cv$"))
    app.add_handler(CallbackQueryHandler(way, r"^cva:"))
    app.add_handler(CallbackQueryHandler(amount, r"^cvn:"))
    app.add_handler(CallbackQueryHandler(convert, r"^cvo:"))
    app.add_handler(CallbackQueryHandler(cancel, r"^cvx:"))
