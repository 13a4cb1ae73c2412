"""Customers of hers who used to buy have stopped."""

from core.messaging.kinds import Screen
from i18n.translator import Translator
from notifications.message import Action, Facts, Message, paragraphs
from notifications.phrases import day, more, short


def message(facts: Facts, tr: Translator) -> Message:
    """How many, why they are told of now, and what each usually orders."""
    count, named = facts["count"], facts["customers"]
    lead = tr.plural("{n} of your customers has gone quiet.", "{n} of your customers have gone quiet.", count)
    why = tr.plural(
        "This customer used to order regularly, but the pause is now more than twice as long as usual.",
        "They used to order regularly, but the pause is now more than twice as long as usual.",
        count,
    )
    told = [*[_customer(one, facts["scale"], tr) for one in named], more(count - len(named), tr)]
    text = paragraphs([f"🛒 {lead}", why], told)
    return Message(text, Action(tr("🛒 My customers"), Screen.CUSTOMERS), lead.rstrip("."))


def _customer(one: Facts, scale: int, tr: Translator) -> str:
    name, usual = short(one["name"]), one.get("usual_order")
    parts = [
        tr("last order on {day}", day=day(one["last_order_on"], tr)) if one.get("last_order_on") else "",
        tr("usually {volume} in volume", volume=tr.volume(usual, scale)) if usual else "",
    ]
    said = ", ".join(part for part in parts if part)
    if not said:
        return tr.filled("• {name}", {"name": name})
    return "• " + tr("{label}: {value}", label=name, value=said)
