"""Something that touches many people, such as a late delivery, has gone on; it edits what she was told before."""

from i18n.translator import Translator, mark
from notifications.kinds.ticket_updated import NEWS, about
from notifications.message import Facts, Message

STATES = {
    "open": mark("We know about it and are working on it."),
    "answered": NEWS,
    "solved": mark("It's solved."),
    "closed": mark("It's solved."),
}


def message(facts: Facts, tr: Translator) -> Message:
    """Where it stands, and what the company says about it."""
    number = tr("Incident {number}", number=str(facts["ticket"]))
    return about("🛠️", number, tr(STATES.get(facts["state"], NEWS)), facts, tr)
