"""Something that touches many people, such as a late delivery, has gone on."""

from core.messaging.kinds import Screen
from i18n.translator import Translator, mark
from notifications.kinds.ticket_updated import NEWS, about
from notifications.message import Action, Facts, Message

STATES = {
    "open": mark("We know about it and are working on it."),
    "progress": NEWS,
    "solved": mark("It's solved."),
    "closed": mark("It's closed."),
}


def message(facts: Facts, tr: Translator) -> Message:
    """Where it stands, and what the company says about it."""
    number = tr("Incident {number}", number=str(facts["incident"]))
    words = {"title": tr.company(facts.get("title") or {}), "text": tr.company(facts.get("text") or {})}
    action = Action(tr("🛠️ What's going on"), Screen.TICKET, f"i{facts['incident']}")
    return about("🛠️", number, tr(STATES.get(facts["state"], NEWS)), words, action, tr)
