"""The way in: /start, one-time links of people and of staff, an invitation, and the person's own phone contact."""

import re

from telegram import ReplyKeyboardRemove, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot import desk_private
from bot.context import App, Context
from bot.guard import know
from bot.keyboards import contact_request
from bot.render import drafting as render_draft
from bot.render import invite as render_invite
from bot.render import start as render
from bot.screen import Screen
from core.access.model import STAFF_PREFIX
from core.kernel.errors import Refused
from core.referrals.model import START_PREFIX, Inviter, ReferralUnknown
from i18n.errors import sentence

TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")


async def start(update: Update, context: Context) -> None:
    """/start: the starting page; a one-time token links the chat first; strangers see the way in, and who invites."""
    payload = context.args[0] if context.args else ""
    if payload.startswith(START_PREFIX):
        await _meet(context, payload)
    elif payload.startswith(STAFF_PREFIX):
        await desk_private.link(context, payload.removeprefix(STAFF_PREFIX))
    elif TOKEN.fullmatch(payload):
        await _link_by_token(context, payload)
    else:
        await _begin(context)


async def _begin(context: Context) -> None:
    """The starting page, or for strangers the way in."""
    if context.stranger:
        await invite(context, render.stranger(context.tr))
    else:
        await show_home(context)


async def home(update: Update, context: Context) -> None:
    """The menu button."""
    await show_home(context)


async def share_contact(update: Update, context: Context) -> None:
    """A contact: links the chat when it is the sender's own."""
    message = update.message
    assert message is not None and message.contact is not None, "the filter lets contacts through only"
    own = context.flow.user is not None and message.contact.user_id == context.flow.user.id
    if not context.stranger:
        met = render.known_already(context.me, context.tr)
        await context.show(met if own else render_draft.no_such_thing(context.tr))
        return
    if not own:
        await invite(context, render.foreign_contact(context.tr))
        return
    try:
        await context.core.link_by_phone(message.contact.phone_number)
    except Refused as refusal:
        # What she may try instead is in the reason: the button that has just failed would be no help.
        await invite(context, Screen(sentence(refusal.code, refusal.facts, context.tr)))
        return
    await know(context, anew=True)
    await _welcome(context)


async def show_home(context: Context) -> None:
    """The starting page of somebody we know."""
    await context.show(render.home(context.me, context.tr))


async def invite(context: Context, screen: Screen) -> None:
    """Say something to a stranger, with the key that shares her number."""
    await context.services.display.say(context.flow, screen, keyboard=contact_request(context.tr))


async def _meet(context: Context, payload: str) -> None:
    """Greet a stranger in the name of whoever invites her; anybody else, and of a link of nobody, as always."""
    inviter = await _inviter(context, payload) if context.stranger else None
    if inviter is None:
        await _begin(context)
    else:
        await invite(context, render_invite.invited(inviter.name, context.tr))


async def _inviter(context: Context, payload: str) -> Inviter | None:
    try:
        return await context.core.came_by(payload, idempotency_key=context.key("came_by"))
    except Refused as refusal:
        if refusal.code != ReferralUnknown.code:
            raise
        return None


async def _link_by_token(context: Context, token: str) -> None:
    before = context.flow.me
    try:
        await context.core.link_by_token(token)
    except Refused as refusal:
        reason = sentence(refusal.code, refusal.facts, context.tr)
        if context.stranger:
            await invite(context, render.refused(reason, context.tr))
        else:
            await context.show(Screen(reason))
            await show_home(context)
        return
    await know(context, anew=True)
    if before is not None and before.code == context.me.code:
        await context.show(render.linked_already(context.me, context.tr))
    else:
        await _welcome(context)


async def _welcome(context: Context) -> None:
    await context.keep_language()
    await context.services.display.say(
        context.flow, render.linked(context.me, context.tr), keyboard=ReplyKeyboardRemove()
    )
    await context.show(render.home(context.me, context.tr, new=True))


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    app.add_handler(CommandHandler("start", start, filters.UpdateType.MESSAGE))
    app.add_handler(CallbackQueryHandler(home, r"^home$"))
    app.add_handler(MessageHandler(filters.CONTACT & filters.UpdateType.MESSAGE, share_contact))
