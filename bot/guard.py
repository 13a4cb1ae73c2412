"""What happens before any handler: taps are acknowledged, groups sorted out, and it is known who speaks."""

from contextlib import suppress

from telegram import Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import ApplicationHandlerStop, TypeHandler

from bot import desk_group, desk_private
from bot.context import App, Context
from bot.flow import ANSWERED, Flow
from bot.members import TAPS
from bot.render import talk
from core.messaging.model import SentStep
from i18n.negotiation import choose
from i18n.translator import translator

FIRST = -1


async def before_all(update: Update, context: Context) -> None:
    """Acknowledge a tap at once, and find out who it is and which language she reads. Staff's groups go to the desk."""
    flow = context.flow
    flow.greet_in(flow.user.language_code if flow.user else None)
    if not flow.private:
        if not await desk_group.take(update, context):
            acknowledge(context)
            await _turn_away(context)
        raise ApplicationHandlerStop
    if not _is_staffs(update):
        acknowledge(context)
    if flow.user is None or flow.user.is_bot:
        raise ApplicationHandlerStop
    await know(context)
    if await desk_private.took(update, context):
        raise ApplicationHandlerStop


def acknowledge(context: Context) -> None:
    """Stop the button's spinner while the answer is made; once, however often the update is tried."""
    flow = context.flow
    query = flow.update.callback_query
    if query is None or ANSWERED in flow.sent or context.services.acknowledged.get(query.id):
        return
    flow.in_background(_acknowledge(context, flow, query.id))


async def know(context: Context, *, anew: bool = False) -> None:
    """Find out who is behind the chat, and speak her language."""
    flow = context.flow
    known = await context.acquaint(anew=anew)
    tag = flow.user.language_code if flow.user else None
    me = known.me
    if me is None:
        flow.tr = translator(choose(known.language, tag))
    else:
        flow.tr = translator(choose(me.language if me.language_chosen else None, tag or me.language, me.country))


async def _acknowledge(context: Context, flow: Flow, query_id: str) -> None:
    with suppress(TelegramError):  # too late for the spinner is no reason to leave the answer out
        await context.bot.answer_callback_query(query_id)
    context.services.acknowledged.put(query_id, True)
    step = SentStep(
        update_id=flow.claimed.update_id, step=ANSWERED, chat_id=flow.claimed.chat_id, message_id=0, shown=None
    )
    flow.sent[ANSWERED] = step
    context.services.talk.sent(step)


def _is_staffs(update: Update) -> bool:
    """Whether it is a tap on a button of staff's, which is answered with what came of it."""
    query = update.callback_query
    return query is not None and TAPS.match(query.data or "") is not None


async def _turn_away(context: Context) -> None:
    """In a group only commands and taps are answered, and only by the way to the private chat."""
    message = context.flow.update.message
    asked = message is not None and (message.text or "").startswith("/")
    if asked or context.flow.update.callback_query is not None:
        with suppress(BadRequest):  # a group may forbid bots to write
            await context.services.display.say(context.flow, talk.in_private(context.bot.username, context.tr))


def register(app: App) -> None:
    """Put it before all other handlers."""
    app.add_handler(TypeHandler(Update, before_all), group=FIRST)
