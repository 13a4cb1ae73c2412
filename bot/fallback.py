"""Everything else: free text goes where its intent leads, and nothing is met with silence."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot import (
    asking,
    belonging,
    coupons,
    drafting,
    earnings,
    gauges,
    invite,
    orders,
    own_settings,
    points,
    preferences,
    progress,
    rank_history,
    redeem_by_words,
    start,
    statement,
    talk,
    team,
    tickets,
    transfer,
    wallet,
    why_by_words,
)
from bot.answering import Answer, Slots, typed
from bot.asking import Reply
from bot.company_words import lexicon
from bot.context import App, Context
from bot.render import talk as render
from bot.render.guesses import offers
from bot.render.line import Which
from bot.understanding.lexicon import demo_lexicon
from bot.understanding.model import Intent, Lexicon, Understood
from bot.understanding.service import understand
from bot.understanding.slots.asked import asks_where, asks_whether
from bot.understanding.slots.other_rank import other_rank
from bot.understanding.slots.what_if import ME, WHAT_IF
from bot.understanding.text import clean

TEXT_MAX = 1000
"""Nobody's question is longer; the rest of a letter tells nothing more about what she wants."""

COMMAND_SURE = 0.5
"""A word behind a slash is short, and means the likeliest screen or none."""

REPLY_MAX = 120
"""Longer messages answer no question after a name or a number; words to the company may be as long as they are."""


async def free_text(update: Update, context: Context) -> None:
    """What she typed, understood and answered as a button would be."""
    if not context.stranger and await belonging.taken(context):
        return
    text = typed(context)
    ranks = lexicon(context.flow.me)
    read = understand(text[:TEXT_MAX], prior_language=context.tr.language, lexicon=ranks)
    elsewhere = _rank_elsewhere(clean(text[:TEXT_MAX]), read, ranks)
    if context.stranger:
        await _stranger(context, read)
    elif await _replied(context, text, read) or await belonging.taken_by_draft(context, read):
        return
    elif elsewhere is not None and not await _is_somebody(context, read):
        await progress.show_progress(context, elsewhere)  # core says which ranks there are
    elif await why_by_words.answered(context, text[:TEXT_MAX], read) or await _unclear(context, text, read):
        return
    elif wallet.is_meant(context, read):
        await wallet.wallet(update, context)
    elif read.intent is Intent.OPEN_TICKET:
        await drafting.complain(context, read)
    elif read.intent in SCREENS:
        await SCREENS[read.intent](context, read.slots)
    elif read.intent in NOT_YET:
        await talk.say_not_yet(context, NOT_YET[read.intent])
    else:
        offered = offers(read.alternatives, context.me, context.tr)
        await context.show(render.not_understood(offered, context.me, context.tr))


async def no_command(update: Update, context: Context) -> None:
    """A command that there is not: the screen that its words mean, else what there is; it is no word to the company."""
    command, _, rest = typed(context)[1:].partition(" ")
    said = f"{command.partition('@')[0].replace('_', ' ')} {rest}".strip()[:TEXT_MAX]
    read = understand(said, prior_language=context.tr.language, lexicon=lexicon(context.flow.me))
    if context.stranger:
        await _stranger(context, read)
    elif read.intent in SCREENS and read.confidence >= COMMAND_SURE:
        await SCREENS[read.intent](context, read.slots)
    else:
        offered = offers(read.alternatives, context.me, context.tr)
        await context.show(render.not_understood(offered, context.me, context.tr))


async def _replied(context: Context, text: str, read: Understood) -> bool:
    """Whether it was the answer to a question that waited for one."""
    asked = await asking.waiting(context)
    if asked is None or asked.what not in REPLIES or (len(text) > REPLY_MAX and asked.what not in belonging.REPLIES):
        return False
    return await REPLIES[asked.what](context, asked.about, read)


async def _unclear(context: Context, text: str, read: Understood) -> bool:
    """Whether what says no wish was a word for a ticket that waits for one, a product's name, or a word for another."""
    unclear = belonging.says_no_wish(read)
    maybe = read.confidence < belonging.SURE or belonging.begins_with_a_name(read, text)
    unsure = maybe and not belonging.is_question(text)
    cards = await drafting.open_tickets(context) if unclear or unsure else []
    if await belonging.taken_by_waiting(context, cards):
        return True
    if _may_be_a_product(read) and await redeem_by_words.show_named(context, text, wishing=_may_redeem(read)):
        return True
    guesses = offers(read.alternatives, context.me, context.tr)
    lost = read.intent is Intent.OUT_OF_SCOPE and not guesses
    return lost and await belonging.taken_by_ticket(context, cards)


def _rank_elsewhere(text: str, read: Understood, ranks: Lexicon) -> str | None:
    """The rank, as typed, that she asks for and the plan has not."""
    if read.intent not in ABOUT_RANKS or WHAT_IF in read.slots:
        return None
    named = other_rank(text, read.language, ranks)
    if named is None or read.slots.get("person", named) != named:  # Pearl Smith is somebody
        return None
    return named if read.intent is not Intent.OUT_OF_SCOPE or named[0].isupper() else None


def _may_be_a_product(read: Understood) -> bool:
    """A product's bare name says no wish, so it is read as nothing, or as a greeting of sorts ("Morning shake")."""
    return read.intent is Intent.OUT_OF_SCOPE or (read.intent is Intent.GREETING and read.confidence < 1)


def _may_redeem(read: Understood) -> bool:
    """Whether redeeming is among what was nearly understood."""
    return any(guess.intent in redeem_by_words.ANSWERS for guess in read.alternatives)


async def _is_somebody(context: Context, read: Understood) -> bool:
    """Whether somebody of her line is called like a rank: Ruby is a name too."""
    name = read.slots.get("person")
    return bool(name and (await context.core.my_line(q=str(name), limit=1)).items)


async def old_button(update: Update, context: Context) -> None:
    """A button of a former version: say so, and show the menu."""
    if context.stranger:
        await talk.ask_who(context)
        return
    await context.show(render.expired(context.me, context.tr))


def warm_up() -> None:
    """Load what reads messages, so that the first person who types does not wait for it."""
    understand("how close am I to the next rank", prior_language="en", lexicon=demo_lexicon())


async def _stranger(context: Context, read: Understood) -> None:
    if read.intent is Intent.CHANGE_LANGUAGE:
        await _language(context, read.slots)
    elif read.intent in SMALL_TALK:
        await talk.help_page(context.flow.update, context)
    else:
        await talk.ask_who(context)


async def _rank_progress(context: Context, slots: Slots) -> None:
    supposed = slots.get(WHAT_IF)
    if isinstance(supposed, int):
        await _what_if(context, str(slots["person"]), supposed)
        return
    rank = slots.get("rank")
    known = isinstance(rank, str) and rank in context.me.rank_names
    asked_whether = asks_whether(typed(context))
    await progress.show_progress(context, str(rank) if known else None, asked_whether=asked_whether)


async def _what_if(context: Context, who: str, whole_units: int) -> None:
    volume = whole_units * 10**context.me.volume_scale
    if who == ME:
        await progress.suppose_own(context, volume)
    else:
        await progress.suppose_of(context, who, volume)


async def _gauges(context: Context, slots: Slots) -> None:
    await gauges.gauges(context.flow.update, context)


async def _inactive_customers(context: Context, slots: Slots) -> None:
    await team.show_list(context, team.INACTIVE_CUSTOMERS)


async def _inactive_team(context: Context, slots: Slots) -> None:
    await team.show_inactive(context)


async def _team(context: Context, slots: Slots) -> None:
    level = slots.get("level")
    if isinstance(level, int) and level > 0:
        await team.show_list(context, Which("t", "a", "a", min(level, 9999)))
    else:
        await team.team(context.flow.update, context)


async def _person(context: Context, slots: Slots) -> None:
    name = slots.get("person")
    if name:
        await team.find(context, str(name))
    else:
        await team.team(context.flow.update, context)


async def _orders(context: Context, slots: Slots) -> None:
    order = slots.get("order")
    if order is None:
        await orders.show_orders(context, asked_where=asks_where(typed(context)))
    else:
        await orders.show_order(context, str(order))


async def _my_rank(context: Context, slots: Slots) -> None:
    await progress.my_rank(context)


async def _cycle_end(context: Context, slots: Slots) -> None:
    await orders.show_cycle(context)


async def _language(context: Context, slots: Slots) -> None:
    tag = slots.get("language")
    await own_settings.speak(context, str(tag) if tag else None)


async def _help(context: Context, slots: Slots) -> None:
    await talk.help_page(context.flow.update, context)


async def _greeting(context: Context, slots: Slots) -> None:
    await start.show_home(context)


async def _thanks(context: Context, slots: Slots) -> None:
    await context.show(render.thanks(context.me, context.tr))


async def _cancel(context: Context, slots: Slots) -> None:
    await talk.cancel(context.flow.update, context)


SCREENS: dict[Intent, Answer] = {
    Intent.RANK_PROGRESS: _rank_progress,
    Intent.GAUGES: _gauges,
    Intent.INACTIVE_CUSTOMERS: _inactive_customers,
    Intent.INACTIVE_TEAM: _inactive_team,
    Intent.TEAM: _team,
    Intent.PERSON: _person,
    Intent.ORDERS: _orders,
    Intent.MY_RANK: _my_rank,
    Intent.CYCLE_END: _cycle_end,
    Intent.CHANGE_LANGUAGE: _language,
    Intent.HELP: _help,
    Intent.GREETING: _greeting,
    Intent.THANKS: _thanks,
    Intent.CANCEL: _cancel,
    **points.ANSWERS,
    **redeem_by_words.ANSWERS,
    **wallet.ANSWERS,
    **transfer.ANSWERS,
    **coupons.ANSWERS,
    **invite.ANSWERS,
    **earnings.ANSWERS,
    **statement.ANSWERS,
    **rank_history.ANSWERS,
    **preferences.ANSWERS,
    **drafting.ANSWERS,
    **tickets.ANSWERS,
}
REPLIES: dict[str, Reply] = {**wallet.REPLIES, **transfer.REPLIES, **preferences.REPLIES, **belonging.REPLIES}
"""What goes on with her answer, by the question that waits for it."""

ABOUT_RANKS = (Intent.RANK_PROGRESS, Intent.PERSON, Intent.MY_RANK, Intent.GOALS, Intent.OUT_OF_SCOPE)
"""What a question after a rank that the plan has not is taken for."""
SMALL_TALK = (Intent.GREETING, Intent.HELP, Intent.THANKS, Intent.CANCEL)

NOT_YET: dict[Intent, str] = {Intent.GOALS: talk.GOALS}


def register(app: App) -> None:
    """Add these handlers last: they take what nobody else took."""
    app.add_handler(CallbackQueryHandler(old_button))
    app.add_handler(MessageHandler(filters.COMMAND & filters.UpdateType.MESSAGE, no_command))
    app.add_handler(MessageHandler(filters.TEXT & filters.UpdateType.MESSAGE, free_text))
