"""Staff have to look at a ticket: a target is about to be missed or was, or an answer did not arrive."""

from i18n.translator import Translator, mark
from notifications.kinds.desk_card import SUBJECT_MAX, due_line, heading, open_button
from notifications.message import Facts, Message, paragraphs
from notifications.phrases import short

SOLUTION = mark("Solution")
TARGETS = {"first_answer": mark("First answer"), "next_answer": mark("Next answer"), "solution": SOLUTION}
REASONS = {
    "blocked": mark("the bot is blocked"),
    "terminated": mark("the membership has ended"),
    "no_address": mark("there is no chat and no e-mail address"),
    "person_unknown": mark("there is no such person any more"),
    "too_large": mark("the file is too large"),
    "file_gone": mark("the file is gone"),
    "worker_lost": mark("nobody knows whether it went out"),
}
OTHER = mark("the messenger didn't take it")


def message(facts: Facts, tr: Translator) -> Message:
    """Which ticket, and what is wrong."""
    lead = heading("⚠️", facts, tr)
    return Message(paragraphs([lead, *_wrong(facts, tr)]), None, short(lead, SUBJECT_MAX), ((open_button(facts, tr),),))


def why(facts: Facts, tr: Translator) -> str:
    """Why something did not arrive, inside a sentence."""
    return tr(REASONS.get(facts.get("reason") or "", OTHER))


def _wrong(facts: Facts, tr: Translator) -> list[str]:
    if facts["what"] == "undelivered":
        return [tr("The answer to {person} did not arrive: {why}.", person=short(facts["person"]), why=why(facts, tr))]
    missed, due = facts["what"] == "missed", facts.get("due")
    target = tr(TARGETS.get(facts.get("target") or "", SOLUTION))
    told = tr("{target}: missed.", target=target) if missed else tr("{target}: time is running out.", target=target)
    return [told, due_line(due, facts | {"breached": missed}, tr) if due else ""]
