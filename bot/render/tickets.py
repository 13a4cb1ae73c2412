"""Tickets as their person sees them: all of them, one with its messages, and what became of a tap."""

from collections.abc import Sequence
from datetime import datetime

from bot.render.common import human_button, menu_button, paging, rows, tickets_button
from bot.render.sums import cycle_name
from bot.render.ticket_messages import messages
from bot.screen import Button, Screen, bold, button, cut, grid, lines
from core.tickets.model import Act, Link, LinkKind, OwnTicket, Phase, Ticket, TicketCard
from i18n.translator import Translator, mark

PAGE = 5
SUBJECT_MAX = 60
STARS = (1, 2, 3, 4, 5)
PLEASED = 4
PHASES = {
    Phase.NEW: mark("arrived"),
    Phase.OPEN: mark("being looked at"),
    Phase.WAITING_PERSON: mark("waiting for you"),
    Phase.WAITING_US: mark("waiting for the company"),
    Phase.SOLVED: mark("solved"),
    Phase.CLOSED: mark("closed"),
    Phase.REOPENED: mark("open again"),
}
MARKS = {Phase.WAITING_PERSON: "🟡", Phase.SOLVED: "✅", Phase.CLOSED: "⬜"}
OPEN_MARK = "🔵"


def about(number: int) -> str:
    """The mark of messages that a reply to belongs to this ticket."""
    return f"ticket:{number}"


def show_button(number: int, tr: Translator) -> Button | None:
    """To one of them."""
    return button(tr("🎫 Show the ticket"), "tko", number)


def state(shown: Ticket | TicketCard, tr: Translator) -> str:
    """Where it stands, in the company's word where it has one."""
    word = tr.company(shown.state_name) if shown.state_name else tr(PHASES[shown.phase])
    return f"{MARKS.get(shown.phase, OPEN_MARK)} {word}"


def tickets(cards: Sequence[TicketCard], tr: Translator, *, page: int, more: bool, notice: str | None = None) -> Screen:
    """One page of her tickets, the latest first."""
    if not cards and not page:
        return Screen(
            lines(
                notice,
                tr("You have no tickets yet."),
                tr("If something is wrong or missing, just tell me in your own words, with photos if you like."),
            ),
            rows((human_button(tr), menu_button(tr))),
        )
    return Screen(
        lines(notice, bold(tr("Your tickets")), *[part for card in cards for part in ("", *_card(card, tr))]),
        rows(
            grid([button(f"🎫 {card.number}", "tko", card.number) for card in cards], 3),
            paging(tr, "tk", page=page, more=more),
            (button(tr("✍️ New ticket"), "tdn"), menu_button(tr)),
        ),
    )


def ticket(found: OwnTicket, tr: Translator, *, zone: str, notice: str | None = None) -> Screen:
    """One of them: where it stands, what was said, and what she can do."""
    shown = found.ticket
    return Screen(
        lines(
            *((notice, "") if notice else ()),
            _title(shown, tr),
            " · ".join([state(shown, tr), *(["⭐" * shown.rating] if shown.rating else [])]),
            _due(found, tr, zone),
            _links(shown.links, tr),
            *messages(found.messages, tr, zone),
        ),
        rows(
            *_acts(found, tr),
            (button(tr("Earlier messages"), "tke", shown.number, found.older) if found.older else None,),
            (button(tr("‹ Back"), "tk", 0), menu_button(tr)),
        ),
        about=about(shown.number),
    )


def added(number: int, tr: Translator, *, refused: str | None, message: int | None) -> Screen:
    """What she wrote went to a ticket; `message` is its number there, where she did not say which ticket she meant."""
    other = button(tr("Not this one"), "tkn", number, message) if message else None
    return Screen(
        lines(tr("Added to ticket {number}.", number=bold(str(number))), refused),
        rows((show_button(number, tr), other)),
        about=about(number),
    )


def not_added(number: int, refused: str, tr: Translator) -> Screen:
    """Nothing could be added; the ticket is as it was."""
    return Screen(
        lines(refused, tr("Ticket {number} is as it was.", number=bold(str(number)))),
        rows((show_button(number, tr), menu_button(tr))),
        about=about(number),
    )


def asked_to_add(number: int, tr: Translator) -> Screen:
    """What she types or sends next goes there."""
    return Screen(
        tr("Write what you'd like to add to ticket {number}, or send a photo.", number=bold(str(number))),
        rows((button(tr("‹ Back"), "tko", number),)),
        about=about(number),
    )


def reopened(number: int, tr: Translator) -> Screen:
    """It is open again; what is missing may be said now."""
    return Screen(
        lines(
            tr("Ticket {number} is open again.", number=bold(str(number))),
            tr("What is still missing? Write it here, so that nobody has to ask you."),
        ),
        rows((show_button(number, tr), menu_button(tr))),
        about=about(number),
    )


def closed(number: int, tr: Translator) -> Screen:
    """She needs nothing more; how content is she?"""
    return Screen(
        lines(
            tr("Ticket {number} is closed.", number=bold(str(number))),
            tr("How happy are you with how it was handled?"),
        ),
        rows(_stars(number), (button(tr("Open it again"), "tkp", number), menu_button(tr))),
        about=about(number),
    )


def rated(number: int, stars: int, tr: Translator) -> Screen:
    """Thanks; where she is not content, the way back to people."""
    thanks = tr("Thank you for your answer: {stars}", stars="⭐" * stars)
    if stars >= PLEASED:
        return Screen(thanks, rows((tickets_button(tr), menu_button(tr))), about=about(number))
    return Screen(
        lines(thanks, tr("If it isn't solved, open it again and write what is missing.")),
        rows((button(tr("Open it again"), "tkp", number), menu_button(tr))),
        about=about(number),
    )


def too_old(number: int, tr: Translator) -> Screen:
    """It cannot be opened again, but a new one can be written."""
    return Screen(
        tr(
            "Ticket {number} was closed too long ago to open it again. Write me what it is about, and I'll pass on "
            "a new one.",
            number=bold(str(number)),
        ),
        rows((button(tr("✍️ New ticket"), "tdn"), tickets_button(tr))),
    )


def merged(number: int, into: int, tr: Translator) -> str:
    """It became a part of another."""
    return tr("Ticket {number} is now part of ticket {into}.", number=str(number), into=str(into))


def unknown(number: str, tr: Translator) -> str:
    """There is none of that number among hers."""
    return tr("I can't find a ticket {number} of yours.", number=cut(number, SUBJECT_MAX))


def link_name(link: Link, tr: Translator) -> str:
    """What a ticket is about, in a few words."""
    if link.kind is LinkKind.ORDER:
        number = cut(link.id, SUBJECT_MAX)
        if link.title and link.title != link.id:  # of somebody in her line
            return tr("order {number} of {person}", number=number, person=cut(link.title, SUBJECT_MAX))
        return tr("order {number}", number=number)
    if link.kind is LinkKind.CYCLE:
        return tr("statement of {cycle}", cycle=link.title or cycle_name(link.id, None, tr))
    if link.kind is LinkKind.TICKET:
        return tr("ticket {number}", number=link.id)
    return cut(link.title or link.id, SUBJECT_MAX)


def link_label(link: Link, tr: Translator) -> str:
    """The same for a button, where a statement is told by its cycle alone."""
    return cycle_name(link.id, None, tr) if link.kind is LinkKind.CYCLE else link_name(link, tr)


def _card(card: TicketCard, tr: Translator) -> tuple[str, str]:
    kind = tr.company(card.type_name) if card.type_name else card.type
    return f"{bold(str(card.number))} · {kind} · {state(card, tr)}", cut(card.subject, SUBJECT_MAX)


def _title(shown: Ticket, tr: Translator) -> str:
    kind = tr.company(shown.type_name) if shown.type_name else shown.type
    return bold(f"{tr('Ticket {number}', number=str(shown.number))} · {kind}")


def _due(found: OwnTicket, tr: Translator, zone: str) -> str | None:
    """By when the company wants to answer, while an answer is due; a promise that was broken is not repeated."""
    shown = found.ticket
    dues = [due for due in (shown.first_answer_due, shown.next_answer_due) if due is not None]
    if not dues or shown.phase in (Phase.WAITING_PERSON, Phase.SOLVED, Phase.CLOSED):
        return None
    if found.late:
        return tr("It's taking longer than promised. Somebody answers as soon as possible.")
    return answer_by(min(dues), tr, zone)


def answer_by(due: datetime, tr: Translator, zone: str) -> str:
    """When somebody answers at the latest, by her clock."""
    return tr("You'll have an answer by {moment} ({zone} time).", moment=tr.moment(due, zone), zone=tr.zone(zone))


def _links(links: Sequence[Link], tr: Translator) -> str | None:
    return tr("About: {things}", things=tr.list([link_name(link, tr) for link in links])) if links else None


def _acts(found: OwnTicket, tr: Translator) -> list[tuple[Button | None, ...]]:
    """The buttons of what she can do: first what is most likely now."""
    number, acts = found.ticket.number, found.acts
    add = button(tr("✍️ Add something"), "tka", number) if Act.ADD in acts else None
    close = button(tr("✅ It's solved"), "tkc", number) if Act.CLOSE in acts else None
    again = button(tr("Open it again"), "tkp", number) if Act.REOPEN in acts else None
    stars: tuple[Button | None, ...] = _stars(number) if Act.RATE in acts else ()
    return [stars, (add, close, again)]


def _stars(number: int) -> tuple[Button | None, ...]:
    return tuple(button(f"{stars} ⭐", "tkr", number, stars) for stars in STARS)
