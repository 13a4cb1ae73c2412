"""Money was paid out to her, or came back from the bank."""

from core.messaging.kinds import Screen
from i18n.translator import Translator
from i18n.typography import unbroken
from notifications.message import Action, Facts, Message, paragraphs
from notifications.phrases import cycle_name, day, short


def message(facts: Facts, tr: Translator) -> Message:
    """How much, when, where to, and for which cycle."""
    amount = tr.money(facts["amount"], facts["currency"])
    lead = _lead(facts, amount, tr)
    account, cycle = facts.get("account"), facts.get("cycle")
    text = paragraphs(
        [
            f"💶 {lead}",
            tr("For {cycle}.", cycle=cycle_name(cycle, tr)) if cycle else "",
            tr("Account: {account}", account=unbroken(short(account))) if account else "",
            tr("Please check your bank details. It comes with the next payment.") if facts.get("returned") else "",
        ]
    )
    return Message(text, Action(tr("💶 My payouts"), Screen.PAYOUT), lead.rstrip("."))


def _lead(facts: Facts, amount: str, tr: Translator) -> str:
    if facts.get("returned"):
        return tr("The bank sent {amount} back.", amount=amount)
    if facts.get("on"):
        return tr("{amount} was paid to you on {day}.", amount=amount, day=day(facts["on"], tr))
    return tr("{amount} is on its way to you.", amount=amount)
