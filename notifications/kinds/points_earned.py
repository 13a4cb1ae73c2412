"""An order earned her points."""

from i18n.translator import Translator
from notifications.message import Facts, Message, paragraphs
from notifications.phrases import day, points_action, points_of, short


def message(facts: Facts, tr: Translator) -> Message:
    """How many, for what, and from when on they can be used."""
    lead = tr("You've earned {points}.", points=points_of(facts["points"], facts["name"], tr))
    order, usable = facts.get("order"), facts.get("usable_on")
    text = paragraphs(
        [
            f"⭐ {lead}",
            tr("For order {number}.", number=short(order)) if order else "",
            tr("Can be used from {day} on.", day=day(usable, tr)) if usable else "",
        ]
    )
    return Message(text, points_action(facts["name"], tr), lead.rstrip("."))
