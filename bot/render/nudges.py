"""The buttons under a message that came unasked, after one of them was tapped."""

from collections.abc import Sequence

from bot.screen import Button, Rows, button
from core.messaging.kinds import Screen
from core.preferences.model import Heeded, Level
from i18n.translator import Translator

TURNING = frozenset({"less", "mute", "undo"})
EVERYTHING = "all"
"""Behind `undo`: what is undone turned off everything, as a digest's button does."""


def action_rows(message: int, shown: Sequence[Sequence[Button]]) -> Rows:
    """The rows of a message's buttons that open something: those that turn it down are left out."""
    turning = {f"n:{message}:{word}" for word in TURNING} | {f"n:{message}:undo:{EVERYTHING}"}
    return tuple(tuple(row) for row in shown if row and not turning & {one.data for one in row})


def heeded(message: int, done: Heeded, tr: Translator) -> tuple[Button, ...]:
    """What she has now, and the way back."""
    if not done.topics:
        label = tr("✓ Messages are off")
    elif done.level is Level.LESS:
        label = tr("✓ At most one a week")
    else:
        label = tr("✓ Muted")
    back = ("n", message, "undo") if done.topics else ("n", message, "undo", EVERYTHING)
    return _row(button(label, "n", message, Screen.SETTINGS.value), button(tr("↩️ Undo"), *back))


def undone(message: int, what: str, tr: Translator) -> tuple[Button, ...]:
    """As the message came; `what` is what stood behind `undo`."""
    if what == EVERYTHING:
        choose = button(tr("⚙️ Choose what I get"), "n", message, Screen.SETTINGS.value)
        return _row(choose, button(tr("🔕 Mute all"), "n", message, "mute"))
    return _row(button(tr("➖ Less of this"), "n", message, "less"), button(tr("🔕 Mute"), "n", message, "mute"))


def _row(*buttons: Button | None) -> tuple[Button, ...]:
    return tuple(one for one in buttons if one is not None)
