"""Which ranks she was paid by: in a time that she names, first, and highest ever."""

from datetime import date

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.answering import Answers, Slots
from bot.context import App, Context
from bot.paging import page_number
from bot.periods import span, today
from bot.render import rank_history as render
from bot.render.sums import MONTH
from bot.understanding.model import Intent
from core.ranks.model import RankPeriod


async def page(update: Update, context: Context) -> None:
    """A page's button."""
    [number] = context.tapped(1)
    await show_history(context, page=page_number(number))


async def show_history(context: Context, named: str | None = None, *, page: int = 0) -> None:
    """Her paid ranks, the answer to a period that she named first."""
    periods = await context.core.my_ranks()
    asked = await _asked(context, periods, named) if named else None
    screen = render.history(periods, context.tr, names=context.me.rank_names, asked=asked, page=page)
    await context.show(screen)


async def _asked(context: Context, periods: list[RankPeriod], named: str) -> list[RankPeriod] | None:
    """The months of the period; None where it is no period that we know."""
    within = span(named, today(await context.core.my_cycle()))
    if within is None:
        return None
    return [one for one in periods if MONTH.fullmatch(one.cycle) and within(date.fromisoformat(f"{one.cycle}-01"))]


async def _history(context: Context, slots: Slots) -> None:
    named = slots.get("period")
    await show_history(context, str(named) if named else None)


ANSWERS: Answers = {Intent.RANK_HISTORY: _history}


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    app.add_handler(CallbackQueryHandler(page, r"^rh:"))
