"""Incidents in a member's private chat: the list, one with its news, and what an update would say to how many."""

from collections.abc import Sequence

from bot.render.common import rows
from bot.screen import Screen, bold, button, cut, grid, lines
from core.incidents.model import Incident, IncidentCard, IncidentState
from i18n.translator import Translator, mark

LISTED = 6
UPDATES_MAX = 5
TEXT_MAX = 300
PREFIX = "incident"
STATES = {
    IncidentState.OPEN: mark("open"),
    IncidentState.PROGRESS: mark("in progress"),
    IncidentState.SOLVED: mark("fixed"),
    IncidentState.CLOSED: mark("over"),
}
GOING_ON = (IncidentState.OPEN, IncidentState.PROGRESS)


def about(number: int) -> str:
    """The mark of messages that a reply to is news of this incident."""
    return f"{PREFIX}:{number}"


def incident_in(mark_of: str) -> int | None:
    """The incident that a mark names; None for a mark of another kind."""
    kind, _, number = mark_of.partition(":")
    return int(number) if kind == PREFIX and number.isascii() and number.isdigit() and len(number) < 10 else None


def incidents(cards: Sequence[IncidentCard], tr: Translator) -> Screen:
    """The last ones, the newest first."""
    told = [f"{bold(str(one.number))} · {tr.company(dict(one.title))} · {tr(STATES[one.state])}" for one in cards]
    return Screen(
        lines(bold(tr("Incidents")), "", *(told[:LISTED] or [tr("There was never an incident.")])),
        rows(
            grid([button(f"📣 {one.number}", "sio", one.number) for one in cards[:LISTED]], 3),
            (button(tr("‹ Desk"), "sdk"),),
        ),
    )


def incident(found: Incident, tr: Translator, notice: str | None = None) -> Screen:
    """One, with how many it concerns and what they heard."""
    going_on = found.state in GOING_ON
    return Screen(
        lines(
            *((notice, "") if notice else ()),
            f"📣 {bold(str(found.number))} · {bold(tr.company(dict(found.title)))}",
            tr(STATES[found.state]),
            tr.plural("{n} person concerned", "{n} people concerned", found.people),
            tr.plural("{n} ticket tied to it", "{n} tickets tied to it", found.tickets) if found.tickets else None,
            tr.plural("It came back {n} time.", "It came back {n} times.", found.recurrences)
            if found.recurrences
            else None,
            tr("Root cause: {cause}", cause=cut(found.root_cause, TEXT_MAX)) if found.root_cause else None,
            *[f"\n{one.by}: {cut(tr.company(dict(one.words)), TEXT_MAX)}" for one in found.updates[-UPDATES_MAX:]],
            *(["", tr("Reply to this message with what everybody shall hear.")] if going_on else []),
        ),
        rows((button(tr("‹ All incidents"), "si"), button(tr("‹ Desk"), "sdk"))),
        about=about(found.number) if going_on else "",
    )


def telling(found: Incident, text: str, offer: int, tr: Translator) -> Screen:
    """What an update would say to how many, before it goes out; leaving it comes first."""
    people = tr.plural("{n} person gets this message:", "{n} people get this message:", found.people)
    return Screen(
        lines(bold(people), f"«{text}»"),
        rows(
            (
                button(tr("‹ Leave it"), "sio", found.number),
                button(tr("📣 Tell them"), "sit", found.number, offer, danger=True),
            )
        ),
    )
