"""Somebody gave her points."""

from i18n.translator import Translator
from notifications.message import Facts, Message, paragraphs
from notifications.phrases import day, points_action, points_of, short


def message(facts: Facts, tr: Translator) -> Message:
    """Who, how many, and until when they can be used."""
    points = points_of(facts["points"], facts["name"], tr)
    lead = tr("{person} gave you {points}.", person=short(facts["from"]), points=points)
    text = paragraphs([f"🎁 {lead}", _until(facts.get("ends") or [], tr)])
    return Message(text, points_action(facts["name"], tr), lead.rstrip("."))


def _until(ends: list[str | None], tr: Translator) -> str:
    """The day on which the gift ends, or the first part of it; nothing for points without an end.

    Args:
        ends: the last day of each part as ISO text, the first first; None is no end.
    """
    if not ends or ends[0] is None:
        return ""
    first = day(ends[0], tr)
    if len(ends) == 1:
        return tr("Can be used until {day}.", day=first)
    return tr("The first of it ends on {day}.", day=first)
