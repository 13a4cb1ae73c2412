"""Her points: at a glance, when they end, how they came and went."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.answering import Answers, Slots
from bot.context import App, Context
from bot.paging import numbered, page_number
from bot.render import points as render
from bot.render import points_history
from bot.understanding.model import Intent


async def points(update: Update, context: Context) -> None:
    """/points: how many there are, and what for."""
    await show_points(context)


async def show_points(context: Context) -> None:
    """Her points at a glance."""
    await context.show(render.points(await context.core.my_points(), context.tr))


async def expiries(update: Update, context: Context) -> None:
    """What ends, and when: the button."""
    await show_expiries(context)


async def show_expiries(context: Context) -> None:
    """What ends, and when."""
    await context.show(render.expiries(await context.core.my_expiries(), context.tr))


async def history_page(update: Update, context: Context) -> None:
    """A page's button."""
    [page] = context.tapped(1)
    await show_history(context, page_number(page))


async def show_history(context: Context, page: int = 0) -> None:
    """One page of what came and went."""
    shown = await numbered(
        lambda cursor, limit: context.core.my_movements(cursor=cursor, limit=limit),
        page=page,
        size=points_history.PAGE,
    )
    name = context.me.points_name or (await context.core.my_points()).name
    await context.show(
        points_history.history(
            shown.items, name, context.tr, page=shown.page, more=shown.more, zone=context.me.time_zone
        )
    )


async def _balance(context: Context, slots: Slots) -> None:
    await show_points(context)


async def _expiring(context: Context, slots: Slots) -> None:
    await show_expiries(context)


async def _history(context: Context, slots: Slots) -> None:
    await show_history(context)


ANSWERS: Answers = {
    Intent.POINTS_BALANCE: _balance,
    Intent.POINTS_EXPIRING: _expiring,
    Intent.POINTS_HISTORY: _history,
}


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    app.add_handler(CommandHandler("points", points, filters.UpdateType.MESSAGE))
    app.add_handler(CallbackQueryHandler(points, r"^pt$"))
    app.add_handler(CallbackQueryHandler(expiries, r"^px$"))
    app.add_handler(CallbackQueryHandler(history_page, r"^ph:"))
