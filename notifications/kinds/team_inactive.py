"""Distributors of her frontline were active in the last cycle and are not yet in this one."""

from core.messaging.kinds import Screen
from i18n.translator import Translator
from notifications.message import Action, Facts, Message, paragraphs
from notifications.phrases import days_left, more, short


def message(facts: Facts, tr: Translator) -> Message:
    """How many, how long there is, and who."""
    count, named = facts["count"], facts["people"]
    lead = tr.plural(
        "{n} of your distributors isn't active yet this cycle.",
        "{n} of your distributors aren't active yet this cycle.",
        count,
    )
    why = tr.plural("Last cycle, this person was.", "Last cycle, all of them were.", count)
    told = [*[tr.filled("• {name}", {"name": short(one["name"])}) for one in named], more(count - len(named), tr)]
    text = paragraphs([f"👥 {lead}", why, days_left(facts["days_left"], tr)], told)
    return Message(text, Action(tr("👥 My team"), Screen.TEAM), lead.rstrip("."))
