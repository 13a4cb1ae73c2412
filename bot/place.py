"""Where her messages go at the moment: the draft or the ticket that the last one went to, kept by its message's time.

What a messenger cuts into several messages (a long letter, an album) arrives within a moment, and stays together.
"""

import time
from dataclasses import dataclass

from telegram import Message

from bot.context import Context
from bot.display import DROPPED, tapped_message
from bot.keeping import keep, kept

KEPT = "belongs"
TOGETHER_S = 2
LETTER_MIN = 3_000
"""Telegram cuts letters at 4,096 characters or a little before; so close after such a piece comes the rest of it."""
OPEN_S = 900
"""Whoever goes on after a quarter of an hour may have something else in mind."""
DRAFT, TICKET = "draft", "ticket"


@dataclass(frozen=True, slots=True)
class Place:
    """A draft or a ticket.

    Attributes:
        at: seconds; when her last message for it was written, or when she tapped a button under it.
        length: of that message, in characters.
        group: the album that it came with.
        message: ours that shows it.
    """

    kind: str
    number: int
    at: int
    length: int = 0
    group: str | None = None
    message: int | None = None

    @property
    def about(self) -> str:
        """As messages about it are marked."""
        return f"{self.kind}:{self.number}"


def read(about: str) -> tuple[str, int] | None:
    """The kind and the number that a mark names; None for one that is none of ours."""
    kind, _, number = about.partition(":")
    known = kind in (DRAFT, TICKET) and number.isascii() and number.isdigit() and len(number) < 16
    return (kind, int(number)) if known else None


async def last(context: Context) -> Place | None:
    """Where her last message for the company went; None where that is over."""
    found = (await kept(context)).get(KEPT)
    if not isinstance(found, dict) or (about := read(str(found.get("about")))) is None:
        return None
    given = {name: found[name] for name in ("at", "length", "group", "message")}
    return Place(*about, **given)


async def remember(context: Context, kind: str, number: int) -> None:
    """Keep that this update's message went there, and which message of ours shows it."""
    message = context.flow.update.message
    before = await last(context)
    now = {
        "about": f"{kind}:{number}",
        "at": _written(message) if message else int(time.time()),
        "length": len((message and message.text) or ""),
        "group": message.media_group_id if message else None,
        "message": shown_message(context) or (before.message if before else None),
    }
    await keep(context, **{KEPT: now})


async def forget(context: Context) -> None:
    """Her next message has nothing to do with the last one."""
    await keep(context, **{KEPT: None})


async def continued(context: Context) -> Place | None:
    """The place of the message right before this one, where both are parts of one album or one letter."""
    message = context.flow.update.message
    place = await last(context)
    if message is None or place is None:
        return None
    same_album = place.group is not None and place.group == message.media_group_id
    rest = place.length >= LETTER_MIN and 0 <= _written(message) - place.at <= TOGETHER_S
    return place if same_album or rest else None


async def open_draft(context: Context) -> Place | None:
    """The draft that she was writing a moment ago."""
    message = context.flow.update.message
    place = await last(context)
    if message is None or place is None or place.kind != DRAFT:
        return None
    return place if _written(message) - place.at <= OPEN_S else None


def shown_message(context: Context) -> int | None:
    """The message of ours that this update's answer stands in."""
    for step in reversed(context.flow.sent.values()):
        if step.message_id and step.shown not in (None, DROPPED):
            return step.message_id
    tapped = tapped_message(context.flow)
    return tapped.message_id if tapped else None


def _written(message: Message) -> int:
    return int(message.date.timestamp())
