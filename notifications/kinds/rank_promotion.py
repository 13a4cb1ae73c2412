"""A closed cycle brought her a rank that she never had before."""

from i18n.translator import Translator
from notifications.message import Facts, Message, paragraphs
from notifications.phrases import cycle_name, gauges, gauges_action, still_needed


def message(facts: Facts, tr: Translator) -> Message:
    """Which rank and since which cycle, and how her gauges stand in the cycle that is open."""
    rank = tr.company(facts["reached"])
    lead = tr("You're {rank} now. Congratulations!", rank=rank)
    why = tr("It's the first time: {cycle} is closed, and you made it.", cycle=cycle_name(facts["cycle_closed"], tr))
    now = [tr("Your gauges in the open cycle:"), *gauges(facts, tr), still_needed(facts, tr)]
    return Message(paragraphs([f"🎉 {lead}", why], now), gauges_action(tr), tr("You're {rank} now", rank=rank))
