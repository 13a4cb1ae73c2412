"""Help, cancel, and the commands of what the bot cannot do yet."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot import asking, drafting
from bot.context import App, Context
from bot.keyboards import contact_request
from bot.render import start as render_start
from bot.render import talk as render
from i18n.translator import mark

GOALS = mark("I can't tell you about goals or contests yet.")

NOT_YET = {"goals": GOALS}
"""Commands that are understood and answered honestly, but kept out of the menu."""


async def help_page(update: Update, context: Context) -> None:
    """/help: what one can ask, by examples; for strangers the way in."""
    if context.stranger:
        screen = render_start.stranger(context.tr)
        await context.services.display.say(context.flow, screen, keyboard=contact_request(context.tr))
        return
    await context.show(render.help_page(context.me, context.tr))


async def ask_who(context: Context) -> None:
    """A stranger who asks for something learns why it has to wait, and the way in."""
    screen = render_start.stranger(context.tr, asked=True)
    await context.services.display.say(context.flow, screen, keyboard=contact_request(context.tr))


async def cancel(update: Update, context: Context) -> None:
    """/cancel: nothing goes on any more."""
    if context.stranger:
        await help_page(update, context)
        return
    await asking.answered(context)
    await drafting.put_away(context)
    await context.show(render.cancelled(context.me, context.tr))


async def not_yet(update: Update, context: Context) -> None:
    """A command that is still to come."""
    text = (update.message and update.message.text) or ""
    command = text[1:].partition(" ")[0].partition("@")[0].lower()
    await say_not_yet(context, NOT_YET[command])


async def say_not_yet(context: Context, what: str) -> None:
    """What it cannot do yet, and what it can."""
    if context.stranger:
        await ask_who(context)
        return
    await context.show(render.not_yet(context.tr(what), context.me, context.tr))


def register(app: App) -> None:
    """Add these handlers to the bot."""
    app.add_handler(CommandHandler("help", help_page, filters.UpdateType.MESSAGE))
    app.add_handler(CommandHandler("cancel", cancel, filters.UpdateType.MESSAGE))
    app.add_handler(CommandHandler(list(NOT_YET), not_yet, filters.UpdateType.MESSAGE))
    app.add_handler(CallbackQueryHandler(help_page, r"^h$"))
