"""Giving points to somebody: whom, how many, and one tap that restates it."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.answering import Answers, Slots, typed
from bot.asking import About, Replies, answered, ask, names_something
from bot.company_words import in_words_of_all
from bot.confirming import decline, is_declined, is_stale
from bot.context import App, Context
from bot.render import transfer as render
from bot.render.odd import odd
from bot.render.refusals import OTHER_AMOUNT, reason
from bot.render.transfer import SUGGESTED
from bot.understanding.cues import concepts
from bot.understanding.model import Intent, SlotValue, Understood
from bot.understanding.slots.amounts import points_or_number
from bot.understanding.slots.odd import Odd, odd_amount
from bot.understanding.slots.share import Share, is_short, share
from bot.understanding.text import fold, words
from core.kernel.errors import Refused
from core.kernel.words import CompanyText
from core.offers.model import OfferChanged, OfferGone
from core.people.model import Kind, LinePerson
from core.points.model import (
    POINTS_MAX,
    ReceiverAmbiguous,
    ReceiverUnknown,
    TransferWish,
    WayClosed,
)
from core.points.model import NotToYourself as ToYourself
from core.points.model import ReceiverClosed as Closed

WHOM = "give_to"
HOW_MANY = "give"
"""The two questions, kept while she types."""
NAME_WORDS_MAX = 6
ANSWER_WORDS_MAX = 4
TYPED_MAX = 120
ABOUT_GIVING = frozenset({"points", "send"})
SURE = 0.6
"""A short message that is so surely understood as another wish is no name."""
OTHER_PERSON = (ReceiverUnknown.code, Closed.code, ToYourself.code)


async def give(update: Update, context: Context) -> None:
    """The button that begins it: whom?"""
    await ask_whom(context)


async def person(update: Update, context: Context) -> None:
    """Somebody's button: how many?"""
    [code] = context.tapped(1)
    if code:
        await ask_how_many(context, code)
    else:
        await ask_whom(context)


async def amount(update: Update, context: Context) -> None:
    """An amount's button: what it would do."""
    points, code = context.tapped(2)
    if code:
        await offer(context, code, int(points) if points.isdecimal() else None)
    else:
        await ask_whom(context)


async def transfer(update: Update, context: Context) -> None:
    """The one button that does it."""
    made, points, code = context.tapped(3)
    if not made or is_stale(context) or await is_declined(context, made):
        return
    try:
        done = await context.core.transfer(made, idempotency_key=context.key("transfer"))
    except Refused as refusal:
        await _not_done(context, refusal, points, code)
        return
    await context.show(render.done(done, context.tr))


async def cancel(update: Update, context: Context) -> None:
    """The safe button."""
    [made] = context.tapped(1)
    await decline(context, made)
    await context.show(render.nothing_done(context.tr))


async def transfer_points(context: Context, slots: Slots) -> None:
    """What she typed: straight to the confirmation where it says to whom and how many; what is missing is asked."""
    said = in_words_of_all(context)
    to, part = str(slots.get("person", ""))[:TYPED_MAX] or None, share(said)
    if (wrong := odd_amount(said, context.tr.language)) is not None:
        await _again(context, odd(wrong, _word(context), context.tr), str(to) if to else None)
        return
    count = _count(slots.get("points"))
    if to is None:
        await ask_whom(context, count)
    elif count is not None or part is Share.ALL:
        await offer(context, str(to), count)
    else:
        await ask_how_many(context, str(to), half=part is Share.HALF)


async def typed_name(context: Context, about: About, read: Understood) -> bool:
    """Her answer to "whom?"; False where it is plainly something else."""
    name = " ".join(typed(context).split())
    if not is_short(name, NAME_WORDS_MAX) or len(name) > TYPED_MAX or not _may_be_a_name(read):
        return False
    count = _count(about.get("points"))
    if read.intent is Intent.TRANSFER_POINTS:
        if "points" in read.slots or ("person" not in read.slots and concepts(in_words_of_all(context)) & ABOUT_GIVING):
            return False  # a whole wish of its own
        name = str(read.slots.get("person") or name)
    if count is None:
        await ask_how_many(context, name)
    else:
        await offer(context, name, count)
    return True


def _may_be_a_name(read: Understood) -> bool:
    """Whether a short message can be somebody's name: what is surely another wish is none."""
    likely = (Intent.PERSON, Intent.TRANSFER_POINTS, Intent.OUT_OF_SCOPE)
    return read.intent in likely or (read.confidence < SURE and read.intent is not Intent.CANCEL)


def _count(value: SlotValue | None) -> int | None:
    return value if isinstance(value, int) and value > 0 else None


async def typed_amount(context: Context, about: About, read: Understood) -> bool:
    """Her answer to "how many?"; False where it is none."""
    said, code = in_words_of_all(context), str(about.get("to"))
    if not is_short(said, ANSWER_WORDS_MAX) or names_something(read):
        return False
    if (wrong := odd_amount(said, context.tr.language)) is not None:
        await _again(context, odd(wrong, _word(context), context.tr), code)
        return True
    count, part, most = points_or_number(said, context.tr.language), share(said), about.get("most")
    if count is None and part is None:
        return False
    if count is None and part is Share.HALF and isinstance(most, int):
        count = max(1, most // 2)
    await offer(context, code, count)
    return True


async def ask_whom(context: Context, points: int | None = None) -> None:
    """Whom to give to; it waits for a name."""
    screen = render.whom(await _suggested(context), _word(context), points, context.tr)
    await ask(context, screen, WHOM, points=points)


async def ask_how_many(context: Context, to: str, *, half: bool = False) -> None:
    """How many for somebody, who is looked for first; it waits for a number."""
    try:
        most = await context.core.offer_transfer(TransferWish(to=to))
    except Refused as refusal:
        await _refused(context, refusal, to, None)
        return
    if half:
        await offer(context, most.to_code, max(1, (most.points + most.left) // 2))
        return
    asked = render.how_many(most, context.tr)
    await ask(context, asked, HOW_MANY, to=most.to_code, most=most.points)


async def offer(context: Context, to: str, points: int | None, *, changed: bool = False) -> None:
    """What giving so many would do, or why it cannot be; `points` None is all that she may."""
    if points is not None and not 0 < points <= POINTS_MAX:
        await _again(context, odd(Odd.ENORMOUS if points > 0 else Odd.ZERO, _word(context), context.tr), to)
        return
    try:
        made = await context.core.offer_transfer(TransferWish(to=to, points=points))
    except Refused as refusal:
        await _refused(context, refusal, to, points, everything=points is None)
        return
    await answered(context)
    await context.show(render.offered(made, context.tr, changed=changed))


async def _suggested(context: Context) -> list[LinePerson]:
    """Distributors of her frontline, whom she may tap; a customer has none."""
    if context.me.kind is Kind.CUSTOMER:
        return []
    return (await context.core.my_line(level=1, kind=Kind.DISTRIBUTOR, limit=SUGGESTED)).items


def _word(context: Context) -> CompanyText:
    """The company's word for points; one that has no programme refuses whatever is asked."""
    return context.me.points_name or {}


async def _not_done(context: Context, refusal: Refused, points: str, code: str) -> None:
    """Nothing was posted: say why, with the fresh offer or the way to it."""
    if refusal.code == OfferGone.code:
        await context.show(render.lapsed(points, code, context.tr))
    elif refusal.code == OfferChanged.code and code and points.isdecimal():
        await offer(context, code, int(points), changed=True)
    else:
        await _refused(context, refusal, code, None)


async def _refused(
    context: Context, refusal: Refused, to: str, points: int | None, *, everything: bool = False
) -> None:
    """Why not: whoever is meant is asked back, else somebody else or another amount is a tap away."""
    told = reason(refusal, _word(context), context.tr)
    named = refusal.facts.get("names")
    if refusal.code == ReceiverAmbiguous.code and isinstance(named, list):
        whole = _said_whole(context, named)
        if whole not in (None, to) and (points is not None or everything):
            await offer(context, str(whole), points)
            return
        await ask(context, render.which(to, named, points, context.tr, everything=everything), WHOM, points=points)
    elif refusal.code in OTHER_PERSON:
        await ask(context, render.refused(told, context.tr), WHOM, points=points)
    elif refusal.code in OTHER_AMOUNT and points is not None:
        await _again(context, told, to)
    elif refusal.code in (*OTHER_AMOUNT, WayClosed.code):
        await context.show(render.plain_refusal(told, context.tr))
    else:
        raise refusal


def _said_whole(context: Context, named: list[str]) -> str | None:
    """The one whole name among several that her message holds, where only a part of it was taken for the name."""
    said = set(words(fold(typed(context))))
    names = {name for name, _ in render.told_apart(named) if said.issuperset(fold(name).split())}
    return names.pop() if len(names) == 1 else None


async def _again(context: Context, told: str, to: str | None) -> None:
    """What was wrong with the amount; another may be typed where it is known for whom."""
    if to is None:
        await context.show(render.plain_refusal(told, context.tr))
    else:
        await ask(context, render.refused(told, context.tr, to), HOW_MANY, to=to)


ANSWERS: Answers = {Intent.TRANSFER_POINTS: transfer_points}
REPLIES: Replies = {WHOM: typed_name, HOW_MANY: typed_amount}


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    app.add_handler(CallbackQueryHandler(give, r"^gv$"))
    app.add_handler(CallbackQueryHandler(person, r"^gvp:"))
    app.add_handler(CallbackQueryHandler(amount, r"^gvn:"))
    app.add_handler(CallbackQueryHandler(transfer, r"^gvo:"))
    app.add_handler(CallbackQueryHandler(cancel, r"^gvx:"))
