"""Products for points: looking for one, its offer, the one tap that does it, and taking it back."""

import asyncio
from dataclasses import replace

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.confirming import is_stale
from bot.context import App, Context
from bot.paging import numbered, page_number
from bot.pictures.product import PictureUnusable, sendable
from bot.render import redeem as render
from bot.render import redemption
from bot.render.redeem import PAGE, Wanted
from bot.render.refusals import reason
from bot.screen import Picture, Screen
from core.catalog.model import OutOfStock
from core.checkout.model import QUANTITY_MAX, MixNotAllowed, QuantityTooMany, RedemptionOffer, RedemptionWish
from core.kernel.errors import Facts, Refused
from core.kernel.words import CompanyText
from core.offers.model import OfferChanged, OfferGone
from core.orders.model import OrderCancelled
from core.points.model import POINTS_MAX, PointsTooFew
from i18n.errors import sentence

FORBIDDEN = 403


async def catalogue_page(update: Update, context: Context) -> None:
    """A page's button, or the one that leads to the list."""
    page, search = context.tapped(2)
    await show_catalogue(context, page_number(page), search=search)


async def show_catalogue(context: Context, page: int = 0, *, search: str = "", missed: str = "") -> None:
    """One page of what can be had; `missed` is what she looked for and is not there."""
    shown, card = await asyncio.gather(
        numbered(
            lambda cursor, limit: context.core.redeemables(q=search or None, cursor=cursor, limit=limit),
            page=page,
            size=PAGE,
        ),
        context.core.my_points(),
    )
    screen = render.catalogue(
        shown.items, card, context.tr, page=shown.page, more=shown.more, search=search, missed=missed
    )
    await context.show(screen)


async def one_piece(update: Update, context: Context) -> None:
    """A product's button: the offer of one piece."""
    page, sku = context.tapped(2)
    await show_offer(context, Wanted(sku), page=page_number(page))


async def another_offer(update: Update, context: Context) -> None:
    """Another quantity, another part in points, or the same anew."""
    wanted = _wanted(*context.tapped(3))
    if wanted is None:
        await show_catalogue(context)
        return
    await show_offer(context, wanted)


async def with_document(update: Update, context: Context) -> None:
    """The same with a coupon or a credit note, which pays a part of the money."""
    kind, code, *again = context.tapped(5)
    wanted = _wanted(*again)
    if wanted is None or not code:
        await show_catalogue(context)
        return
    is_coupon = kind == redemption.COUPON
    used = replace(wanted, coupon=code) if is_coupon else replace(wanted, credit_note=code)
    await show_offer(context, used)


async def accept(update: Update, context: Context) -> None:
    """The tap that does it. However often it comes, it is done once; after a change of mind it does nothing."""
    if is_stale(context):
        return
    offer, *again = context.tapped(4)
    wanted = _wanted(*again)
    try:
        done = await context.core.redeem(offer, idempotency_key=context.key("redeem"))
    except Refused as refusal:
        if refusal.code == OfferChanged.code and wanted is not None:
            await show_offer(context, wanted, note=sentence(refusal.code, refusal.facts, context.tr))
        elif refusal.code in (OfferGone.code, OfferChanged.code):
            await context.show(redemption.lapsed(wanted, context.tr))
        else:
            await _say_why_not(context, refusal, wanted)
        return
    await context.show(redemption.done(done, context.tr))


async def leave_it(update: Update, context: Context) -> None:
    """She does not want it after all."""
    await context.show(render.not_done(context.tr))


async def show_offer(context: Context, wanted: Wanted, *, note: str | None = None, page: int = 0) -> None:
    """What a tap would do; where it cannot be, why not and what else."""
    try:
        made = await context.core.offer_redemption(
            RedemptionWish(
                sku=wanted.sku,
                quantity=min(wanted.quantity, QUANTITY_MAX),
                points=wanted.points,
                coupon=wanted.coupon,
                credit_note=wanted.credit_note,
            )
        )
    except Refused as refusal:
        await _say_why_not(context, refusal, wanted, note)
        return
    await _show_with_picture(context, redemption.offer(made, context.tr, note=note, page=page), made)


async def ask_cancel(update: Update, context: Context) -> None:
    """Whether an order is to be taken back: asked once."""
    [order_id] = context.tapped(1)
    await context.show(redemption.cancel_asked(order_id, context.tr))


async def cancel_order(update: Update, context: Context) -> None:
    """Take it back."""
    if is_stale(context):
        return
    [order_id] = context.tapped(1)
    try:
        await context.core.cancel_order(order_id, idempotency_key=context.key("cancel"))
    except Refused as refusal:
        if refusal.code != OrderCancelled.code:  # a second tap hears what the first one did
            raise
    await context.show(redemption.cancelled(order_id, await context.core.my_points(), context.tr))


async def _say_why_not(context: Context, refusal: Refused, wanted: Wanted | None, note: str | None = None) -> None:
    """Why it cannot be, and the nearest that can. What is no matter of this product is left to the error handler."""
    if wanted is None or refusal.status == FORBIDDEN:
        raise refusal
    facts = refusal.facts
    if refusal.code == PointsTooFew.code:
        await _say_too_few(context, facts, wanted)
        return
    least = facts.get("least")
    if refusal.code == MixNotAllowed.code and isinstance(least, int) and least > (wanted.points or least):
        note = note or sentence(refusal.code, facts, context.tr)
        await show_offer(context, Wanted(wanted.sku, wanted.quantity, least), note=note)
        return
    product = context.tr.company(await _product(context, wanted.sku))
    said = reason(Refused(refusal.code, {**facts, "sku": product}), context.me.points_name or {}, context.tr)
    if refusal.code == OutOfStock.code and not facts.get("left"):
        said = render.sold_out(product, context.tr)
    await context.show(render.refused(said, context.tr, _fewer(refusal, wanted)))


def _fewer(refusal: Refused, wanted: Wanted) -> Wanted | None:
    """As many pieces as there may be, where she wanted more."""
    most = refusal.facts.get("most" if refusal.code == QuantityTooMany.code else "left")
    if refusal.code not in (QuantityTooMany.code, OutOfStock.code) or not isinstance(most, int) or most < 1:
        return None
    return Wanted(wanted.sku, most)


async def _say_too_few(context: Context, facts: Facts, wanted: Wanted) -> None:
    card, product = await asyncio.gather(context.core.my_points(), _product(context, wanted.sku))
    needed, mix = facts.get("needed"), facts.get("mix_least")
    screen = render.too_few(
        product,
        wanted,
        card,
        context.tr,
        needed=needed if isinstance(needed, int) else card.available + 1,
        mix=max(mix, min(card.available, POINTS_MAX)) if isinstance(mix, int) else None,
    )
    await context.show(screen)


async def _product(context: Context, sku: str) -> CompanyText:
    """What a product is called; its sku where nobody says."""
    found = await context.core.redeemables(q=sku)
    return next((one.product for one in found.items if one.sku == sku), {"en": sku})


async def _show_with_picture(context: Context, screen: Screen, made: RedemptionOffer) -> None:
    """The offer under its product's picture, where there is one that can be sent."""
    if made.picture is None:
        await context.show(screen)
        return
    try:
        await context.show_photo(screen, _picture(context, made.sku, made.picture))
    except (PictureUnusable, Refused):
        await context.show(screen)


def _picture(context: Context, sku: str, digest: str) -> Picture:
    loop = asyncio.get_running_loop()

    def fetch() -> bytes:
        """Called in a thread of the gallery's, and only for a picture that was never sent."""
        asked = asyncio.run_coroutine_threadsafe(context.core.product_picture(sku), loop)
        return sendable(asked.result())

    return Picture(f"product:{digest}", fetch)


def _wanted(quantity: str, points: str, sku: str) -> Wanted | None:
    """What a button carries; None where it makes no sense."""
    if not sku or not _count(quantity):
        return None
    return Wanted(sku, int(quantity), int(points) if _count(points) else None)


def _count(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < int(text) <= POINTS_MAX


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    app.add_handler(CallbackQueryHandler(catalogue_page, r"^rd:"))
    app.add_handler(CallbackQueryHandler(one_piece, r"^ro:"))
    app.add_handler(CallbackQueryHandler(another_offer, r"^rq:"))
    app.add_handler(CallbackQueryHandler(with_document, r"^rk:"))
    app.add_handler(CallbackQueryHandler(accept, r"^ra:"))
    app.add_handler(CallbackQueryHandler(leave_it, r"^rx$"))
    app.add_handler(CallbackQueryHandler(ask_cancel, r"^rc:"))
    app.add_handler(CallbackQueryHandler(cancel_order, r"^rcy:"))
