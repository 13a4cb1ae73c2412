"""The staff's desk in a private chat: what waits for a member, a ticket whole, its files, and answers from there."""

from telegram import Update

from bot import desk_acts, desk_answers, desk_group, desk_incidents, desk_menu, staff
from bot.context import App, Context
from bot.desk_acts import ACTS, Tap
from bot.members import on_command, on_tap, why
from bot.render import desk as render
from bot.render import desk_home as render_home
from bot.render.desk_incidents import incident_in
from bot.render.desk_ticket import history_screen, ticket_screen
from bot.screen import Screen
from bot.staff import Spot, core_of, post, post_file
from core.access.model import Permission
from core.kernel.errors import Refused
from core.tickets.model import NewAnswer, StaffTicket

FILES_MAX = 10
MINE, ALL = "mine", "all"


async def took(update: Update, context: Context) -> bool:
    """Whether it was a reply to something of the desk's, which is an answer, a note or a command."""
    message = update.message
    reply = desk_group.replied_to(message, context)
    if message is None or reply is None:
        return False
    mark = await context.services.display.about(context.flow, reply.message_id)
    ticket, incident = staff.ticket_in(mark), incident_in(mark)
    if ticket is None and incident is None:
        return False
    command, rest = desk_group.command_in(message, context.bot.username)
    if command and command not in desk_group.REPLYING:
        return False
    staff.speak(context, None)
    try:
        if incident is not None:
            await desk_incidents.replied(context, message, incident)
        elif ticket is not None:
            await desk_group.answered(context, message, ticket, command, rest)
    except Refused as refusal:
        await post(context, staff.spot_of(message), render.not_sent(why(context, refusal), context.tr, ticket))
    return True


async def link(context: Context, token: str) -> None:
    """A one-time link of the company's: from now on a member of staff works from this chat."""
    try:
        member = await context.core.link_staff(token)
    except Refused as refusal:
        await context.show(Screen(why(context, refusal)))
        return
    staff.speak(context, None)
    await context.keep_language()
    await desk_menu.in_private(context, context.flow.claimed.chat_id, member)
    await context.show(render_home.linked(member, context.tr))


async def desk(update: Update, context: Context) -> None:
    """/desk: what waits for her, and what she may do from here."""
    core = core_of(context)
    member = await core.member()
    if Permission.SEE_TICKETS not in member.permissions:
        await context.show(render_home.without_tickets(member, context.tr))
        return
    mine = await core.tickets(assignee=member.name, order="due", limit=render_home.PAGE)
    first = await core.tickets(order="due", limit=1)
    terms = await core.desk_terms()
    await context.show(render_home.home(member, mine.items, first.items, terms, context.tr))


async def queue(update: Update, context: Context) -> None:
    """Tickets in the order in which they are due: hers, or all."""
    which, cursor = context.tapped(2)
    core = core_of(context)
    hers = (await core.member()).name if which == MINE else None
    page = await core.tickets(assignee=hers, order="due", cursor=cursor or None, limit=render_home.PAGE)
    screen = render_home.queue(page, which, await core.desk_terms(), context.tr, first=not cursor)
    await context.show(screen)


async def tapped(update: Update, context: Context) -> None:
    """A button of a ticket."""
    tap = desk_acts.read(context)
    await core_of(context).desk_terms()  # core is asked before anything on the screen moves
    if tap.act in ACTS:
        done = await ACTS[tap.act](context, tap)
        if done.choices:
            await staff.put_buttons(context, done.choices)
        elif done.ticket is not None:
            await _show(context, done.ticket, done.notice)
    elif tap.act in PRIVATE:
        await PRIVATE[tap.act](context, tap)
    else:
        await _open(context, tap)


async def _open(context: Context, tap: Tap) -> None:
    await _show(context, await core_of(context).ticket(tap.ticket))


async def _show(context: Context, found: StaffTicket, notice: str | None = None) -> None:
    await context.show(ticket_screen(found, await core_of(context).desk_terms(), context.tr, notice))


async def _history(context: Context, tap: Tap) -> None:
    core = core_of(context)
    await context.show(history_screen(await core.ticket(tap.ticket), await core.desk_terms(), context.tr))


async def _files(context: Context, tap: Tap) -> None:
    """Every file of the ticket's newest messages, as it came."""
    core, chat = core_of(context), context.flow.claimed.chat_id
    context.flow.action = "upload_document"
    found = await core.ticket(tap.ticket)
    files = [file for message in found.messages for file in message.attachments]
    for file in files[-FILES_MAX:]:
        content = await core.ticket_file(tap.ticket, file.id)
        await post_file(context, Spot(chat), file.name, file.media_type, content)


async def _kept_texts(context: Context, tap: Tap) -> None:
    """Texts that are kept for answers; one that is chosen goes out like an answer."""
    core = core_of(context)
    found = await core.ticket(tap.ticket)
    known = await core.canned_answers()
    if not tap.argument:
        codes = sorted({one.code for one in known})
        await context.show(render_home.kept_texts(found.ticket.number, codes, context.tr))
        return
    wish = NewAnswer(canned=tap.argument, delay_s=desk_answers.UNDO_S)
    await desk_answers.answer(context, Spot(context.flow.claimed.chat_id), tap.ticket, wish)


async def _undo(context: Context, tap: Tap) -> None:
    if tap.argument.isdecimal():
        await desk_answers.undo(context, tap.ticket, int(tap.argument))


PRIVATE = {"h": _history, "f": _files, "c": _kept_texts, "u": _undo}


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    on_command(app, "desk", desk)
    on_tap(app, r"^sdk$", desk)
    on_tap(app, r"^sq:", queue)
    on_tap(app, r"^sd:", tapped)
