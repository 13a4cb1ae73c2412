"""The buttons under a draft: sending it, changing what goes with it, and leaving it."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.confirming import is_stale
from bot.context import App, Context
from bot.drafting import COMMISSIONS, drop, show, talk_to_people
from bot.place import TICKET, remember
from bot.render import drafting as render
from core.kernel.errors import Refused
from core.tickets.model import (
    Draft,
    DraftChange,
    DraftEmpty,
    DraftGone,
    DraftPart,
    TicketClosed,
    TicketMerged,
    TooManyAttachments,
    TooManyOpenTickets,
    Wanted,
)
from i18n.errors import sentence

SAID_IN_PREVIEW = (
    DraftEmpty.code,
    TicketClosed.code,
    TicketMerged.code,
    TooManyAttachments.code,
    TooManyOpenTickets.code,
)
"""Refusals after which the draft is still there for her to change."""


async def human(update: Update, context: Context) -> None:
    """The button that leads to people, from everywhere."""
    context.flow.apart = True
    await talk_to_people(context)


async def from_why(update: Update, context: Context) -> None:
    """The button under the explanation of an amount: a draft that carries the line."""
    [award] = context.tapped(1)
    context.flow.apart = True
    part = DraftPart(part=context.key("why"), type=COMMISSIONS, wanted=Wanted(award=award))
    draft = await context.core.add_to_draft(part)
    await show(context, draft, cards=[], old=draft.parts > 1)


async def send(update: Update, context: Context) -> None:
    """The one tap that sends it; however often it comes, it is sent once."""
    if is_stale(context):
        return
    draft, ticket = context.tapped(2)
    await _send(context, int(draft), added=ticket != "0")


async def send_to(update: Update, context: Context) -> None:
    """An open ticket's button: her words go there at once; a second tap finds them there."""
    if is_stale(context):
        return
    draft, ticket = (int(number) for number in context.tapped(2))
    try:
        await context.core.change_draft(DraftChange(draft=draft, ticket=ticket), idempotency_key=context.key("draft"))
    except Refused as refusal:
        if refusal.code != DraftGone.code:
            await _not_sent(context, draft, refusal)
            return
    await _send(context, draft, added=True)


async def choose_type(update: Update, context: Context) -> None:
    """What it may be about, or the type that she chose."""
    draft, code = context.tapped(2)
    if code:
        await _change(context, DraftChange(draft=int(draft), type=code))
        return
    found = await _mine(context, draft)
    if found is not None:
        await context.show(render.types(found, await context.core.ticket_desk(), context.tr))


async def drop_evidence(update: Update, context: Context) -> None:
    """A piece of evidence that she does not want with it."""
    draft, ref = context.tapped(2)
    await _change(context, DraftChange(draft=int(draft), drop_link=int(ref)))


async def only_new(update: Update, context: Context) -> None:
    """Without what she wrote long before."""
    [draft] = context.tapped(1)
    await _change(context, DraftChange(draft=int(draft), only_last=True))


async def new_instead(update: Update, context: Context) -> None:
    """A new ticket in place of an addition to an open one."""
    draft, _ = context.tapped(2)
    changed = await _changed(context, DraftChange(draft=int(draft), ticket=0))
    if changed is not None:
        await show(context, changed, cards=())


async def back(update: Update, context: Context) -> None:
    """The preview again."""
    [draft] = context.tapped(1)
    found = await _mine(context, draft)
    if found is not None:
        await show(context, found)


async def cancel(update: Update, context: Context) -> None:
    """She would rather not."""
    [draft] = context.tapped(1)
    await drop(context, int(draft))
    await context.show(render.cancelled(context.tr))


async def _send(context: Context, draft: int, *, added: bool) -> None:
    try:
        ticket = await context.core.send_draft(draft, idempotency_key=context.key("send"))
    except Refused as refusal:
        await _not_sent(context, draft, refusal)
        return
    await context.show(render.sent(ticket, context.tr, zone=context.me.time_zone, added=added))
    await remember(context, TICKET, ticket.number)


async def _not_sent(context: Context, draft: int, refusal: Refused) -> None:
    """Why not, with the draft as it is; nothing of it is lost."""
    if refusal.code == DraftGone.code:
        await context.show(render.gone(context.tr))
        return
    if refusal.code not in SAID_IN_PREVIEW:
        raise refusal
    found = await _mine(context, str(draft))
    if found is not None:
        await show(context, found, refused=sentence(refusal.code, refusal.facts, context.tr))


async def _mine(context: Context, draft: str) -> Draft | None:
    """The draft that a button was about; where there is another or none, she hears so."""
    found = await context.core.my_draft()
    if found is None or str(found.id) != draft:
        await context.show(render.gone(context.tr))
        return None
    return found


async def _change(context: Context, change: DraftChange) -> None:
    """Change the draft and show it."""
    changed = await _changed(context, change)
    if changed is not None:
        await show(context, changed)


async def _changed(context: Context, change: DraftChange) -> Draft | None:
    try:
        return await context.core.change_draft(change, idempotency_key=context.key("draft"))
    except Refused as refusal:
        if refusal.code != DraftGone.code:
            raise
    await context.show(render.gone(context.tr))
    return None


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    app.add_handler(CallbackQueryHandler(human, r"^tdn$"))
    app.add_handler(CallbackQueryHandler(from_why, r"^tdw:"))
    app.add_handler(CallbackQueryHandler(send, r"^tds:[1-9]\d{0,14}:\d{1,15}$"))
    app.add_handler(CallbackQueryHandler(send_to, r"^tdg:[1-9]\d{0,14}:[1-9]\d{0,14}$"))
    app.add_handler(CallbackQueryHandler(choose_type, r"^tdt:[1-9]\d{0,14}(:|$)"))
    app.add_handler(CallbackQueryHandler(drop_evidence, r"^tdl:[1-9]\d{0,14}:[1-9]\d{0,14}$"))
    app.add_handler(CallbackQueryHandler(only_new, r"^tdo:[1-9]\d{0,14}$"))
    app.add_handler(CallbackQueryHandler(new_instead, r"^tdf:[1-9]\d{0,14}:0$"))
    app.add_handler(CallbackQueryHandler(back, r"^tdp:[1-9]\d{0,14}$"))
    app.add_handler(CallbackQueryHandler(cancel, r"^tdx:[1-9]\d{0,14}$"))
