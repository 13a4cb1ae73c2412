"""Her own orders, and when the cycle closes."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.context import App, Context
from bot.paging import numbered, page_number
from bot.render import orders as render
from bot.render import team as render_team
from bot.render.answers import first, latest_order
from bot.render.common import has_no_line
from bot.render.orders import PAGE


async def orders(update: Update, context: Context) -> None:
    """/orders: what she ordered, newest first."""
    await show_orders(context)


async def orders_page(update: Update, context: Context) -> None:
    """A page's button."""
    [page] = context.tapped(1)
    await show_orders(context, page_number(page))


async def order(update: Update, context: Context) -> None:
    """An order's button."""
    page, order_id = context.tapped(2)
    await show_order(context, order_id, page_number(page))


async def show_orders(context: Context, page: int = 0, *, asked_where: bool = False) -> None:
    """One page of her orders; where she asked for it the latest one first in a sentence."""
    shown = await numbered(
        lambda cursor, limit: context.core.my_orders(cursor=cursor, limit=limit), page=page, size=PAGE
    )
    me = context.me
    screen = render.orders(
        shown.items,
        context.tr,
        page=shown.page,
        more=shown.more,
        zone=me.time_zone,
        customer=has_no_line(me),
        points=me.points_name,
    )
    await context.show(first(latest_order(shown.items, context.tr) if asked_where else None, screen))


async def show_order(context: Context, order_id: str, page: int = 0) -> None:
    """One of her orders with its lines."""
    found = await context.core.my_order(order_id)
    me = context.me
    screen = render.order(found, context.tr, page=page, zone=me.time_zone, scale=me.volume_scale, points=me.points_name)
    await context.show(screen)


async def show_cycle(context: Context) -> None:
    """When the cycle closes."""
    me = context.me
    card = await context.core.my_cycle()
    await context.show(render_team.cycle(card, context.tr, zone=me.time_zone, customer=has_no_line(me)))


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    app.add_handler(CommandHandler("orders", orders, filters.UpdateType.MESSAGE))
    app.add_handler(CallbackQueryHandler(orders_page, r"^o:"))
    app.add_handler(CallbackQueryHandler(order, r"^oo:"))
