"""A ticket as the staff's group sees it: no word and no figure of the person's, only what tells how urgent it is."""

from datetime import datetime

from i18n.languages import LANGUAGES, own_name
from i18n.translator import Translator, mark
from notifications.message import Button, Facts, Message, Rows, paragraphs
from notifications.phrases import short

PRIORITIES = {"high": mark("🔶 High priority"), "urgent": mark("🔴 Urgent")}
SUBJECT_MAX = 70
PHASES = {
    "new": mark("new"),
    "open": mark("in progress"),
    "waiting_person": mark("waiting for the person"),
    "waiting_us": mark("waiting for us"),
    "solved": mark("solved"),
    "closed": mark("closed"),
    "reopened": mark("open again"),
}
DONE = ("solved", "closed")


def message(facts: Facts, tr: Translator) -> Message:
    """Number, type, where it stands, whose it is and in which language, since when it waits, and who has it."""
    lead = heading("✅" if facts.get("phase") in DONE else "🎫", facts, tr)
    first = " · ".join(part for part in (lead, _state(facts, tr)) if part)
    text = paragraphs([first, *_standing(facts, tr)], _waiting(facts, tr))
    return Message(text, None, short(lead, SUBJECT_MAX), rows=_rows(facts, tr))


def heading(sign: str, facts: Facts, tr: Translator) -> str:
    """The number, with the type where it is told."""
    number = tr("Ticket {number}", number=str(facts["ticket"]))
    kind = short(tr.company(facts.get("type_name") or {}))
    return f"{sign} " + (tr("{label}: {value}", label=number, value=kind) if kind else number)


def open_button(facts: Facts, tr: Translator) -> Button:
    """Shows the ticket in private."""
    return tr("👁 Open"), f"sd:o:{facts['ticket']}"


def moment(text: str, facts: Facts, tr: Translator) -> str:
    """A moment on the company's clock."""
    return tr.moment(datetime.fromisoformat(text), facts["time_zone"])


def _rows(facts: Facts, tr: Translator) -> Rows:
    """What can be done about a ticket from its card."""
    number = facts["ticket"]
    return (
        (open_button(facts, tr), (tr("✋ Take"), f"sd:t:{number}")),
        ((tr("⚡ Priority"), f"sd:p:{number}"), (tr("📍 State"), f"sd:s:{number}")),
        ((tr("⋯ More"), f"sd:m:{number}"),),
    )


def _state(facts: Facts, tr: Translator) -> str:
    """Where it stands, in the company's word where it has one."""
    phase = PHASES.get(facts.get("phase") or "")
    return short(tr.company(facts.get("state_name") or {})) or (tr(phase) if phase else "")


def _standing(facts: Facts, tr: Translator) -> list[str]:
    urgent, files = PRIORITIES.get(facts.get("priority") or ""), facts.get("files") or 0
    who = facts.get("assignee")
    return [
        tr(urgent) if urgent else "",
        tr("Person: {code} · {language}", code=short(facts["person"]), language=_language(facts["language"])),
        files_of(files, tr),
        tr("With: {name}", name=short(who)) if who else tr("Nobody has it yet."),
    ]


def files_of(count: int, tr: Translator) -> str:
    """How many files there are; nothing for none."""
    return tr.plural("📎 {n} file", "📎 {n} files", count) if count else ""


def _waiting(facts: Facts, tr: Translator) -> list[str]:
    since, due = facts.get("waiting_since"), facts.get("due_at")
    told = [tr("Waiting since {when}", when=moment(since, facts, tr))] if since else []
    return [*told, due_line(due, facts, tr)] if due else told


def due_line(due: str, facts: Facts, tr: Translator) -> str:
    """By when something is due, or was."""
    when = moment(due, facts, tr)
    return tr("⚠️ Late · due {when}", when=when) if facts.get("breached") else tr("Due {when}", when=when)


def _language(tag: str) -> str:
    return own_name(tag) if tag in LANGUAGES else tag
