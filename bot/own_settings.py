"""What a person changes herself: language, messages, and whether this chat is hers."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.context import App, Context
from bot.guard import know
from bot.keyboards import contact_request
from bot.render import settings as render
from core.people.model import OwnSettings
from i18n.languages import LANGUAGES
from i18n.negotiation import spoken
from i18n.translator import translator


async def settings(update: Update, context: Context) -> None:
    """/settings."""
    await context.show(render.settings(await context.core.preferences(), context.me, context.tr))


async def toggle_messages(update: Update, context: Context) -> None:
    """The button that says what is to become of messages, so that a second tap changes nothing."""
    [wanted] = context.tapped(1)
    on = wanted == "on"
    if context.me.notifications != on:
        await _change(context, OwnSettings(notifications=on), "messages")
    await settings(update, context)


async def language(update: Update, context: Context) -> None:
    """/language: the choice."""
    await context.show(render.languages(context.tr, stranger=context.stranger))


async def choose_language(update: Update, context: Context) -> None:
    """A language's button, or the one that leads to the choice."""
    [chosen] = context.tapped(1)
    await speak(context, chosen or None)


async def speak(context: Context, tag: str | None) -> None:
    """Speak another language from now on; without one, or in one that we do not know, show the choice."""
    wanted = spoken(tag) if tag else None
    if wanted is None:
        unknown = tag is not None and tag not in LANGUAGES
        await context.show(render.languages(context.tr, stranger=context.stranger, unknown=unknown))
        return
    if not context.stranger:
        await _change(context, OwnSettings(language=wanted), "language")
    context.flow.tr = translator(wanted)
    await context.keep_language()
    context.services.people.forget(context.flow.claimed.chat_id)
    await context.show(render.language_changed(context.tr, stranger=context.stranger))


async def disconnect(update: Update, context: Context) -> None:
    """Ask once; then end the link of this chat."""
    [sure] = context.tapped(1)
    if sure != "yes":
        await context.show(render.disconnect(context.tr))
        return
    await context.core.unlink(idempotency_key=context.key("unlink"))
    context.services.people.forget(context.flow.claimed.chat_id)
    await context.services.display.say(
        context.flow, render.disconnected(context.tr), keyboard=contact_request(context.tr)
    )


async def _change(context: Context, settings: OwnSettings, step: str) -> None:
    await context.core.change_settings(settings, idempotency_key=context.key(step))
    await know(context, anew=True)


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    app.add_handler(CommandHandler("settings", settings, filters.UpdateType.MESSAGE))
    app.add_handler(CommandHandler("language", language, filters.UpdateType.MESSAGE))
    app.add_handler(CallbackQueryHandler(settings, r"^s$"))
    app.add_handler(CallbackQueryHandler(toggle_messages, r"^s:"))
    app.add_handler(CallbackQueryHandler(choose_language, r"^lang:"))
    app.add_handler(CallbackQueryHandler(disconnect, r"^un:"))
