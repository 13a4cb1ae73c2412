"""Her gauges unasked, as often as she chose."""

from i18n.translator import Translator
from notifications.message import Facts, Message, paragraphs
from notifications.phrases import days_left, gauges, gauges_action, standing, still_needed


def message(facts: Facts, tr: Translator) -> Message:
    """What is missing to the next rank, where she stands, and each needle."""
    needed, stands = still_needed(facts, tr), standing(facts, tr)
    lead = [f"📊 {needed}", stands] if needed else [f"📊 {stands}"]
    estimate = tr("These figures are estimates until the cycle closes.")
    text = paragraphs([*lead, days_left(facts["days_left"], tr)], gauges(facts, tr), [estimate])
    return Message(text, gauges_action(tr), needed.rstrip(".") or tr("How your gauges stand"))
