"""What she wants to hear, and when: by buttons, by an answer that she types, or in her own words."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot import asking
from bot.answering import Slots, typed
from bot.asking import About, Replies
from bot.context import App, Context
from bot.guard import know
from bot.render import preferences as render
from bot.understanding.model import Intent, Understood
from bot.understanding.slots.hours import hours
from bot.wishing import hours_of, minutes, undoing, undone, wish_of
from core.kernel.errors import Refused
from core.messaging.kinds import Topic
from core.preferences.model import Level, Preferences, PreferenceWish, QuietHours, Summary
from i18n.zones import zone_named

QUIET, ZONE = "quiet", "zone"
PLACE_MAX = 60


async def messages_page(update: Update, context: Context) -> None:
    """The topics: a page's button, or the one that leads there."""
    [page] = context.tapped(1)
    await show_messages(context, _number(page))


async def show_messages(context: Context, page: int = 0) -> None:
    """The topics, and how much she takes of each."""
    await context.show(render.messages(await context.core.preferences(), context.me, context.tr, page))


async def level(update: Update, context: Context) -> None:
    """A topic's button: it says what is to become of the topic, so that a second tap changes nothing."""
    page, topic, wanted = context.tapped(3)
    if topic not in set(Topic) or wanted not in set(Level):
        await show_messages(context)
        return
    hers = await change(context, PreferenceWish(levels={Topic(topic): Level(wanted)}))
    await context.show(render.messages(hers, context.me, context.tr, _number(page)))


async def quiet(update: Update, context: Context) -> None:
    """Hours to choose from, or the ones that she chose."""
    [chosen] = context.tapped(1)
    wanted = hours_of(chosen)
    if wanted is not None:
        await change(context, PreferenceWish(quiet=wanted))
    await ask_quiet(context)


async def ask_quiet(context: Context, *, misread: bool = False) -> None:
    """Her quiet hours; what she types next may be others."""
    hers = await context.core.preferences()
    await asking.ask(context, render.quiet(hers, context.tr, misread=misread), QUIET)


async def zone(update: Update, context: Context) -> None:
    """Clocks to choose from, or the one that she chose."""
    [chosen] = context.tapped(1)
    if chosen:
        await _set_zone(context, chosen)
    await ask_zone(context)


async def ask_zone(context: Context, *, unknown: str | None = None) -> None:
    """Her clock; what she types next may be another place."""
    hers = await context.core.preferences()
    await asking.ask(context, render.zone(hers, context.tr, unknown=unknown), ZONE)


async def summary(update: Update, context: Context) -> None:
    """How often the summary of her gauges comes, or the choice that she made."""
    [chosen] = context.tapped(1)
    if chosen in set(Summary):
        await change(context, _often(Summary(chosen)))
    await context.show(render.summary(await context.core.preferences(), context.tr))


async def undo(update: Update, context: Context) -> None:
    """Everything as it was before she said otherwise; a button of another version changes nothing."""
    [code] = context.tapped(1)
    wish = undone(code)
    if wish is None:
        await show_messages(context)
        return
    await change(context, wish)
    await context.show(render.undone(context.tr))


async def change(context: Context, wish: PreferenceWish) -> Preferences:
    """Have it so from now on."""
    hers = await context.core.change_preferences(wish, idempotency_key=context.key("wish"))
    if wish.on is not None or wish.time_zone is not None:
        await know(context, anew=True)
    return hers


async def said(context: Context, slots: Slots) -> None:
    """What she typed about messages: done at once and told, with the way back; where it is left open, the choice."""
    before = await context.core.preferences()
    wish = wish_of(slots, before)
    if wish is None:
        await _offer(context, slots)
        return
    hers = await change(context, wish)
    await context.show(render.done(wish, hers, undoing(before, wish), context.tr))


async def _offer(context: Context, slots: Slots) -> None:
    """The choice nearest to what she typed."""
    if "weekend" in slots:
        await context.show(render.no_days(context.tr))
    elif slots.get("topic") == "quiet_hours":
        await ask_quiet(context)
    else:
        await show_messages(context)


async def _hours_typed(context: Context, about: About, read: Understood) -> bool:
    """Quiet hours as an answer; a message without any time is none."""
    begins, ends = hours(typed(context), context.tr.language)
    if begins is None or ends is None or begins == ends:
        if read.intent is Intent.NOTIFICATIONS or not any(sign.isdigit() for sign in typed(context)):
            return False
        await ask_quiet(context, misread=True)
        return True
    await asking.answered(context)
    await change(context, PreferenceWish(quiet=QuietHours(begins=minutes(begins), ends=minutes(ends))))
    await ask_quiet(context)
    return True


async def _place_typed(context: Context, about: About, read: Understood) -> bool:
    """A city or a country as an answer; a wish of another kind is none."""
    place = typed(context).strip()
    found = zone_named(place, context.tr.locale) if len(place) <= PLACE_MAX else None
    if found is None:
        if read.intent not in (Intent.OUT_OF_SCOPE, Intent.PERSON) or len(place) > PLACE_MAX:
            return False
        await ask_zone(context, unknown=place)
        return True
    await asking.answered(context)
    await _set_zone(context, found)
    await ask_zone(context)
    return True


async def _set_zone(context: Context, name: str) -> None:
    """Live by another clock; one that core does not know changes nothing."""
    try:
        await change(context, PreferenceWish(time_zone=name))
    except Refused as refusal:
        if refusal.code != "setting_invalid":
            raise


def _often(summary: Summary) -> PreferenceWish:
    levels = {} if summary is Summary.OFF else {Topic.GAUGES: Level.ALL}
    return PreferenceWish(summary=summary, levels=levels)


def _number(page: str) -> int:
    return int(page) if page.isascii() and page.isdigit() and len(page) < 3 else 0


REPLIES: Replies = {QUIET: _hours_typed, ZONE: _place_typed}
ANSWERS = {Intent.NOTIFICATIONS: said}


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    app.add_handler(CallbackQueryHandler(messages_page, r"^nm:"))
    app.add_handler(CallbackQueryHandler(level, r"^nl:"))
    app.add_handler(CallbackQueryHandler(quiet, r"^nq:"))
    app.add_handler(CallbackQueryHandler(zone, r"^nz:"))
    app.add_handler(CallbackQueryHandler(summary, r"^ns:"))
    app.add_handler(CallbackQueryHandler(undo, r"^nu:"))
