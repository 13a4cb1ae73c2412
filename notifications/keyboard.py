"""The buttons under a message in a chat: the one thing to do, and how to hear less. Pure.

What a button asks of the bot begins with `n:` and the number of the message: `n:17:progress`, `n:17:orders:S123`,
`n:17:less`, `n:17:mute`.
"""

from core.messaging.kinds import KINDS, Screen
from core.messaging.model import Outgoing
from i18n.translator import Translator
from notifications.message import Action, Button, Rows

LABEL_MAX = 24
DATA_BYTES_MAX = 64
"""Telegram's limit."""


def keyboard(outgoing: Outgoing, action: Action | None, tr: Translator) -> Rows:
    """The rows of buttons; a word for somebody's safety has none to mute it, nor has an answer to her.

    | message                   | first row              | second row             |
    | ------------------------- | ---------------------- | ---------------------- |
    | of one part               | its action             | less of this, mute     |
    | a digest                  | the first one's action | choose, mute all       |
    | for her safety, an answer | its action, if any     |                        |
    """
    first = ((_label(action.label), _data(outgoing.id, action.screen.value, action.argument)),) if action else ()
    topics = [kind.topic for part in outgoing.parts if (kind := KINDS.get(part.kind)) and not kind.answer]
    if not any(topics):
        second: tuple[Button, ...] = ()
    elif len(outgoing.parts) > 1:
        choose = (_label(tr("⚙️ Choose what I get")), _data(outgoing.id, Screen.SETTINGS.value))
        second = (choose, (_label(tr("🔕 Mute all")), _data(outgoing.id, "mute")))
    else:
        less = (_label(tr("➖ Less of this")), _data(outgoing.id, "less"))
        second = (less, (_label(tr("🔕 Mute")), _data(outgoing.id, "mute")))
    return tuple(row for row in (first, second) if row)


def _data(message: int, what: str, argument: str = "") -> str:
    """What the button asks; an argument that does not fit is left out, and the screen shows its whole list."""
    data = f"n:{message}:{what}"
    longer = f"{data}:{argument}"
    return longer if argument and len(longer.encode()) <= DATA_BYTES_MAX else data


def _label(text: str) -> str:
    return text if len(text) <= LABEL_MAX else text[: LABEL_MAX - 1].rstrip() + "…"
