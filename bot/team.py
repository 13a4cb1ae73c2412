"""Her team: at a glance, by lists, and person by person."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.context import App, Context
from bot.gauges import told_customer
from bot.paging import numbered, page_number
from bot.render import line as render_line
from bot.render import person as render_person
from bot.render import team as render
from bot.render.answers import Besides, customers_too, then
from bot.render.line import PAGE, Which
from core.http.model import Page
from core.line.model import Sort
from core.people.model import Kind, LinePerson

CUSTOMERS = Which("t", "c", "a", 1)
INACTIVE_CUSTOMERS = Which("t", "c", "i", 1)
INACTIVE_TEAM = Which("t", "d", "i", 0)
COUNTED_MAX = 100


async def team(update: Update, context: Context) -> None:
    """/team: how many there are, and who is active."""
    if await told_customer(context):
        return
    await context.show(render.team(await context.core.my_team(), context.tr))


async def customers(update: Update, context: Context) -> None:
    """/customers: her own customers, and whom to call."""
    await show_list(context, CUSTOMERS)


async def people(update: Update, context: Context) -> None:
    """A list's button."""
    which, page = context.tapped(2)
    await show_list(context, Which.read(which), page_number(page))


async def person(update: Update, context: Context) -> None:
    """A person's button."""
    which, page, code = context.tapped(3)
    await show_person(context, await context.core.line_person(code), (which or "x", page or "0"))


async def orders_of(update: Update, context: Context) -> None:
    """What a person of her line ordered."""
    number, which, page, code = context.tapped(4)
    found = await context.core.line_person(code)
    shown = await numbered(
        lambda cursor, limit: context.core.line_orders(code, cursor=cursor, limit=limit),
        page=page_number(number),
        size=PAGE,
    )
    await context.show(
        render_person.orders(
            found,
            shown.items,
            context.tr,
            page=shown.page,
            more=shown.more,
            zone=context.me.time_zone,
            came_from=(which, page),
        )
    )


async def show_list(context: Context, which: Which, page: int = 0, *, besides: Besides | None = None) -> None:
    """One page of a list of people, and a sentence about others besides."""
    if await told_customer(context):
        return

    sort = Sort.NAME

    async def ask(cursor: str | None, limit: int) -> Page[LinePerson]:
        nonlocal sort
        part = await context.core.my_line(
            level=which.level or None,
            kind=which.person_kind,
            active=which.is_active,
            sort=Sort.USUAL_ORDER if which.is_active is False else Sort.NAME,
            cursor=cursor,
            limit=limit,
        )
        sort = part.sort
        return part

    shown = await numbered(ask, page=page, size=PAGE)
    screen = render_line.people(
        which,
        shown.items,
        context.tr,
        page=shown.page,
        more=shown.more,
        scale=context.me.volume_scale,
        sort=sort,
    )
    await context.show(then(screen, besides))


async def show_inactive(context: Context) -> None:
    """Her inactive distributors, and how many customers are inactive besides."""
    if await told_customer(context):
        return
    found = await context.core.my_line(level=1, kind=Kind.CUSTOMER, active=False, limit=COUNTED_MAX)
    await show_list(context, INACTIVE_TEAM, besides=customers_too(len(found.items), found.next is not None, context.tr))


async def show_person(context: Context, found: LinePerson, came_from: render_person.CameFrom = ("x", "0")) -> None:
    """A person's card."""
    me = context.me
    screen = render_person.person(found, me.rank_names, context.tr, scale=me.volume_scale, came_from=came_from)
    await context.show(screen)


async def find(context: Context, name: str) -> None:
    """Whoever of her line is called so: a card, a choice, or nobody."""
    if await told_customer(context):
        return
    found = await context.core.my_line(q=name, limit=PAGE + 1)
    if not found.items:
        await context.show(render_line.nobody_called(name, context.tr))
    elif len(found.items) == 1:
        await show_person(context, found.items[0])
    else:
        more, scale = len(found.items) > PAGE, context.me.volume_scale
        await context.show(render_line.several(name, found.items[:PAGE], context.tr, more=more, scale=scale))


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    app.add_handler(CommandHandler("team", team, filters.UpdateType.MESSAGE))
    app.add_handler(CommandHandler("customers", customers, filters.UpdateType.MESSAGE))
    app.add_handler(CallbackQueryHandler(team, r"^t$"))
    app.add_handler(CallbackQueryHandler(people, r"^l:"))
    app.add_handler(CallbackQueryHandler(person, r"^w:"))
    app.add_handler(CallbackQueryHandler(orders_of, r"^wo:"))
