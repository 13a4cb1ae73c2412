"""Points of hers end soon."""

from core.messaging.kinds import Screen
from i18n.translator import Translator
from notifications.message import Action, Facts, Message, paragraphs
from notifications.phrases import day, points_of


def message(facts: Facts, tr: Translator) -> Message:
    """How many, the last day on which they can be used, and what for."""
    count = facts["points"]
    amount, last = points_of(count, facts["name"], tr), day(facts["on"], tr)
    lead = tr.plural(
        "{points} expires at the end of {day}.", "{points} expire at the end of {day}.", count, points=amount, day=last
    )
    text = paragraphs([f"⏳ {lead}", tr("What you get for it before then is yours to keep.")])
    return Message(text, Action(tr("🎁 What can I get?"), Screen.REDEEM), lead.rstrip("."))
