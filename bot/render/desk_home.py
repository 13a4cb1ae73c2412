"""The desk's starting page in a member's private chat, and lists of tickets."""

from collections.abc import Sequence

from bot.render.common import rows
from bot.render.desk import CHOICES_MAX, PRIORITIES, state_name
from bot.screen import Button, Screen, bold, button, cut, grid, lines
from bot.staff import about
from core.access.model import Member, Permission
from core.http.model import Page
from core.plan.model import Priority
from core.support.model import DeskTerms
from core.tickets.model import TicketCard
from i18n.translator import Translator

PAGE = 5
SUBJECT_MAX = 60
MINE, ALL = "mine", "all"
LOUD = (Priority.HIGH, Priority.URGENT)


def home(
    member: Member, mine: Sequence[TicketCard], first: Sequence[TicketCard], terms: DeskTerms, tr: Translator
) -> Screen:
    """What waits for her, and what is due next whoever has it."""
    told = [line for card in mine for line in card_lines(card, terms, tr)]
    due = [line for card in first for line in card_lines(card, terms, tr)]
    return Screen(
        lines(
            bold(tr("Hello {name}, this is your desk.", name=member.name)),
            "",
            bold(tr("With you")) if mine else tr("No open ticket is with you."),
            *told,
            *(["", bold(tr("Due next")), *due] if first else ["", tr("Nothing is open. Well done!")]),
        ),
        rows(
            grid([open_button(card) for card in _distinct(mine, first)], 3),
            (button(tr("🎫 My tickets"), "sq", MINE, ""), button(tr("📥 All open"), "sq", ALL, "")),
            grid(_others(member, tr)),
        ),
    )


def linked(member: Member, tr: Translator) -> Screen:
    """She works from here now; the same account may be a person's too, and stays so."""
    return Screen(
        lines(
            bold(tr("Welcome, {name}. You're linked as staff.", name=member.name)),
            tr("Your desk is here with /desk. In the staff's group you can take, answer and note on every card."),
        ),
        rows((button(tr("🗂 My desk"), "sdk"),)),
    )


def without_tickets(member: Member, tr: Translator) -> Screen:
    """A member whose role sees no tickets."""
    return Screen(bold(tr("Hello {name}, this is your desk.", name=member.name)), rows(grid(_others(member, tr))))


def queue(page: Page[TicketCard], which: str, terms: DeskTerms, tr: Translator, *, first: bool) -> Screen:
    """A page of tickets in the order in which they are due."""
    title = tr("With you") if which == MINE else tr("All open tickets")
    told = [line for card in page.items for line in ("", *card_lines(card, terms, tr))]
    more = button(tr("More ›"), "sq", which, page.next) if page.next else None
    again = None if first else button(tr("‹ First"), "sq", which, "")
    return Screen(
        lines(bold(title), *(told or [tr("Nothing is open. Well done!")])),
        rows(
            grid([open_button(card) for card in page.items], 3),
            (again, more),
            (button(tr("‹ Desk"), "sdk"),),
        ),
    )


def kept_texts(ticket: int, codes: Sequence[str], tr: Translator) -> Screen:
    """Which texts are kept for answers."""
    if not codes:
        return Screen(tr("No texts are kept yet."), rows((_to_ticket(ticket, tr),)), about=about(ticket))
    return Screen(
        tr("Which text? It goes out in the person's language, and you can take it back for ten seconds."),
        rows(grid([button(code, "sd", "c", ticket, code) for code in codes[:CHOICES_MAX]]), (_to_ticket(ticket, tr),)),
        about=about(ticket),
    )


def card_lines(card: TicketCard, terms: DeskTerms, tr: Translator) -> list[str]:
    """One ticket in a list."""
    loud = f" · {tr(PRIORITIES[card.priority])}" if card.priority in LOUD else ""
    state = tr.company(card.state_name) if card.state_name else state_name(card.state, terms, tr)
    return [
        f"🎫 {bold(str(card.number))} · {tr.company(card.type_name)} · {card.person}{loud}",
        cut(card.subject, SUBJECT_MAX),
        " · ".join(part for part in (state, _due(card, terms, tr)) if part),
    ]


def open_button(card: TicketCard) -> Button | None:
    """To one of them."""
    return button(f"🎫 {card.number}", "sd", "o", card.number)


def _due(card: TicketCard, terms: DeskTerms, tr: Translator) -> str:
    if card.due_at is None:
        return ""
    when = tr.moment(card.due_at, terms.zone)
    return tr("⚠️ Late · due {when}", when=when) if card.breached else tr("Due {when}", when=when)


def _distinct(*given: Sequence[TicketCard]) -> list[TicketCard]:
    return list({card.number: card for cards in given for card in cards}.values())


def _others(member: Member, tr: Translator) -> list[Button | None]:
    """What else her role lets her do from here."""
    known = set(member.permissions)
    return [
        button(tr("📣 Incidents"), "si") if Permission.LEAD_INCIDENTS in known else None,
        button(tr("🧮 Settlement runs"), "sr") if Permission.SEE_PAYOUTS in known else None,
    ]


def _to_ticket(ticket: int, tr: Translator) -> Button | None:
    return button(tr("‹ Back"), "sd", "o", ticket)
