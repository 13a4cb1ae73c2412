"""A ticket as a member of staff sees it in her private chat: words, files, evidence with figures, and its history."""

from collections.abc import Iterable

import orjson

from bot.render.common import rows
from bot.render.desk import PHASES, PRIORITIES, language_name, state_name
from bot.render.sums import cycle_name, unit_amount
from bot.screen import Screen, bold, button, cut, lines
from bot.staff import about
from core.earnings.model import Why
from core.support.model import DeskTerms
from core.tickets.model import (
    OPEN_PHASES,
    Change,
    DeliveryState,
    Direction,
    Link,
    LinkKind,
    StaffTicket,
    TicketMessage,
    What,
)
from i18n.places import isolated
from i18n.translator import Translator, mark

VIEW_MAX = 2600
"""Characters of messages on one screen; the newest are shown."""
MESSAGE_MAX = 1200
EVIDENCE_MAX = 500
HISTORY_MAX = 20
LINKS = {
    LinkKind.PERSON: mark("Person"),
    LinkKind.ORDER: mark("Order"),
    LinkKind.AWARD: mark("Line of earnings"),
    LinkKind.CYCLE: mark("Statement"),
    LinkKind.RUN: mark("Settlement run"),
    LinkKind.INCIDENT: mark("Incident"),
    LinkKind.TICKET: mark("Ticket"),
}
CHANGES = {
    What.OPENED: mark("opened"),
    What.STATE: mark("state"),
    What.TYPE: mark("type"),
    What.PRIORITY: mark("priority"),
    What.QUEUE: mark("queue"),
    What.ASSIGNEE: mark("with"),
    What.SUBJECT: mark("subject"),
    What.LINKED: mark("linked"),
    What.UNLINKED: mark("link dropped"),
    What.ADDED: mark("wrote"),
    What.ANSWERED: mark("answered"),
    What.WITHDRAWN: mark("answer taken back"),
    What.NOTE: mark("note"),
    What.MERGED: mark("merged"),
    What.SPLIT: mark("split"),
    What.RATED: mark("rated"),
    What.ESCALATED: mark("pressing"),
    What.INCIDENT: mark("incident"),
    What.IMPORTED: mark("imported"),
}
NUMBERED = (What.ADDED, What.ANSWERED, What.NOTE, What.WITHDRAWN)
"""Changes that name a message, which stands above with its words."""
DELIVERIES = {
    DeliveryState.WAITING: mark("🕓 on its way"),
    DeliveryState.SENT: mark("✅ delivered"),
    DeliveryState.FAILED: mark("⚠️ did not arrive"),
}


def ticket_screen(found: StaffTicket, terms: DeskTerms, tr: Translator, notice: str | None = None) -> Screen:
    """All of it that fits, the newest words last, and what can be done."""
    shown, files = found.ticket, files_of(found)
    number = shown.number
    return Screen(
        lines(
            *((notice, "") if notice else ()),
            *_head(found, terms, tr),
            *_links(found, tr),
            *_messages(found.messages, terms.zone, tr),
            "",
            tr("Reply to this message to answer; begin with # for a note."),
        ),
        rows(
            (button(tr("✋ Take"), "sd", "t", number), button(tr("👤 Give to…"), "sd", "a", number)),
            (button(tr("⚡ Priority"), "sd", "p", number), button(tr("📍 State"), "sd", "s", number)),
            (button(tr("🏷 Type"), "sd", "y", number), button(tr("💬 Kept texts"), "sd", "c", number)),
            (
                button(tr.plural("📎 {n} file", "📎 {n} files", len(files)), "sd", "f", number) if files else None,
                button(tr("🕓 History"), "sd", "h", number),
            ),
            (button(tr("‹ Desk"), "sdk"),),
        ),
        about=about(number),
    )


def history_screen(found: StaffTicket, terms: DeskTerms, tr: Translator) -> Screen:
    """What became of it, by whom and when; the latest lines."""
    number = found.ticket.number
    kept = found.history[-HISTORY_MAX:]
    return Screen(
        lines(
            bold(tr("Ticket {number}: history", number=str(number))),
            *[_change(one, terms, tr) for one in kept],
        ),
        rows((button(tr("‹ Back"), "sd", "o", number),)),
        about=about(number),
    )


def files_of(found: StaffTicket) -> list[int]:
    """The numbers of all files on this page of messages, in the order in which they came."""
    return [file.id for message in found.messages for file in message.attachments]


def _head(found: StaffTicket, terms: DeskTerms, tr: Translator) -> list[str]:
    shown, person = found.ticket, found.person
    state = tr.company(shown.state_name) if shown.state_name else state_name(shown.state, terms, tr)
    told = [
        f"🎫 {bold(str(shown.number))} · {tr.company(shown.type_name)}",
        bold(shown.subject),
        f"{isolated(person.name, rtl=tr.rtl)} · {person.code} · {language_name(shown.language)}",
        " · ".join([state or tr(PHASES[shown.phase]), tr(PRIORITIES[shown.priority])]),
        tr("With: {name}", name=shown.assignee) if shown.assignee else tr("Nobody has it yet."),
    ]
    if shown.merged_into:
        told.append(tr("🔀 It is part of ticket {number} now.", number=str(shown.merged_into)))
    if found.due_at is not None and shown.phase in OPEN_PHASES:
        when = tr.moment(found.due_at, terms.zone)
        told.append(tr("⚠️ Late · due {when}", when=when) if found.breached else tr("Due {when}", when=when))
    if shown.rating is not None:
        told.append("⭐" * shown.rating + (f" «{cut(found.rating_text, MESSAGE_MAX)}»" if found.rating_text else ""))
    return told


def _links(found: StaffTicket, tr: Translator) -> list[str]:
    told = [_link(one, tr) for one in found.ticket.links]
    hidden = [tr("Figures are hidden from your role.")] if found.figures_hidden else []
    return ["", *told, *hidden] if told or hidden else []


def _link(one: Link, tr: Translator) -> str:
    named = cycle_name(one.id, None, tr) if one.kind is LinkKind.CYCLE else one.title or one.id
    label = tr(LINKS[one.kind])
    told = tr("{label}: {value}", label=label, value=named) if named else label
    return lines(f"📌 {told}", *(_explained(one, tr) if one.kind is LinkKind.AWARD and one.facts else ()))


def _explained(one: Link, tr: Translator) -> list[str]:
    """The line and what explained it, as it was shown to her."""
    why = Why.model_validate_json(orjson.dumps(one.facts))
    worth = unit_amount(why.line.amount, why.line.unit, None, tr)
    return [f"   {why.cycle} · {worth}", *[f"   • {cut(sentence, EVIDENCE_MAX)}" for sentence in why.sentences]]


def _messages(messages: Iterable[TicketMessage], zone: str, tr: Translator) -> list[str]:
    """The newest of them that fit together."""
    kept: list[str] = []
    length = 0
    for one in reversed(list(messages)):
        told = _message(one, zone, tr)
        length += len(told)
        if kept and length > VIEW_MAX:
            kept.append("…")
            break
        kept.append(told)
    return [part for told in reversed(kept) for part in ("", told)]


def _message(one: TicketMessage, zone: str, tr: Translator) -> str:
    sign = {Direction.IN: "👤", Direction.OUT: "💬", Direction.NOTE: "📝"}[one.direction]
    author = tr("the person") if one.author == "person" else one.author
    head = f"{sign} {bold(author)}, {tr.moment(one.at, zone)}"
    if one.withdrawn:
        return f"{head} · {tr('taken back')}"
    if one.delivery is not None:
        head += f" · {tr(DELIVERIES[one.delivery.state])}"
    files = [f"📎 {file.name}" for file in one.attachments]
    return lines(head, cut(one.text, MESSAGE_MAX) if one.text else None, *files)


def _change(one: Change, terms: DeskTerms, tr: Translator) -> str:
    by = {"person": tr("the person"), "system": tr("by itself")}.get(one.by, one.by)
    told = () if one.what in NUMBERED else (one.before, one.after)
    values = [_value(one.what, each, terms, tr) for each in told if each]
    said = f"{tr.moment(one.at, terms.zone)} · {by}: {tr(CHANGES[one.what])}"
    return f"{said} {' → '.join(values)}" if values else said


def _value(what: What, value: str, terms: DeskTerms, tr: Translator) -> str:
    if what in (What.STATE, What.OPENED):
        return state_name(value, terms, tr)
    if what is What.PRIORITY:
        return next((tr(name) for code, name in PRIORITIES.items() if code.value == value), value)
    known = {What.TYPE: terms.types, What.QUEUE: terms.queues}.get(what, ())
    return next((tr.company(one.name) for one in known if one.code == value), cut(value, 60))
