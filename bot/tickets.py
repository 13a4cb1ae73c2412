"""Her tickets: all of them, one with what was said, and what she does with it by a tap."""

import re

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot import asking, drafting
from bot.adding import ADD
from bot.answering import Answers, Slots, typed
from bot.context import App, Context
from bot.paging import numbered, page_number
from bot.render import tickets as render
from bot.render.tickets import PAGE
from bot.understanding.model import Intent
from core.kernel.errors import Refused
from core.tickets.model import (
    OwnTicket,
    Rating,
    TicketClosed,
    TicketMerged,
    TicketMoveImpossible,
    TicketNotDone,
    TicketRated,
    TicketUnknown,
)

AS_IT_IS = (TicketMoveImpossible.code, TicketRated.code, TicketNotDone.code)
"""What a second tap or an old button hears: the ticket as it stands now tells enough."""
NUMBER_DIGITS_MAX = 15
NUMBERED = re.compile(r"#?[A-Za-z]{0,4}-?\d+")
"""What is meant for a number, such as 1042, #1042 or T-1042."""


async def tickets(update: Update, context: Context) -> None:
    """/tickets: all of hers, with where they stand."""
    await show_tickets(context)


async def tickets_page(update: Update, context: Context) -> None:
    """A page's button, or the one that leads to the list."""
    [page] = context.tapped(1)
    await show_tickets(context, page_number(page))


async def show_tickets(context: Context, page: int = 0, *, notice: str | None = None) -> None:
    """One page of them, the latest first."""
    shown = await numbered(
        lambda cursor, limit: context.core.my_tickets(cursor=cursor, limit=limit), page=page, size=PAGE
    )
    await context.show(render.tickets(shown.items, context.tr, page=shown.page, more=shown.more, notice=notice))


async def ticket(update: Update, context: Context) -> None:
    """/ticket 1042 shows that one; without a number she writes a new one, at once where words follow."""
    _, _, said = typed(context).partition(" ")
    if context.stranger or not said.strip():
        await _begin(context)
    elif NUMBERED.fullmatch(said.strip()):
        await show_named(context, said.strip())
    else:
        await drafting.write(context, None, text=said)


async def tapped(update: Update, context: Context) -> None:
    """A ticket's button."""
    [number] = context.tapped(1)
    await show_ticket(context, int(number))


async def earlier(update: Update, context: Context) -> None:
    """The button to what was said before."""
    number, cursor = context.tapped(2)
    await show_ticket(context, int(number), cursor=cursor)


async def show_named(context: Context, number: str) -> None:
    """The ticket of that number, as she typed it; where she has none such, all of hers."""
    plain = number.removeprefix("#")
    if plain.isascii() and plain.isdigit() and len(plain) <= NUMBER_DIGITS_MAX:
        await show_ticket(context, int(plain))
    else:
        await show_tickets(context, notice=render.unknown(number, context.tr))


async def show_ticket(context: Context, number: int, *, cursor: str | None = None) -> None:
    """One of them, or the list where it is none of hers; of one that became part of another, that other."""
    try:
        found = await context.core.my_ticket(number, cursor=cursor)
        while found.ticket.merged_into:
            found = await context.core.my_ticket(found.ticket.merged_into)
        into = found.ticket.number
        notice = render.merged(number, into, context.tr) if into != number else None
    except Refused as refusal:
        if refusal.code != TicketUnknown.code:
            raise
        await show_tickets(context, notice=render.unknown(str(number), context.tr))
        return
    await _show(context, found, notice=notice)


async def close(update: Update, context: Context) -> None:
    """She needs nothing more."""
    number = _number(context)
    try:
        found = await context.core.close_ticket(number, idempotency_key=context.key("close"))
    except Refused as refusal:
        await _instead(context, number, refusal)
        return
    if found.ticket.rating is None:
        await context.show(render.closed(number, context.tr))
    else:
        await _show(context, found)


async def reopen(update: Update, context: Context) -> None:
    """It is not done; what she writes next goes there."""
    number = _number(context)
    try:
        await context.core.reopen_ticket(number, idempotency_key=context.key("reopen"))
    except Refused as refusal:
        await _instead(context, number, refusal)
        return
    await asking.ask(context, render.reopened(number, context.tr), ADD, ticket=number)


async def rate(update: Update, context: Context) -> None:
    """How content she is, by one tap."""
    given, stars = context.tapped(2)
    number, count = int(given), int(stars)
    try:
        await context.core.rate_ticket(number, Rating(stars=count), idempotency_key=context.key("rate"))
    except Refused as refusal:
        await _instead(context, number, refusal)
        return
    await context.show(render.rated(number, count, context.tr))


async def ticket_status(context: Context, slots: Slots) -> None:
    """What became of one: the one that she named, the only open one, or all."""
    named = slots.get("ticket")
    if named is not None:
        await show_named(context, str(named))
        return
    cards = await drafting.open_tickets(context)
    if len(cards) == 1:
        await show_ticket(context, cards[0].number)
    else:
        await show_tickets(context)


async def _begin(context: Context) -> None:
    if context.stranger:
        raise Refused("chat_not_linked", {})
    await drafting.talk_to_people(context)


async def _show(context: Context, found: OwnTicket, *, notice: str | None = None) -> None:
    await context.show(render.ticket(found, context.tr, zone=context.me.time_zone, notice=notice))


async def _instead(context: Context, number: int, refusal: Refused) -> None:
    """What a tap that cannot be any more shows."""
    if refusal.code == TicketClosed.code:
        await context.show(render.too_old(number, context.tr))
    elif refusal.code in (*AS_IT_IS, TicketMerged.code, TicketUnknown.code):
        await show_ticket(context, number)
    else:
        raise refusal


def _number(context: Context) -> int:
    [number] = context.tapped(1)
    return int(number)


ANSWERS: Answers = {Intent.TICKET_STATUS: ticket_status}


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    app.add_handler(CommandHandler("tickets", tickets, filters.UpdateType.MESSAGE))
    app.add_handler(CommandHandler("ticket", ticket, filters.UpdateType.MESSAGE))
    app.add_handler(CallbackQueryHandler(tickets_page, r"^tk:"))
    app.add_handler(CallbackQueryHandler(tapped, r"^tko:[1-9]\d{0,14}$"))
    app.add_handler(CallbackQueryHandler(earlier, r"^tke:[1-9]\d{0,14}:"))
    app.add_handler(CallbackQueryHandler(close, r"^tkc:[1-9]\d{0,14}$"))
    app.add_handler(CallbackQueryHandler(reopen, r"^tkp:[1-9]\d{0,14}$"))
    app.add_handler(CallbackQueryHandler(rate, r"^tkr:[1-9]\d{0,14}:[1-5]$"))
