"""Taps that act on an offer: not after she has declined it, and not from a message that has moved on."""

from telegram import Message

from bot.context import Context
from bot.keeping import keep, kept

DECLINED = "declined"


async def decline(context: Context, offer: str) -> None:
    """Keep that she would rather not, so that a tap on its other button that is under way does nothing."""
    await keep(context, **{DECLINED: offer})


async def is_declined(context: Context, offer: str) -> bool:
    """Whether the offer is the last one that she declined."""
    return (await kept(context)).get(DECLINED) == offer


def is_stale(context: Context) -> bool:
    """Whether the message had lost the tapped button already: she cancelled, or a first tap did it.

    Such a tap is left alone, and the message shows what became of it. A second try of an update brings the message as
    it was when tapped, so it is none.
    """
    query = context.flow.update.callback_query
    message = query.message if query else None
    if query is None or not isinstance(message, Message):
        return False
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    return all(button.callback_data != query.data for row in rows for button in row)
