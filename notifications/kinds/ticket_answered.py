"""What staff wrote to her, exactly as they wrote it."""

from core.messaging.kinds import Screen
from i18n.translator import Translator
from notifications.message import Action, Facts, Message, paragraphs
from notifications.phrases import short

SUBJECT_MAX = 70


def message(facts: Facts, tr: Translator) -> Message:
    """Who writes about which ticket, the words, and how many files follow."""
    number, words, files = str(facts["ticket"]), facts.get("text") or "", facts.get("files") or 0
    follow = tr.plural("📎 {n} file follows.", "📎 {n} files follow.", files) if files else ""
    title = short(facts.get("title") or "")
    label = tr("Ticket {number}", number=number)
    subject = tr("{label}: {value}", label=label, value=title) if title else _head(facts, number, tr).rstrip(" :")
    text = paragraphs([f"💬 {_head(facts, number, tr)}"], [words], [follow])
    return Message(text, Action(tr("🎫 Show the ticket"), Screen.TICKET, number), short(subject, SUBJECT_MAX))


def _head(facts: Facts, number: str, tr: Translator) -> str:
    """Who writes; a ticket that staff opened is no answer to anything."""
    name = short(facts.get("by") or "")
    if facts.get("opened"):
        if name:
            return tr("{name} from the company is writing to you (ticket {number}):", name=name, number=number)
        return tr("The company is writing to you (ticket {number}):", number=number)
    if name:
        return tr("{name} on your ticket {number}:", name=name, number=number)
    return tr("Answer to your ticket {number}:", number=number)
