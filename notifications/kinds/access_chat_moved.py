"""To a chat that just lost its account: whoever reads there must know, above all when it was not she who moved it."""

from i18n.translator import Translator
from notifications.message import Facts, Message, paragraphs


def message(facts: Facts, tr: Translator) -> Message:
    """What happened, and what to do if it was not her doing; of a staff's account where `staff` says so."""
    if facts.get("staff"):
        happened = tr("Your staff access was just connected to another Telegram account, so this one no longer has it.")
    else:
        happened = tr("Your account was just connected to another chat, so this one no longer shows your figures.")
    told = paragraphs([happened, tr("If that wasn't you, tell your company right away.")])
    return Message(told, None, tr("Your account was connected to another chat"))
