"""An order of hers has gone on; it edits what she was told of it before."""

from core.messaging.kinds import Screen
from i18n.translator import Translator, mark
from notifications.message import Action, Facts, Message, paragraphs
from notifications.phrases import short

STATES = {
    "open": mark("Order {number} is waiting for payment."),
    "paid": mark("Order {number} is paid."),
    "shipped": mark("Order {number} is on its way."),
    "delivered": mark("Order {number} has been delivered."),
    "cancelled": mark("Order {number} has been cancelled."),
}
OTHER = mark("Order {number} has changed.")


def message(facts: Facts, tr: Translator) -> Message:
    """Which order, where it stands, and how it can be followed."""
    number = short(facts["order"])
    lead = tr(STATES.get(facts["state"], OTHER), number=number)
    tracking = facts.get("tracking")
    followed = tr("Tracking number: {number}", number=short(tracking)) if tracking else ""
    action = Action(tr("📦 Show the order"), Screen.ORDERS, facts["order"])
    return Message(paragraphs([f"📦 {lead}", followed]), action, lead.rstrip("."))
