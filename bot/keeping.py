"""What the bot keeps of a chat in core between two messages: a few small things by name, read once per update."""

from collections.abc import Mapping
from typing import Any

from bot.context import Context
from core.messaging.model import ChatState


async def kept(context: Context) -> Mapping[str, Any]:
    """All that is kept of this chat."""
    flow = context.flow
    if flow.kept is None:
        flow.kept = (await context.services.core.chat_state(flow.claimed.chat_id)).state
    return flow.kept


async def keep(context: Context, **changes: object) -> None:
    """Keep these, and leave the others as they are; None is forgotten."""
    before = await kept(context)
    now = {name: value for name, value in {**before, **changes}.items() if value is not None}
    if now == before:
        return
    await context.services.core.keep_chat_state(context.flow.claimed.chat_id, ChatState(state=now))
    context.flow.kept = now
