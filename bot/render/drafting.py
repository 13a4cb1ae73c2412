"""A draft before she confirms it: her words as they are, what goes with them, and what she can change."""

from collections.abc import Sequence
from datetime import datetime

from bot.render.common import menu_button, rows, tickets_button
from bot.render.tickets import about as about_ticket
from bot.render.tickets import answer_by, link_label, link_name, show_button
from bot.screen import Button, Screen, bold, button, cut, grid, lines
from core.tickets.model import DeskWords, Draft, Link, Ticket, TicketCard
from i18n.translator import Translator

WORDS_MAX = 1800
"""Characters of her words that the preview shows; all of them are sent."""
FILES_SHOWN = 4
NAME_MAX = 40
CHOICES_MAX = 3
SUBJECT_MAX = 15


def about(draft: int) -> str:
    """The mark of messages that a reply to belongs to this draft."""
    return f"draft:{draft}"


def preview(
    draft: Draft,
    tr: Translator,
    *,
    refused: str | None = None,
    old: bool = False,
    others: Sequence[TicketCard] = (),
) -> Screen:
    """The draft with the one button that sends it.

    Args:
        refused: why a file of hers is not with it.
        old: it holds words of earlier, too, so that she may want only the new ones.
        others: open tickets that it may belong to instead of becoming a new one.
    """
    if not any(words.strip() for words in draft.words):
        return _wordless(draft, tr, refused)
    return Screen(
        lines(
            refused,
            _headline(draft, tr),
            "",
            *_words(draft, tr),
            *_paragraph(_type(draft, tr), _evidence(draft, tr), *_files(draft, tr)),
            *_paragraph(None if draft.ticket else tr("You can go on writing or send photos; it all goes together.")),
        ),
        rows(
            (button(tr("✅ Send"), "tds", draft.id, draft.ticket or 0),),
            grid([drop(draft, link, tr) for link in draft.links]),
            (button(tr("Only the new words"), "tdo", draft.id) if old else None,),
            grid([_for_ticket(draft, card, tr) for card in others[:CHOICES_MAX] if card.number != draft.ticket], 1),
            (
                button(tr("New ticket instead"), "tdf", draft.id, 0)
                if draft.ticket
                else button(tr("Choose type"), "tdt", draft.id),
                button(tr("❌ Cancel"), "tdx", draft.id),
            ),
        ),
        about=about(draft.id),
    )


def types(draft: Draft, desk: DeskWords, tr: Translator) -> Screen:
    """What it may be about."""
    chosen = [
        button(_marked(tr.company(one.name), chosen=one.code == draft.type), "tdt", draft.id, one.code)
        for one in desk.types
    ]
    return Screen(
        tr("What is it about?"),
        rows(grid(chosen), (button(tr("‹ Back"), "tdp", draft.id),)),
        about=about(draft.id),
    )


def which(draft: Draft, cards: Sequence[TicketCard], tr: Translator, *, refused: str | None = None) -> Screen:
    """Tickets are open: for which of them is it, or is it a new one?"""
    return Screen(
        lines(refused, bold(tr("Which ticket is this for?")), "", *_words(draft, tr), *_files(draft, tr)),
        rows(
            grid([_for_ticket(draft, card, tr) for card in cards[:CHOICES_MAX]], 1),
            (button(tr("✍️ New ticket"), "tdf", draft.id, 0), button(tr("❌ Cancel"), "tdx", draft.id)),
        ),
        about=about(draft.id),
    )


def asked_for_words(desk: DeskWords, tr: Translator, *, zone: str) -> Screen:
    """She wants to talk to people: she writes, and hears when somebody answers."""
    return Screen(
        lines(
            tr("Write me what it is about, in your own words. You can send photos, too."),
            tr("I'll pass it on to somebody at the company who answers you here."),
            _answered(desk.answer_due, tr, zone),
        ),
        rows((tickets_button(tr), menu_button(tr))),
    )


def sent(ticket: Ticket, tr: Translator, *, zone: str, added: bool) -> Screen:
    """Done: the number that she can say, and when somebody answers."""
    number = bold(str(ticket.number))
    due = ticket.next_answer_due if added else ticket.first_answer_due
    return Screen(
        lines(
            tr("✅ Added to ticket {number}.", number=number)
            if added
            else tr("✅ Thank you, I've passed it on. Your ticket has the number {number}.", number=number),
            _answered(due, tr, zone),
            tr("I'll tell you about every step. To add something, just reply to this message."),
        ),
        rows((show_button(ticket.number, tr), button(tr("📷 Add a photo"), "tka", ticket.number)), (menu_button(tr),)),
        about=about_ticket(ticket.number),
    )


def gone(tr: Translator) -> Screen:
    """It was sent or put away already, or lay too long."""
    return Screen(
        lines(
            tr("This draft is no longer there: it was sent, cancelled, or lay here for more than a day."),
            tr("Just write it again if it still matters."),
        ),
        rows((tickets_button(tr), menu_button(tr))),
    )


def cancelled(tr: Translator) -> Screen:
    """Nothing was sent."""
    return Screen(tr("All right, nothing was sent."), rows((tickets_button(tr), menu_button(tr))))


def no_such_thing(tr: Translator) -> Screen:
    """A sticker, a place, a poll: nothing that can be passed on."""
    return Screen(
        tr("I can't pass this on. Words, photos, documents and voice messages work."),
        rows((tickets_button(tr), menu_button(tr))),
    )


def drop(draft: Draft, link: Link, tr: Translator) -> Button | None:
    """Takes a piece of evidence away."""
    return button(f"✖️ {link_label(link, tr)}", "tdl", draft.id, link.ref)


def no_file(refused: str, tr: Translator) -> Screen:
    """A file that could not be taken, and nothing else with it."""
    return Screen(refused, rows((tickets_button(tr), menu_button(tr))))


def _wordless(draft: Draft, tr: Translator, refused: str | None) -> Screen:
    """Files or evidence without a word: it waits for one."""
    return Screen(
        lines(
            refused,
            _evidence(draft, tr),
            *_files(draft, tr),
            tr("What is it about? Write it in a sentence or two."),
        ),
        rows(grid([drop(draft, link, tr) for link in draft.links]), (button(tr("❌ Cancel"), "tdx", draft.id),)),
        about=about(draft.id),
    )


def _headline(draft: Draft, tr: Translator) -> str:
    if draft.ticket is None:
        return bold(tr("Shall I send this to the company?"))
    return bold(tr("Shall I add this to ticket {number}?", number=str(draft.ticket)))


def _words(draft: Draft, tr: Translator) -> list[str]:
    """Her words exactly, message by message; what does not fit into the view is said to be there."""
    told, room = [], WORDS_MAX
    for words in draft.words:
        if room <= 0:
            break
        told.append(cut(words, room))
        room -= len(words)
    shortened = tr("(Shortened here; all of it is sent.)") if room < 0 or len(told) < len(draft.words) else None
    return [*told, *([shortened] if shortened else [])]


def _paragraph(*told: str | None) -> list[str]:
    """The lines that there are, after an empty one; nothing where there are none."""
    kept = [line for line in told if line is not None]
    return ["", *kept] if kept else []


def _type(draft: Draft, tr: Translator) -> str | None:
    if draft.type_name is None or draft.ticket is not None:
        return None
    return tr("{label}: {value}", label=tr("Type"), value=tr.company(draft.type_name))


def _evidence(draft: Draft, tr: Translator) -> str | None:
    if not draft.links:
        return None
    return tr("With it: {things}", things=tr.list([link_name(link, tr) for link in draft.links]))


def _files(draft: Draft, tr: Translator) -> list[str]:
    names = [f"📎 {cut(one.name, NAME_MAX)}" for one in draft.attachments[:FILES_SHOWN]]
    left = len(draft.attachments) - len(names)
    more = [tr.plural("… and {n} more.", "… and {n} more.", left)] if left > 0 else []
    lost = [cut(one.name, NAME_MAX) for one in draft.refused]
    return [*names, *more, *([tr("Not with it: {files}", files=tr.list(lost))] if lost else [])]


def _for_ticket(draft: Draft, card: TicketCard, tr: Translator) -> Button | None:
    """One tap that adds it to an open ticket."""
    label = tr("➕ To {number}: {subject}", number=str(card.number), subject=cut(card.subject, SUBJECT_MAX))
    return button(label, "tdg", draft.id, card.number)


def _answered(due: datetime | None, tr: Translator, zone: str) -> str | None:
    return None if due is None else answer_by(due, tr, zone)


def _marked(label: str, *, chosen: bool) -> str:
    return f"✅ {label}" if chosen else label
