"""A coupon or credit note of hers ends soon."""

from decimal import Decimal

from core.messaging.kinds import Screen
from i18n.translator import Translator
from notifications.message import Action, Facts, Message, paragraphs
from notifications.phrases import day, short

COUPON = "coupon"


def message(facts: Facts, tr: Translator) -> Message:
    """What it is worth and the last day, then which one it is and what it asks for."""
    ends = day(facts["on"], tr)
    worth = _worth(facts, tr)
    lead = tr("{worth}: only until {day}.", worth=worth, day=ends) if worth else tr("Only until {day}.", day=ends)
    parts = (short(tr.company(facts.get("label") or {})), short(facts["code"]), _least(facts, tr))
    told = paragraphs([f"🎟️ {lead}", " · ".join(part for part in parts if part)])
    return Message(told, Action(tr("🎟️ Coupons"), Screen.COUPONS), lead.rstrip("."))


def _worth(facts: Facts, tr: Translator) -> str:
    if facts.get("percent") is not None:
        return tr("{percent} off", percent=tr.percent(Decimal(str(facts["percent"]))))
    if facts.get("currency") is None or facts.get("amount_minor") is None:
        return ""
    if facts.get("kind", COUPON) == COUPON:
        return tr("{amount} off", amount=tr.money(facts["amount_minor"], facts["currency"]))
    left = facts.get("left_minor")
    amount = facts["amount_minor"] if left is None else left
    return tr("Credit note for {amount}", amount=tr.money(amount, facts["currency"]))


def _least(facts: Facts, tr: Translator) -> str:
    if not facts.get("order_least_minor") or facts.get("currency") is None:
        return ""
    return tr("on orders of {amount} or more", amount=tr.money(facts["order_least_minor"], facts["currency"]))
