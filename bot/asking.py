"""Questions that she answers by typing. What was asked is kept in core, so that any bot process can go on with it."""

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot import keeping
from bot.context import Context
from bot.display import DROPPED, tapped_message
from bot.screen import Screen
from bot.understanding.model import Intent, Understood

KEPT = "asked"
LIFE_S = 900
"""Whoever types after a quarter of an hour has something else in mind."""

WISHES = (Intent.TRANSFER_POINTS, Intent.REDEEM, Intent.PERSON)

About = Mapping[str, str | int | None]


Reply = Callable[[Context, About, Understood], Awaitable[bool]]
"""Goes on with her answer; False where what she typed is none."""
Replies = Mapping[str, Reply]
"""By the question's word."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that waits for her answer.

    Attributes:
        what: which one; the capability that asked knows the word.
        about: what it was asked about.
    """

    what: str
    about: About


async def ask(context: Context, screen: Screen, what: str, **about: str | int | None) -> None:
    """Show a question, and keep what it was so that what she types next is understood as its answer."""
    await context.show(screen)
    message, shows = _place(context)
    if message is None:
        return
    asked = {"what": what, "about": about, "message": message, "shows": shows, "until": int(time.time()) + LIFE_S}
    await keeping.keep(context, **{KEPT: {**asked, "by": context.flow.claimed.update_id}})


async def waiting(context: Context) -> Asked | None:
    """The question that waits for an answer.

    Returns:
        None where nothing was asked, it was asked too long ago, its message shows something else by now, or another
        message answered it. The message that answered it gets it again, so that a second try ends as the first.
    """
    kept = (await keeping.kept(context)).get(KEPT)
    if not isinstance(kept, dict) or kept["until"] < time.time() or kept["by"] == context.flow.claimed.update_id:
        return None
    if kept.get("answered", context.flow.claimed.update_id) != context.flow.claimed.update_id:
        return None
    if await _shown(context, kept["message"]) != kept["shows"]:
        return None
    return Asked(kept["what"], kept["about"])


async def answered(context: Context) -> None:
    """Let no other message answer the question that waits; a tap needs no answer, for its message changes."""
    if context.flow.update.message is None:
        return
    kept = (await keeping.kept(context)).get(KEPT)
    if isinstance(kept, dict) and "answered" not in kept:
        await keeping.keep(context, **{KEPT: {**kept, "answered": context.flow.claimed.update_id}})


def names_something(read: Understood) -> bool:
    """Whether a message names a person or a product, so that it is a wish of its own and not an amount."""
    return read.intent in WISHES and ("person" in read.slots or "product" in read.slots)


def _place(context: Context) -> tuple[int | None, str | None]:
    """Where the question was just shown, and the fingerprint of what it shows."""
    flow = context.flow
    for step in reversed(flow.sent.values()):
        if step.message_id and step.shown not in (None, DROPPED):
            return step.message_id, step.shown
    tapped = tapped_message(flow)  # it showed the question already, so nothing was sent
    if tapped is None:
        return None, None
    known = context.services.shown.get((flow.claimed.chat_id, tapped.message_id))
    return tapped.message_id, known.shown if known else None


async def _shown(context: Context, message: int) -> str | None:
    chat = context.flow.claimed.chat_id
    known = context.services.shown.get((chat, message))
    return (known or await context.services.core.shown(context.flow.bot_id, chat, message)).shown
