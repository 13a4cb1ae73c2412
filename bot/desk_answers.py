"""What staff write by replying: answers with a preview and an undo, notes, kept texts, merges, and new tickets."""

import re
from dataclasses import dataclass

from telegram import Message

from bot import files, staff
from bot.context import Context
from bot.render import desk as render
from bot.staff import Spot, core_of, post, spot_of
from core.kernel.errors import Refused
from core.support.model import PreviewPlace
from core.tickets.model import Answer, AnswerGone, NewAnswer, NewTicket, Words
from i18n.languages import SOURCE

UNDO_S = 10
OTHER_TYPE = "other"
"""Every company has this type."""
NOTE = re.compile(r"([#＃]|(note|nota|notiz|observação)\s*:)\s*", re.IGNORECASE)
"""How a reply begins that the person is not to see."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a reply holds: its text exactly, and the files that core keeps."""

    text: str
    attachments: tuple[int, ...]


async def replied(context: Context, message: Message, ticket: int) -> None:
    """A reply to something about a ticket: a note, or an answer.

    Raises:
        Refused: core refuses what it asks for; nothing was sent.
    """
    given = await _given(context, message)
    begins = NOTE.match(given.text)
    if begins is not None:
        words = Words(text=given.text[begins.end() :], attachments=given.attachments)
        await core_of(context).note_on_ticket(ticket, words, idempotency_key=context.key("note"))
        await post(context, spot_of(message), render.noted(ticket, context.tr))
        return
    wish = NewAnswer(text=given.text, attachments=given.attachments, delay_s=UNDO_S)
    await answer(context, spot_of(message), ticket, wish)


async def answer(context: Context, spot: Spot, ticket: int, wish: NewAnswer) -> None:
    """Answer the person, and show there what goes to whom."""
    made = await core_of(context).answer_ticket(ticket, wish, idempotency_key=context.key("answer"))
    await _preview(context, spot, made, wish.text or await _kept(context, wish, made), len(wish.attachments))


async def open_towards(context: Context, message: Message, person: str, text: str) -> None:
    """A ticket towards a person, whose first words are these."""
    wish = NewTicket(person=person, type=OTHER_TYPE, text=text, delay_s=UNDO_S)
    made = await core_of(context).open_ticket(wish, idempotency_key=context.key("open"))
    await _preview(context, spot_of(message), made, text, 0)


async def merge(context: Context, message: Message, ticket: int, into: int) -> None:
    """Make a ticket a part of another of the same person."""
    await core_of(context).merge_ticket(ticket, into, idempotency_key=context.key("merge"))
    await post(context, spot_of(message), render.merged(ticket, into, context.tr))


async def undo(context: Context, ticket: int, number: int) -> None:
    """Take an answer back while it waits, and say so in place of its preview."""
    try:
        await core_of(context).take_back_answer(ticket, number, idempotency_key=context.key("undo"))
    except Refused as refusal:
        if refusal.code != AnswerGone.code:
            raise
        await staff.tell(context, context.tr("Too late: it's on its way, or was taken back already."), alert=True)
        return
    await staff.tell(context, context.tr("Taken back. Nothing was sent."))
    await context.show(render.taken_back(ticket, context.tr))


async def _given(context: Context, message: Message) -> Given:
    fetched = await files.fetch(context, message)
    text = message.text or message.caption or ""
    if fetched is None:
        return Given(text, ())
    kept = await core_of(context).attachment(fetched.name, fetched.content, idempotency_key=context.key("file"))
    return Given(text, (kept.id,))


async def _preview(context: Context, spot: Spot, made: Answer, text: str, count: int) -> None:
    shown = await post(context, spot, render.preview(made, text, count, UNDO_S, context.tr))
    place = PreviewPlace(ticket=made.ticket, answer=made.id, chat=spot.chat, message=shown)
    await core_of(context).previewed(place, idempotency_key=context.key("previewed"))


async def _kept(context: Context, wish: NewAnswer, made: Answer) -> str:
    """The text of a canned answer, as the person gets it."""
    if wish.canned is None:
        return ""
    known = await core_of(context).canned_answers()
    of_code = {one.language: one.text for one in known if one.code == wish.canned}
    wanted = (made.language, made.language.partition("-")[0], SOURCE)
    return next((of_code[one] for one in wanted if one in of_code), next(iter(of_code.values()), ""))
