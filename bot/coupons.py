"""Her coupons and credit notes."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.answering import Answers, Slots
from bot.context import App, Context
from bot.paging import page_number
from bot.render import coupons as render
from bot.understanding.model import Intent


async def coupons(update: Update, context: Context) -> None:
    """/coupons: what she holds, what works today first."""
    await show_coupons(context)


async def page(update: Update, context: Context) -> None:
    """A page's button."""
    [number] = context.tapped(1)
    await show_coupons(context, page_number(number))


async def show_coupons(context: Context, number: int = 0) -> None:
    """One page of what she holds."""
    held = await context.core.my_coupons()
    await context.show(render.coupons(held.items, context.tr, page=number))


async def _asked(context: Context, slots: Slots) -> None:
    await show_coupons(context)


ANSWERS: Answers = {Intent.COUPONS: _asked}


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    app.add_handler(CommandHandler("coupons", coupons, filters.UpdateType.MESSAGE))
    app.add_handler(CallbackQueryHandler(page, r"^cp(:|$)"))
