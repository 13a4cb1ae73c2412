"""What handlers for staff share: core in a member's name, answers to taps that only she sees, and where to write."""

import time
from contextlib import suppress
from dataclasses import dataclass

from telegram import InputFile, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.context import Context
from bot.flow import ANSWERED
from bot.keyboards import markup
from bot.screen import TEXT_MAX, Rows, Screen, cut
from bot.services import Desked
from core.client import MemberClient
from core.kernel.errors import Refused
from core.messaging.model import SentStep, Shown
from core.support.model import GroupUnknown, StaffGroup
from i18n.errors import sentence
from i18n.negotiation import spoken
from i18n.translator import translator

ALERT_MAX = 200
"""Telegram's limit for the answer to a tap."""
PREFIX = "desk"
CAPTIONED = ("image/jpeg", "image/png")
GROUP_KEPT_S = 8.0


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a message goes: a chat, a topic of it, and the message that it replies to."""

    chat: int
    thread: int | None = None
    reply_to: int | None = None


def about(ticket: int) -> str:
    """The mark of messages that a reply to belongs to this ticket's desk."""
    return f"{PREFIX}:{ticket}"


def ticket_in(mark: str) -> int | None:
    """The ticket that a mark names; None for a mark of another kind."""
    kind, _, number = mark.partition(":")
    return int(number) if kind == PREFIX and number.isascii() and number.isdigit() and len(number) < 16 else None


def core_of(context: Context) -> MemberClient:
    """Core, asked in the name of whoever acts; in a group she has rights only if it is the staff's."""
    flow = context.flow
    assert flow.user is not None, "only somebody's updates come here"
    group = None if flow.private else flow.claimed.chat_id
    request = f"tg{flow.claimed.update_id}"
    return context.services.core.for_member(flow.user.id, request, group=group, language=context.tr.language)


async def staff_group(context: Context, *, anew: bool = False) -> StaffGroup | None:
    """The group that this update comes from, if staff work there; believed for a few seconds."""
    chat, services = context.flow.claimed.chat_id, context.services
    known = services.desks.get(chat)
    if known is not None and not anew and time.monotonic() < known.until:
        return known.group
    try:
        found: StaffGroup | None = await services.core.staff_group(chat)
    except Refused as refusal:
        if refusal.code != GroupUnknown.code:
            raise
        found = None
    services.desks.put(chat, Desked(found, time.monotonic() + GROUP_KEPT_S))
    return found


def speak(context: Context, group: StaffGroup | None) -> None:
    """The member's own language where it is one of ours, else the group's."""
    flow = context.flow
    hers = spoken((flow.user and flow.user.language_code) or "")
    flow.tr = translator(hers or (group.language if group else flow.tr.language))


async def tell(context: Context, text: str, *, alert: bool = False) -> None:
    """Answer a tap so that only who tapped reads it; once, however often the update is tried."""
    query, flow = context.flow.update.callback_query, context.flow
    if query is None or ANSWERED in flow.sent or context.services.acknowledged.get(query.id):
        return
    with suppress(TelegramError):  # too late for the spinner is no reason to leave the rest out
        await context.bot.answer_callback_query(query.id, cut(text, ALERT_MAX) or None, show_alert=alert)
    context.services.acknowledged.put(query.id, True)
    _record(context, ANSWERED, flow.claimed.chat_id, 0, None, None)


def reason(context: Context, refusal: Refused) -> str:
    """Why core refused, in words."""
    return sentence(refusal.code, refusal.facts, context.tr)


def spot_of(message: Message) -> Spot:
    """Right below a message, in its topic."""
    thread = message.message_thread_id if message.is_topic_message else None
    return Spot(message.chat.id, thread, message.message_id)


async def post(context: Context, spot: Spot, screen: Screen) -> int:
    """Send a message anywhere; the message's number, also of one that an earlier try has sent."""
    step = context.flow.next_step()
    known = context.flow.sent.get(step)
    if known is not None:
        return known.message_id
    screen = screen.fitting(TEXT_MAX)
    message = await context.bot.send_message(
        spot.chat,
        screen.html,
        parse_mode=ParseMode.HTML,
        reply_markup=markup(screen.rows),
        message_thread_id=spot.thread,
        reply_parameters=_reply(spot),
    )
    _record(context, step, spot.chat, message.message_id, f".{screen.fingerprint}", screen.about)
    return message.message_id


async def post_file(context: Context, spot: Spot, name: str, media_type: str, content: bytes) -> None:
    """Send a file; a picture as one where Telegram takes it so, else as it is."""
    step = context.flow.next_step()
    if step in context.flow.sent:
        return
    file = InputFile(content, filename=name)
    message: Message | None = None
    if media_type in CAPTIONED:
        with suppress(BadRequest):  # too wide or too large for a picture
            message = await context.bot.send_photo(spot.chat, file, filename=name)
    if message is None:
        message = await context.bot.send_document(
            spot.chat, InputFile(content, filename=name), disable_content_type_detection=True
        )
    _record(context, step, spot.chat, message.message_id, None, None)


async def put_buttons(context: Context, rows: Rows) -> None:
    """Give the tapped message other buttons and leave what it says; whoever else edits it meanwhile wins."""
    query = context.flow.update.callback_query
    message = query.message if query else None
    if not isinstance(message, Message):
        return
    wanted = markup(rows)
    if message.reply_markup == wanted:
        return
    with suppress(BadRequest):  # it may be gone, or somebody else gave it these buttons meanwhile
        await context.bot.edit_message_reply_markup(message.chat.id, message.message_id, reply_markup=wanted)


def _reply(spot: Spot) -> ReplyParameters | None:
    """A reply, which goes out even where the message it replies to was deleted meanwhile."""
    return None if spot.reply_to is None else ReplyParameters(spot.reply_to, allow_sending_without_reply=True)


def _record(context: Context, step: str, chat: int, message: int, shows: str | None, mark: str | None) -> None:
    flow = context.flow
    if message:
        context.services.shown.put((chat, message), Shown(shown=shows, about=mark or None))
    sent = SentStep(
        update_id=flow.claimed.update_id, step=step, chat_id=chat, message_id=message, shown=shows, about=mark or None
    )
    flow.sent[step] = sent
    context.services.talk.sent(sent)
