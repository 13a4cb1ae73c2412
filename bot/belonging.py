"""Which ticket a message belongs to: the one replied to, the draft under way, or the one that waits for her."""

from collections.abc import Sequence

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot import adding, asking, drafting, talk
from bot.answering import typed
from bot.context import App, Context
from bot.files import file_in
from bot.place import DRAFT, TICKET, continued, open_draft
from bot.place import read as read_mark
from bot.render import drafting as render
from bot.understanding.model import Intent, Understood
from core.tickets.model import Phase, TicketCard

SURE = 0.85
"""A message that is so surely understood as another wish leaves the draft alone."""
GO_ON = frozenset({Intent.OPEN_TICKET, Intent.HUMAN, Intent.OUT_OF_SCOPE, Intent.THANKS, Intent.GREETING})
"""What a message to the company may be read as."""
SMALL_WORDS = frozenset({Intent.CANCEL, Intent.GREETING, Intent.THANKS})
NAMING = {Intent.ORDERS: "order", Intent.PERSON: "person", Intent.STATEMENT: "period", Intent.PAYOUT: None}
"""What may be evidence as well as a question, with the slot that makes it evidence; None is evidence in any case."""
QUESTION = frozenset("?¿؟？")
REPLIES = {**drafting.REPLIES, **adding.REPLIES}
"""Questions that any message answers: words of any length, photos, voice."""


async def taken(context: Context) -> bool:
    """Take a message that says by its place where it belongs: a reply, or the rest of an album or a long letter."""
    replied = await _replied_to(context)
    if replied is not None:
        return await _into(context, *replied)
    place = await continued(context)
    return place is not None and await _into(context, place.kind, place.number)


async def taken_by_draft(context: Context, read: Understood) -> bool:
    """Take what she writes while she is at a draft, but for what is surely another wish."""
    if _is_elsewhere(read, typed(context)):
        return False
    place = await open_draft(context)
    if place is None:
        return False
    await drafting.write(context, read, going_on=True)
    return True


async def taken_by_waiting(context: Context, cards: Sequence[TicketCard]) -> bool:
    """Take what nobody understands as her answer, where a ticket waits for one; of several she says which."""
    if not any(card.phase is Phase.WAITING_PERSON for card in cards):
        return False
    if len(cards) == 1:
        return await adding.add(context, cards[0].number, unasked=True)
    await drafting.ask_which(context, cards)
    return True


async def taken_by_ticket(context: Context, cards: Sequence[TicketCard]) -> bool:
    """Take what nobody understands into a draft, where she has open tickets, and ask for which of them it is."""
    if not cards:
        return False
    await drafting.ask_which(context, cards)
    return True


def says_no_wish(read: Understood) -> bool:
    """Whether a message may be a word of a conversation: "no, not yet" is no cancel, and "yes" means nothing to us."""
    return read.intent is Intent.OUT_OF_SCOPE or (read.intent in SMALL_WORDS and read.confidence < 1)


def begins_with_a_name(read: Understood, text: str) -> bool:
    """Whether a message is a name, or begins with one: as likely the answer to "Which Ana?" as a question after her."""
    name = str(read.slots.get("person", "")).casefold()
    return read.intent is Intent.PERSON and bool(name) and text.casefold().lstrip().startswith(name)


def is_question(text: str) -> bool:
    """Whether it asks something, by its marks."""
    return bool(QUESTION & set(text))


async def no_text(update: Update, context: Context) -> None:
    """A photo, a voice message, a document: evidence of something; anything else cannot be passed on."""
    if context.stranger:
        await talk.help_page(update, context)
        return
    if await taken(context) or await _answers_question(context):
        return
    message = update.message
    if message is None or file_in(message) is None:
        await context.show(render.no_such_thing(context.tr))
        return
    if await open_draft(context) is not None:
        await drafting.write(context, None, going_on=True)
        return
    cards = await drafting.open_tickets(context)
    if len(cards) == 1 and cards[0].phase is Phase.WAITING_PERSON:
        await adding.add(context, cards[0].number, unasked=True)
    elif cards and not message.caption:
        await drafting.ask_which(context, cards)
    else:
        await drafting.write(context, None, cards=cards)


async def _answers_question(context: Context) -> bool:
    """Whether it was the answer to what to write or to add."""
    asked = await asking.waiting(context)
    if asked is None or asked.what not in REPLIES:
        return False
    message = context.flow.update.message
    if message is None or file_in(message) is None:
        return False
    return await REPLIES[asked.what](
        context, asked.about, Understood(Intent.OUT_OF_SCOPE, language=context.tr.language)
    )


async def _replied_to(context: Context) -> tuple[str, int] | None:
    """The draft or the ticket that the message of ours is about to which she replies."""
    message = context.flow.update.message
    reply = message.reply_to_message if message else None
    if reply is None or reply.from_user is None or reply.from_user.id != context.bot.id:
        return None
    mark = read_mark(await context.services.display.about(context.flow, reply.message_id))
    if mark is None or mark[0] != DRAFT:
        return mark
    ticket = await drafting.became(context, mark[1])
    return mark if ticket is None else (TICKET, ticket)


async def _into(context: Context, kind: str, number: int) -> bool:
    """Put the message there; False where that is no longer possible."""
    message = context.flow.update.message
    if message is not None and not message.text and file_in(message) is None:
        await context.show(render.no_such_thing(context.tr))
        return True
    if kind == DRAFT:
        await drafting.write(context, None, going_on=True)
        return True
    return await adding.add(context, number)


def _is_elsewhere(read: Understood, text: str) -> bool:
    """Whether a message is surely a wish of its own: "order 70001" is evidence, "where is order 70001?" is none."""
    if read.intent in GO_ON or read.confidence < SURE or says_no_wish(read):
        return False
    if read.intent not in NAMING or is_question(text):
        return True
    slot = NAMING[read.intent]
    return slot is not None and slot not in read.slots


def register(app: App) -> None:
    """Add this last: it takes messages that are no text."""
    app.add_handler(MessageHandler(filters.UpdateType.MESSAGE & ~filters.TEXT & ~filters.StatusUpdate.ALL, no_text))
