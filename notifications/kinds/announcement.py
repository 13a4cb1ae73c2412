"""A word of the company to its people, in the company's own words."""

from i18n.translator import Translator
from notifications.message import Facts, Message, paragraphs
from notifications.phrases import short

SUBJECT_MAX = 70


def message(facts: Facts, tr: Translator) -> Message:
    """The company's text in the reader's language, or the nearest it wrote."""
    title, words = tr.company(facts.get("title") or {}), tr.company(facts["words"]).strip()
    first = title or next((line for line in words.splitlines() if line.strip()), "")
    return Message(paragraphs([title], [words]), None, short(first, SUBJECT_MAX))
