"""Handlers for staff in their private chats: whoever may not is told so quietly, and nothing on her screen moves."""

import re
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot import staff
from bot.context import App, Context
from bot.screen import Screen
from core.access.model import PermissionMissing
from core.kernel.errors import Refused
from core.tickets.model import TicketClosed

TAPS = re.compile(r"(sdk|sr|srn|si)$|(sd|sq|srs|sro|srf|srp|srv|sra|sray|sio|sit):")
"""What the buttons of staff ask for. These taps are answered once it is known how."""

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


def on_command(app: App, command: str, handler: Handler) -> None:
    """Have a command of staff's handled."""
    app.add_handler(CommandHandler(command, for_members(handler), filters.UpdateType.MESSAGE))


def on_tap(app: App, pattern: str, handler: Handler) -> None:
    """Have taps of staff's handled."""
    app.add_handler(CallbackQueryHandler(for_members(handler), pattern))


def for_members(handler: Handler) -> Handler:
    """The handler in the member's language, with what core refuses said: to a tap as an alert, else as a message."""

    async def handle(update: Update, context: Context) -> None:
        staff.speak(context, None)
        try:
            await handler(update, context)
        except Refused as refusal:
            await refuse(context, refusal)
        finally:
            await staff.tell(context, "")

    return handle


async def refuse(context: Context, refusal: Refused) -> None:
    """Say why it cannot be, and change nothing that she sees."""
    if context.flow.update.callback_query is not None:
        await staff.tell(context, why(context, refusal), alert=True)
    else:
        await context.show(Screen(why(context, refusal)))


def why(context: Context, refusal: Refused) -> str:
    """Why core refused; whoever has no rights hears neither which one it takes nor what there is."""
    if refusal.code == PermissionMissing.code:
        return context.tr("Only members of staff whose account is linked and who may do this can act here.")
    if refusal.code == TicketClosed.code:
        number = str(refusal.facts.get("ticket"))
        return context.tr(
            "Ticket {number} is closed. Open it again by its state, or write to the person with /ticket.", number=number
        )
    return staff.reason(context, refusal)
