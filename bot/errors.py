"""The one place where what went wrong becomes a sentence, or another try."""

from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter
from telegram.ext import ApplicationHandlerStop

from bot.context import App, Context
from bot.flow import Away
from bot.keyboards import contact_request
from bot.render import start, talk
from bot.render.common import rank_of
from core.kernel.errors import CoreAway, Facts, Refused
from core.kernel.logs import logger
from core.people.model import AccountClosed
from i18n.errors import sentence

STRANGER = "chat_not_linked"
TRIES_MAX = 40
"""With the desk's pauses some minutes of a Telegram that does not take our answer."""


async def on_error(update: object, context: Context) -> None:
    """Decide by the kind of error; whatever it was, no other handler tries the update now."""
    error = context.error
    if isinstance(error, CoreAway):
        context.flow.away = Away.CORE
    elif isinstance(error, Refused):
        await _say_refusal(context, error)
    elif isinstance(error, Forbidden | ChatMigrated):
        logger().info("chat_closed_to_us", code=type(error).__name__)
    elif isinstance(error, BadRequest):
        logger().error("telegram_refused", reason=str(error))
        await _own_mistake(context)
    elif isinstance(error, NetworkError | RetryAfter):
        context.flow.away = Away.TELEGRAM if context.flow.tries < TRIES_MAX else None
    else:
        logger().error("handler_failed", exc_info=error)
        await _own_mistake(context)
    raise ApplicationHandlerStop


async def _say_refusal(context: Context, refusal: Refused) -> None:
    if refusal.code == STRANGER:
        context.services.people.forget(context.flow.claimed.chat_id)
        await context.services.display.say(
            context.flow, start.stranger(context.tr, asked=True), keyboard=contact_request(context.tr)
        )
        return
    reason = sentence(refusal.code, _in_her_words(context, refusal.facts), context.tr)
    if refusal.code == AccountClosed.code:
        await context.show(start.closed(reason, context.tr))
        return
    await context.show(talk.refused(reason, context.flow.me, context.tr))


def _in_her_words(context: Context, facts: Facts) -> Facts:
    """Ranks by the company's names instead of their codes."""
    known, me = facts.get("known"), context.flow.me
    if me is None or not isinstance(known, list):
        return facts
    return {**facts, "known": [rank_of(me.rank_names, code, context.tr) or code for code in known]}


async def _own_mistake(context: Context) -> None:
    await context.services.display.say(context.flow, talk.went_wrong(context.flow.me, context.tr))


def register(app: App) -> None:
    """Make it the application's error handler."""
    app.add_error_handler(on_error)
