"""The staff's group: which of its updates are the desk's, and what becomes of taps, replies and commands there."""

import re
import time

from telegram import Message, Update
from telegram.error import BadRequest, Forbidden

from bot import desk_acts, desk_answers, desk_setup, staff
from bot.context import Context
from bot.desk_acts import ACTS, Tap
from bot.members import why
from bot.render import desk as render
from bot.render.desk_ticket import ticket_screen
from bot.screen import Screen
from bot.staff import Spot, core_of, post, spot_of
from core.access.model import PermissionMissing
from core.kernel.errors import Refused
from core.support.model import StaffGroup
from core.tickets.model import NewAnswer

DATA = "sd:"
DESK, TICKET, CANNED, MERGE = "desk", "ticket", "canned", "merge"
COMMANDS = (TICKET, CANNED, MERGE)
REPLYING = (CANNED, MERGE)
"""Commands that say something of the message they reply to."""
COMMANDLIKE = re.compile(r"/[A-Za-z]")
"""What is written like a command is never for the person, known or not."""
QUIET_S = 600
"""So long somebody without rights is not told again that she has none."""


async def take(update: Update, context: Context) -> bool:
    """Deal with an update of a group.

    Returns:
        False where it is no business of staff: the group is not theirs, or nobody spoke to the bot.
    """
    message, query, flow = update.message, update.callback_query, context.flow
    if message is not None and message.migrate_to_chat_id is not None:
        await context.services.core.move_staff_group(flow.claimed.chat_id, message.migrate_to_chat_id)
        return True
    command, rest = command_in(message, context.bot.username)
    if flow.user is None or flow.user.is_bot:
        return message is not None and await _anonymous(context, message, command)
    if message is not None and command == DESK:
        staff.speak(context, None)
        await desk_setup.register(context, message.chat)
        return True
    tapped = query is not None and (query.data or "").startswith(DATA)
    if not (tapped or command in COMMANDS or replied_to(message, context)):
        return False
    group = await staff.staff_group(context)
    staff.speak(context, group)
    if tapped:
        await _tapped(context, group)
    elif message is not None and group is not None:
        await _wrote(context, message, command, rest)
    return tapped or group is not None


async def _anonymous(context: Context, message: Message, command: str) -> bool:
    """Tell an administrator who writes as the group that nothing can be done in a name that nobody knows."""
    meant = command in (DESK, *COMMANDS) or replied_to(message, context)
    if message.sender_chat is None or message.sender_chat.id != message.chat.id or not meant:
        return False
    group = await staff.staff_group(context)
    if group is None and command != DESK:
        return False
    staff.speak(context, group)
    await post(context, spot_of(message), render.anonymous(context.tr))
    return True


def replied_to(message: Message | None, context: Context) -> Message | None:
    """The message of ours that somebody replied to; in a topic every message names the one that opened it."""
    reply = message.reply_to_message if message else None
    if reply is None or reply.from_user is None or reply.from_user.id != context.flow.bot_id:
        return None
    return None if reply.forum_topic_created else reply


def command_in(message: Message | None, bot: str) -> tuple[str, str]:
    """A command to this bot, without its slash, and what follows it exactly; two empty texts for anything else."""
    text = (message and message.text) or ""
    if not text.startswith("/"):
        return "", ""
    head, *rest = text[1:].split(maxsplit=1)[:2] or [""]
    name, _, to = head.partition("@")
    return (name.lower(), rest[0] if rest else "") if to.lower() in ("", bot.lower()) else ("", "")


async def _tapped(context: Context, group: StaffGroup | None) -> None:
    """A button of a card. Core is asked before anything on the screen moves: whoever may not act moves nothing."""
    tap = desk_acts.read(context)
    if group is None:
        await staff.tell(context, context.tr("Staff don't work in this group."), alert=True)
        return
    try:
        await core_of(context).desk_terms()
        await _act(context, tap)
    except Refused as refusal:
        await staff.tell(context, why(context, refusal), alert=True)
        return
    await staff.tell(context, "")


async def _act(context: Context, tap: Tap) -> None:
    if tap.act == "o":
        await _open(context, tap.ticket)
    elif tap.act == "u" and tap.argument.isdecimal():
        await desk_answers.undo(context, tap.ticket, int(tap.argument))
    elif tap.act == "m":
        await staff.put_buttons(context, render.more_rows(tap.ticket, context.tr))
    elif tap.act == "b":
        await staff.put_buttons(context, render.card_rows(tap.ticket, context.tr))
    elif tap.act in ACTS:
        done = await ACTS[tap.act](context, tap)
        if done.choices:
            await staff.put_buttons(context, done.choices)
        elif done.ticket is not None:
            await staff.tell(context, done.notice)
            await staff.put_buttons(context, render.card_rows(tap.ticket, context.tr))
    else:
        await staff.tell(context, context.tr("That button has expired."), alert=True)


async def _open(context: Context, ticket: int) -> None:
    """Show her a whole ticket, where nobody else reads along."""
    core, user = core_of(context), context.flow.user
    assert user is not None, "only somebody's taps come here"
    screen = ticket_screen(await core.ticket(ticket), await core.desk_terms(), context.tr)
    try:
        await post(context, Spot(user.id), screen)
    except (Forbidden, BadRequest):  # she blocked the bot, or never spoke to it
        how = context.tr("I can't write to you yet. Open @{bot}, tap Start, and try again.", bot=context.bot.username)
        await staff.tell(context, how, alert=True)
        return
    await staff.tell(context, context.tr("I've sent it to you in private."))


async def _wrote(context: Context, message: Message, command: str, rest: str) -> None:
    """A reply or a command of a group in which staff work."""
    reply = replied_to(message, context)
    mark = await context.services.display.about(context.flow, reply.message_id) if reply else ""
    ticket = staff.ticket_in(mark)
    try:
        if command == TICKET:
            await _towards(context, message, rest)
        elif ticket is None:
            await core_of(context).desk_terms()
            await post(context, spot_of(message), await _pointless(context, command))
        else:
            await answered(context, message, ticket, command, rest)
    except Refused as refusal:
        await _refused(context, message, refusal, ticket)


async def answered(context: Context, message: Message, ticket: int, command: str, rest: str) -> None:
    """A reply to a message about a ticket: words, a kept text, or into which other ticket it goes.

    Raises:
        Refused: core refuses it; nothing was sent.
    """
    if command == CANNED and rest:
        wish = NewAnswer(canned=rest.split(maxsplit=1)[0], delay_s=desk_answers.UNDO_S)
        await desk_answers.answer(context, spot_of(message), ticket, wish)
    elif command == CANNED:
        await post(context, spot_of(message), await _pointless(context, command))
    elif command == MERGE and rest.strip().isdecimal():
        await desk_answers.merge(context, message, ticket, int(rest.strip()[:15]))
    elif COMMANDLIKE.match(message.text or message.caption or ""):
        await post(context, spot_of(message), render.no_answer(ticket, context.tr, merging=command == MERGE))
    else:
        await desk_answers.replied(context, message, ticket)


async def _towards(context: Context, message: Message, rest: str) -> None:
    person, *text = rest.split(maxsplit=1) or [""]
    if not text:
        await core_of(context).desk_terms()
        await post(context, spot_of(message), render.how_to_open(context.tr))
        return
    await desk_answers.open_towards(context, message, person, text[0])


async def _pointless(context: Context, command: str) -> Screen:
    if command != CANNED:
        return render.lost_thread(context.tr)
    codes = sorted({one.code for one in await core_of(context).canned_answers()})
    return render.how_to_can(codes, context.tr)


async def _refused(context: Context, message: Message, refusal: Refused, ticket: int | None) -> None:
    """Say why, below what was refused; somebody without rights hears it once in a while, whatever she tries."""
    flow = context.flow
    if refusal.code == PermissionMissing.code and flow.user is not None:
        place = (flow.claimed.chat_id, flow.user.id)
        if (context.services.turned_away.get(place) or 0.0) > time.monotonic():
            return
        context.services.turned_away.put(place, time.monotonic() + QUIET_S)
    await post(context, spot_of(message), render.not_sent(why(context, refusal), context.tr, ticket))
