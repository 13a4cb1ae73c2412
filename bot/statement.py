"""Her released statements: the latest, one by its month, and all of them."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.answering import Answers, Slots, typed
from bot.context import App, Context
from bot.earnings import show_estimate
from bot.paging import numbered, page_number
from bot.periods import is_open, span, today
from bot.render import statement as render
from bot.render.statement import PAGE
from bot.understanding.model import Intent
from bot.understanding.slots.periods import period
from bot.understanding.text import clean
from core.earnings.model import StatementCard
from core.kernel.errors import Refused
from i18n.translator import mark

STILL_OPEN = mark("This month isn't closed yet, so here is the estimate.")
NONE_THEN = mark("There is no statement of that time. These are yours:")
SEVERAL = mark("These are your statements of that time:")
ASKED_MAX = 50
LATEST = "latest"


async def statement(update: Update, context: Context) -> None:
    """/statement [month]: what a closed cycle paid her."""
    said = typed(context).partition(" ")[2]
    named = period(clean(said), context.tr.language) if said.strip() else None
    await _of(context, named)


async def tapped(update: Update, context: Context) -> None:
    """A cycle's button."""
    [cycle] = context.tapped(1)
    await show_statement(context, cycle or LATEST)


async def tapped_page(update: Update, context: Context) -> None:
    """A page's button of the list."""
    [page] = context.tapped(1)
    await show_list(context, page_number(page))


async def show_statement(context: Context, cycle: str = LATEST) -> None:
    """One of them; where there is none of that cycle, those that there are."""
    try:
        found = await context.core.my_statement(cycle)
    except Refused as refusal:
        if refusal.code != "statement_unknown":
            raise
        await show_list(context, notice=None if cycle == LATEST else context.tr(NONE_THEN))
        return
    await context.show(render.statement(found, context.tr, points=context.me.points_name))


async def show_list(context: Context, page: int = 0, *, notice: str | None = None) -> None:
    """One page of all of them."""
    shown = await numbered(
        lambda cursor, limit: context.core.my_statements(cursor=cursor, limit=limit), page=page, size=PAGE
    )
    await context.show(render.statements(shown.items, context.tr, page=shown.page, more=shown.more, notice=notice))


async def _asked(context: Context, slots: Slots) -> None:
    named = slots.get("period")
    await _of(context, str(named) if named else None)


async def _of(context: Context, named: str | None) -> None:
    """The statement of the period she named; the latest where she named none."""
    if named is None:
        await show_statement(context)
        return
    day = today(await context.core.my_cycle())
    within = span(named, day)
    if within is None:
        await show_statement(context)
        return
    found = [one for one in await _all(context) if within(one.starts_on) or within(one.ends_on)]
    if len(found) == 1:
        await show_statement(context, found[0].cycle)
    elif found:
        cards = found[:PAGE]
        await context.show(render.statements(cards, context.tr, page=0, more=False, notice=context.tr(SEVERAL)))
    elif is_open(named, day):
        await show_estimate(context, notice=context.tr(STILL_OPEN))
    else:
        await show_list(context, notice=context.tr(NONE_THEN))


async def _all(context: Context) -> list[StatementCard]:
    return (await context.core.my_statements(limit=ASKED_MAX)).items


ANSWERS: Answers = {Intent.STATEMENT: _asked}


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    app.add_handler(CommandHandler("statement", statement, filters.UpdateType.MESSAGE))
    app.add_handler(CallbackQueryHandler(tapped, r"^es:"))
    app.add_handler(CallbackQueryHandler(tapped_page, r"^ea:"))
