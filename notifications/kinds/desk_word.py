"""Somebody wrote again about a ticket; what, only those see who open it."""

from i18n.translator import Translator
from notifications.kinds.desk_card import SUBJECT_MAX, files_of, heading, open_button
from notifications.message import Facts, Message, paragraphs
from notifications.phrases import short


def message(facts: Facts, tr: Translator) -> Message:
    """Which ticket, who wrote, how often, and how many files came."""
    lead, count = heading("✉️", facts, tr), facts.get("count") or 1
    person = short(facts["person"])
    wrote = tr.plural("{person} wrote again.", "{person} wrote {n} messages.", count, person=person)
    answer = tr("Reply to this message to answer.")
    text = paragraphs([lead, wrote, files_of(facts.get("files") or 0, tr)], [answer])
    return Message(text, None, short(lead, SUBJECT_MAX), ((open_button(facts, tr),),))
