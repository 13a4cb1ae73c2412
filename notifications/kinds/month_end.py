"""The cycle closes soon, and she can still reach a rank, or is about to lose one."""

from i18n.translator import Translator
from notifications.message import Facts, Message, paragraphs
from notifications.phrases import deadline, gaps, progress_action, standing, way

FALL = "fall"


def message(facts: Facts, tr: Translator) -> Message:
    """How little is missing and until when, what it is, and the cheapest way there."""
    lead = _lead(facts, tr)
    mark = "⚠️" if facts["reason"] == FALL else "🎯"
    text = paragraphs(
        [f"{mark} {lead}", deadline(facts, tr)],
        gaps(facts, tr),
        way(facts, tr),
        [standing(facts, tr), tr("These figures are estimates until the cycle closes.")],
    )
    return Message(text, progress_action(facts, tr), lead.rstrip("."))


def _lead(facts: Facts, tr: Translator) -> str:
    rank, count = tr.company(facts["target"]), len(facts["gaps"])
    if facts["reason"] == FALL:
        if not count:
            return tr("You're about to lose {rank}.", rank=rank)
        return tr.plural(
            "{n} thing is missing to keep {rank}.", "{n} things are missing to keep {rank}.", count, rank=rank
        )
    if not count:
        return tr("{rank} is within your reach.", rank=rank)
    return tr.plural(
        "Only {n} thing is missing for {rank}.", "Only {n} things are missing for {rank}.", count, rank=rank
    )
