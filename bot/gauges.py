"""The gauges as a picture: how she stands in the open cycle."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.context import App, Context
from bot.pictures import gauges as pictures
from bot.render import gauges as render
from bot.screen import Picture
from core.people.model import Kind
from core.progress.model import Progress
from i18n.translator import Translator


def picture(progress: Progress, tr: Translator) -> Picture:
    """The gauges as a picture, drawn only where Telegram does not have it."""
    return Picture(pictures.picture_key(progress, tr.language), lambda: pictures.gauges(progress, tr))


async def gauges(update: Update, context: Context) -> None:
    """/gauges: where each needle stands, and the rank that the lowest allows."""
    if await told_customer(context):
        return
    progress = await context.core.my_progress()
    screen = render.gauges(progress, context.tr, zone=context.me.time_zone)
    await context.show_photo(screen, picture(progress, context.tr))


async def told_customer(context: Context) -> bool:
    """Whether a customer asks, for whom there are no ranks and no team; she is then told what there is for her."""
    if context.me.kind is not Kind.CUSTOMER:
        return False
    await context.show(render.for_customers(context.me, context.tr))
    return True


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    app.add_handler(CommandHandler("gauges", gauges, filters.UpdateType.MESSAGE))
    app.add_handler(CallbackQueryHandler(gauges, r"^g$"))
