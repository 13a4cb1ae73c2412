"""To a chat that just lost its account: whoever reads there must know, above all when it was not she who moved it."""

from i18n.translator import Translator
from notifications.kinds.kind import Facts, Kind


def text(_facts: Facts, tr: Translator) -> str:
    """What happened, and what to do if it was not her doing."""
    happened = tr("Your account was just connected to another chat, so this one no longer shows your figures.")
    return happened + "\n" + tr("If that wasn't you, tell your company right away.")


KIND = Kind("access.chat_moved", text, can_be_muted=False)
