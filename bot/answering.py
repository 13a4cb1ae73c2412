"""How a capability answers what somebody typed: one function per intent, given the slots."""

from collections.abc import Awaitable, Callable, Mapping

from bot.context import Context
from bot.understanding.model import Intent, SlotValue

Slots = Mapping[str, SlotValue]
Answer = Callable[[Context, Slots], Awaitable[None]]
Answers = Mapping[Intent, Answer]


def typed(context: Context) -> str:
    """The message as she typed it."""
    message = context.flow.update.message
    return (message and message.text) or ""
