"""Her figures are enough for a higher rank than before in this cycle."""

from i18n.translator import Translator
from notifications.message import Facts, Message, paragraphs
from notifications.phrases import days_left, gaps, gauges_action, still_needed


def message(facts: Facts, tr: Translator) -> Message:
    """Which rank, that it still counts only at the close, and what the next one asks."""
    lead = tr("Your figures are now enough for {rank}.", rank=tr.company(facts["reached"]))
    why = tr("Your line's latest orders did it. What counts in the end is how the cycle closes.")
    text = paragraphs(
        [f"📈 {lead}", why], [still_needed(facts, tr), *gaps(facts, tr)], [days_left(facts["days_left"], tr)]
    )
    return Message(text, gauges_action(tr), lead.rstrip("."))
