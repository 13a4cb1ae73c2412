"""What she writes to the company, from the first word to the one tap that sends it."""

from collections.abc import Sequence

from bot import asking
from bot.answering import Answers, Slots
from bot.asking import About, Replies
from bot.company_words import lexicon
from bot.context import Context
from bot.evidence import wanted
from bot.files import Said, said
from bot.place import DRAFT, forget, last, remember, shown_message
from bot.render import drafting as render
from bot.screen import Screen
from bot.understanding.model import Intent, Understood
from bot.understanding.service import understand
from core.kernel.errors import Refused
from core.tickets.model import (
    Draft,
    DraftGone,
    DraftPart,
    Phase,
    TicketCard,
    TicketTextTooLong,
    TooManyAttachments,
)
from i18n.errors import sentence

WORDS = "ticket_words"
"""The question what it is about; any message of hers answers it."""
OPEN_MAX = 4
FULL = (TooManyAttachments.code, TicketTextTooLong.code)
READ_MAX = 1000
"""Characters of her words that say what they are about."""
COMMISSIONS = "commissions"


async def complain(context: Context, read: Understood) -> None:
    """A problem that she described: a draft of it, for the one open ticket that waits for her where there is one."""
    cards = await open_tickets(context)
    waiting = len(cards) == 1 and cards[0].phase is Phase.WAITING_PERSON
    await write(context, read, cards=cards, ticket=cards[0].number if waiting else None)


async def write(
    context: Context,
    read: Understood | None,
    *,
    cards: Sequence[TicketCard] | None = None,
    ticket: int | None = None,
    going_on: bool = False,
    note: str | None = None,
    text: str | None = None,
) -> None:
    """Take her message into the draft, and show what it looks like.

    Args:
        read: how her words were understood; None where they were not read.
        cards: her open tickets, where they are known.
        ticket: to which of them the words belong, where this begins the draft.
        going_on: she was at it a moment ago; else older words are shown apart from the new ones.
        note: what to say first.
        text: her words, where a command stands before them.
    """
    hers = Said(text) if text else await said(context)
    if hers.empty and hers.refused and not going_on and read is None:
        await context.show(render.no_file(_refusal(context, hers) or "", context.tr))
        return
    part = await _part(context, hers, read, ticket, proposing=not going_on)
    try:
        draft = await context.core.add_to_draft(part)
    except Refused as refusal:
        await _full(context, refusal)
        return
    first = note or _refusal(context, hers)
    await show(context, draft, cards=cards, refused=first, old=not going_on and draft.parts > 1)


async def show(
    context: Context,
    draft: Draft,
    *,
    cards: Sequence[TicketCard] | None = None,
    refused: str | None = None,
    old: bool = False,
) -> None:
    """The draft as it is now; an album's stays in one message, otherwise it comes below what she wrote last.

    Args:
        cards: tickets that it may belong to; None asks for those that are open. Files alone ask for which of them.
    """
    others = cards if cards is not None else await open_tickets(context)
    if others and draft.attachments and not draft.words and draft.ticket is None:
        screen = render.which(draft, others, context.tr, refused=refused)
    else:
        screen = render.preview(draft, context.tr, refused=refused, old=old, others=others)
    await _put(context, screen)
    await remember(context, DRAFT, draft.id)


async def ask_which(context: Context, cards: Sequence[TicketCard]) -> None:
    """Several tickets are open, and her message says not for which: it is kept in a draft until she says so."""
    hers = await said(context)
    if hers.empty:
        await context.show(render.no_file(_refusal(context, hers) or "", context.tr))
        return
    draft = await context.core.add_to_draft(await _part(context, hers, None, None, proposing=True))
    await _put(context, render.which(draft, cards, context.tr, refused=_refusal(context, hers)))
    await remember(context, DRAFT, draft.id)


async def open_tickets(context: Context) -> list[TicketCard]:
    """Those that are not done, the latest first; a few are enough to choose from."""
    return (await context.core.my_tickets(open=True, limit=OPEN_MAX)).items


async def talk_to_people(context: Context, slots: Slots | None = None) -> None:
    """She wants a person: what she writes next is passed on to one."""
    desk = await context.core.ticket_desk()
    await asking.ask(context, render.asked_for_words(desk, context.tr, zone=context.me.time_zone), WORDS)


async def put_away(context: Context) -> bool:
    """Forget the draft that she is writing; whether there was one."""
    place = await last(context)
    if place is None or place.kind != DRAFT:
        return False
    await drop(context, place.number)
    return True


async def became(context: Context, draft: int) -> int | None:
    """The ticket that a draft was sent as, or to; None where she still writes it, or never sent it."""
    current = await context.core.my_draft()
    if current is not None and current.id == draft:
        return None
    try:  # of one that is over this only asks: core sends nothing twice, and nothing that was forgotten
        return (await context.core.send_draft(draft, idempotency_key=context.key("became"))).number
    except Refused as refusal:
        if refusal.code != DraftGone.code:
            raise
        return None


async def drop(context: Context, draft: int) -> None:
    """Forget this draft, and no other that she may have begun since."""
    found = await context.core.my_draft()
    if found is not None and found.id == draft:
        await context.core.drop_draft(idempotency_key=context.key("drop"))
    await forget(context)


async def _words_typed(context: Context, about: About, read: Understood) -> bool:
    """What it is about, in her words; whatever they are, but for a bare "cancel", "help" or "thanks"."""
    if read.intent in (Intent.CANCEL, Intent.HELP, Intent.THANKS) and read.confidence == 1:
        return False
    await asking.answered(context)
    await write(context, read)
    return True


async def _part(
    context: Context, hers: Said, read: Understood | None, ticket: int | None, *, proposing: bool
) -> DraftPart:
    """Her message as a part of a draft; its key is the update's, so that a second try adds nothing.

    Args:
        proposing: its words say what the whole draft is about.
    """
    read = read or _read(context, hers.text)
    complaint = proposing and read.intent is Intent.OPEN_TICKET
    category = read.slots.get("category") if complaint else None
    return DraftPart(
        part=context.key("part"),
        text=hers.text,
        attachments=hers.attachments,
        refused=hers.refused,
        type=str(category) if category else None,
        language=read.language if hers.text else None,
        wanted=await wanted(context, hers.text, read.language) if hers.text else None,
        ticket=ticket,
    )


def _read(context: Context, text: str) -> Understood:
    """How words are understood that came with a file."""
    if not text.strip():
        return Understood(Intent.OUT_OF_SCOPE, language=context.tr.language)
    return understand(text[:READ_MAX], prior_language=context.tr.language, lexicon=lexicon(context.flow.me))


async def _put(context: Context, screen: Screen) -> None:
    """Show the draft where she looks: in the tapped message, in its album's, or below an older preview."""
    flow, place = context.flow, await last(context)
    message = flow.update.message
    before = place.message if place and place.kind == DRAFT else None
    if before is None or place is None or message is None:
        await context.show(screen)
    elif place.group is not None and place.group == message.media_group_id:
        await context.services.display.revise(flow, before, screen)
    else:
        await context.show(screen)
        if before != shown_message(context):
            await context.services.display.unbutton(flow, before)


async def _full(context: Context, refusal: Refused) -> None:
    """No more fits into the draft: say so above it."""
    draft = await context.core.my_draft() if refusal.code in FULL else None
    if draft is None:
        raise refusal
    await show(context, draft, refused=sentence(refusal.code, refusal.facts, context.tr))


def _refusal(context: Context, hers: Said) -> str | None:
    """Why her file could not be taken."""
    return sentence(hers.refused[-1].why, hers.facts or {}, context.tr) if hers.refused else None


ANSWERS: Answers = {Intent.HUMAN: talk_to_people}
REPLIES: Replies = {WORDS: _words_typed}
