"""The gauges as a picture: how she stands in the open cycle."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.context import App, Context
from bot.pictures import gauges as pictures
from bot.render import gauges as render
from bot.screen import Picture
from core.progress.model import Progress
from i18n.translator import Translator


def picture(progress: Progress, tr: Translator) -> Picture:
    """The gauges as a picture, drawn only where Telegram does not have it."""
    return Picture(pictures.picture_key(progress, tr.language), lambda: pictures.gauges(progress, tr))


async def gauges(update: Update, context: Context) -> None:
    """/gauges: where each needle stands, and the rank that the lowest allows."""
    progress = await context.core.my_progress()
    await context.show_photo(render.gauges(progress, context.tr), picture(progress, context.tr))


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    app.add_handler(CommandHandler("gauges", gauges, filters.UpdateType.MESSAGE))
    app.add_handler(CallbackQueryHandler(gauges, r"^g$"))
