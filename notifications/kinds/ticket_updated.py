"""A question of hers to the company has gone on; it edits what she was told of it before."""

from core.messaging.kinds import Screen
from i18n.translator import Translator, mark
from notifications.message import Action, Facts, Message, paragraphs
from notifications.phrases import short

STATES = {
    "open": mark("We have your question."),
    "answered": mark("There is an answer for you."),
    "solved": mark("It's solved."),
    "closed": mark("It's closed."),
}
NEWS = mark("There is news.")
TEXT_MAX, SUBJECT_MAX = 600, 70


def message(facts: Facts, tr: Translator) -> Message:
    """Where it stands, and what the company says about it."""
    number = tr("Ticket {number}", number=str(facts["ticket"]))
    return about("🎫", number, tr(STATES.get(facts["state"], NEWS)), facts, tr)


def about(sign: str, number: str, state: str, facts: Facts, tr: Translator) -> Message:
    """The same of anything that has a number, a title, a state and a word of the company."""
    title, said = short(facts.get("title") or ""), (facts.get("text") or "").strip()
    lead = tr("{label}: {value}", label=number, value=state)
    shown = said if len(said) <= TEXT_MAX else said[: TEXT_MAX - 1].rstrip() + "…"
    action = Action(tr("🎫 Show the ticket"), Screen.TICKET, str(facts["ticket"]))
    subject = tr("{label}: {value}", label=number, value=title) if title else lead
    return Message(paragraphs([f"{sign} {lead}", title], [shown]), action, short(subject, SUBJECT_MAX))
