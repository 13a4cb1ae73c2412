"""`python -m core messages PERSON`: what she was told and why, and what became of the rest."""

import argparse
from datetime import datetime

from core.commands import Subparsers, command
from core.db.opening import opened
from core.messaging.model import MessageCard, OutboxState
from core.outreach import seeing
from core.settings import Settings

COLUMNS = ("number", "time", "kind", "state", "reason", "by", "tries", "because of", "tapped")
SHOWN = 20


def register(subparsers: Subparsers) -> None:
    """Add this room's command."""
    shown = command(
        subparsers,
        "messages",
        show,
        "Show what a person was told and why, and what she was not told and why not, newest first.",
    )
    shown.add_argument("person", help="her code")
    shown.add_argument("--count", type=int, default=SHOWN, metavar="N", help=f"how many messages; {SHOWN}")


async def show(arguments: argparse.Namespace, settings: Settings) -> int:
    """The messages as a table, times in UTC."""
    async with opened(settings) as database, database.read() as questions:
        found = await seeing.messages_of(questions, arguments.person, None, max(1, arguments.count))
    if not found.items:
        print("Nothing was ever to be said to her.")
        return 0
    rows = [COLUMNS, *(_row(one) for one in found.items)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    for row in rows:
        print("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())
    return 0


def _row(one: MessageCard) -> tuple[str, ...]:
    at = one.ended_at or one.not_before
    state = one.state.value if one.digest_of is None else f"{one.state.value} with {one.digest_of}"
    if one.state is OutboxState.WAITING:
        state = "waits until"
    return (
        str(one.id),
        _moment(at),
        one.kind,
        state,
        one.reason or "",
        one.channel.value if one.channel is not None else "",
        str(one.attempts),
        one.occasion or "",
        "" if one.tapped_at is None else _moment(one.tapped_at),
    )


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
