"""`python -m notifications due`: what would go out at some moment, to whom and why, as a table; nothing is sent."""

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, available_timezones

from core.messaging.model import OutboxState
from core.outreach.model import Due, DueMessage

HEAD = ("local time", "person", "name", "kind", "why", "goes")
NAME_MAX = 28


def table(found: Due) -> str:
    """A line for each message and, at the end, how many there are."""
    rows = [HEAD, *[_row(one) for one in found.messages]]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([*(lines if found.messages else ()), *_sum(found)])


def _sum(found: Due) -> list[str]:
    at = f"{found.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    if not found.count:
        return [f"Nobody is due at {at}."]
    told = f"{found.count:,} {'message is' if found.count == 1 else 'messages are'} due at {at}; nothing was sent."
    hidden = found.count - len(found.messages)
    withheld = sum(one.state is OutboxState.WITHHELD for one in found.messages)
    share = f" {withheld:,} of those listed would be withheld." if withheld else ""
    return [*([f"… and {hidden:,} more."] if hidden else []), "", told + share]


def _row(one: DueMessage) -> Sequence[str]:
    local = one.not_before.astimezone(_zone(one.slot))
    return (
        f"{local:%Y-%m-%d %H:%M} {local.tzname()}",
        one.person,
        one.name if len(one.name) <= NAME_MAX else one.name[: NAME_MAX - 1] + "…",
        one.kind,
        _why(one),
        "yes" if one.state is OutboxState.WAITING else one.state.value,
    )


def _why(one: DueMessage) -> str:
    """The slot, and the one word by which the kind tells its reason."""
    reason = one.facts.get("reason")
    return f"{one.slot} ({reason})" if isinstance(reason, str) else one.slot


def _zone(slot: str) -> tzinfo:
    """The time zone that a slot is for; UTC for one that is everybody's.

    | slot                                 | zone          |
    | ------------------------------------ | ------------- |
    | `month_end/Europe/Berlin/2026-11-27` | Europe/Berlin |
    | `rank.progress/2026-11-27T10:30Z`    | UTC           |
    """
    name = slot.partition("/")[2].removesuffix("/monthly").rpartition("/")[0]
    return ZoneInfo(name) if name in available_timezones() else UTC


def moment(text: str) -> datetime:
    """A moment as typed; without an offset it is on the company's clock.

    Raises:
        ValueError: it is none.
    """
    return datetime.fromisoformat(text)
