"""Why an amount, and why not another: from a bonus's lines to the chain of one of them."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.context import App, Context
from bot.paging import numbered, page_number
from bot.render import why as render
from bot.render.earnings import is_open
from bot.render.why import PAGE
from core.earnings.model import AwardCard
from core.http.model import Page


async def award_lines(update: Update, context: Context) -> None:
    """A bonus's button: its lines; where there is only one, its chain at once."""
    cycle, page, bonus = context.tapped(3)
    await show_lines(context, cycle, page_number(page), bonus)


async def why(update: Update, context: Context) -> None:
    """A line's button: its chain."""
    cycle, page, award = context.tapped(3)
    await show_why(context, cycle, page_number(page), award, alone=False)


async def why_not(update: Update, context: Context) -> None:
    """What keeps the other bonuses from her."""
    [cycle] = context.tapped(1)
    found = await context.core.why_not(cycle=None if is_open(cycle) else cycle)
    await context.show(render.why_not(found, context.tr, cycle=cycle))


async def show_lines(context: Context, cycle: str, page: int, bonus: str) -> None:
    """One page of a bonus's lines; where there is only one line, its chain.

    Args:
        cycle: the code of a released cycle, or what stands for an open one.
    """

    async def ask(cursor: str | None, limit: int) -> Page[AwardCard]:
        return await lines_of(context, cycle, bonus, cursor, limit)

    shown = await numbered(ask, page=page, size=PAGE)
    if len(shown.items) == 1 and not shown.page and not shown.more:
        await show_why(context, cycle, 0, shown.items[0].award, alone=True)
        return
    await context.show(
        render.award_lines(
            shown.items,
            context.tr,
            cycle=cycle,
            bonus=bonus,
            page=shown.page,
            more=shown.more,
            points=context.me.points_name,
        )
    )


async def show_why(context: Context, cycle: str, page: int, award: str, *, alone: bool) -> None:
    """The chain of one line; `alone` where it was shown in the place of a list of lines."""
    found = await context.core.why(award)
    screen = render.why(found, context.tr, cycle=cycle, page=page, points=context.me.points_name, alone=alone)
    await context.show(screen)


async def lines_of(context: Context, cycle: str, bonus: str | None, cursor: str | None, limit: int) -> Page[AwardCard]:
    """Her lines of a cycle as buttons name it, the largest first; of all bonuses where none is named."""
    if is_open(cycle):
        calendar = cycle.partition(".")[2] or None
        return await context.core.my_estimate_lines(bonus=bonus, calendar=calendar, cursor=cursor, limit=limit)
    return await context.core.my_statement_lines(cycle, bonus=bonus, cursor=cursor, limit=limit)


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    app.add_handler(CallbackQueryHandler(award_lines, r"^el:"))
    app.add_handler(CallbackQueryHandler(why, r"^ey:"))
    app.add_handler(CallbackQueryHandler(why_not, r"^en:"))
