"""The buttons under messages that came from the company: `n:17:progress`, `n:17:orders:S123`, `n:17:less`, `n:17:mute`.

The message stays as it is: what a button opens comes below it, and only its buttons tell what was turned down.
"""

from collections.abc import Awaitable, Callable

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.ext import CallbackQueryHandler

from bot import (
    coupons,
    earnings,
    fallback,
    gauges,
    orders,
    own_incidents,
    points,
    preferences,
    progress,
    redeem,
    statement,
    talk,
    team,
    tickets,
)
from bot.context import App, Context
from bot.guard import know
from bot.render import nudges as render
from bot.render import talk as render_talk
from bot.screen import Button
from core.kernel.errors import Refused
from core.messaging.kinds import Screen
from core.preferences.model import Heeded

Show = Callable[[Context, str], Awaitable[None]]


async def tapped(update: Update, context: Context) -> None:
    """A button under a message; about a message that is not hers, or no longer known, nothing is turned down."""
    number, what, argument = context.tapped(3)
    message = int(number)
    if what in render.TURNING:
        await _turn(context, message, what, argument)
        return
    context.flow.apart = True
    if what not in SCREENS:
        await fallback.old_button(update, context)
        return
    if not context.stranger:
        await context.core.tapped(message)
    await SCREENS[Screen(what)](context, argument)


async def _turn(context: Context, message: int, what: str, argument: str) -> None:
    """Less of this, nothing more, or as before: done at once, and told by the message's buttons."""
    if context.stranger:
        await talk.ask_who(context)
        return
    try:
        done = await _heed(context, message, what)
    except Refused as refusal:
        if refusal.code != "message_unknown":
            raise
        context.flow.apart = True
        await context.show(render_talk.expired(context.me, context.tr))
        return
    if not done.topics:
        await know(context, anew=True)
    row = render.undone(message, argument, context.tr) if what == "undo" else render.heeded(message, done, context.tr)
    await _put(context, message, row)


async def _heed(context: Context, message: int, what: str) -> Heeded:
    if what == "less":
        return await context.core.less_of(message)
    return await (context.core.mute(message) if what == "mute" else context.core.undo(message))


async def _put(context: Context, message: int, row: tuple[Button, ...]) -> None:
    """Put the row under the message in place of the one that was tapped."""
    query = context.flow.update.callback_query
    shown = query.message if query else None
    if not isinstance(shown, Message):  # too old to be changed: the settings tell how it is now
        context.flow.apart = True
        await preferences.show_messages(context)
        return
    rows = (*render.action_rows(message, _buttons(shown.reply_markup)), row)
    await context.services.display.put_keyboard(context.flow, shown, rows)


def _buttons(markup: InlineKeyboardMarkup | None) -> list[list[Button]]:
    """A message's buttons in our form."""
    rows = markup.inline_keyboard if markup else ()
    return [[Button(one.text, str(one.callback_data or ""), one.url or "") for one in row] for row in rows]


async def _gauges(context: Context, argument: str) -> None:
    await gauges.gauges(context.flow.update, context)


async def _progress(context: Context, argument: str) -> None:
    known = argument in context.me.rank_names
    await progress.show_progress(context, argument if known else None)


async def _customers(context: Context, argument: str) -> None:
    await team.show_list(context, team.INACTIVE_CUSTOMERS)


async def _team(context: Context, argument: str) -> None:
    await team.show_inactive(context)


async def _points(context: Context, argument: str) -> None:
    await points.show_points(context)


async def _redeem(context: Context, argument: str) -> None:
    await redeem.show_catalogue(context)


async def _coupons(context: Context, argument: str) -> None:
    await coupons.show_coupons(context)


async def _orders(context: Context, argument: str) -> None:
    if argument:
        await orders.show_order(context, argument)
    else:
        await orders.show_orders(context)


async def _earnings(context: Context, argument: str) -> None:
    await earnings.show_estimate(context)


async def _statement(context: Context, argument: str) -> None:
    await statement.show_statement(context, argument or statement.LATEST)


async def _payout(context: Context, argument: str) -> None:
    await earnings.show_payouts(context)


async def _settings(context: Context, argument: str) -> None:
    await preferences.show_messages(context)


async def _ticket(context: Context, argument: str) -> None:
    incident = own_incidents.number_of(argument)
    if incident is not None:
        await own_incidents.show_incident(context, incident)
    elif argument:
        await tickets.show_named(context, argument)
    else:
        await tickets.show_tickets(context)


SCREENS: dict[Screen, Show] = {
    Screen.GAUGES: _gauges,
    Screen.PROGRESS: _progress,
    Screen.CUSTOMERS: _customers,
    Screen.TEAM: _team,
    Screen.POINTS: _points,
    Screen.REDEEM: _redeem,
    Screen.COUPONS: _coupons,
    Screen.ORDERS: _orders,
    Screen.EARNINGS: _earnings,
    Screen.STATEMENT: _statement,
    Screen.PAYOUT: _payout,
    Screen.SETTINGS: _settings,
    Screen.TICKET: _ticket,
}


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    app.add_handler(CallbackQueryHandler(tapped, r"^n:\d{1,15}:"))
