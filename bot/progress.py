"""How close she is to a rank, the shortest way there, and what one more order would change."""

from collections.abc import Mapping
from decimal import Decimal

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.context import App, Context
from bot.gauges import picture, told_customer
from bot.render import line as render_line
from bot.render import progress as render
from bot.render.line import PAGE
from bot.render.person import CameFrom
from bot.screen import cut
from core.kernel.words import CompanyText
from core.people.model import LinePerson
from core.progress.model import Progress, WhatIf, WhatIfOrder

TYPED_MAX = 40


async def progress(update: Update, context: Context) -> None:
    """/progress: what the next rank still asks, or the one named after the command."""
    await show_progress(context, named_rank(" ".join(context.args or ()), context.me.rank_names))


async def to_rank(update: Update, context: Context) -> None:
    """A rank's button."""
    [rank] = context.tapped(1)
    await show_progress(context, rank or None)


async def show_progress(context: Context, rank: str | None, *, asked_whether: bool = False) -> None:
    """The gauges towards a rank, and whom to call for it; a plain answer first where she asked for one."""
    if await told_customer(context):
        return
    answer = await context.core.my_progress(rank)
    way = answer.way_there
    alone = way is not None and not way.reaches and not (await context.core.my_team()).people
    zone = context.me.time_zone
    screen = render.progress(answer, context.tr, zone=zone, asked_whether=asked_whether, alone=alone)
    await context.show_photo(screen, picture(answer, context.tr))


def named_rank(text: str, names: Mapping[str, CompanyText]) -> str | None:
    """The code of the rank that a text names in any language; the text itself where none does, None for no text."""
    typed = cut(text.strip(), TYPED_MAX)
    wanted = typed.casefold()
    for code, words in names.items():
        forms = [form for word in words.values() for form in (word.values() if isinstance(word, dict) else [word])]
        if wanted in (code, *(form.casefold() for form in forms)):
            return code
    return typed or None


async def whom_to_call(update: Update, context: Context) -> None:
    """The whole list of people on the way."""
    [rank] = context.tapped(1)
    if await told_customer(context):
        return
    answer = await context.core.my_progress(rank or None)
    await context.show(render.whom_to_call(answer, context.tr, zone=context.me.time_zone))


async def what_if(update: Update, context: Context) -> None:
    """Suppose that somebody orders as much as usual."""
    volume, which, page, code = context.tapped(4)
    if volume.isdigit():
        await suppose(context, await context.core.line_person(code), int(volume), (which or "x", page or "0"))


async def suppose(context: Context, person: LinePerson, volume: int, came_from: CameFrom = ("x", "0")) -> None:
    """What an order of somebody in her line would change. `volume` is at the plan's scale."""
    answer = await _supposed(context, person.code, volume)
    told = context.tr.volume(volume, context.me.volume_scale)
    before = await _rank_now(context)
    zone = context.me.time_zone
    screen = render.what_if(answer, person, told, context.tr, before=before, zone=zone, came_from=came_from)
    await context.show(screen)


async def suppose_own(context: Context, volume: int) -> None:
    """What an order of her own would change."""
    if await told_customer(context):
        return
    answer = await _supposed(context, "me", volume)
    told = context.tr.volume(volume, context.me.volume_scale)
    before, zone = await _rank_now(context), context.me.time_zone
    await context.show(render.what_if(answer, None, told, context.tr, before=before, zone=zone))


async def suppose_of(context: Context, name: str, volume: int) -> None:
    """What an order of whoever is called so would change; where several are, she is asked whom she means."""
    if await told_customer(context):
        return
    found = (await context.core.my_line(q=name, limit=PAGE + 1)).items
    if not found:
        await context.show(render_line.nobody_called(name, context.tr))
    elif len(found) == 1:
        await suppose(context, found[0], volume)
    else:
        scale, more = context.me.volume_scale, len(found) > PAGE
        screen = render_line.several(name, found[:PAGE], context.tr, more=more, scale=scale, screen=("wi", volume))
        await context.show(screen)


async def _rank_now(context: Context) -> str | None:
    """Asked anew: who she is may have been kept since before her last order."""
    return (await context.core.my_progress()).paid_rank


async def _supposed(context: Context, code: str, volume: int) -> Progress:
    in_whole_units = f"{Decimal(volume).scaleb(-context.me.volume_scale):f}"
    return await context.core.what_if(WhatIf(orders=(WhatIfOrder(person=code, volume=in_whole_units),)))


async def my_rank(context: Context) -> None:
    """Which rank she holds now."""
    if await told_customer(context):
        return
    await context.show(render.my_rank(await context.core.my_progress(), context.tr, zone=context.me.time_zone))


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    app.add_handler(CommandHandler("progress", progress, filters.UpdateType.MESSAGE))
    app.add_handler(CallbackQueryHandler(to_rank, r"^p:"))
    app.add_handler(CallbackQueryHandler(whom_to_call, r"^wt:"))
    app.add_handler(CallbackQueryHandler(what_if, r"^wi:"))
