"""What she adds to a ticket that she has: by a reply, by a button, or because it waits for her."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot import asking, drafting
from bot.asking import About, Replies
from bot.context import App, Context
from bot.files import Said, said
from bot.place import TICKET, continued, remember
from bot.render import drafting as render_draft
from bot.render import tickets as render
from bot.understanding.model import Intent, Understood
from core.kernel.errors import Refused
from core.tickets.model import (
    Direction,
    DraftPart,
    OwnTicket,
    TicketClosed,
    TicketMerged,
    TicketTextTooLong,
    TicketUnknown,
    TooManyAttachments,
    Words,
)
from i18n.errors import sentence

ADD = "ticket_add"
"""The question what to add; any message of hers answers it."""


async def add(context: Context, number: int, *, unasked: bool = False) -> bool:
    """Add her message to a ticket, and say so.

    Args:
        unasked: she did not say which ticket she meant, so that she may say "not this one".

    Returns:
        False where there is no such ticket of hers, so that the message is nothing special.
    """
    hers = await said(context)
    refused = sentence(hers.refused[-1].why, hers.facts or {}, context.tr) if hers.refused else None
    if hers.empty:
        screen = render.not_added(number, refused, context.tr) if refused else render_draft.no_such_thing(context.tr)
        await context.show(screen)
        return True
    try:
        found = await _added(context, number, hers)
    except Refused as refusal:
        return await _refused(context, number, refusal)
    await _tell(context, found, refused, unasked=unasked)
    return True


async def ask(update: Update, context: Context) -> None:
    """The button: what is to be added?"""
    [number] = context.tapped(1)
    context.flow.apart = True
    screen = render.asked_to_add(int(number), context.tr)
    await asking.ask(context, screen, ADD, ticket=int(number))


async def not_this_one(update: Update, context: Context) -> None:
    """It went to the wrong ticket: the same words as a draft, for a new ticket or another one."""
    number, message = context.tapped(2)
    found = await context.core.my_ticket(int(number))
    moved = next((one for one in found.messages if str(one.id) == message), None)
    if moved is None:
        await context.show(render_draft.gone(context.tr))
        return
    part = DraftPart(
        part=f"moved:{number}:{message}", text=moved.text, attachments=tuple(one.id for one in moved.attachments)
    )
    draft = await context.core.add_to_draft(part)
    cards = [card for card in await drafting.open_tickets(context) if card.number != int(number)]
    await drafting.show(context, draft, cards=cards, old=draft.parts > 1)


async def _added(context: Context, number: int, hers: Said) -> OwnTicket:
    """The ticket with her words; of one that became a part of another, that other, however often that happened."""
    words, into = Words(text=hers.text, attachments=hers.attachments), number
    while True:
        key = context.key("add" if into == number else f"add:{into}")
        try:
            return await context.core.add_to_ticket(into, words, idempotency_key=key)
        except Refused as refusal:
            found = refusal.facts.get("into")
            if refusal.code != TicketMerged.code or not isinstance(found, int):
                raise
            into = found  # never back to one before: what is part of another takes no others in


async def _tell(context: Context, found: OwnTicket, refused: str | None, *, unasked: bool) -> None:
    """Say where it went; of an album once."""
    number = found.ticket.number
    before = await continued(context)
    told = before is not None and (before.kind, before.number) == (TICKET, number)
    if not told or refused:
        message = max((one.id for one in found.messages if one.direction is Direction.IN), default=None)
        shown = render.added(number, context.tr, refused=refused, message=message if unasked else None)
        await context.show(shown)
    await remember(context, TICKET, number)


async def _refused(context: Context, number: int, refusal: Refused) -> bool:
    """Why not, and what is left to do; her words are never lost."""
    if refusal.code == TicketUnknown.code:
        return False
    if refusal.code == TicketClosed.code:
        note = sentence(refusal.code, refusal.facts, context.tr)
        await drafting.write(context, None, cards=[], note=note)
        return True
    if refusal.code not in (TicketTextTooLong.code, TooManyAttachments.code):
        raise refusal
    await context.show(render.not_added(number, sentence(refusal.code, refusal.facts, context.tr), context.tr))
    return True


async def _typed(context: Context, about: About, read: Understood) -> bool:
    """What she adds after the question; whatever it is, but for a bare cancel."""
    number = about.get("ticket")
    if not isinstance(number, int) or (read.intent is Intent.CANCEL and read.confidence == 1):
        return False
    await asking.answered(context)
    return await add(context, number)


REPLIES: Replies = {ADD: _typed}


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    app.add_handler(CallbackQueryHandler(ask, r"^tka:[1-9]\d{0,14}$"))
    app.add_handler(CallbackQueryHandler(not_this_one, r"^tkn:[1-9]\d{0,14}:[1-9]\d{0,14}$"))
