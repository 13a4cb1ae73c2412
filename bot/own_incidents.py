"""Incidents that concern her: opened from the messages that tell of them."""

from bot.context import Context
from bot.render import own_incidents as render

PREFIX = "i"
"""Before the number, where a button leads to a ticket or to an incident."""


def number_of(argument: str) -> int | None:
    """The incident that a button names; None where it names none."""
    digits = argument.removeprefix(PREFIX)
    is_one = argument.startswith(PREFIX) and digits.isascii() and digits.isdigit() and 0 < len(digits) < 10
    return int(digits) if is_one else None


async def show_incident(context: Context, number: int) -> None:
    """One of them; one that does not concern her is refused like one that does not exist."""
    found = await context.core.my_incident(number)
    await context.show(render.incident(found, context.tr, zone=context.me.time_zone))
