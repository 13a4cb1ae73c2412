"""A closed cycle's commissions are released, and her statement is ready."""

from core.messaging.kinds import Screen
from i18n.translator import Translator
from notifications.message import Action, Facts, Message, paragraphs
from notifications.phrases import cycle_name, total


def message(facts: Facts, tr: Translator) -> Message:
    """How much for which cycle, and as what she was paid."""
    cycle = cycle_name(facts["cycle"], tr)
    ready = tr("Your statement for {cycle} is ready.", cycle=cycle)
    sums = facts.get("totals")
    lead = [tr("{amount} for {cycle}.", amount=total(sums, tr), cycle=cycle)] if sums else []
    rank = facts.get("rank")
    paid_as = tr("Paid as: {rank}", rank=tr.company(rank)) if rank else ""
    first, *others = [*lead, ready, paid_as]
    action = Action(tr("🧾 My statement"), Screen.STATEMENT, facts["cycle"])
    return Message(paragraphs([f"🧾 {first}", *others]), action, ready.rstrip("."))
