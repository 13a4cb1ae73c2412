"""Her link to bring people, and who came by it."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.answering import Answers, Slots
from bot.context import App, Context
from bot.render import invite as render
from bot.understanding.model import Intent


async def invite(update: Update, context: Context) -> None:
    """/invite: her link, and what came of it."""
    await show_invitation(context)


async def show_invitation(context: Context) -> None:
    """The link with a button that shares it."""
    me = context.me
    found = await context.core.my_invitation()
    await context.show(render.invitation(found, me, context.tr, username=context.bot.username))


async def _asked(context: Context, slots: Slots) -> None:
    await show_invitation(context)


ANSWERS: Answers = {Intent.REFERRALS: _asked}


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    app.add_handler(CommandHandler("invite", invite, filters.UpdateType.MESSAGE))
    app.add_handler(CallbackQueryHandler(invite, r"^iv$"))
