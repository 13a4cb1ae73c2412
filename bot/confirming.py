"""Taps that act: whether the button still stood under the message when it was tapped."""

from telegram import Message

from bot.context import Context


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
