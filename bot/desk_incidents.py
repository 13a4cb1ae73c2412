"""Incidents from a member's private chat: the list, one of them, and news for everybody whom it concerns."""

from telegram import Message, Update

from bot.context import App, Context
from bot.keeping import keep, kept
from bot.members import on_command, on_tap, why
from bot.render import desk_incidents as render
from bot.staff import core_of, post, spot_of
from core.incidents.model import TEXT_MAX, NewUpdate
from core.kernel.errors import Refused

KEPT = "incident_news"


async def incidents(update: Update, context: Context) -> None:
    """/incidents: the last ones."""
    await context.show(render.incidents((await core_of(context).incidents(limit=render.LISTED)).items, context.tr))


async def incident(update: Update, context: Context) -> None:
    """One of them."""
    number, _ = _read(context)
    await context.show(render.incident(await core_of(context).incident(number), context.tr))


async def replied(context: Context, message: Message, number: int) -> None:
    """Words for everybody: shown with how many would hear them, and kept until she says so.

    Raises:
        Refused: core refuses her to lead incidents.
    """
    found = await core_of(context).incident(number)
    text = (message.text or "").strip()
    if not text or len(text) > TEXT_MAX:
        told = context.tr.plural("Write at most {n} character.", "Write at most {n} characters.", TEXT_MAX)
        await post(context, spot_of(message), render.incident(found, context.tr, told))
        return
    offer = message.message_id
    await keep(context, **{KEPT: {"incident": number, "offer": offer, "text": text, "language": context.tr.language}})
    await post(context, spot_of(message), render.telling(found, text, offer, context.tr))


async def tell(update: Update, context: Context) -> None:
    """Everybody hears it; words that she replaced meanwhile do not go out."""
    number, offer = _read(context)
    words = (await kept(context)).get(KEPT)
    core = core_of(context)
    if not isinstance(words, dict) or (words.get("incident"), words.get("offer")) != (number, offer):
        gone = context.tr("These words were replaced or are out already.")
        await context.show(render.incident(await core.incident(number), context.tr, gone))
        return
    news = NewUpdate(words={str(words["language"]): str(words["text"])})
    try:
        found = await core.tell_incident(number, news, idempotency_key=f"desk.news:{number}:{offer}")
    except Refused as refusal:
        await context.show(render.incident(await core.incident(number), context.tr, why(context, refusal)))
        return
    await context.show(render.incident(found, context.tr, context.tr("It is on its way to everybody.")))


def _read(context: Context) -> tuple[int, int]:
    """Incident and offer of the tapped button; 0 where it names none."""
    number, offer = (int(one) if one.isascii() and one.isdigit() and len(one) < 10 else 0 for one in context.tapped(2))
    return number, offer


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    on_command(app, "incidents", incidents)
    on_tap(app, r"^si$", incidents)
    on_tap(app, r"^sio:", incident)
    on_tap(app, r"^sit:", tell)
