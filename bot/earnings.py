"""What she earns in the open cycle, when her money comes, and what keeps other bonuses from her."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.answering import Answers, Slots
from bot.context import App, Context
from bot.render import earnings as render
from bot.render import payouts as render_payouts
from bot.understanding.model import Intent
from core.people.model import Kind


async def earnings(update: Update, context: Context) -> None:
    """/earnings: what the open cycle would pay if it closed now."""
    await show_estimate(context)


async def show_estimate(context: Context, *, notice: str | None = None) -> None:
    """The estimate, after a sentence where there is one to say first."""
    found, me = await context.core.my_estimate(), context.me
    customer = me.kind is Kind.CUSTOMER
    screen = render.estimate(
        found, context.tr, zone=me.time_zone, points=me.points_name, notice=notice, customer=customer
    )
    await context.show(screen)


async def payouts(update: Update, context: Context) -> None:
    """When and where the money comes: the button."""
    await show_payouts(context)


async def show_payouts(context: Context) -> None:
    """When and where the money comes, and what is carried over."""
    await context.show(render_payouts.payouts(await context.core.my_payouts(), context.tr))


async def _estimate(context: Context, slots: Slots) -> None:
    await show_estimate(context)


async def _payout(context: Context, slots: Slots) -> None:
    await show_payouts(context)


ANSWERS: Answers = {Intent.EARNINGS_ESTIMATE: _estimate, Intent.PAYOUT: _payout}


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    app.add_handler(CommandHandler("earnings", earnings, filters.UpdateType.MESSAGE))
    app.add_handler(CallbackQueryHandler(earnings, r"^ee$"))
    app.add_handler(CallbackQueryHandler(payouts, r"^ep$"))
