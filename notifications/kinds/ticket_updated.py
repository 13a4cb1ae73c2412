"""A question of hers to the company has gone on."""

from core.messaging.kinds import Screen
from i18n.translator import Translator, mark
from notifications.message import Action, Facts, Message, paragraphs
from notifications.phrases import short

STATES = {
    "open": mark("We have your question."),
    "taken": mark("We're looking into it."),
    "answered": mark("There is an answer for you."),
    "solved": mark("It's solved."),
    "reopened": mark("It's open again."),
    "closed": mark("It's closed."),
}
NEWS = mark("There is news.")
TITLE_MAX, TEXT_MAX, SUBJECT_MAX = 80, 600, 70


def message(facts: Facts, tr: Translator) -> Message:
    """Where it stands, and what the company says about it; of one that is solved she is asked what she thinks."""
    number = tr("Ticket {number}", number=str(facts["ticket"]))
    leads_to = str(facts.get("into") or facts["ticket"])
    if facts["state"] == "solved":
        action = Action(tr("⭐ How was it?"), Screen.TICKET, leads_to)
        asked = tr("If something's still open, just write here. And how was our help? One tap tells us.")
        return about("🎫", number, _state(facts, tr), facts, action, tr, asked)
    return about("🎫", number, _state(facts, tr), facts, Action(tr("🎫 Show the ticket"), Screen.TICKET, leads_to), tr)


def about(sign: str, number: str, state: str, facts: Facts, action: Action, tr: Translator, *asked: str) -> Message:
    """The same of anything that has a number, a title, a state and a word of the company."""
    title, said = short(facts.get("title") or "", TITLE_MAX), (facts.get("text") or "").strip()
    lead = tr("{label}: {value}", label=number, value=state)
    shown = said if len(said) <= TEXT_MAX else said[: TEXT_MAX - 1].rstrip() + "…"
    subject = tr("{label}: {value}", label=number, value=title) if title else lead
    text = paragraphs([f"{sign} {lead}", title], [shown], list(asked))
    return Message(text, action, short(subject, SUBJECT_MAX))


def _state(facts: Facts, tr: Translator) -> str:
    who = short(facts.get("by") or "")
    if facts["state"] == "taken" and who:
        return tr("{name} is looking into it.", name=who)
    if facts["state"] == "merged" and facts.get("into"):
        return tr("It goes on as ticket {number}.", number=str(facts["into"]))
    if facts["state"] == "split" and facts.get("into"):
        return tr("Part of it now goes on as ticket {number}.", number=str(facts["into"]))
    return tr(STATES.get(facts["state"], NEWS))
