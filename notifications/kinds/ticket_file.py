"""A file that staff sent her with their words."""

from i18n.translator import Translator
from notifications.message import Facts, File, Message, paragraphs
from notifications.phrases import short

SUBJECT_MAX = 70


def message(facts: Facts, tr: Translator) -> Message:
    """The file; where a channel needs words, which ticket it belongs to and what it is called."""
    lead = tr("File for your ticket {number}: {name}", number=str(facts["ticket"]), name=short(facts["name"]))
    file = File(facts["name"], facts["media_type"])
    return Message(paragraphs([f"📎 {lead}"]), None, short(lead, SUBJECT_MAX), file=file)
